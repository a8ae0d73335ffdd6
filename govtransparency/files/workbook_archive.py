"""The parts of a workbook, unpacked with care: nothing larger than it says, no document type, nothing encrypted."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING
from xml.parsers import expat

from govtransparency.errors import InputError
from govtransparency.texts.problems import workbook_problems as problems

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from govtransparency.texts.bilingual import Text

__all__ = ["WorkbookArchive"]


MIB = 1 << 20
LARGEST = 1024 * MIB  # of all parts together, unpacked
SMALL = 64 * MIB  # up to here any ratio is let pass: a short table of equal rows packs well
RATIO = 200  # of the parts to the file; a sheet of one million equal rows stays below 100
PARTS = 10_000
LOCAL_HEADER = 30  # bytes before the names of a part
XML = (".xml", ".rels", ".vml")


class WorkbookArchive:
    """The parts of a workbook file by name.

    Parameters
    ----------
    content : bytes
        Of the file.
    title : str
        For the error.

    Raises
    ------
    InputError
        If the file is damaged, encrypted, far larger unpacked than workbooks are, or a part has a document type, by
        which a few bytes can become many and files be fetched.
    """

    def __init__(self, content: bytes, title: str) -> None:
        self.content, self.title = content, title
        try:
            with zipfile.ZipFile(BytesIO(content)) as archive:
                entries = archive.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise self.error(problems.DAMAGED) from None
        self._entries = {entry.filename: entry for entry in entries}
        packed = max(len(content), 1)
        size = sum(entry.file_size for entry in entries)
        if any(entry.flag_bits & 1 for entry in entries):
            raise self.error(problems.ENCRYPTED)
        if (
            len(self._entries) < len(entries)
            or len(entries) > PARTS
            or any(entry.header_offset < 0 for entry in entries)
        ):
            raise self.error(problems.DAMAGED)
        if size > LARGEST or (size > SMALL and size > RATIO * packed):
            raise self.error(problems.TOO_LARGE.format(size=size // MIB, packed=packed // 1024))
        for name in self._entries:
            self._check(name)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the parts."""
        return tuple(self._entries)

    def error(self, problem: Text) -> InputError:
        """Return the problem as an error about the file."""
        return InputError(problem, title=self.title)

    def read(self, name: str) -> bytes:
        """Return a whole part."""
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """Give a part in pieces; more than it is said to hold is an error, whatever its checksum says."""
        entry = self._entries[name]
        left = entry.file_size
        for piece in self._unpacked(BytesIO(self.content), entry):
            left -= len(piece)
            if left < 0:
                raise self.error(problems.LARGER_THAN_SAID.format(part=name))
            yield piece
        if left:
            raise self.error(problems.DAMAGED)

    def _unpacked(self, file: BinaryIO, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        file.seek(entry.header_offset)
        head = file.read(LOCAL_HEADER)
        if len(head) < LOCAL_HEADER or not head.startswith(b"PK\x03\x04"):
            raise self.error(problems.DAMAGED)
        file.seek(int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little"), 1)
        packed = entry.compress_size
        if entry.compress_type == zipfile.ZIP_STORED:
            while packed > 0 and (piece := file.read(min(packed, MIB))):
                packed -= len(piece)
                yield piece
            return
        if entry.compress_type != zipfile.ZIP_DEFLATED:
            raise self.error(problems.DAMAGED)
        stream = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            while packed > 0 and not stream.eof and (piece := file.read(min(packed, MIB))):
                packed -= len(piece)
                while piece and not stream.eof:
                    yield stream.decompress(piece, MIB)
                    piece = stream.unconsumed_tail
        except zlib.error:
            raise self.error(problems.DAMAGED) from None

    def _check(self, name: str) -> None:
        """Unpack a part once, so that its true size is known, and refuse a document type before its first element."""
        chunks = self.chunks(name)
        if name.lower().endswith(XML):
            prolog = expat.ParserCreate()
            seen: list[str] = []
            prolog.StartDoctypeDeclHandler = lambda *_: seen.append("doctype")
            prolog.StartElementHandler = lambda *_: seen.append("element")
            for piece in chunks:
                try:
                    prolog.Parse(piece, False)
                except expat.ExpatError:
                    raise self.error(problems.DAMAGED_PART.format(part=name)) from None
                if "doctype" in seen:
                    raise self.error(problems.DOCTYPE.format(part=name))
                if seen:
                    break
        for _ in chunks:
            pass
