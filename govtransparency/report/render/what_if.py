"""The page on which a reader tries other weights: one file that works offline and computes as the library does."""

from __future__ import annotations

import base64
import json
import re
import string
import zlib
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any, get_args

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.atomic_files import write_whole
from govtransparency.editions.edition import alike
from govtransparency.errors import InputError
from govtransparency.files.table_files import read_csv
from govtransparency.methods import name_of, options_of, required
from govtransparency.names import node_names
from govtransparency.nodes import ROOT
from govtransparency.plot.fonts import visible, web_fonts
from govtransparency.profiles.basis_of_figures import real_names
from govtransparency.profiles.published_ranks import published_places
from govtransparency.report.tables.code_names import code_names
from govtransparency.robustness import rank_bounds
from govtransparency.robustness.thresholds.first_place import first_regions
from govtransparency.scoring.outline import Step, outline
from govtransparency.scoring.scored_units import SLACK
from govtransparency.status_of_data import head_of
from govtransparency.texts.bilingual import Shown, Text, bilingual, run_on, spelled
from govtransparency.texts.method_names import display_name
from govtransparency.texts.status_words import BADGE, STATUS
from govtransparency.texts.what_if_words import (
    WHAT_IF,
    WHAT_IF_INTERVALS,
    WHAT_IF_SIMULATED,
    WHAT_IF_TOO_OLD,
    WHAT_IF_WEIGHTERS,
)
from govtransparency.weighting import WEIGHTERS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from govtransparency.editions import Edition
    from govtransparency.index import Index
    from govtransparency.recipe import Recipe

__all__ = ["page_data", "rule_of", "scores_of", "weighable", "write_what_if"]


FILE = "what-if.html"
SCRIPTS = ("_scores.js", "_words.js", ".js")
BOLD = ("heading", "weights", "presets", "ranking", "rank", "change", "unit", "score")  # texts that are headings
FITTED = ("unobserved_components_weights", "importance_weights")  # slow, or most often without positive weights


def write_what_if(folder: Path, edition: Edition, *, language: Shown = "both") -> None:
    """Write ``what-if.html`` of an edition into a folder.

    Parameters
    ----------
    folder : Path
        That of the report: its ``intervals.csv`` and ``intervals.json``, where there are, hold the rank intervals.
    edition : Edition
        Every group gets its ranking. Weights can be changed within every node that is aggregated to the index only by
        arithmetic, geometric or harmonic means; for the others the page states why they cannot.
    language : {"zh", "en", "both"}
        The page opens in the language given, and with ``"both"`` in the one that the reader's browser prefers, else in
        Chinese. The reader can change to the other, or to both at once.

    Notes
    -----
    The page computes in the same order as the library, so that scores and ranks are the library's to the last digit;
    logarithms and exponentials are the browser's, so that scores by geometric means may differ in the last digit. A
    recipe saved from the page leaves out nodes with weight 0, as a framework has no such weight, and their part in the
    coverage with them.

    Its address may end in ``#g=city``, or ``#city``, to open on a group, and in ``#u=`` with the code of a unit to open
    on its group with the unit pinned; ``&l=en`` adds the language.
    """
    with Arguments("write_what_if") as check:
        check.choice("language", language, get_args(Shown))
    data = _visible(page_data(edition, folder=folder, language=language))
    parts = resources.files("govtransparency.report.render") / "templates"
    html, css, *scripts = (
        (parts / f"what_if{name}").read_text(encoding="utf-8") for name in (".html", ".css", *SCRIPTS)
    )
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    old = WHAT_IF_TOO_OLD.zh + " " + WHAT_IF_TOO_OLD.en
    heads = [data["badge"], *(data["texts"][key] for key in BOLD), *(group["intervals"] for group in data["groups"])]
    bold = json.dumps(heads, ensure_ascii=False) + string.printable  # names of units are never bold
    filled = {
        "TITLE": _escaped(" · ".join(dict.fromkeys(bilingual(edition.title)))),
        "CSS": web_fonts(text + html + old + "".join(scripts), bold=bold) + "\n" + css,
        "OLD": _escaped(old),
        "DATA": base64.b64encode(zlib.compress(text.encode("utf-8"), 9)).decode("ascii"),
        "JS": "".join(scripts),
    }
    page = re.sub(r"\{\{([A-Z]+)\}\}", lambda found: filled[found[1]], html)
    write_whole(folder / FILE, page.encode("utf-8"))


