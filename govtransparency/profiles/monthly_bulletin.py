"""One group at the end of a month: coverage, provisional ranks, the ranks still possible, failed checks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from govtransparency.aggregation import transform_of
from govtransparency.data.marks import indicator_values
from govtransparency.data.sheet import Scale
from govtransparency.editions import Edition
from govtransparency.errors import InputError, nearest
from govtransparency.index import build_index
from govtransparency.nodes import ROOT
from govtransparency.normalisation import min_max
from govtransparency.ranking import round_scores
from govtransparency.recipe import Recipe
from govtransparency.scoring.compiler import has_score

__all__ = ["Bulletin", "bulletin"]

DRAWS, LEVEL = 200, 0.90


@dataclass(frozen=True)
class Bulletin:
    """What is known of a group at the end of a month. Everything in it is provisional.

    Attributes
    ----------
    group : str
    month : str
        YYYY-MM.
    coverage : DataFrame, indexed by pillar, the whole last
        before and now: share of the expected marks that are in, 0 to 1, at the end of the month before and of this one.
    units : DataFrame, indexed by unit
        coverage, share of the unit's expected marks that are in; rank, provisional, by what is in, NaN for a unit of
        which too little is; previous, the same a month before; low and high, the best and the worst rank that the unit
        can end on, NaN where `reason` is not empty; likely_low and likely_high, the 90 % interval of ranks were open
        marks like those seen, NaN where it cannot be drawn.
    failed : DataFrame, a row a mark of the month at or beyond the worst goalpost
        unit, indicator, assessor, mark, observed_on.
    reason : str
        Why there are no intervals; empty where there are.
    provisional : str
        Why there are no provisional ranks; empty where there are.
    """

    group: str
    month: str
    coverage: pd.DataFrame
    units: pd.DataFrame
    failed: pd.DataFrame
    reason: str
    provisional: str


def bulletin(edition: Edition, group: str, month: str) -> Bulletin:
    """Return what the marks observed up to the end of a month say of a group.

    Parameters
    ----------
    edition : Edition
        With assessors' marks and the days on which they were observed.
    group : str
    month : str
        YYYY-MM, a month within the marks' own.

    Returns
    -------
    Bulletin

    Raises
    ------
    InputError
        For an edition without dated marks, a text that is no month or one outside those of the marks, and a group that
        is not there.

    Notes
    -----
    Every assessor of a unit is expected to mark it on every indicator; a mark without a day counts as not in.

    The interval of a unit holds every rank that it can end on, whatever marks are still to come: all that is open of it
    is put at the worst that the scale allows, then at the best, and so is all that is open of each other unit. Nothing
    is assumed of what has not been observed, neither that units will be marked as so far nor that open marks are like
    those of the year before; early in the year the interval is therefore nearly the whole table, as it should be. It
    holds exactly where no unit's score depends on another's values (`min_max` capped at goalposts, no treatment, means
    that grow with every child) and as long as the marks to come leave no pillar below its least coverage; elsewhere
    there is none, and `reason` says why.

    Beside it stands what is likely under one assumption, named on the page: each open mark is drawn, 200 times, from
    the values that the units have so far on the same indicator (from between the goalposts where none has any). That
    lets no unit keep its own level in what is open of it, so the middle of this interval leans towards the middle of
    the table.

    The provisional rank is the recipe's own on the marks that are in, among the units of which at least the recipe's
    share is; indicators that no unit has a mark of are left out. It may stand anywhere in the interval.
    """
    end = end_of(edition, month)
    if group not in edition.groups:
        raise InputError(f"group {group!r} is unknown; {nearest(group, edition.groups)}", title="bulletin")
    assert edition.marks is not None
    units = edition.tables[group].index
    marks = edition.marks[edition.marks["unit"].isin(units)]
    before = end - pd.offsets.MonthEnd(1)
    expected = marks.groupby("unit")["assessor"].nunique().reindex(units).fillna(0).to_numpy()
    now, then = (_counts(marks[marks["observed_on"] <= day], edition, units) for day in (end, before))
    pillars = list(edition.framework.children(ROOT))
    columns = {code: _columns(edition, code) for code in (*pillars, ROOT)}
    coverage = pd.DataFrame(
        {
            name: {
                code: counts[places].to_numpy().sum() / (expected.sum() * len(places))
                for code, places in columns.items()
            }
            for name, counts in (("before", then), ("now", now))
        }
    )
    rank, provisional = _provisional(marks[marks["observed_on"] <= end], edition, units)
    previous, _ = _provisional(marks[marks["observed_on"] <= before], edition, units)
    reason = _no_bounds(edition.recipe)
    marked = _marked(marks, end, edition, units, expected)
    likely = dict(zip(("likely_low", "likely_high"), _likely(marked, edition, units), strict=True))
    low = high = pd.Series(np.nan, index=units)
    if not reason:
        try:
            low, high = _bounds(marked, edition, units)
        except InputError as error:  # such as a geometric mean, which refuses the worst score
            reason = error.problems[0]
    share = now.sum(axis=1) / (expected * now.shape[1])
    table = pd.DataFrame({"coverage": share, "rank": rank, "previous": previous, "low": low, "high": high}, index=units)
    table = table.assign(**likely)
    of_month = marks[(marks["observed_on"] <= end) & (marks["observed_on"] > before)]
    return Bulletin(group, month, coverage, table, _failed(of_month, edition), reason, provisional)


def end_of(edition: Edition, month: str) -> pd.Timestamp:
    title = f"bulletin of {edition.index} {edition.year}"
    days = None if edition.marks is None else edition.marks["observed_on"].dropna()
    if days is None or days.empty:
        raise InputError("the edition has no marks with the day on which they were observed", title=title)
    first, last = f"{days.min():%Y-%m}", f"{days.max():%Y-%m}"
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month) or not first <= month <= last:
        raise InputError(f"month {month!r}: expected YYYY-MM, from {first} to {last}", title=title)
    return pd.Timestamp(f"{month}-01") + pd.offsets.MonthEnd(0)


def _columns(edition: Edition, code: str) -> list[str]:
    return list(edition.framework.leaves.get(code, (code,)))


def _counts(marks: pd.DataFrame, edition: Edition, units: pd.Index) -> pd.DataFrame:
    """Return how many marks each unit has on each indicator, those that are missing or not applicable too."""
    counts = marks.groupby(["unit", "indicator"]).size().unstack()
    return counts.reindex(index=units, columns=list(edition.framework.indicators)).fillna(0)


def _provisional(marks: pd.DataFrame, edition: Edition, units: pd.Index) -> tuple[pd.Series, str]:
    """Return the ranks by the marks that are in, or why there are none."""
    recipe = edition.recipe
    none = pd.Series(np.nan, index=units)
    if marks.empty:
        return none, "no mark is in"
    values = indicator_values(marks, edition.framework).reindex(units)
    required = recipe.missing.required(ROOT)
    kept = has_score(values, recipe)
    if kept.sum() < 2:
        return none, f"fewer than two units have {required:.0%} of their indicators observed"
    absent = list(values.columns[values[kept].isna().all()])
    try:
        ranks = build_index(values[kept].drop(columns=absent), recipe.without(*absent)).ranks
    except InputError as error:
        return none, error.problems[0]
    return ranks.reindex(units).astype(float), ""


def _no_bounds(recipe: Recipe) -> str:
    """Return why bounds of the scores cannot be had by filling in the worst and the best; empty if they can."""
    method = recipe.normalise
    options = method.keywords if isinstance(method, partial) else {}
    plain = (method.func if isinstance(method, partial) else method) is min_max
    if not plain or set(options) - {"to", "cap"} or not options.get("cap", True):
        return "the normalisation is not min-max capped at goalposts"
    if recipe.treat:
        return "a treatment looks at all units together"
    goalposts = recipe.framework.goalposts
    if lacking := list(goalposts.index[goalposts[["worst", "best"]].isna().any(axis=1)]):
        return f"without both goalposts: {', '.join(map(str, lacking))}"
    nodes = (*recipe.framework.pillars, ROOT)
    if others := [code for code in nodes if transform_of(recipe.aggregator(code)) is None]:
        return f"the aggregation is no mean at {', '.join(others)}"
    return ""


@dataclass(frozen=True)
class _Marked:
    """Units x indicators: the sum of the marks that are in, how many have a value, how many are open."""

    total: np.ndarray
    count: np.ndarray
    still: np.ndarray

    def filled(self, with_: np.ndarray) -> np.ndarray:
        """Return the cells' means if every open mark were as given; NaN where all are in and none has a value."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return (self.total + np.where(self.still > 0, self.still * with_, 0)) / (self.count + self.still)


