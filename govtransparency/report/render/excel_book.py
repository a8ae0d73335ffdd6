"""The workbook while it is written: its sheets with their heads and styles, its texts, and the bytes of the file."""

from __future__ import annotations

import io
import math
import re
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from govtransparency.editions.edition import alike
from govtransparency.report.render.excel_values import Formula, with_values
from govtransparency.scoring.outline import Outline, outline
from govtransparency.texts.bilingual import Shown, Text, bilingual, listed, strung
from govtransparency.texts.excel_words import BOOK
from govtransparency.texts.status_words import STATUS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl import Workbook

    from govtransparency.editions import Edition
    from govtransparency.recipe import Recipe

__all__ = ["Book", "Part", "parts_of"]


EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment a zip archive knows


@dataclass(frozen=True)
class Part:
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


def parts_of(edition: Edition) -> list[Part]:
    """Return the parts of an edition, in the order of its groups."""
    families = alike({group: edition.recipes[group] for group in edition.tables})
    recipes = [edition.recipes[groups[0]] for groups in families]
    return [
        Part(
            groups,
            recipe,
            outline(recipe),
            number if len(families) > 1 else None,
            any(edition.not_applicable[group].to_numpy().any() for group in groups),
        )
        for number, (groups, recipe) in enumerate(zip(families, recipes, strict=True), 1)
    ]


@dataclass(frozen=True)
class Book:
    """The workbook of an edition while it is written, and the language of its texts."""

    workbook: Workbook
    edition: Edition
    language: Shown
    values: dict[str, list[Any]] = field(default_factory=dict)
    """Of the formulas of each sheet, in their order."""

    def text(self, text: Text | str) -> str:
        """Return the text in the workbook's language; both languages one after the other, once where equal."""
        if isinstance(text, str):
            return text
        return " ".join(dict.fromkeys(text)) if self.language == "both" else getattr(text, self.language)

    def said(self, name: str, part: Part | None = None) -> Text:
        """Return what a sheet is, and of which groups, where these have one of their own."""
        if part is None or part.number is None:
            return BOOK[name]
        groups = listed(bilingual(self.edition.groups[group]) for group in part.groups)
        return BOOK["of_groups"].format(said=BOOK[name], groups=groups, number=part.number)

    def add(
        self,
        name: str,
        rows: Sequence[Sequence[object]],
        *,
        heads: int = 2,
        part: Part | None = None,
        filters: bool = True,
        widths: Sequence[int] = (16, 24, 24, 24),
    ) -> None:
        """Add a sheet: its status on the first row, what it is on the second, then the rows, the first ones bold.

        The last of the bold rows has the filters.
        """
        from openpyxl.utils import get_column_letter as letter

        title, status = self.edition.title, STATUS[self.edition.status]
        sheet = self.workbook.create_sheet(part.sheet(name) if part else name)
        sheet.freeze_panes = f"{'E' if heads > 1 else 'B'}{3 + heads}" if heads else None
        sheet.oddFooter.center.text = self.text(status).replace("&", "&&")
        for place, width in enumerate(widths, 1):
            sheet.column_dimensions[letter(place)].width = width
        if filters:
            last = letter(max(map(len, rows)))
            sheet.auto_filter.ref = f"A{2 + heads}:{last}{2 + len(rows)}"
        values = self.values.setdefault(sheet.title, [])

        def cell(value: object, *, bold: bool = False, wrap: bool = False) -> object:
            if isinstance(value, Formula):
                values.append(value.value)
                return value.text
            return self._styled(sheet, value, bold=bold, wrap=wrap)

        first = [Text(f"{title['zh']} {status.zh}", f"{title['en']} {status.en}"), *self.edition.attribution]
        sheet.append([cell(strung(first, "；", "; "), bold=True)])
        sheet.append([cell(self.said(name, part))])
        for number, row in enumerate(rows):
            head = number < heads
            sheet.append([cell(value, bold=head, wrap=head or not heads) for value in row])

    def _styled(self, sheet: Any, value: object, *, bold: bool, wrap: bool) -> object:
        """Return what is appended for a value: a text in the workbook's language, with a style where it has one."""
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Font

        if isinstance(value, float) and math.isnan(value):
            return None
        if not isinstance(value, (Text, str)):
            return value.item() if hasattr(value, "item") else value
        text = self.text(value)
        if not bold and not wrap and not text.startswith(("=", "#")):
            return text
        made = WriteOnlyCell(sheet, text)
        made.data_type = "s"  # "=1+1" and "#N/A" are names
        if bold:
            made.font = Font(bold=True)
        if wrap:
            made.alignment = Alignment(wrap_text=True, vertical="top")
        return made

    def bytes_of_file(self) -> bytes:
        """Return the file with the values of its formulas, and without the moment at which it is written."""
        written, kept = io.BytesIO(), io.BytesIO()
        self.workbook.calculation.fullCalcOnLoad = True
        self.workbook.save(written)
        sheets = {f"xl/worksheets/sheet{place}.xml": name for place, name in enumerate(self.workbook.sheetnames, 1)}
        with zipfile.ZipFile(written) as source, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as target:
            for name in source.namelist():
                data = source.read(name)
                if name == "docProps/core.xml":
                    data = re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+Z?", b"1980-01-01T00:00:00Z", data)
                if values := self.values.get(sheets.get(name, "")):
                    data = with_values(data.decode("utf-8"), values).encode("utf-8")
                target.writestr(zipfile.ZipInfo(name, EPOCH), data, zipfile.ZIP_DEFLATED)
        return kept.getvalue()
