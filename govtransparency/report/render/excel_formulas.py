"""The formulas of the Excel workbook: weighted means, rounding and ranks, as the library computes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from govtransparency.applicability import NOT_APPLICABLE
from govtransparency.scoring.ruled_nodes import AT_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from govtransparency.node_rules import Rescale
    from govtransparency.ranking import RankRule
    from govtransparency.scoring.outline import Outline, Step

__all__ = ["HEADS", "Places", "input_formula", "mean_formula", "ranking", "rescaled", "rounding"]


HEADS = 4  # rows before the first unit: status, what the sheet is, codes, names


@dataclass(frozen=True)
class Places:
    """Where a formula finds its numbers.

    Attributes
    ----------
    own, source : mapping of code to number
        The node's column on the sheet *formulas*, the indicator's on the sheet *normalised*.
    tree : mapping of code to number
        The node's row on the sheet *framework*.
    sheet : str
        The name of that sheet.
    not_applicable : bool
        Whether some cell is not applicable.
    """

    own: Mapping[str, int]
    source: Mapping[str, int]
    tree: Mapping[str, int]
    sheet: str
    not_applicable: bool

    def value(self, code: str) -> str:
        """Return the cell of a node's score, with ``{own}`` for the row."""
        return f"{_letter(self.own[code])}{{own}}"

    def weight(self, code: str) -> str:
        """Return the cell of a node's weight."""
        return f"{_letter(self.own[code])}${HEADS + 1}"


def input_formula(cell: str, plan: Outline, *, not_applicable: bool) -> str:
    """Return the formula of an indicator's score: a missing one has what the rule gives it, if anything."""
    other = '""' if plan.score is None else repr(float(plan.score))
    if not_applicable:
        other = f'IF({cell}="{NOT_APPLICABLE}",{cell},{other})'
    return f"=IF(ISNUMBER({cell}),{cell},{other})"


def mean_formula(step: Step, plan: Outline, places: Places) -> str:
    """Return the formula of a node's score: the weighted mean of the children present, if the coverage is enough.

    Coverage is of what is applicable; a node beneath which nothing is applicable is itself not applicable. Rules of
    publishers before aggregation, and scores of zero, are part of it; rescaling is not.

    Parameters
    ----------
    step : Step
        Of the node.
    plan : Outline
        Of the recipe.
    places : Places

    Returns
    -------
    str
        With ``{own}`` for the row on the sheet and ``{there}`` for the row on the other sheets.
    """
    children, source = step.children, places.source
    runs = _adjacent(places.own[child] for child in children)
    spans = [(f"${_letter(run[0])}${HEADS + 1}:${_letter(run[-1])}${HEADS + 1}", _span(run)) for run in runs]
    instead = [  # when one child stands in for another, with its weight
        (f"AND(NOT(ISNUMBER({places.value(one)})),ISNUMBER({places.value(other)}))", places.weight(one), other)
        for one, other in step.rules.fallback
    ]

    def over_children(form: str, standing_in: str = "") -> str:
        terms = [form.format(weights=weights, values=values) for weights, values in spans]
        terms += [
            f"IF({condition},{standing_in.format(weight=weight, value=places.value(other))},0)"
            for condition, weight, other in instead
            if standing_in
        ]
        return terms[0] if len(terms) == 1 else f"({'+'.join(terms)})"

    def seen(child: str) -> str:
        return f"normalised!{_letter(source[child])}{{there}}" if child in source else places.value(child)

    def applicable(count: int, *runs: str) -> str:
        cells = [f'COUNTIF({run},"{NOT_APPLICABLE}")' for run in runs] if places.not_applicable else []
        return f"({'-'.join([str(count), *cells])})" if cells else str(count)

    values = [run for _, run in spans]
    total = f"SUM({','.join(weights for weights, _ in spans)})"
    if plan.count == "indicators":
        counted = [f"normalised!{_span(run, '{there}')}" for run in _adjacent(source[leaf] for leaf in step.leaves)]
        coverage = f"COUNT({','.join(counted)})/{applicable(len(step.leaves), *counted)}"
    elif plan.count == "children":
        coverage = f"COUNT({','.join(map(seen, children))})/{applicable(len(children), *values)}"
    else:
        observed = "+".join(f"{places.weight(child)}*ISNUMBER({seen(child)})" for child in children)
        those = over_children(f'SUMPRODUCT({{weights}},--({{values}}<>"{NOT_APPLICABLE}"))')
        coverage = f"({observed})/{f'MAX({those},1E-300)' if places.not_applicable else total}"  # never by 0, an error
    present = over_children("SUMPRODUCT({weights},--ISNUMBER({values}))", "{weight}")
    weighed = over_children("SUMPRODUCT({weights},{values})", "{weight}*{value}")
    mean = f"{weighed}/{present}"
    if plan.equal:
        plain = over_children("SUMPRODUCT(--({weights}>0),{values})", "({weight}>0)*{value}")
        count = over_children("SUMPRODUCT(--({weights}>0),--ISNUMBER({values}))", "({weight}>0)*1")
        mean = f"({weighed}+({total}-{present})*{plain}/{count})/{total}"
    score = f"{mean}*{total}" if step.sums else mean
    enough = f"AND({present}>0,{coverage}>={places.sheet}!$L${places.tree[step.code]}-1E-12)"
    lacking, low = _zero_conditions(step, places)
    if low:
        score = f"IF(OR({low}),0,{score})"
    formula = f'IF({enough},{score},"")'
    if lacking:
        formula = f"IF(AND(COUNT({','.join(values)})>0,OR({lacking})),0,{formula})"
    if places.not_applicable:
        formula = f'IF({applicable(len(children), *values)}=0,"{NOT_APPLICABLE}",{formula})'
    return f"={formula}"


