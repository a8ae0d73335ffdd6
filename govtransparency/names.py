"""The names of nodes and units of measurement, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from govtransparency.texts.bilingual import Text, in_columns
from govtransparency.texts.figure_words import FIGURES
from govtransparency.texts.measurement_units import UNITS
from govtransparency.texts.status_words import BADGE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govtransparency.framework import Framework

__all__ = ["name_of_unit", "named_nodes", "node_names", "unit_names", "with_node_names", "with_sign"]


def node_names(framework: Framework) -> dict[str, Text]:
    """Return the names of each node of the framework."""
    zh, en = framework.names("zh"), framework.names("en")
    return {code: Text(zh[code], en[code]) for code in zh.index}


def named_nodes(framework: Framework, codes: list[str], prefix: str) -> pd.DataFrame:
    """Return the names of some nodes, one row per code: columns ``<prefix>_zh`` and ``<prefix>_en``."""
    names = node_names(framework)
    return pd.DataFrame(in_columns(prefix, [names[code] for code in codes]))


def with_node_names(table: pd.DataFrame, names: Mapping[str, Text]) -> pd.DataFrame:
    """Return a table indexed by nodes with their names in front."""
    own = in_columns("indicator", [names[str(code)] for code in table.index])
    return pd.DataFrame(own, index=table.index).join(table)


def name_of_unit(units: pd.DataFrame, unit: object) -> Text:
    """Return the name of a unit, from a table of units with name_zh and name_en."""
    return Text(*units.loc[unit, ["name_zh", "name_en"]])


def with_sign(names: pd.DataFrame, real: pd.Series) -> pd.DataFrame:
    """Return name_zh and name_en with the sign of simulated figures after those of real bodies.

    Examples
    --------
    >>> names = pd.DataFrame({"name_zh": ["A", "B"], "name_en": ["A", "B"]}, index=["a", "b"])
    >>> with_sign(names, pd.Series([True, False], names.index))["name_en"].tolist()
    ['A (simulated)', 'B']
    """
    texts = [
        FIGURES["drawn_of"].format(name=Text(zh, en), status=BADGE["simulated"]) if known else Text(zh, en)
        for zh, en, known in zip(names["name_zh"], names["name_en"], real, strict=True)
    ]
    return pd.DataFrame(in_columns("name", texts), index=names.index)


def unit_names(framework: Framework, codes: list[str]) -> pd.DataFrame:
    """Return the units of measurement of the nodes in both languages."""
    units = [framework.node(code).unit for code in codes]
    texts = [UNITS.get(unit, Text(unit, unit)) for unit in units]
    return pd.DataFrame(texts, columns=["unit_of_measurement_zh", "unit_of_measurement_en"])
