"""What may be wrong with an edition although it can be read: values, goalposts, weights, declarations."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.csv_files import read_csv
from govtransparency.editions.config import parse_toml
from govtransparency.editions.derive import used_columns
from govtransparency.editions.load import Edition
from govtransparency.errors import closest
from govtransparency.texts.bilingual import quoted
from govtransparency.texts.doubt_words import DOUBTS, GOALPOST, SIDE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govtransparency.texts.bilingual import Text

__all__ = ["doubts"]

FEW = 0.5  # of the units of a group
USED = 0.25  # of the way between the goalposts
APART = 20  # how often a weight goes into a sibling's
ONE_SIDE = 6  # units without a value that all stand in one half: by chance in 1 of 32 cases
SLIP = 2  # letters by which a misspelt unit of measurement is longer or shorter
TABLES = (".csv", ".tsv", ".xlsx", ".ods", ".parquet")
UNIT_COLUMNS = ("unit", "group", "name_en", "name_zh", "aliases", "formerly")


class Doubt(NamedTuple):
    """Something that may be wrong: the file, what it concerns there, and why."""

    file: str
    where: str
    text: Text


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
    values beyond the goalposts 0 and 2.95472: 13, the farthest 3.12 of 'NOR'
    """
    with Arguments("doubts") as check:
        check.instance("edition", edition, Edition)
    found = [
        *_value_doubts(edition),
        *_goalpost_doubts(edition),
        *_weight_doubts(edition),
        *_name_doubts(edition),
        *_declaration_doubts(edition),
        *_unread_files(edition),
    ]
    rows = [(doubt.file, doubt.where, doubt.text.zh, doubt.text.en) for doubt in found]
    return pd.DataFrame(rows, columns=["file", "where", "zh", "en"])


def _value_doubts(edition: Edition) -> Iterator[Doubt]:
    """Give the indicators and units whose values say little."""
    for group, table in edition.tables.items():
        places = (table * edition.framework.directions).rank(pct=True)
        for code in table:
            values = table[code].dropna()
            if len(values) > 1 and values.nunique() == 1:
                text = DOUBTS["constant"].format(group=group, count=len(values), value=f"{values.iloc[0]:g}")
                yield Doubt("framework.csv", code, text)
            if len(values) < FEW * len(table):
                yield Doubt(
                    "framework.csv", code, DOUBTS["few"].format(group=group, count=len(values), units=len(table))
                )
            if (side := _side_of_missing(places, code)) is not None:
                count = len(table) - len(values)
                yield Doubt(
                    "framework.csv", code, DOUBTS["one_sided"].format(group=group, count=count, side=SIDE[side])
                )
        for unit in table.index[table.isna().all(axis=1)]:
            yield Doubt("units.csv", unit, DOUBTS["no_value"])
    for code, values in _pooled(edition).items():
        if edition.framework.node(code).unit in ("%", "\uff05") and values.between(0, 1).all() and values.max() > 0:
            yield Doubt("framework.csv", code, DOUBTS["share"])


def _side_of_missing(places: pd.DataFrame, code: str) -> str | None:
    """Return the half in which all units without a value stand by their mean place in the others, or None."""
    others = places.drop(columns=code).mean(axis=1) if places[code].isna().sum() >= ONE_SIDE else pd.Series(dtype=float)
    missing = others[places[code].reindex(others.index).isna()].dropna()
    if len(missing) < ONE_SIDE or len(missing) == others.notna().sum():
        return None
    middle = others.median()
    return "lower" if (missing < middle).all() else "upper" if (missing > middle).all() else None


def _pooled(edition: Edition) -> dict[str, pd.Series]:
    """Return the values of each indicator in all groups together, those present."""
    tables = pd.concat(edition.tables.values())
    return {code: tables[code].dropna() for code in edition.framework.indicators}


