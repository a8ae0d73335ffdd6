"""The columns of an edition that follow from those of its sheets, and whether its identities hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govtransparency.editions.declarations import absent_columns
from govtransparency.editions.derive import check_identities, derive, derived_not_applicable
from govtransparency.errors import Attempts, InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from govtransparency.editions.sheets import Figures
    from govtransparency.framework import Framework
    from govtransparency.texts.bilingual import Text

__all__ = ["computed_columns"]


def computed_columns(
    figures: Figures, config: Mapping[str, Any], framework: Framework, leaves: Mapping[str, Sequence[str]]
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return what became of the identities, the table with the derived indicators, and what is not applicable."""
    table = figures.table
    if absent := list(absent_columns(config, leaves, table)):
        raise InputError(absent)
    wrong: list[Text] = []
    attempt = Attempts(wrong)
    identities = attempt(lambda: check_identities(table, config.get("identities", {}), leaves))
    derived = attempt(lambda: derive(table, config.get("derived", {}), leaves))
    if wrong:
        raise InputError(wrong)
    cells = derived_not_applicable(figures.not_applicable, config.get("derived", {}), leaves)
    return identities, derived, cells.reindex(columns=list(framework.indicators), fill_value=False)
