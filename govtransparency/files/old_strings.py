"""The texts in a workbook of the old form: two bytes for a character or one, and those that all its cells share."""

from __future__ import annotations

import struct

__all__ = ["byte_string", "shared_strings", "unicode_string"]


WIDE, EXTENDED, RICH = 1, 4, 8  # flags: two bytes for each character; followed by readings; followed by fonts


def unicode_string(record: bytes, at: int, *, short: bool) -> str:
    """Return a text behind its length, in one byte if `short` or in two, and its flags."""
    count, flags = struct.unpack_from("<BB" if short else "<HB", record, at)
    start = at + (2 if short else 3) + (2 if flags & RICH else 0) + (4 if flags & EXTENDED else 0)
    if flags & WIDE:
        return record[start : start + 2 * count].decode("utf-16-le", errors="replace")
    return record[start : start + count].decode("latin-1")


def byte_string(record: bytes, at: int, encoding: str, *, short: bool) -> str:
    """Return a text behind its length in bytes, in one byte if `short` or in two."""
    count = struct.unpack_from("<B" if short else "<H", record, at)[0]
    start = at + (1 if short else 2)
    return record[start : start + count].decode(encoding, errors="replace")


def shared_strings(records: list[bytes]) -> list[str]:
    """Return the texts in a record and those that continue it; a text goes on in the next under new flags.

    Raises
    ------
    struct.error, ValueError, IndexError
        If a text is longer than the records.
    """
    if not records:
        return []
    count = struct.unpack_from("<I", records[0], 4)[0]
    reader = _Reader(records)
    found = []
    for _ in range(count):
        if reader.ends:
            break
        found.append(reader.string())
    return found


class _Reader:
    """Reads texts across records."""

    def __init__(self, records: list[bytes]) -> None:
        self.records = records
        self.number, self.at = 0, 8

    @property
    def ends(self) -> bool:
        return self.number == len(self.records) - 1 and self.at >= len(self.records[self.number])

    def string(self) -> str:
        if self.at >= len(self.records[self.number]):
            self._next()
        length, flags = struct.unpack_from("<HB", self.records[self.number], self.at)
        self.at += 3
        fonts = self._whole("<H") if flags & RICH else 0
        readings = self._whole("<I") if flags & EXTENDED else 0
        characters = self._characters(length, wide=bool(flags & WIDE))
        self._skip(4 * fonts + readings)
        return characters.decode("utf-16-le", errors="replace")

    def _next(self) -> None:
        self.number, self.at = self.number + 1, 0
        if self.number >= len(self.records):
            raise ValueError(self.number)

    def _whole(self, form: str) -> int:
        (value,) = struct.unpack_from(form, self.records[self.number], self.at)
        self.at += struct.calcsize(form)
        return int(value)

    def _characters(self, length: int, *, wide: bool) -> bytes:
        found: list[bytes] = []
        while length:
            if self.at >= len(self.records[self.number]):
                self._next()
                wide = bool(self.records[self.number][0] & WIDE)
                self.at = 1
            record, size = self.records[self.number], 2 if wide else 1
            taken = min(length, (len(record) - self.at) // size)
            if not taken:
                raise ValueError(self.at)
            part = record[self.at : self.at + taken * size]
            found.append(part if wide else part.decode("latin-1").encode("utf-16-le"))
            self.at += taken * size
            length -= taken
        return b"".join(found)

    def _skip(self, count: int) -> None:
        while count > 0:
            if self.at >= len(self.records[self.number]):
                self._next()
            step = min(count, len(self.records[self.number]) - self.at)
            self.at, count = self.at + step, count - step
