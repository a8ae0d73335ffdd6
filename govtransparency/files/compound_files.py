"""Compound files, which hold several streams of bytes: the form of old workbooks."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["stream_of"]


HEADER, ENTRY = 512, 128  # bytes
LAST = 0xFFFFFFFA  # numbers of sectors from here on mean the end of a chain
SMALL_STREAM = 4096  # bytes below which a stream lies in small sectors
FILE, ROOT = 2, 5


def stream_of(content: bytes, names: Collection[str]) -> bytes:
    """Return the stream that has one of the names.

    Raises
    ------
    ValueError, IndexError, struct.error
        If there is none, or the file is damaged.
    """
    sector_shift, small_shift = struct.unpack_from("<HH", content, 30)
    directory, small_size, small_table, _, more, _ = struct.unpack_from("<I4xIIIII", content, 48)
    if not 7 <= sector_shift <= 16 or small_shift >= sector_shift:
        raise ValueError(sector_shift)
    size = 1 << sector_shift

    sectors = memoryview(content)[size:]
    listed = list(struct.unpack_from("<109I", content, 76))
    while more < LAST and len(listed) * size <= len(content):
        *numbers, more = _numbers(_sector(sectors, size, more))
        listed += numbers
    table = [number for one in listed if one < LAST for number in _numbers(_sector(sectors, size, one))]
    entries = _chain(directory, table, sectors, size)
    root = stream = None
    for at in range(0, len(entries) - ENTRY + 1, ENTRY):
        entry = entries[at : at + ENTRY]
        length, kind = struct.unpack_from("<HB", entry, 64)
        name = entry[: max(length - 2, 0)].decode("utf-16-le", errors="replace")
        start, extent = struct.unpack_from("<II", entry, 116)
        if kind == ROOT:
            root = start
        elif kind == FILE and name in names:
            stream = start, extent
    if root is None or stream is None:
        raise ValueError(names)
    start, extent = stream
    if extent > len(content):
        raise ValueError(extent)
    if extent >= min(small_size, SMALL_STREAM):
        return _chain(start, table, sectors, size)[:extent]
    small = memoryview(_chain(root, table, sectors, size))
    small_numbers = _numbers(_chain(small_table, table, sectors, size))
    return _chain(start, small_numbers, small, 1 << small_shift)[:extent]


def _sector(sectors: memoryview, size: int, number: int) -> memoryview:
    return sectors[number * size : (number + 1) * size]


def _numbers(content: bytes | memoryview) -> list[int]:
    return list(struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4]))


def _chain(start: int, table: list[int], sectors: memoryview, size: int) -> bytes:
    """Return the sectors of a chain, for each of which the table says which comes next."""
    found: list[memoryview] = []
    while start < LAST:
        if len(found) * size > len(sectors):
            raise ValueError(start)  # the chain leads back to itself
        found.append(_sector(sectors, size, start))
        start = table[start]
    return b"".join(found)
