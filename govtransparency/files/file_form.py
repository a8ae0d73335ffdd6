"""How a file is to be read, as declared by whoever brings it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["FileForm"]


@dataclass(frozen=True)
class FileForm:
    """How a file is to be read; what is None is found in the file itself.

    Parameters
    ----------
    sheet : str, optional
        The sheet of a workbook.
    header : int or tuple of int, optional
        The line of the header, counted from 1 in the file, or the lines of a header of two rows.
    encoding : str, optional
        Of a text file, such as ``"gb18030"``.
    separator : str, optional
        Of a text file: a comma, a semicolon or a tab.
    """

    sheet: str | None = None
    header: int | tuple[int, ...] | None = None
    encoding: str | None = None
    separator: str | None = None

    @property
    def header_lines(self) -> tuple[int, ...]:
        """The lines of the header; none if they are not declared."""
        if self.header is None:
            return ()
        return (self.header,) if isinstance(self.header, int) else tuple(self.header)
