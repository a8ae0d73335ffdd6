"""The formulas of the Excel workbook: weighted means, rounding and ranks, as the library computes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtransparency.applicability import NOT_APPLICABLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govtransparency.ranking import RankRule
    from govtransparency.scoring.outline import Outline, Step

__all__ = ["HEADS", "input_formula", "mean_formula", "ranking", "rounding"]


HEADS = 4  # rows before the first unit: status, what the sheet is, codes, names


def input_formula(cell: str, plan: Outline, *, not_applicable: bool) -> str:
    """Return the formula of an indicator's score: a missing one has what the rule gives it, if anything."""
    other = '""' if plan.score is None else repr(float(plan.score))
    if not_applicable:
        other = f'IF({cell}="{NOT_APPLICABLE}",{cell},{other})'
    return f"=IF(ISNUMBER({cell}),{cell},{other})"


def mean_formula(
    step: Step,
    plan: Outline,
    place: Mapping[str, int],
    source: Mapping[str, int],
    tree: Mapping[str, int],
    *,
    sheet: str,
    not_applicable: bool,
) -> str:
    """Return the formula of a node's score: the weighted mean of the children present, if the coverage is enough.

    Coverage is of what is applicable; a node beneath which nothing is applicable is itself not applicable.

    Parameters
    ----------
    step : Step
        Of the node.
    plan : Outline
        Of the recipe.
    place, source, tree : mapping of code to number
        The node's column on the sheet *formulas*, the indicator's on the sheet *normalised*, the node's row on the
        sheet *framework*.
    sheet : str
        The name of that sheet.
    not_applicable : bool
        Whether some cell is not applicable.

    Returns
    -------
    str
        With ``{own}`` for the row on the sheet and ``{there}`` for the row on the other sheets.
    """
    from openpyxl.utils import get_column_letter as letter

    children = step.children
    first, last = letter(place[children[0]]), letter(place[children[-1]])
    weights = f"${first}${HEADS + 1}:${last}${HEADS + 1}"
    values = f"{first}{{own}}:{last}{{own}}"

    def seen(child: str) -> str:
        leaf = child in source
        return f"normalised!{letter(source[child])}{{there}}" if leaf else f"{letter(place[child])}{{own}}"

    def applicable(count: int, *runs: str) -> str:
        cells = [f'COUNTIF({run},"{NOT_APPLICABLE}")' for run in runs] if not_applicable else []
        return f"({'-'.join([str(count), *cells])})" if cells else str(count)

    if plan.count == "indicators":
        counted = _runs([source[leaf] for leaf in step.leaves])
        coverage = f"COUNT({','.join(counted)})/{applicable(len(step.leaves), *counted)}"
    elif plan.count == "children":
        coverage = f"COUNT({','.join(map(seen, children))})/{applicable(len(children), values)}"
    else:
        observed = "+".join(f"{letter(place[child])}${HEADS + 1}*ISNUMBER({seen(child)})" for child in children)
        total = f'MAX(SUMPRODUCT({weights},--({values}<>"{NOT_APPLICABLE}")),1E-300)'  # never by 0, which is an error
        coverage = f"({observed})/{total if not_applicable else f'SUM({weights})'}"
    present = f"SUMPRODUCT({weights},--ISNUMBER({values}))"
    enough = f"AND({present}>0,{coverage}>={sheet}!$L${tree[step.code]}-1E-12)"
    mean = f'IF({enough},SUMPRODUCT({weights},{values})/{present},"")'
    return f'=IF({applicable(len(children), values)}=0,"{NOT_APPLICABLE}",{mean})' if not_applicable else f"={mean}"


def _runs(columns: Sequence[int]) -> list[str]:
    """Return the columns of the sheet *normalised* as ranges, adjacent columns in one."""
    from openpyxl.utils import get_column_letter as letter

    runs: list[list[int]] = []
    for column in sorted(columns):
        if runs and column == runs[-1][-1] + 1:
            runs[-1].append(column)
        else:
            runs.append([column])
    return [f"normalised!{letter(run[0])}{{there}}:{letter(run[-1])}{{there}}" for run in runs]


def rounding(cell: str, rule: RankRule) -> str:
    """Return the formula of a score rounded as `ranking.round_scores` does it."""
    unit = f"10^{rule.decimals}"
    size, slack = f"(ABS({cell})*{unit})", f"MIN(1E-9+ABS({cell})*{unit}*9E-16,0.49)"
    if rule.rounding == "down":
        rounded = f"SIGN({cell})*INT({size}+{slack})/{unit}"
    else:
        half = f"(INT({size})+0.5)"
        at_half = f"INT({size})+1" if rule.rounding == "half_up" else f"2*ROUND({half}/2,0)"
        rounded = f"SIGN({cell})*IF(ABS({size}-{half})<={slack},{at_half},ROUND({size},0))/{unit}"
    whole = f"MIN(ABS({cell}),2^52)*{unit}>=2^52"  # of the last decimal; the minimum keeps it within the floats
    return f'=IF(ISNUMBER({cell}),IF({whole},{cell},{rounded}),"")'


def ranking(cell: str, group: str, rule: RankRule) -> str:
    """Return the formula of a rank among the rounded scores of the group."""
    above = f"SUMPRODUCT(--ISNUMBER({group}),--({group}>{cell}))"
    equal = f"SUMPRODUCT(--ISNUMBER({group}),--({group}={cell}))"
    place = {"min": f"1+{above}", "max": f"{above}+{equal}", "average": f"{above}+({equal}+1)/2"}[rule.ties]
    return f'=IF(ISNUMBER({cell}),{place},"")'
