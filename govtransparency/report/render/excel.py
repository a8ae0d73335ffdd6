"""The results as an Excel workbook, with formulas that recompute the index."""

from __future__ import annotations

import io
import math
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

import pandas as pd

from govtransparency.applicability import with_words
from govtransparency.arguments import Arguments
from govtransparency.atomic_files import write_whole
from govtransparency.editions.edition import alike
from govtransparency.extras import needs
from govtransparency.files.table_files import read_csv
from govtransparency.names import node_names
from govtransparency.nodes import ROOT
from govtransparency.report.render.excel_columns import column_title, formula_columns, live_steps, rescaled_cell
from govtransparency.report.render.excel_formulas import (
    HEADS,
    Places,
    input_formula,
    mean_formula,
    ranking,
    rounding,
)
from govtransparency.report.render.html_table import heading
from govtransparency.scoring.outline import Outline, outline
from govtransparency.status_of_data import head_of
from govtransparency.texts.bilingual import Shown, Text, bilingual, listed, strung
from govtransparency.texts.excel_words import BOOK
from govtransparency.texts.method_names import display_name
from govtransparency.texts.status_words import STATUS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from openpyxl import Workbook

    from govtransparency.editions import Edition
    from govtransparency.index import Index
    from govtransparency.ranking import RankRule
    from govtransparency.recipe import Recipe

__all__ = ["write_workbook"]


FILE = "results.xlsx"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment a zip archive knows
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
    library's values, or not at all, and the sheet *about* says so. Spreadsheets compute the formulas when they open
    the file; it holds no results of them. The same edition gives the same bytes.
    """
    with Arguments("write_workbook") as check:
        check.choice("language", language, get_args(Shown))
    needs("openpyxl", title="write_workbook")
    from openpyxl import Workbook

    indices = {group: edition.index_of(group) for group in edition.tables}
    book = _Book(Workbook(write_only=True), edition, language)
    league = edition.league
    notes: list[Text] = [BOOK["normalised_fixed"]]
    parts = _parts(edition)
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
        _formulas(book, part, units, scores, list(tables["normalised"]), len(pillars), kept)
    write_whole(folder / FILE, _same_bytes(book.workbook))


@dataclass(frozen=True)
class _Part:
    """The groups that share a recipe, which have a tree and formulas of their own; its number where there are several.

    And whether some cell of theirs is not applicable.
    Where all groups share one recipe, the sheets need no number.
    """

    groups: tuple[str, ...]
    recipe: Recipe
    plan: Outline
    number: int | None
    not_applicable: bool

    def sheet(self, name: str) -> str:
        """Return the name of the sheet *framework* or *formulas* of these groups."""
        return name if self.number is None else f"{name}_{self.number}"


def _parts(edition: Edition) -> list[_Part]:
    families = alike({group: edition.recipes[group] for group in edition.tables})
    recipes = [edition.recipes[groups[0]] for groups in families]
    return [
        _Part(
            groups,
            recipe,
            outline(recipe),
            number if len(families) > 1 else None,
            any(edition.not_applicable[group].to_numpy().any() for group in groups),
        )
        for number, (groups, recipe) in enumerate(zip(families, recipes, strict=True), 1)
    ]


def _labels(edition: Edition, group: str, index: Index) -> pd.DataFrame:
    about = edition.units.loc[index.raw.index, ["name_zh", "name_en"]]
    return pd.DataFrame({"group": group, "unit": list(about.index)}, index=about.index).join(about)


def _normalised(index: Index) -> pd.DataFrame:
    """Return the normalised values, blank where a value is missing, whatever the rule gives it."""
    return with_words(index.normalised.reindex(index.raw.index), index.not_applicable)


@dataclass(frozen=True)
class _Book:
    """The workbook of an edition while it is written, and the language of its texts."""

    workbook: Workbook
    edition: Edition
    language: Shown

    def text(self, text: Text | str) -> str:
        """Return the text in the workbook's language; both languages one after the other, once where equal."""
        if isinstance(text, str):
            return text
        return " ".join(dict.fromkeys(text)) if self.language == "both" else getattr(text, self.language)

    def said(self, name: str, part: _Part | None = None) -> Text:
        """Return what a sheet is, and of which groups, where these have one of their own."""
        if part is None or part.number is None:
            return BOOK[name]
        groups = listed(bilingual(self.edition.groups[group]) for group in part.groups)
        return BOOK["of_groups"].format(said=BOOK[name], groups=groups, number=part.number)

    def add(self, name: str, rows: Iterable[Sequence[object]], *, heads: int = 2, part: _Part | None = None) -> None:
        """Add a sheet: its status on the first row, what it is on the second, then the rows, the first ones bold."""
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Font

        title, status = self.edition.title, STATUS[self.edition.status]
        sheet = self.workbook.create_sheet(part.sheet(name) if part else name)
        sheet.freeze_panes = f"{'E' if heads > 1 else 'B'}{3 + heads}" if heads else None
        sheet.oddFooter.center.text = self.text(status).replace("&", "&&")
        sheet.column_dimensions["A"].width = 16
        for letter in "BCD":
            sheet.column_dimensions[letter].width = 24

        def cell(value: object, *, bold: bool = False) -> object:
            if isinstance(value, float) and math.isnan(value):
                return None
            if isinstance(value, _Formula):
                return value.text
            if not isinstance(value, (Text, str)):
                return value.item() if hasattr(value, "item") else value
            text = self.text(value)
            if not bold and not text.startswith(("=", "#")):
                return text
            made = WriteOnlyCell(sheet, text)
            made.data_type = "s"  # "=1+1" and "#N/A" are names
            if bold:
                made.font = Font(bold=True)
            return made

        first = [Text(f"{title['zh']} {status.zh}", f"{title['en']} {status.en}"), *self.edition.attribution]
        sheet.append([cell(strung(first, "；", "; "), bold=True)])
        sheet.append([cell(self.said(name, part))])
        for number, row in enumerate(rows):
            sheet.append([cell(value, bold=number < heads) for value in row])