def _zero_conditions(step: Step, places: Places) -> tuple[str, str]:
    """Return the conditions under which a node's score is 0: a child that is lacking, a score that is too low."""
    fallback = dict(step.rules.fallback)
    lacking, low = [], []
    for child, limit in step.rules.zero_if:
        cells = [places.value(code) for code in (child, fallback.get(child)) if code is not None]
        if limit is None:
            lacks = f"COUNT({','.join(cells)})=0"
            lacking.append(f'AND({lacks},{cells[0]}<>"{NOT_APPLICABLE}")' if places.not_applicable else lacks)
        else:
            value = cells[0] if len(cells) == 1 else f"IF(ISNUMBER({cells[0]}),{cells[0]},{cells[1]})"
            low.append(f"AND(ISNUMBER({value}),{value}<={limit!r}+{AT_LIMIT!r})")
    return ",".join(lacking), ",".join(low)


def rescaled(raw: str, scale: str, rule: Rescale) -> str:
    """Return the formula of a score rescaled by the best of a group's scores, or their range."""
    other = f'IF({raw}="{NOT_APPLICABLE}",{raw},"")'
    if rule.by == "best":
        return f"=IF(AND(ISNUMBER({raw}),MAX({scale})>0),{raw}/MAX({scale})*{rule.to!r},{other})"
    wide = f"MAX({scale})-MIN({scale})>1E-12*MAX(ABS(MAX({scale})),ABS(MIN({scale})))"
    return f"=IF(AND(ISNUMBER({raw}),{wide}),({raw}-MIN({scale}))/(MAX({scale})-MIN({scale}))*{rule.to!r},{other})"


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(column)


def _span(run: Sequence[int], row: str = "{own}") -> str:
    return f"{_letter(run[0])}{row}:{_letter(run[-1])}{row}"


def _adjacent(columns: Iterable[int]) -> list[list[int]]:
    """Return the columns, sorted, in runs of adjacent ones."""
    runs: list[list[int]] = []
    for column in sorted(columns):
        if runs and column == runs[-1][-1] + 1:
            runs[-1].append(column)
        else:
            runs.append([column])
    return runs


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
