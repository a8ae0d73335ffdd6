"""The results as an Excel workbook, with formulas that recompute the index."""

from __future__ import annotations

import io
import math
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.atomic_files import write_whole
from govtransparency.csv_files import read_csv
from govtransparency.index import Index, build_index
from govtransparency.nodes import ROOT
from govtransparency.report.render.excel_formulas import HEADS, mean_formula, ranking, rounding
from govtransparency.report.render.html_table import heading
from govtransparency.scoring.outline import Outline, Step, outline
from govtransparency.texts.bilingual import Shown, Text, bilingual
from govtransparency.texts.excel_words import BOOK
from govtransparency.texts.method_names import display_name
from govtransparency.texts.status_words import STATUS, WARNING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from openpyxl import Workbook

    from govtransparency.editions import Edition
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
    A unit is on the same row of every sheet. On the sheet *formulas* each pillar, the index and its rank are formulas
    over the normalised values and the weights of the sheet *framework*: a weighted mean over the children present,
    blank below the least coverage, as in the recipe's missing-data rule. What no formula of a spreadsheet recomputes
    exactly (another aggregation than the arithmetic mean; dense and ordinal ranks, or tie breakers) is given as the
    library's values, or not at all, and the sheet *about* says so. Spreadsheets compute the formulas when they open
    the file; it holds no results of them. The same edition gives the same bytes.
    """
    with Arguments("write_workbook") as check:
        check.choice("language", language, get_args(Shown))
    from openpyxl import Workbook

    indices = {group: build_index(table, edition.recipe) for group, table in edition.tables.items()}
    book = _Book(Workbook(write_only=True), edition, language)
    league = edition.league
    notes: list[Text] = [BOOK["normalised_fixed"]]
    names = ["about", "framework", "raw", "normalised", "scores", "ranks", "intervals", "formulas"]
    intervals = folder / "intervals.csv"
    if not league:
        names.remove("ranks")
        notes.append(BOOK["no_ranks"])
    if not intervals.exists():
        names.remove("intervals")
        notes.append(BOOK["no_intervals"])
    plan = outline(edition.recipe)
    notes += _what_is_not_live(edition.recipe, plan, ranked=league)
    _about(book, names, notes)
    _framework(book, plan)
    scores = pd.concat([index.scores for index in indices.values()])
    ranks = pd.concat([index.ranks for index in indices.values()])
    units = pd.concat([_labels(edition, group, index) for group, index in indices.items()])
    tables = {
        "raw": pd.concat([index.raw for index in indices.values()]),
        "normalised": pd.concat([_normalised(index) for index in indices.values()]),
        "scores": scores[[*edition.framework.pillars, ROOT]],
        "ranks": ranks.to_frame("rank"),
    }
    if intervals.exists():
        found = read_csv(intervals).set_index("unit").reindex(units.index)
        tables["intervals"] = found[[*(["rank"] if league else []), "median", "low", "high", "tier"]].apply(
            pd.to_numeric
        )
    nodes = {node.code: Text(node.name_zh or node.code, node.name_en or node.code) for node in edition.framework.nodes}
    for name in names[2:-1]:
        _sheet(book, name, units, tables[name], nodes)
    kept = {unit for index in indices.values() for unit in index.table.index}
    _formulas(book, units, scores, plan, nodes, kept)
    write_whole(folder / FILE, _same_bytes(book.workbook))


def _labels(edition: Edition, group: str, index: Index) -> pd.DataFrame:
    about = edition.units.loc[index.raw.index, ["name_zh", "name_en"]]
    return pd.DataFrame({"group": group, "unit": list(about.index)}, index=about.index).join(about)


def _normalised(index: Index) -> pd.DataFrame:
    """Return the normalised values, blank also where the rule gives what is missing a score."""
    scoring = index.scoring
    observed = pd.DataFrame(scoring.observed, index=scoring.units, columns=list(scoring.inputs))
    return index.scores[list(index.raw)].where(observed.reindex(index.scores.index, fill_value=False))


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

    def add(self, name: str, rows: Iterable[Sequence[object]], *, heads: int = 2) -> None:
        """Add a sheet: its status on the first row, what it is on the second, then the rows, the first ones bold."""
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Font

        title, status = self.edition.title, STATUS[self.edition.status]
        sheet = self.workbook.create_sheet(name)
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

        sheet.append([cell(Text(f"{title['zh']} {status.zh}", f"{title['en']} {status.en}"), bold=True)])
        sheet.append([cell(BOOK[name])])
        for number, row in enumerate(rows):
            sheet.append([cell(value, bold=number < heads) for value in row])


def _about(book: _Book, names: Sequence[str], notes: Sequence[Text]) -> None:
    edition = book.edition
    rows: list[list[object]] = [[WARNING[edition.status]], []]
    rows += [[bilingual(edition.about)]] if edition.about else []
    rows.append([])
    rows += [[name, BOOK[name]] for name in names]
    rows.append([])
    rows += [[note] for note in notes]
    book.add("about", rows, heads=0)


def _framework(book: _Book, plan: Outline) -> None:
    """Write the tree; the weight among siblings is a number to change, the effective weight a formula over it."""
    framework, steps = book.edition.framework, {step.code: step for step in plan.steps}
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
    book.add("framework", rows, heads=1)


def _number(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else float(value)


def _sheet(book: _Book, name: str, units: pd.DataFrame, table: pd.DataFrame, nodes: dict[str, Text]) -> None:
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


@dataclass(frozen=True)
class _Column:
    """A column of the sheet *formulas*: one node, in columns next to those of its siblings."""

    code: str
    live: bool


def _columns(plan: Outline) -> list[_Column]:
    """Return the columns in order: the children of each node side by side, then the index."""
    fixed = {step.code for step in plan.steps if not _is_live(step)}
    codes = [child for step in plan.steps for child in step.children]
    return [_Column(code, code not in fixed) for code in (*codes, ROOT)]


def _is_live(step: Step) -> bool:
    return step.mean == "arithmetic_mean"


def _live_rank(rule: RankRule) -> bool:
    return rule.ties in TIES and not rule.tie_breakers


def _what_is_not_live(recipe: Recipe, plan: Outline, *, ranked: bool) -> list[Text]:
    notes = []
    for step in plan.steps:
        if not _is_live(step):
            node, code = recipe.framework.node(step.code), step.code
            name = Text(node.name_zh or code, node.name_en or code)
            method = display_name(step.method)
            notes.append(BOOK["not_live"].format(name=name, method=method))
    if ranked and not _live_rank(recipe.rank):
        rule = " + ".join([recipe.rank.ties, *recipe.rank.tie_breakers])
        notes.append(BOOK["no_live_rank"].format(rule=rule))
    return notes


def _formulas(
    book: _Book,
    units: pd.DataFrame,
    scores: pd.DataFrame,
    plan: Outline,
    nodes: dict[str, Text],
    kept: set[Any],
) -> None:
    from openpyxl.utils import get_column_letter as letter

    edition, live = book.edition, _columns(plan)
    recipe, framework = edition.recipe, edition.framework
    place = {column.code: len(LABELS) + 1 + number for number, column in enumerate(live)}
    source = {code: len(LABELS) + 1 + number for number, code in enumerate(framework.indicators)}
    tree = {node.code: 4 + number for number, node in enumerate(framework.nodes)}
    library = len(LABELS) + 1 + len(framework.pillars)  # the column of the index on the sheet scores
    ranked = edition.league and _live_rank(recipe.rank)
    root = letter(place[ROOT])
    rounded = letter(place[ROOT] + 2)
    spans = _spans(units["group"])
    heads = [*(column.code for column in live), "difference", *(["rounded", "rank"] if ranked else [])]
    titles = [nodes[column.code] for column in live] + [BOOK["difference"]]
    titles += [BOOK["rounded"], Text(*heading("rank")[:2])] if ranked else []
    weights = [_Formula(f"=framework!$E${tree[column.code]}") for column in live]
    rows: list[Sequence[object]] = [
        [*LABELS, *heads],
        [*(Text(*heading(label)[:2]) for label in LABELS), *titles],
        ["", "", "", BOOK["weight"], *weights],
    ]
    shapes = {step.code: mean_formula(step, plan, place, source, tree) for step in plan.steps if _is_live(step)}
    for at, labels in enumerate(_rows(units)):
        own, there = HEADS + 2 + at, HEADS + 1 + at
        cells: list[object] = []
        if units.index[at] in kept:
            for column in live:
                if column.code in source:
                    cell = f"normalised!{letter(source[column.code])}{there}"
                    other = '""' if plan.score is None else repr(float(plan.score))
                    cells.append(_Formula(f"=IF(ISNUMBER({cell}),{cell},{other})"))
                elif column.live:
                    cells.append(_Formula(shapes[column.code].format(own=own, there=there)))
                else:
                    cells.append(scores.iloc[at][column.code])
            reference = f"scores!{letter(library)}{there}"
            cells.append(_Formula(f'=IF(AND(ISNUMBER({root}{own}),ISNUMBER({reference})),{root}{own}-{reference},"")'))
            if ranked:
                first, last = spans[labels[0]]
                group = f"{rounded}${HEADS + 2 + first}:{rounded}${HEADS + 2 + last}"
                cells.append(_Formula(rounding(f"{root}{own}", recipe.rank)))
                cells.append(_Formula(ranking(f"{rounded}{own}", group, recipe.rank)))
        rows.append((*labels, *cells))
    book.add("formulas", rows, heads=3)


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
