"""The results as an Excel workbook, with formulas that recompute the index."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, get_args

import pandas as pd

from govtransparency.applicability import with_words
from govtransparency.arguments import Arguments
from govtransparency.atomic_files import write_whole
from govtransparency.extras import needs
from govtransparency.files.table_files import read_csv
from govtransparency.names import node_names
from govtransparency.nodes import ROOT
from govtransparency.ranking import round_scores
from govtransparency.report.render.excel_book import Book, Part, parts_of
from govtransparency.report.render.excel_columns import column_title, formula_columns, live_steps, rescaled_cell
from govtransparency.report.render.excel_formulas import (
    HEADS,
    Places,
    input_formula,
    mean_formula,
    ranking,
    rounding,
)
from govtransparency.report.render.excel_values import (
    Formula,
    effective_shares,
    from_sheet,
    scores_before_rescaling,
)
from govtransparency.report.render.html_table import heading
from govtransparency.status_of_data import head_of
from govtransparency.texts.bilingual import Shown, Text, as_text, bilingual
from govtransparency.texts.excel_words import BOOK
from govtransparency.texts.method_names import display_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from govtransparency.editions import Edition
    from govtransparency.index import Index
    from govtransparency.ranking import RankRule
    from govtransparency.report.render.excel_columns import FormulaColumn

__all__ = ["write_workbook"]


FILE = "results.xlsx"
LABELS = ("group", "unit", "name_zh", "name_en")
TIES = ("min", "max", "average")  # those that a formula recomputes


def write_workbook(folder: Path, edition: Edition, *, language: Shown = "both") -> None:
    """Write ``results.xlsx`` of an edition into a folder.

    Parameters
    ----------
    folder : Path
        The rank intervals come from its ``intervals.csv``, where there is one.
    edition : Edition
    language : {"zh", "en", "both"}
        Of headings and notes; the units have their names in both languages in any case.

    Raises
    ------
    InputError
        For an unknown language, and where the edition's recipe cannot be computed.

    Notes
    -----
    A unit is on the same row of every sheet of values. Groups with recipes of their own have sheets *framework* and
    *formulas* of their own, numbered. On the sheet *formulas* each pillar, the index and its rank are formulas
    over the normalised values and the weights of the sheet *framework*: a weighted mean over the children present,
    blank below the least coverage, as in the recipe's missing-data rule. What no formula of a spreadsheet recomputes
    exactly (another aggregation than the arithmetic mean; dense and ordinal ranks, or tie breakers) is given as the
    library's values, or not at all, and the sheet *about* says so. Each formula has the library's value stored with
    it, for programs that compute none; spreadsheets compute the formulas when they open the file. The same edition
    gives the same bytes.
    """
    with Arguments("write_workbook") as check:
        check.choice("language", language, get_args(Shown))
    needs("openpyxl", title="write_workbook")
    from openpyxl import Workbook

    indices = {group: edition.index_of(group) for group in edition.tables}
    book = Book(Workbook(write_only=True), edition, language)
    league = edition.league
    notes: list[Text] = [BOOK["normalised_fixed"], BOOK["filter"]]
    parts = parts_of(edition)
    names = ["about", *(part.sheet("framework") for part in parts), "raw", "normalised", "scores", "ranks", "intervals"]
    intervals = folder / "intervals.csv"
    if not league:
        names.remove("ranks")
        notes.append(BOOK["no_ranks"])
    if not intervals.exists():
        names.remove("intervals")
        notes.append(BOOK["no_intervals"])
    notes += dict.fromkeys(note for part in parts for note in _what_is_notlive_steps(part, ranked=league))
    _about(book, [*names, *(part.sheet("formulas") for part in parts)], notes, parts)
    for part in parts:
        _framework(book, part)
    scores = pd.concat([with_words(index.scores, index.without_part) for index in indices.values()])
    ranks = pd.concat([index.ranks for index in indices.values()])
    units = pd.concat([_labels(edition, group, index) for group, index in indices.items()])
    pillars = dict.fromkeys(code for part in parts for code in part.recipe.framework.pillars)
    tables = {
        "raw": pd.concat([with_words(index.raw, index.not_applicable) for index in indices.values()]),
        "normalised": pd.concat([_normalised(index) for index in indices.values()]),
        "scores": scores[[*pillars, ROOT]],
        "ranks": ranks.to_frame("rank"),
    }
    said = pd.concat([index.reservations for index in indices.values()])
    if len(said):
        note = {"note": said.reindex(units.index)}
        tables |= {name: tables[name].assign(**note) for name in ("scores", "ranks")}
    if intervals.exists():
        found = read_csv(intervals).set_index("unit").reindex(units.index)
        figures = found[[*(["rank"] if league else []), "median", "low", "high", "tier"]]
        tables["intervals"] = figures.apply(pd.to_numeric)  # an empty text is a missing number
    for name in names[1 + len(parts) :]:
        _sheet(book, name, units, tables[name])
    kept = {unit for index in indices.values() for unit in index.table.index}
    for part in parts:
        _formulas(book, part, units, scores, tables["normalised"], len(pillars), indices, kept)
    write_whole(folder / FILE, book.bytes_of_file())


def _labels(edition: Edition, group: str, index: Index) -> pd.DataFrame:
    about = edition.units.loc[index.raw.index, ["name_zh", "name_en"]]
    return pd.DataFrame({"group": group, "unit": list(about.index)}, index=about.index).join(about)


def _normalised(index: Index) -> pd.DataFrame:
    """Return the normalised values, blank where a value is missing, whatever the rule gives it."""
    return with_words(index.normalised.reindex(index.raw.index), index.not_applicable)


def _about(book: Book, names: Sequence[str], notes: Sequence[Text], parts: Sequence[Part]) -> None:
    edition = book.edition
    own = {part.sheet(name): book.said(name, part) for part in parts for name in ("framework", "formulas")}
    told = [("", head_of(edition.status, edition.attribution)), ("", bilingual(edition.about) if edition.about else "")]
    told += [(name, own.get(name) or BOOK[name]) for name in names]
    told += [("", note) for note in notes]
    rows = [line for name, text in told for line in _lines(name, text, book.language)]
    book.add("about", rows, heads=0, filters=False, widths=(16, 110))


def _lines(name: str, text: Text | str, language: Shown) -> list[list[object]]:
    """Return the rows of a text beside its name: one for each language that is shown."""
    texts = dict.fromkeys(as_text(text) if language == "both" else [getattr(as_text(text), language)])
    return [[name if not place else "", one] for place, one in enumerate(texts) if one]


def _framework(book: Book, part: Part) -> None:
    """Write the tree; the weight among siblings is a number to change, the effective weight a formula over it."""
    framework, steps = part.recipe.framework, {step.code: step for step in part.plan.steps}
    columns = ["code", "parent", "name_zh", "name_en", "weight", "effective_weight", "direction", "worst", "best"]
    columns += ["unit_of_measurement", "aggregate", "required"]
    first = 2 + 2
    last = first + len(framework.nodes) - 1
    shares = effective_shares(framework)
    rows: list[list[object]] = [[*columns[:-1], BOOK["min_coverage"]]]
    rows[0] = [Text(*heading(name)[:2]) if isinstance(name, str) else name for name in rows[0]]
    for row, node in enumerate(framework.nodes, first):
        share = Formula(
            f"=E{row}/SUMIF(B${first}:B${last},B{row},E${first}:E${last})"
            f"*INDEX(F${first}:F${last},MATCH(B{row},A${first}:A${last},0))",
            shares[node.code],
        )
        step = steps.get(node.code)
        rows.append(
            [
                node.code, node.parent or None, node.name_zh, node.name_en, float(node.weight),
                share if node.code != ROOT else 1, None if step else node.direction, _number(node.worst),
                _number(node.best), node.unit, step.method if step else None, step.required if step else None,
            ]
        )  # fmt: skip
    book.add("framework", rows, heads=1, part=part)


def _number(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else float(value)


def _sheet(book: Book, name: str, units: pd.DataFrame, table: pd.DataFrame) -> None:
    nodes = book.edition.nodes
    heads = [nodes.get(str(code)) or Text(*heading(str(code))[:2]) for code in table]
    rows: list[Sequence[object]] = [
        [*LABELS, *map(str, table)],
        [*(Text(*heading(label)[:2]) for label in LABELS), *heads],
    ]
    values = table.loc[units.index].itertuples(index=False, name=None)
    rows += [(*one, *two) for one, two in zip(_rows(units), values, strict=True)]
    book.add(name, rows)


def _rows(frame: pd.DataFrame) -> Iterable[tuple]:
    return frame.itertuples(index=False, name=None)


def _live_rank(rule: RankRule) -> bool:
    return rule.ties in TIES and not rule.tie_breakers


def _what_is_notlive_steps(part: Part, *, ranked: bool) -> list[Text]:
    recipe, names, live = part.recipe, node_names(part.recipe.framework), live_steps(part.plan)
    notes = [
        BOOK["not_live"].format(name=names[step.code], method=display_name(step.method))
        for step in part.plan.steps
        if step.code not in live
    ]
    if ranked and not _live_rank(recipe.rank):
        rule = " + ".join([recipe.rank.ties, *recipe.rank.tie_breakers])
        notes.append(BOOK["no_live_rank"].format(rule=rule))
    named = BOOK["on_sheet"]
    return notes if part.number is None else [named.format(sheet=part.sheet("formulas"), note=note) for note in notes]


def _formulas(
    book: Book,
    part: Part,
    all_units: pd.DataFrame,
    scores: pd.DataFrame,
    normalised: pd.DataFrame,
    pillars: int,
    indices: Mapping[str, Index],
    kept: set[Any],
) -> None:
    from openpyxl.utils import get_column_letter as letter

    edition, plan, live = book.edition, part.plan, formula_columns(part.plan, part.recipe.framework)
    recipe, framework, nodes = part.recipe, part.recipe.framework, node_names(part.recipe.framework)
    units = all_units[all_units["group"].isin(part.groups)]
    row_of = dict(zip(all_units.index, range(HEADS + 1, HEADS + 1 + len(all_units)), strict=True))
    sheet = part.sheet("framework")
    place = {column.key: len(LABELS) + 1 + number for number, column in enumerate(live)}
    source = {code: len(LABELS) + 1 + normalised.columns.get_loc(code) for code in framework.indicators}
    tree = {node.code: 4 + number for number, node in enumerate(framework.nodes)}
    places = Places(place, source, tree, sheet, part.not_applicable)
    library = len(LABELS) + 1 + pillars  # the column of the index on the sheet scores
    ranked = edition.league and _live_rank(recipe.rank)
    root = letter(place[ROOT])
    rounded = letter(place[ROOT] + 2)
    spans = _spans(units["group"])
    heads = [*(column.key for column in live), "difference", *(["rounded", "rank"] if ranked else [])]
    titles = [column_title(column, nodes) for column in live] + [BOOK["difference"]]
    titles += [BOOK["rounded"], Text(*heading("rank")[:2])] if ranked else []
    weights = [Formula(f"={sheet}!$E${tree[column.code]}", framework.node(column.code).weight) for column in live]
    rows: list[Sequence[object]] = [
        [*LABELS, *heads],
        [*(Text(*heading(label)[:2]) for label in LABELS), *titles],
        ["", "", "", BOOK["weight"], *weights],
    ]
    shapes = {code: mean_formula(step, plan, places) for code, step in live_steps(plan).items()}
    again = {group: from_sheet(indices[group], normalised) for group in part.groups}
    computed = pd.concat([with_words(index.scores, index.without_part) for index in again.values()])
    values = _values_of(live, part, computed, normalised, again)
    totals = pd.to_numeric(computed[ROOT], errors="coerce")
    apart = totals - pd.to_numeric(scores.loc[totals.index, ROOT], errors="coerce")
    rounds = pd.Series(round_scores(totals, decimals=recipe.rank.decimals, rounding=recipe.rank.rounding), totals.index)
    ranks = pd.concat([index.ranks for index in again.values()]).astype(float)
    for at, labels in enumerate(_rows(units)):
        unit, own, there = units.index[at], HEADS + 2 + at, row_of[units.index[at]]
        cells: list[object] = []
        if unit in kept:
            for column in live:
                value = values[column.key][unit]
                if column.code in source:
                    cell = f"normalised!{letter(source[column.code])}{there}"
                    cells.append(Formula(input_formula(cell, plan, not_applicable=part.not_applicable), value))
                elif column.step:
                    final = column.step.rules.rescale is not None and not column.raw
                    shape = rescaled_cell(column.step, place, spans[labels[0]]) if final else shapes[column.code]
                    cells.append(Formula(shape.format(own=own, there=there), value))
                else:
                    cells.append(value)
            reference = f"scores!{letter(library)}{there}"
            difference = f'=IF(AND(ISNUMBER({root}{own}),ISNUMBER({reference})),{root}{own}-{reference},"")'
            cells.append(Formula(difference, apart[unit]))
            if ranked:
                group = ":".join(f"{rounded}${HEADS + 2 + row}" for row in spans[labels[0]])
                cells.append(Formula(rounding(f"{root}{own}", recipe.rank), rounds[unit]))
                cells.append(Formula(ranking(f"{rounded}{own}", group, recipe.rank), ranks[unit]))
        rows.append((*labels, *cells))
    book.add("formulas", rows, heads=3, part=part, filters=False)


def _values_of(
    columns: Iterable[FormulaColumn],
    part: Part,
    scores: pd.DataFrame,
    normalised: pd.DataFrame,
    indices: Mapping[str, Index],
) -> dict[str, pd.Series]:
    """Return what each column of formulas comes to; an indicator that is missing has what the rule gives it."""
    values = {}
    for column in columns:
        if column.raw:
            before = [scores_before_rescaling(indices[group], column.code) for group in part.groups]
            own = pd.concat(before)
        elif column.code in normalised:
            own = normalised[column.code]
            own = own if part.plan.score is None else own.where(own.notna(), part.plan.score)
        else:
            own = scores[column.code]
        values[column.key] = own
    return values


def _spans(groups: pd.Series) -> dict[str, tuple[int, int]]:
    """Return the first and the last row of each group, counted from 0."""
    places = pd.Series(range(len(groups)), index=groups.to_numpy())
    return {str(group): (int(rows.min()), int(rows.max())) for group, rows in places.groupby(level=0)}
