"""How a file is to be read, as declared by whoever brings it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from govtransparency.errors import InputError
from govtransparency.files.toml_values import in_message
from govtransparency.texts.problems import file_problems as problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govtransparency.files.raw_content import Kind
    from govtransparency.texts.bilingual import Text

__all__ = ["FileForm"]


KEYS: dict[Kind, tuple[str, ...]] = {
    "text": ("header", "encoding", "separator"),
    "zip": ("sheet", "header"),
    "old": ("sheet", "header"),
    "html": ("header", "encoding"),
    "parquet": (),
}
NO_SEPARATOR = "\"'.-+%#\r\n"


@dataclass(frozen=True)
class FileForm:
    """How a file is to be read; what is None is found in the file itself.

    Parameters
    ----------
    sheet : str, optional
        The sheet of a workbook.
    header : int or tuple of int, optional
        The line of the header, counted from 1 in the file, or the lines of a header of several rows.
    encoding : str, optional
        Of a text file, such as ``"gb18030"``.
    separator : str, optional
        Of a text file: a comma, a semicolon, a tab or another sign.

    Raises
    ------
    InputError
        If one of them is of another form; all are listed.
    """

    sheet: str | None = None
    header: int | tuple[int, ...] | None = None
    encoding: str | None = None
    separator: str | None = None

    def __post_init__(self) -> None:
        found = [*self._problems()]
        if found:
            raise InputError(found)

    def _problems(self) -> Iterator[Text]:
        for key in ("sheet", "encoding"):
            value = getattr(self, key)
            if value is not None and not (isinstance(value, str) and value):
                yield problems.FORM_TEXT.format(key=key, value=in_message(value))
        if self.header is not None:
            lines = self.header_lines
            whole = all(isinstance(line, int) and not isinstance(line, bool) and line > 0 for line in lines)
            if not lines or not whole or sorted({*lines}) != [*lines]:
                yield problems.FORM_HEADER.format(value=in_message(self.header))
        sign = self.separator
        if sign is not None and not (
            isinstance(sign, str) and len(sign) == 1 and not sign.isalnum() and sign not in NO_SEPARATOR
        ):
            yield problems.FORM_SEPARATOR.format(value=in_message(sign))

    @property
    def header_lines(self) -> tuple[int, ...]:
        """The lines of the header; none if they are not declared."""
        if self.header is None:
            return ()
        return tuple(self.header) if isinstance(self.header, (tuple, list)) else (self.header,)

    def unused(self, kind: Kind) -> list[str]:
        """Return what is declared although files of that kind have none."""
        keys = ("sheet", "header", "encoding", "separator")
        return [key for key in keys if getattr(self, key) is not None and key not in KEYS[kind]]