def _escaped(text: str) -> str:
    return visible(text).replace("&", "&amp;").replace("<", "&lt;")


def _visible(data: Any) -> Any:
    """Return the data with a sign for what the fonts lack in every text that is shown; codes stay as they are."""
    if isinstance(data, dict):
        return {
            key: visible(value) if key in ("zh", "en") and isinstance(value, str) else _visible(value)
            for key, value in data.items()
        }
    return list(map(_visible, data)) if isinstance(data, list) else data


def page_data(edition: Edition, *, folder: Path | None = None, language: Shown = "both") -> dict[str, Any]:
    """Return all that the page knows: framework, groups with the scores it starts from, presets, texts.

    The rank intervals are those of the report in the folder; without one there are none.
    """
    recipes = {group: edition.recipes[group] for group in edition.tables}
    shared = len(alike(recipes)) == 1
    intervals = _intervals(folder)
    groups = [
        {**_group(edition, group, intervals.get(group)), **({} if shared else recipe_of_page(recipe))}
        for group, recipe in recipes.items()
    ]
    drawn = edition.status == "simulated"
    return {
        "title": _text(bilingual(edition.title)),
        "language": language,
        "file": f"{edition.index}-{edition.year}",
        "status": edition.status,
        "drawn": drawn,
        "badge": _text(BADGE[edition.status]),
        "statusText": _text(STATUS[edition.status]),
        "warning": _text(head_of(edition.status, edition.attribution)),
        "attribution": run_on(edition.attribution).en,
        "league": edition.league,
        **(recipe_of_page(next(iter(recipes.values()))) if shared else {}),
        "groups": groups,
        "texts": {key: _text(text) for key, text in (WHAT_IF | (WHAT_IF_SIMULATED if drawn else {})).items()},
    }


def recipe_of_page(recipe: Recipe) -> dict[str, Any]:
    """Return what the page knows of a recipe; a group with a recipe of its own brings it along."""
    framework = recipe.framework
    parents = [step.code for step in weighable(recipe)]
    nodes = {code: step.code for step in weighable(recipe) for code in step.children}
    names = node_names(framework)
    return {
        **rule_of(recipe),
        "fixed": [
            {"code": code, **_text(names[code]), "method": _method(recipe, code)}
            for code in (*framework.pillars, ROOT)
            if code not in parents
        ],
        "nodes": [
            {
                "code": code,
                "parent": parent,
                **_text(names[code]),
                "weight": framework.node(code).weight,
            }
            for code, parent in nodes.items()
        ],
        "recipe": recipe.to_dict(),
    }