def _goalpost_doubts(edition: Edition) -> Iterator[Doubt]:
    """Give the goalposts that values pass, hardly come near to, or have only one of."""
    for code, values in _pooled(edition).items():
        worst, best = edition.framework.goalposts.loc[code]
        if math.isnan(worst) != math.isnan(best):
            given = GOALPOST["best" if math.isnan(worst) else "worst"]
            yield Doubt("framework.csv", code, DOUBTS["one_goalpost"].format(given=given))
        if math.isnan(worst) or math.isnan(best) or values.empty:
            continue
        posts = {"worst": f"{worst:g}", "best": f"{best:g}"}
        low, high = sorted((worst, best))
        beyond = np.maximum(values - high, low - values)
        if (beyond > 0).any():
            unit = beyond.idxmax()
            said = {"count": int((beyond > 0).sum()), "unit": unit, "value": f"{values[unit]:g}"}
            yield Doubt("framework.csv", code, DOUBTS["exceeded"].format(**posts, **said))
        elif values.nunique() > 1 and (share := (values.max() - values.min()) / (high - low)) < USED:
            said = {"low": f"{values.min():g}", "high": f"{values.max():g}", "share": f"{share:.1%}"}
            yield Doubt("framework.csv", code, DOUBTS["unreached"].format(**posts, **said))


def _weight_doubts(edition: Edition) -> Iterator[Doubt]:
    """Give the weights that are small beside a sibling's."""
    for weights in edition.framework.sibling_weights.values():
        other, largest = weights.idxmax(), weights.max()
        for code, weight in weights[weights * APART < largest].items():
            said = {"weight": f"{weight:.3g}", "largest": f"{largest:.3g}", "share": f"{weight / largest:.1%}"}
            yield Doubt("framework.csv", code, DOUBTS["weights"].format(other=other, **said))


def _name_doubts(edition: Edition) -> Iterator[Doubt]:
    """Give the names that stand twice, and the columns and units of measurement that look misspelt."""
    for column in ("name_en", "name_zh"):
        first: dict[tuple[str, ...], str] = {}
        named = [("framework.csv", node.code, "", getattr(node, column)) for node in edition.framework.nodes]
        named += [("units.csv", unit, row["group"], row[column]) for unit, row in edition.units.iterrows()]
        for file, code, group, name in named:
            other = first.setdefault((file, group, name), code)
            if name and other != code:
                yield Doubt(file, code, DOUBTS["same_name"].format(name=name, other=other))
    for code in edition.framework.indicators:
        unit = edition.framework.node(code).unit
        near = closest(unit, edition.scales) if unit and unit not in edition.scales else None
        if near is not None and abs(len(near) - len(unit)) <= SLIP:
            yield Doubt("framework.csv", code, DOUBTS["no_scale"].format(unit=unit, near=near))
    header = next(list(read_csv(path)) for path in edition.files if path.name == "units.csv")
    absent = [column for column in UNIT_COLUMNS if column not in header]
    for column in header:
        near = closest(column, absent) if column not in UNIT_COLUMNS else None
        if near is not None:
            yield Doubt("units.csv", column, DOUBTS["column"].format(near=near))


def _declaration_doubts(edition: Edition) -> Iterator[Doubt]:
    """Give what edition.toml declares that is not used, or not borne out."""
    config = parse_toml(edition.path / "edition.toml")
    used = used_columns(config, edition.framework)
    if unused := [code for code in config.get("variables", {}) if code not in used]:
        yield Doubt("edition.toml", "variables", DOUBTS["variables"].format(codes=quoted(unused)))
    for name, row in edition.identities.iterrows():
        if not row["checked"]:
            yield Doubt("edition.toml", str(name), DOUBTS["unchecked"])
        if row["broken"]:
            said = {"count": len(row["broken"]), "units": quoted(row["broken"][:3])}
            yield Doubt("edition.toml", str(name), DOUBTS["broken"].format(**said))
    if "weight" in config.get("recipe", {}):
        yield Doubt("edition.toml", "recipe.weight", DOUBTS["weighter"])
    if edition.marks is not None:
        first, last = edition.year - 1, edition.year + 1
        dates = edition.marks["observed_on"].dropna()
        strange = dates[~dates.dt.year.between(first, last)]
        if len(strange):
            said = {"count": len(strange), "date": strange.iloc[0].date().isoformat()}
            yield Doubt("edition.toml", "year", DOUBTS["dates"].format(first=first, last=last, **said))


def _unread_files(edition: Edition) -> Iterator[Doubt]:
    """Give the tables in the edition's folder that it does not name."""
    read = {path.resolve() for path in edition.files}
    for path in sorted(edition.path.iterdir()):
        if path.suffix.lower() in TABLES and path.resolve() not in read:
            yield Doubt(path.name, "", DOUBTS["unread"])
