"""The totals and pillar scores of a simulated edition that satisfy the public facts of its year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.errors import InputError
from govtransparency.nodes import ROOT
from tools.make_data.random_streams import lasting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govtransparency.framework import Framework

MARGIN = 0.3


def draw_totals(units: pd.DataFrame, facts: pd.DataFrame, year: int, settings: Mapping[str, Any]) -> pd.Series:
    """Return a total for each unit of one group, so that all facts on ranks, counts and totals hold.

    Totals are drawn, sorted into a ladder, bent through the published scores, and handed out from the top: a pinned
    unit has its rank, the others follow in the order of their own draws as far as counts among the first allow.
    """
    group = units["group"].iloc[0]
    mean, spread = settings["levels"][str(year)][group]
    draws = pd.Series(mean + spread * lasting(settings, year, list(units["unit"]), "total", 1)[:, 0], units["unit"])
    own = facts[(facts["group"] == group) & (facts["node_zh"] == "")]
    codes = dict(zip(units["name_zh"], units["unit"], strict=True))
    ranked = own[own["kind"].isin(["rank", "list_position"])]
    fixed = {int(row["value"]): codes[row["entity_zh"]] for row in ranked.to_dict("records")}
    province = dict(zip(units["unit"], units["province"], strict=True))
    order = place(
        list(draws.sort_values(ascending=False, kind="stable").index),
        fixed,
        province,
        _bounds(own, fixed, codes, units),
    )
    ladder = _bend(draws.sort_values(ascending=False).to_numpy(), own, fixed, codes, settings["gap"])
    return pd.Series(ladder, index=order)[units["unit"]]


Bound = tuple[str, int, int, int]


def _bounds(
    facts: pd.DataFrame, fixed: Mapping[int, str], codes: Mapping[str, str], units: pd.DataFrame
) -> list[Bound]:
    """Return what the facts say of counts: (province, k, least, most) among the first k."""
    rank = {unit: place for place, unit in fixed.items()}
    province = dict(zip(units["unit"], units["province"], strict=True))
    bounds: list[Bound] = []
    more = {(row["entity_zh"], row["k"]) for row in facts[facts["kind"] == "top_count_more"].to_dict("records")}
    counts = {
        (row["entity_zh"], row["k"]): int(row["value"])
        for row in facts[facts["kind"] == "top_count"].to_dict("records")
    }
    for row in facts.to_dict("records"):
        if row["kind"] == "top_count":
            bounds.append((row["entity_zh"], int(row["k"]), int(row["value"]), int(row["value"])))
        elif row["kind"] == "top_count_more":
            bounds.append((row["entity_zh"], int(row["k"]), int(row["value"]) + 1, len(units)))
        elif row["kind"] == "top_count_place":
            behind = set(units["province"]) - {name for name, k in more if k == row["k"]} - {row["entity_zh"]}
            bounds += [(name, int(row["k"]), 0, counts[row["entity_zh"], row["k"]] - 1) for name in sorted(behind)]
        elif row["kind"] == "rank_within_province":
            unit, ahead = codes[row["entity_zh"]], int(row["value"]) - 1
            bounds.append((province[unit], rank[unit] - 1, ahead, ahead))
    return bounds


def place(
    order: Sequence[str], fixed: Mapping[int, str], province: Mapping[str, str], bounds: Sequence[Bound]
) -> list[str]:
    """Return the units from first to last: the fixed ones at their ranks, the others in order as far as bounds allow.

    Parameters
    ----------
    order : sequence of str
        All units, in the order wished for.
    fixed : mapping of rank to unit
    province : mapping of unit to province
    bounds : sequence of (province, k, least, most)
        How many of the first k are from the province.

    Raises
    ------
    InputError
        When no unit can have some rank.
    """
    waiting = [unit for unit in order if unit not in fixed.values()]
    placed: list[str] = []
    for rank in range(1, len(order) + 1):
        choices = [fixed[rank]] if rank in fixed else waiting
        unit = next((unit for unit in choices if _fits([*placed, unit], fixed, province, bounds)), None)
        if unit is None:
            raise InputError(f"no unit can have rank {rank} without breaking a count", title="facts")
        placed.append(unit)
        if rank not in fixed:
            waiting.remove(unit)
    return placed


def _fits(
    placed: Sequence[str], fixed: Mapping[int, str], province: Mapping[str, str], bounds: Sequence[Bound]
) -> bool:
    done = len(placed)
    needed: dict[int, int] = {}
    for name, k, least, most in bounds:
        if k < done:
            continue
        count = sum(province[unit] == name for unit in placed)
        count += sum(province[unit] == name for rank, unit in fixed.items() if done < rank <= k)
        if count > most:
            return False
        needed[k] = needed.get(k, 0) + max(0, least - count)
    return all(need <= k - done - sum(done < rank <= k for rank in fixed) for k, need in needed.items())


def _bend(
    ladder: np.ndarray, facts: pd.DataFrame, fixed: Mapping[int, str], codes: Mapping[str, str], gap: float
) -> np.ndarray:
    """Return the descending totals, moved so that published scores and counts below a mark hold."""
    ladder = ladder.copy()
    for i in range(1, len(ladder)):
        ladder[i] = min(ladder[i], ladder[i - 1] - gap)
    rank = {unit: place for place, unit in fixed.items()}
    anchors: dict[int, float] = {}
    for row in facts.to_dict("records"):
        if row["kind"] == "score":
            anchors[rank[codes[row["entity_zh"]]] - 1] = row["value"]
        elif row["kind"] == "count_below":
            anchors[len(ladder) - int(row["value"]) - 1] = row["k"] + MARGIN
            anchors[len(ladder) - int(row["value"])] = row["k"] - MARGIN
    if not anchors:
        return ladder
    at = np.array(sorted(anchors))
    to = np.array([anchors[place] for place in at])
    bent = np.interp(-ladder, -ladder[at], to)
    bent[: at[0]] = ladder[: at[0]] - ladder[at[0]] + to[0]
    bent[at[-1] :] = ladder[at[-1] :] - ladder[at[-1]] + to[-1]
    return bent


def draw_pillars(
    units: pd.DataFrame,
    totals: pd.Series,
    facts: pd.DataFrame,
    year: int,
    framework: Framework,
    settings: Mapping[str, Any],
) -> pd.DataFrame:
    """Return a score for each unit and first-level pillar, of which the weighted mean is the total.

    Published pillar scores and ranks on a pillar hold; the rest scatters around the total.
    """
    group, codes = units["group"].iloc[0], list(units["unit"])
    pillars = list(framework.children(ROOT))
    share = framework.weights[pillars].to_numpy()
    offsets = np.array([settings["offsets"][group][pillar] for pillar in pillars])
    wish = (
        totals.to_numpy()[:, None]
        + offsets
        + settings["pillar_spread"] * lasting(settings, year, codes, "pillar", len(pillars))
    )
    low, high = (np.full(wish.shape, bound) for bound in settings["bounds"])
    rows = {name: place for place, name in enumerate(units["name_zh"])}
    own = facts[(facts["group"] == group) & (facts["node_zh"] != "")]
    for place, name in enumerate(framework.names("zh")[pillars]):
        _bound_pillar(own[own["node_zh"] == name], rows, wish[:, place], low[:, place], high[:, place])
    target = totals.to_numpy()

    def mean_at(shift: np.ndarray) -> np.ndarray:
        return (np.clip(wish + shift[:, None], low, high) * share).sum(axis=1)

    shift = bisect(mean_at, target, low=np.full(len(codes), -200.0), high=np.full(len(codes), 200.0))[1]
    return pd.DataFrame(np.clip(wish + shift[:, None], low, high), index=codes, columns=pillars)


def _bound_pillar(
    facts: pd.DataFrame, rows: Mapping[str, int], wish: np.ndarray, low: np.ndarray, high: np.ndarray
) -> None:
    """Narrow one pillar's bounds in place, so that its published scores and ranks hold."""
    scores = {row["entity_zh"]: row["value"] for row in facts[facts["kind"] == "score"].to_dict("records")}
    ranks = {row["entity_zh"]: int(row["value"]) for row in facts[facts["kind"] == "rank"].to_dict("records")}
    level = {score for name, score in scores.items() if name in ranks}
    if level:
        (score,) = level
        ahead = min(ranks[name] for name in scores) - 1
        named = [rows[name] for name, rank in ranks.items() if rank <= ahead]
        others = [
            row for row in np.argsort(-wish, kind="stable") if row not in named and row not in map(rows.get, scores)
        ]
        above = [*named, *others[: ahead - len(named)]]
        high[[row for row in range(len(wish)) if row not in above]] = score - MARGIN
        low[above] = score + MARGIN
        high[above] = np.maximum(high[above], score + 2 * MARGIN)
    for name, value in scores.items():
        low[rows[name]] = high[rows[name]] = value


def bisect(function: Any, target: np.ndarray, *, low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return two arrays, as near as floats can be, between which each of many rising functions passes its target."""
    low, high = low.copy(), high.copy()
    for _ in range(60):
        middle = (low + high) / 2
        below = function(middle) < target
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return low, high
