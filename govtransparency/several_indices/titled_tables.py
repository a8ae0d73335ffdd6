"""Tables of several indices as a reader sees them: titles for indices, names for countries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from govtransparency.nodes import ROOT
from govtransparency.texts.bilingual import in_columns

if TYPE_CHECKING:
    from govtransparency.several_indices.compared_indices import ComparedIndices
    from govtransparency.several_indices.income import Income

__all__ = ["alone", "left_out", "named_countries", "taking_part", "titled"]

OF_INDICES = ("index", "first", "second", "higher", "lower")  # columns that hold their names


def titled(table: pd.DataFrame, indices: ComparedIndices) -> pd.DataFrame:
    """Return a table with the titles of indices in both languages where it has their names."""
    given = table if table.index.names == [None] else table.reset_index()
    parts: dict[str, list[Any]] = {}
    for column in given:
        if column in OF_INDICES:
            parts |= in_columns(str(column), (indices.titles[name] for name in given[column]))
        else:
            parts[str(column)] = given[column].tolist()
    return pd.DataFrame(parts)


def named_countries(table: pd.DataFrame, indices: ComparedIndices) -> pd.DataFrame:
    """Return a table with a column of codes of countries with their names in both languages in front."""
    names = indices.countries.loc[table["country"]].set_axis(["country_zh", "country_en"], axis=1)
    return pd.concat([names.set_axis(table.index), table.drop(columns="country")], axis=1)


def taking_part(indices: ComparedIndices, income: Income | None) -> pd.DataFrame:
    """Return each index with its countries, those that no other has, its pillars and the year of income."""
    alone = indices.alone
    rows = [
        {
            "index": name,
            "countries": int(indices.ranks[name].count()),
            "alone": int((alone == name).sum()),
            "pillars": len(one.built.recipe.framework.children(ROOT)),
        }
        | ({"income_year": income.years[name]} if income and income.years[name] else {})
        for name, one in indices.indices.items()
    ]
    return titled(pd.DataFrame(rows), indices)


def left_out(indices: ComparedIndices) -> pd.DataFrame:
    """Return the indices that cannot be read and the units that are no country, each with the reason."""
    units = titled(indices.unmatched, indices).rename(columns={"index_zh": "edition_zh", "index_en": "edition_en"})
    whole = indices.left_out.assign(edition_zh=indices.left_out["edition"], edition_en=indices.left_out["edition"])
    columns = [f"{name}_{language}" for name in ("edition", "name", "reason") for language in ("zh", "en")]
    parts = [part.astype(object).reindex(columns=columns, fill_value="") for part in (whole, units)]
    return pd.concat(parts, ignore_index=True)


def alone(indices: ComparedIndices) -> pd.DataFrame:
    """Return the countries that one index alone has, as a list for each index."""
    rows = []
    for name, codes in indices.alone.groupby(indices.alone).groups.items():
        names = indices.countries.loc[codes]
        rows.append({"index": name, **_listed(names)})
    return titled(pd.DataFrame(rows, columns=["index", "countries_zh", "countries_en"]), indices)


def _listed(names: pd.DataFrame) -> dict[str, str]:
    return {"countries_zh": "、".join(names["name_zh"]), "countries_en": ", ".join(names["name_en"])}
