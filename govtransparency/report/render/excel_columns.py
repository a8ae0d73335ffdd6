"""The columns of the workbook's sheet of formulas: nodes next to their siblings, scores before they are rescaled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from govtransparency.nodes import ROOT
from govtransparency.report.render.excel_formulas import HEADS, rescaled
from govtransparency.texts.excel_words import BOOK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govtransparency.framework import Framework
    from govtransparency.scoring.outline import Outline, Step
    from govtransparency.texts.bilingual import Text

__all__ = ["FormulaColumn", "column_title", "formula_columns", "live_steps", "rescaled_cell"]


@dataclass(frozen=True)
class FormulaColumn:
    """A column of the sheet *formulas*: one node next to its siblings, or its scores before they are rescaled."""

    code: str
    step: Step | None  # if the column holds formulas over other nodes
    raw: bool = False

    @property
    def key(self) -> str:
        """The node's code, marked if the column has its scores before they are rescaled."""
        return f"{self.code} *" if self.raw else self.code


def formula_columns(plan: Outline, framework: Framework) -> list[FormulaColumn]:
    """Return the columns in order: the children of each node side by side, scores before rescaling, then the index."""
    live = live_steps(plan)
    codes = [child for step in plan.steps for child in framework.children(step.code)]
    raw = [FormulaColumn(step.code, step, raw=True) for step in live.values() if step.rules.rescale]
    return [*(FormulaColumn(code, live.get(code)) for code in codes), *raw, FormulaColumn(ROOT, live.get(ROOT))]


def live_steps(plan: Outline) -> dict[str, Step]:
    """Return the steps that formulas compute, by code."""
    live: dict[str, Step] = {}
    unknown: set[str | None] = set()  # nodes whose scores before rescaling no formula computes
    for step in plan.steps:
        if step.mean == "arithmetic_mean" and step.rules.range_of not in unknown:
            live[step.code] = step
        elif step.rules.rescale:
            unknown.add(step.code)
    return live


def column_title(column: FormulaColumn, nodes: Mapping[str, Text]) -> Text:
    """Return the heading of a column, from the names of the nodes."""
    return BOOK["before_rescaling"].format(name=nodes[column.code]) if column.raw else nodes[column.code]


def rescaled_cell(step: Step, place: Mapping[str, int], rows: tuple[int, int]) -> str:
    """Return the formula of a node's score from the one before rescaling, with ``{own}`` for the row."""
    from openpyxl.utils import get_column_letter as letter

    scale = step.rules.range_of or step.code
    column = letter(place[f"{scale} *"] if f"{scale} *" in place else place[scale])
    first, last = (HEADS + 2 + row for row in rows)
    assert step.rules.rescale is not None
    raw = f"{letter(place[f'{step.code} *'])}{{own}}"
    return rescaled(raw, f"{column}${first}:{column}${last}", step.rules.rescale)
