"""What may be wrong with an edition although it can be read: values, goalposts, weights, declarations."""

from __future__ import annotations

import contextlib
import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.data.units_of_measurement import sign_in
from govtransparency.editions.attribution import unclear_licences
from govtransparency.editions.config import parse_toml
from govtransparency.editions.derive import used_columns
from govtransparency.editions.doubtful_units import Doubt
from govtransparency.editions.edition import Edition
from govtransparency.editions.group_frameworks import FRAMEWORK, joint_leaves
from govtransparency.errors import InputError, closest
from govtransparency.texts.bilingual import quoted
from govtransparency.texts.doubt_words import DOUBTS, GOALPOST, SIDE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govtransparency.framework import Framework
    from govtransparency.texts.bilingual import Text

__all__ = ["doubts"]

FEW = 0.5  # of the units of a group
USED = 0.25  # of the way between the goalposts
APART = 20  # how often a weight goes into a sibling's
ONE_SIDE = 6  # units without a value that all stand in one half: by chance in 1 of 32 cases
SLIP = 2  # letters by which a misspelt unit of measurement is longer or shorter
TABLES = (".csv", ".tsv", ".xlsx", ".ods", ".parquet")


@checked
def doubts(edition: Edition) -> pd.DataFrame:
    """Return what may be wrong with an edition although it can be read.

    Parameters
    ----------
    edition : Edition

    Returns
    -------
    DataFrame, one row per doubt
        file and where, what it concerns: the code of an indicator or unit, a key, a column; zh, en : what may be
        wrong. Indicators that do not vary, or that few units have; values beyond the goalposts, or that hardly move
        between them; values missing on one side of the ranking only; weights far apart; what is declared and not used;
        files that are not read.

    Raises
    ------
    InputError
        For anything but an edition.

    Examples
    --------
    >>> from govtransparency import read_edition
    >>> found = doubts(read_edition("tai", 2001))
    >>> print(found.set_index("where").loc["telephones", "en"])
    is 3.12 of 'NOR' right? Values beyond the goalposts 0 and 2.95472: 13, of which this one is farthest out
    """
    with Arguments("doubts") as check:
        check.instance("edition", edition, Edition)
    config = parse_toml(edition.path / "edition.toml")
    found = [
        *(doubt for family in _families(edition, config) for doubt in _family_doubts(edition, family)),
        *edition.doubtful,
        *(Doubt("units.csv", unit, DOUBTS["no_value"]) for unit in _units_without_value(edition)),
        *_same_names(
            [
                ("units.csv", unit, row["group"], row["name_en"], row["name_zh"])
                for unit, row in edition.units.iterrows()
            ]
        ),
        *_rank_doubts(edition),
        *_declaration_doubts(edition, config),
        *_source_doubts(edition),
        *_unread_files(edition),
    ]
    rows = [(doubt.file, doubt.where, doubt.text.zh, doubt.text.en) for doubt in dict.fromkeys(found)]
    return pd.DataFrame(rows, columns=["file", "where", "zh", "en"])


class _Family(NamedTuple):
    """The groups that share a framework: its file, the framework, and their tables without what is not applicable."""

    file: str
    framework: Framework
    tables: dict[str, pd.DataFrame]
    applicable: dict[str, pd.DataFrame]


def _families(edition: Edition, config: Mapping[str, Any]) -> Iterator[_Family]:
    for groups in edition.families:
        file = config["groups"][groups[0]].get("framework", FRAMEWORK)
        tables = {group: edition.tables[group] for group in groups}
        applicable = {group: ~edition.not_applicable[group] for group in groups}
        yield _Family(file, edition.frameworks[groups[0]], tables, applicable)