def _text(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _why(edition: Edition, error: InputError) -> dict[str, str]:
    """Return why a method was refused, with names in place of codes."""
    return _text(spelled(error.texts[0], code_names(edition)))


def rule_of(recipe: Recipe) -> dict[str, Any]:
    """Return how the page scores and ranks: the recipe's own rule, as plain data."""
    plan = outline(recipe)
    return {
        "rule": {"tie_breakers": [], **recipe.rank.to_dict()},
        "count": plan.count,
        "missing": plan.score,
        "indicators": list(recipe.framework.indicators),
        "parents": [
            {"code": step.code, "method": step.mean, "floor": step.floor, "zeros": step.zeros}
            | {"children": list(step.children), "required": step.required}
            | _rules_of(step)
            for step in weighable(recipe)
        ],
        **({"equal": True} if plan.equal else {}),
    }


def _rules_of(step: Step) -> dict[str, Any]:
    """Return the rules of publishers for a node, as far as it has any."""
    rules, rescale = step.rules, step.rules.rescale
    found = {
        "sums": step.sums,
        "fallback": rules.fallback,
        "zero_if": rules.zero_if,
        "rescale": rescale and {"to": rescale.to, "by": rescale.by, "scale": rules.range_of or step.code},
    }
    return {key: rule for key, rule in found.items() if rule}


def weighable(recipe: Recipe) -> list[Step]:
    """Return the steps that the page computes, bottom up.

    Scores by any other method do not change, and so nothing that they depend on may.
    """
    steps, chosen = outline(recipe).steps, {ROOT, *recipe.rank.tie_breakers}
    fixed: set[str] = set()
    for step in reversed(steps):
        needs = (*step.children, *filter(None, [step.rules.range_of]))
        if step.code in fixed or (step.code in chosen and step.mean is None):
            fixed.update((step.code, *needs))
        elif step.code in chosen:
            chosen.update(needs)
    return [step for step in steps if step.code in chosen - fixed]


def _method(recipe: Recipe, code: str) -> dict[str, str]:
    name = name_of(recipe.aggregator(code))
    return _text(display_name(name))


def _group(edition: Edition, group: str, intervals: _Intervals | None) -> dict[str, Any]:
    index = edition.index_of(group)
    live = weighable(index.recipe)
    parents = [step.code for step in live]
    units = list(index.table.index)
    about = edition.units.loc[units]
    province = about.get("province", pd.Series("", index=units))
    english = about.get("province_en", province)
    real = real_names(edition)[units]
    left_out = edition.units.loc[index.raw.index.difference(index.table.index, sort=False)]
    return {
        "code": group,
        **_text(bilingual(edition.groups[group])),
        "units": [
            {"code": str(unit), "zh": row.name_zh, "en": row.name_en, "province": {"zh": zh, "en": en}}
            for unit, row, zh, en in zip(units, about.itertuples(), province, english, strict=True)
        ],
        # real names beside figures that are drawn
        "signed": np.flatnonzero(real).tolist() if edition.status == "simulated" else [],
        "published": _published(edition, units),
        **scores_of(index, live),
        "official": _numbers(index.ranks[units]),
        "reservations": {
            str(units.index(unit)): _text(said) for unit, said in index.reservations.items() if unit in units
        },
        "leftOut": [{"zh": row.name_zh, "en": row.name_en} for row in left_out.itertuples()],
        **_interval_columns(intervals, units),
        "presets": _presets(edition, index, parents),
        "first": _first(edition, index) if ROOT in parents and edition.league else None,
    }


def _published(edition: Edition, units: list[Any]) -> dict[str, int]:
    """Return the places that published facts give, by the position of the unit; none where no figure is drawn."""
    if edition.status != "simulated" or not edition.league:
        return {}
    places = published_places(edition).reindex(units)
    return {str(at): int(place) for at, place in enumerate(places) if place == place}


def scores_of(index: Index, live: Sequence[Step]) -> dict[str, Any]:
    """Return what the page starts from: scores of indicators and of nodes it does not compute, and who is withheld.

    An indicator without a value has no score here, whatever the missing-data rule puts in its place; where it, or all
    beneath a node, is not applicable to a unit, the unit is listed. Where the coverage counts indicators, units below
    the least coverage are withheld: their coverage does not depend on the weights.
    """
    recipe, units = index.recipe, index.table.index
    parents = [step.code for step in live]
    needed = dict.fromkeys(code for step in live for code in (*step.children, *filter(None, [step.rules.range_of])))
    codes = [code for code in needed if code not in parents] or [ROOT]
    codes += [code for code in recipe.rank.tie_breakers if code not in (*codes, *parents)]
    scores = index.scores.loc[units]
    observed = pd.DataFrame(index.scoring.observed, index=units, columns=list(index.scoring.inputs))
    given = scores.where(observed.reindex(columns=scores.columns, fill_value=True))
    withheld: dict[str, list[int]] = {code: [] for code in parents}
    if recipe.missing.count == "indicators":
        coverage = index.coverage.loc[units]
        withheld = {step.code: np.flatnonzero(coverage[step.code] < step.required - SLACK).tolist() for step in live}
    to_none = index.without_part.loc[units]
    return {
        "scores": {code: _numbers(given[code]) for code in codes},
        "notApplicable": {code: np.flatnonzero(to_none[code]).tolist() for code in codes if to_none[code].any()},
        "withheld": withheld,
    }


def _numbers(column: pd.Series) -> list[float | int | None]:
    return [None if np.isnan(value) else int(value) if value == int(value) else float(value) for value in column]


def _weighters() -> dict[str, Text]:
    """Return every weighter that needs only the framework and the table, with its name on the page."""
    plain = [name for name, method in WEIGHTERS.items() if not required(options_of(method)) and name not in FITTED]
    return WHAT_IF_WEIGHTERS | {name: display_name(name) for name in plain if name not in WHAT_IF_WEIGHTERS}


def _presets(edition: Edition, index: Index, parents: list[str]) -> list[dict[str, Any]]:
    """Return the weights of the nodes by each weighter, or why there are none."""
    framework = index.recipe.framework
    codes = list(dict.fromkeys(code for parent in parents for code in index.recipe.members(parent)))
    presets: list[dict[str, Any]] = []
    for name, label in (_weighters() if parents else {}).items():
        try:
            other = WEIGHTERS[name](framework, index.raw)
        except InputError as error:
            presets.append({"name": name, **_text(label), "weights": None, "why": _why(edition, error)})
            continue
        weights = {code: other.node(code).weight for code in codes}
        presets.append({"name": name, **_text(label), "weights": weights, "why": None})
    return presets


@dataclass(frozen=True)
class _Intervals:
    """The rank intervals of a group, as the report has them."""

    ranks: pd.DataFrame  # low, high
    head: Text
    note: Text


def _intervals(folder: Path | None) -> dict[str, _Intervals]:
    """Return the rank intervals of the report in the folder, by group, with what was drawn for them."""
    if folder is None or not (folder / "intervals.csv").exists():
        return {}
    drawn = json.loads((folder / "intervals.json").read_text(encoding="utf-8"))
    found = {}
    for group, ranks in read_csv(folder / "intervals.csv").set_index("unit").groupby("group", sort=False):
        about = drawn[group]
        level, draws = f"{about['level']:.0%}", f"{about['draws']:,}"
        ranks = ranks[["low", "high"]].apply(pd.to_numeric)
        note = WHAT_IF_INTERVALS["note"].format(level=level, draws=draws, varied=bilingual(about["varied"]))
        found[str(group)] = _Intervals(ranks, WHAT_IF_INTERVALS["head"].format(level=level), note)
    return found


def _interval_columns(intervals: _Intervals | None, units: list[Any]) -> dict[str, Any]:
    """Return the ends of the intervals of the units and what the page says of them."""
    if intervals is None:
        nothing = [None] * len(units)
        return {"low": nothing, "high": nothing, "intervals": {"head": None, "note": _text(WHAT_IF_INTERVALS["none"])}}
    ranks = intervals.ranks.reindex(map(str, units))
    about = {"head": _text(intervals.head), "note": _text(intervals.note)}
    return {"low": _numbers(ranks["low"]), "high": _numbers(ranks["high"]), "intervals": about}


def _first(edition: Edition, index: Index) -> dict[str, Any]:
    """Return for each unit the nearest pillar weights that make it first, if any, or why they are not known."""
    try:
        bounds = rank_bounds(index)
    except InputError as error:
        return {"why": _why(edition, error), "units": {}}
    able = bounds.index[bounds["best"] == 1]
    units: dict[str, Any] = dict.fromkeys(map(str, bounds.index))  # None: never first, whatever the weights
    for unit, found in zip(able, first_regions(index, able), strict=True):
        if not found.possible or found.nearest is None or found.witness is None:
            continue
        # slightly beyond the threshold, so that the page's ranking shows it
        weights = found.nearest if found.rank == 1 else found.nearest + 1e-6 * (found.witness - found.nearest)
        units[str(unit)] = {"distance": found.distance, "weights": weights.to_dict()}
    return {"why": None, "units": units}