def _marked(marks: pd.DataFrame, end: pd.Timestamp, edition: Edition, units: pd.Index, expected: np.ndarray) -> _Marked:
    known = marks[marks["observed_on"] <= end]
    valued = known.dropna(subset="mark").groupby(["unit", "indicator"])["mark"]
    total, count = (
        table.unstack().reindex(index=units, columns=list(edition.framework.indicators)).fillna(0).to_numpy()
        for table in (valued.sum(), valued.size())
    )
    still = np.maximum(expected[:, None] - _counts(known, edition, units).to_numpy(), 0)
    return _Marked(total, count, still)


def _likely(marked: _Marked, edition: Edition, units: pd.Index) -> tuple[pd.Series, pd.Series]:
    """Return the ranks that hold 90 % of draws in which open marks are like those seen on the same indicator."""
    rng = np.random.default_rng(edition.seed)
    codes = list(edition.framework.indicators)
    ends = _ends(edition)
    with np.errstate(invalid="ignore", divide="ignore"):
        seen = marked.total / marked.count
    drawn = np.empty((DRAWS, len(units), len(codes)))
    for column, code in enumerate(codes):
        donors = seen[~np.isnan(seen[:, column]), column]
        given = ends.loc[code, ["goalpost_worst", "goalpost_best"]].to_numpy(dtype=float)
        size = (DRAWS, len(units))
        if len(donors):
            drawn[:, :, column] = rng.choice(donors, size)
        else:
            drawn[:, :, column] = rng.uniform(given.min(), given.max(), size) if np.isfinite(given).all() else np.nan
    ranks = np.full((DRAWS, len(units)), np.nan)
    for row, values in enumerate(drawn):
        table = pd.DataFrame(marked.filled(values), index=units, columns=codes)
        try:
            ranks[row] = build_index(table, edition.recipe).ranks
        except InputError:  # an indicator that nobody has a mark of and that has no goalposts
            return pd.Series(np.nan, index=units), pd.Series(np.nan, index=units)
    there = ~np.isnan(ranks).any(axis=0)
    low, high = np.full((2, len(units)), np.nan)
    low[there] = np.quantile(ranks[:, there], (1 - LEVEL) / 2, axis=0, method="lower")
    high[there] = np.quantile(ranks[:, there], (1 + LEVEL) / 2, axis=0, method="higher")
    return pd.Series(low, index=units), pd.Series(high, index=units)