def _about(book: _Book, names: Sequence[str], notes: Sequence[Text], parts: Sequence[_Part]) -> None:
    edition = book.edition
    rows: list[list[object]] = [[head_of(edition.status, edition.attribution)], []]
    rows += [[bilingual(edition.about)]] if edition.about else []
    rows.append([])
    own = {part.sheet(name): book.said(name, part) for part in parts for name in ("framework", "formulas")}
    rows += [[name, own.get(name) or BOOK[name]] for name in names]
    rows.append([])
    rows += [[note] for note in notes]
    book.add("about", rows, heads=0)


def _framework(book: _Book, part: _Part) -> None:
    """Write the tree; the weight among siblings is a number to change, the effective weight a formula over it."""
    framework, steps = part.recipe.framework, {step.code: step for step in part.plan.steps}
    columns = ["code", "parent", "name_zh", "name_en", "weight", "effective_weight", "direction", "worst", "best"]
    columns += ["unit_of_measurement", "aggregate", "required"]
    first = 2 + 2
    last = first + len(framework.nodes) - 1
    rows: list[list[object]] = [[*columns[:-1], BOOK["min_coverage"]]]
    rows[0] = [Text(*heading(name)[:2]) if isinstance(name, str) else name for name in rows[0]]
    for row, node in enumerate(framework.nodes, first):
        share = _Formula(
            f"=E{row}/SUMIF(B${first}:B${last},B{row},E${first}:E${last})"
            f"*INDEX(F${first}:F${last},MATCH(B{row},A${first}:A${last},0))"
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


def _sheet(book: _Book, name: str, units: pd.DataFrame, table: pd.DataFrame) -> None:
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


@dataclass(frozen=True)
class _Formula:
    text: str


def _live_rank(rule: RankRule) -> bool:
    return rule.ties in TIES and not rule.tie_breakers


def _what_is_notlive_steps(part: _Part, *, ranked: bool) -> list[Text]:
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
    book: _Book,
    part: _Part,
    all_units: pd.DataFrame,
    scores: pd.DataFrame,
    normalised: Sequence[str],
    pillars: int,
    kept: set[Any],
) -> None:
    from openpyxl.utils import get_column_letter as letter

    edition, plan, live = book.edition, part.plan, formula_columns(part.plan, part.recipe.framework)
    recipe, framework, nodes = part.recipe, part.recipe.framework, node_names(part.recipe.framework)
    units = all_units[all_units["group"].isin(part.groups)]
    row_of = dict(zip(all_units.index, range(HEADS + 1, HEADS + 1 + len(all_units)), strict=True))
    sheet = part.sheet("framework")
    place = {column.key: len(LABELS) + 1 + number for number, column in enumerate(live)}
    source = {code: len(LABELS) + 1 + normalised.index(code) for code in framework.indicators}
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
    weights = [_Formula(f"={sheet}!$E${tree[column.code]}") for column in live]
    rows: list[Sequence[object]] = [
        [*LABELS, *heads],
        [*(Text(*heading(label)[:2]) for label in LABELS), *titles],
        ["", "", "", BOOK["weight"], *weights],
    ]
    shapes = {code: mean_formula(step, plan, places) for code, step in live_steps(plan).items()}
    for at, labels in enumerate(_rows(units)):
        own, there = HEADS + 2 + at, row_of[units.index[at]]
        cells: list[object] = []
        if units.index[at] in kept:
            for column in live:
                if column.code in source:
                    cell = f"normalised!{letter(source[column.code])}{there}"
                    cells.append(_Formula(input_formula(cell, plan, not_applicable=part.not_applicable)))
                elif column.step:
                    final = column.step.rules.rescale is not None and not column.raw
                    shape = rescaled_cell(column.step, place, spans[labels[0]]) if final else shapes[column.code]
                    cells.append(_Formula(shape.format(own=own, there=there)))
                else:
                    cells.append(scores.at[units.index[at], column.code])
            reference = f"scores!{letter(library)}{there}"
            cells.append(_Formula(f'=IF(AND(ISNUMBER({root}{own}),ISNUMBER({reference})),{root}{own}-{reference},"")'))
            if ranked:
                first, last = spans[labels[0]]
                group = f"{rounded}${HEADS + 2 + first}:{rounded}${HEADS + 2 + last}"
                cells.append(_Formula(rounding(f"{root}{own}", recipe.rank)))
                cells.append(_Formula(ranking(f"{rounded}{own}", group, recipe.rank)))
        rows.append((*labels, *cells))
    book.add("formulas", rows, heads=3, part=part)


def _spans(groups: pd.Series) -> dict[str, tuple[int, int]]:
    """Return the first and the last row of each group, counted from 0."""
    places = pd.Series(range(len(groups)), index=groups.to_numpy())
    return {str(group): (int(rows.min()), int(rows.max())) for group, rows in places.groupby(level=0)}


def _same_bytes(book: Workbook) -> bytes:
    """Return the file without the moment of writing: neither in its properties nor in the archive."""
    written, kept = io.BytesIO(), io.BytesIO()
    book.calculation.fullCalcOnLoad = True
    book.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+Z?", b"1980-01-01T00:00:00Z", data)
            target.writestr(zipfile.ZipInfo(name, EPOCH), data, zipfile.ZIP_DEFLATED)
    return kept.getvalue()