def _family_doubts(edition: Edition, family: _Family) -> Iterator[Doubt]:
    """Give what is doubtful about the indicators of a framework, in its groups."""
    nodes = [(family.file, node.code, "", node.name_en, node.name_zh) for node in family.framework.nodes]
    for doubt in (*_spread_doubts(family), *_goalpost_doubts(family), *_weight_doubts(family.framework)):
        yield Doubt(family.file, *doubt)
    yield from _same_names(nodes)
    for code in family.framework.indicators:
        unit = family.framework.node(code).unit
        near = closest(unit, edition.scales) if unit and unit not in edition.scales else None
        if near is not None and abs(len(near) - len(unit)) <= SLIP:
            yield Doubt(family.file, code, DOUBTS["no_scale"].format(unit=unit, near=near))


def _spread_doubts(family: _Family) -> Iterator[tuple[str, Text]]:
    """Give the indicators whose values say little: few, all the same, missing on one side."""
    for group, table in family.tables.items():
        places = (table * family.framework.directions).rank(pct=True)
        for code in table:
            values, units = table[code].dropna(), int(family.applicable[group][code].sum())
            if len(values) > 1 and values.nunique() == 1:
                yield code, DOUBTS["constant"].format(group=group, count=len(values), value=f"{values.iloc[0]:g}")
            if len(values) < FEW * units:
                yield code, DOUBTS["few"].format(group=group, count=len(values), units=units)
            if (side := _side_of_missing(places[family.applicable[group][code]], code)) is not None:
                yield code, DOUBTS["one_sided"].format(group=group, count=units - len(values), side=SIDE[side])
    for code, values in _pooled(family).items():
        if sign_in(family.framework.node(code).unit) == "%" and values.between(0, 1).all() and values.max() > 0:
            yield code, DOUBTS["share"]


def _side_of_missing(places: pd.DataFrame, code: str) -> str | None:
    """Return the half in which all units without a value stand by their mean place in the others, or None."""
    others = places.drop(columns=code).mean(axis=1) if places[code].isna().sum() >= ONE_SIDE else pd.Series(dtype=float)
    missing = others[places[code].reindex(others.index).isna()].dropna()
    if len(missing) < ONE_SIDE or len(missing) == others.notna().sum():
        return None
    middle = others.median()
    return "lower" if (missing < middle).all() else "upper" if (missing > middle).all() else None


def _pooled(family: _Family) -> dict[str, pd.Series]:
    """Return the values of each indicator in all groups together, those present."""
    tables = pd.concat(family.tables.values())
    return {code: tables[code].dropna() for code in family.framework.indicators}


def _goalpost_doubts(family: _Family) -> Iterator[tuple[str, Text]]:
    """Give the goalposts that values pass, hardly come near to, or have only one of."""
    for code, values in _pooled(family).items():
        worst, best = family.framework.goalposts.loc[code]
        if math.isnan(worst) != math.isnan(best):
            yield code, DOUBTS["one_goalpost"].format(given=GOALPOST["best" if math.isnan(worst) else "worst"])
        if math.isnan(worst) or math.isnan(best) or values.empty:
            continue
        posts = {"worst": f"{worst:g}", "best": f"{best:g}"}
        low, high = sorted((worst, best))
        beyond = np.maximum(values - high, low - values)
        if (beyond > 0).any():
            unit = beyond.idxmax()
            said = {"count": int((beyond > 0).sum()), "unit": unit, "value": f"{values[unit]:g}"}
            yield code, DOUBTS["exceeded"].format(**posts, **said)
        elif values.nunique() > 1 and (share := (values.max() - values.min()) / (high - low)) < USED:
            said = {"low": f"{values.min():g}", "high": f"{values.max():g}", "share": f"{share:.1%}"}
            yield code, DOUBTS["unreached"].format(**posts, **said)


def _weight_doubts(framework: Framework) -> Iterator[tuple[str, Text]]:
    """Give the weights that are small beside a sibling's."""
    for weights in framework.sibling_weights.values():
        other, largest = weights.idxmax(), weights.max()
        for code, weight in weights[weights * APART < largest].items():
            said = {"weight": f"{weight:.3g}", "largest": f"{largest:.3g}", "share": f"{weight / largest:.1%}"}
            yield str(code), DOUBTS["weights"].format(other=other, **said)