def _bounds(marked: _Marked, edition: Edition, units: pd.Index) -> tuple[pd.Series, pd.Series]:
    """Return the best and the worst rank that each unit can end on."""
    shape = {"index": units, "columns": list(edition.framework.indicators)}
    ends = _ends(edition)
    scores = []
    for side in ("worst", "best"):
        goalpost, extreme = (ends[f"{kind}_{side}"].to_numpy() for kind in ("goalpost", "extreme"))
        mean = marked.filled(np.where(np.isinf(extreme), 0, extreme))
        filled = np.where((marked.still > 0) & np.isinf(extreme), goalpost, mean)
        index = build_index(pd.DataFrame(filled, **shape), edition.recipe)
        rule = edition.recipe.rank
        scores.append(round_scores(index.scores[ROOT], decimals=rule.decimals, rounding=rule.rounding))
    least, most = scores
    ranked = ~np.isnan(least)
    ties = (
        np.zeros_like(ranked) if edition.recipe.rank.ties == "min" and not edition.recipe.rank.tie_breakers else ranked
    )
    low = 1 + (least[None, :] > most[:, None]).sum(axis=1)
    above = (most[None, :] > least[:, None]) | ((most[None, :] == least[:, None]) & ties[None, :])
    np.fill_diagonal(above, False)
    high = 1 + above.sum(axis=1)
    best, worst = (pd.Series(np.where(ranked, places, np.nan), index=units) for places in (low, high))
    return best, worst


def _ends(edition: Edition) -> pd.DataFrame:
    """Return for each indicator its goalposts and how far a single mark can go to either side."""
    rows = {}
    for code in edition.framework.indicators:
        node = edition.framework.node(code)
        scale = edition.scales.get(node.unit, Scale())
        low, high = (min(scale.values), max(scale.values)) if scale.values else (scale.low, scale.high)
        worst, best = (low, high) if node.direction > 0 else (high, low)
        rows[code] = (node.worst, node.best, float(worst), float(best))
    columns = ["goalpost_worst", "goalpost_best", "extreme_worst", "extreme_best"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def _failed(marks: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """Return the marks at or beyond the worst goalpost, by unit and day."""
    worst = marks["indicator"].map(edition.framework.goalposts["worst"])
    direction = marks["indicator"].map(edition.framework.directions)
    found = marks[(marks["mark"] - worst) * direction <= 0]
    return found.drop(columns="not_applicable").sort_values(["unit", "observed_on", "indicator"], ignore_index=True)