def _units_without_value(edition: Edition) -> Iterator[str]:
    """Give the units without any value of an indicator that is applicable to them, though some sheet has their row."""
    told = {doubt.where for doubt in edition.doubtful if doubt.text == DOUBTS["no_row"]}
    for group, table in edition.tables.items():
        applicable = ~edition.not_applicable[group]
        yield from table.index[table.isna().all(axis=1) & applicable.any(axis=1) & ~table.index.isin(told)]


def _rank_doubts(edition: Edition) -> Iterator[Doubt]:
    """Give the groups of which the index ranks few units; a recipe that is refused is an error elsewhere."""
    for group, table in edition.tables.items():
        with contextlib.suppress(InputError):
            ranked = int(edition.index_of(group).ranks.notna().sum())
            if ranked < FEW * len(table):
                yield Doubt(
                    "edition.toml", "recipe", DOUBTS["unranked"].format(group=group, count=ranked, units=len(table))
                )


def _same_names(named: list[tuple[str, str, str, str, str]]) -> Iterator[Doubt]:
    """Give the names that stand twice; each with its file, code, group, and name in either language."""
    for language in (3, 4):
        first: dict[tuple[str, str], str] = {}
        for entry in named:
            file, code, group, name = *entry[:3], entry[language]
            other = first.setdefault((group, name), code)
            if name and other != code:
                yield Doubt(file, code, DOUBTS["same_name"].format(name=name, other=other))


def _declaration_doubts(edition: Edition, config: Mapping[str, Any]) -> Iterator[Doubt]:
    """Give what edition.toml declares that is not used, or not borne out."""
    used = used_columns(config, joint_leaves(edition.frameworks))
    if unused := [code for code in config.get("variables", {}) if code not in used]:
        yield Doubt("edition.toml", "variables", DOUBTS["variables"].format(codes=quoted(unused)))
    for name, row in edition.identities.iterrows():
        if not row["checked"]:
            yield Doubt("edition.toml", str(name), DOUBTS["unchecked"])
        if row["broken"]:
            said = {"count": len(row["broken"]), "units": quoted(row["broken"][:3])}
            yield Doubt("edition.toml", str(name), DOUBTS["broken"].format(**said))
    recipes = {"recipe": config.get("recipe", {})}
    recipes |= {f"groups.{group}.recipe": entry.get("recipe", {}) for group, entry in config["groups"].items()}
    for name in (name for name, recipe in recipes.items() if "weight" in recipe):
        yield Doubt("edition.toml", f"{name}.weight", DOUBTS["weighter"])
    if edition.marks is not None:
        first, last = edition.year - 1, edition.year + 1
        dates = edition.marks["observed_on"].dropna()
        strange = dates[~dates.dt.year.between(first, last)]
        if len(strange):
            said = {"count": len(strange), "date": strange.iloc[0].date().isoformat()}
            yield Doubt("edition.toml", "year", DOUBTS["dates"].format(first=first, last=last, **said))


def _source_doubts(edition: Edition) -> Iterator[Doubt]:
    """Give the lists of sources that are not there, or empty, and licences that cannot be told."""
    if edition.sources.empty:
        yield Doubt("sources.csv", "", DOUBTS["no_sources"])
    if edition.record is not None and edition.record.sources.empty:
        yield Doubt("record/sources.csv", "", DOUBTS["no_record_sources"])
    for source, licence in unclear_licences(edition.sources).items():
        yield Doubt("sources.csv", source, DOUBTS["licence"].format(licence=licence))


def _unread_files(edition: Edition) -> Iterator[Doubt]:
    """Give the tables in the edition's folder that neither ``edition.toml`` nor ``sources.csv`` names."""
    read = {path.resolve() for path in edition.files}
    sources = {*edition.sources.to_numpy(dtype=object).ravel()}
    for path in sorted(edition.path.iterdir()):
        if path.suffix.lower() in TABLES and path.resolve() not in read and path.name not in sources:
            yield Doubt(path.name, "", DOUBTS["unread"])
