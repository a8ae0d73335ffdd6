"""The content of a file as bytes, and what kind of file it is, told by its first bytes."""

from __future__ import annotations

import errno
import os
import re
import stat
from typing import TYPE_CHECKING, Literal

from govtransparency.errors import InputError
from govtransparency.texts.problems import file_problems as problems

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["OLD_WORKBOOK", "Kind", "kind_of", "read_content", "shown_path"]


Kind = Literal["text", "zip", "old", "html", "parquet"]
KINDS: dict[bytes, Kind] = {b"PK\x03\x04": "zip", b"PK\x05\x06": "zip", b"PAR1": "parquet"}
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
OTHERS = {
    **{b"%PDF": "PDF", b"\x1f\x8b": "gzip", b"7z\xbc\xaf": "7-Zip", b"Rar!": "RAR", b"SQLite format 3": "SQLite"},
    **{b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG"},
}
PAGES = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head", b"<style", b"<div", b"<!--")
TABLE = re.compile(rb"<table\b", re.IGNORECASE)
WORKBOOK_NAMES = (".xlsx", ".xlsm", ".ods", ".parquet")


def shown_path(path: Path) -> str:
    """Return the path as it can be printed."""
    return str(path).replace("\0", "\\0")


def read_content(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises
    ------
    InputError
        If there is no such file, it is no regular file, or it cannot be read.
    """
    title = shown_path(path)
    try:
        mode = os.stat(path).st_mode
        if stat.S_ISDIR(mode):
            raise InputError(problems.FOLDER, title=title)
        if not stat.S_ISREG(mode):  # reading a pipe or a device may never end
            raise InputError(problems.NO_REGULAR_FILE, title=title)
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise InputError(problems.NO_FILE.format(folder=path.parent), title=title) from None
    except OSError as error:
        known = problems.PATHS.get(errno.errorcode.get(error.errno or 0, ""))
        raise InputError(known or problems.UNREADABLE.format(reason=error.strerror), title=title) from None
    except InputError:
        raise
    except ValueError:
        raise InputError(problems.NUL_IN_NAME, title=title) from None


def kind_of(path: Path, content: bytes) -> Kind:
    """Return the kind of the file.

    Raises
    ------
    InputError
        If it is of a kind that is not read, or is named after a kind that it is not.
    """
    title = shown_path(path)
    for magic, kind in KINDS.items():
        if content.startswith(magic):
            return kind
    if content.startswith(OLD_WORKBOOK):
        if ENCRYPTED in content:
            raise InputError(problems.ENCRYPTED, title=title)
        return "old"
    for magic, name in OTHERS.items():
        if content.startswith(magic):
            raise InputError(problems.OTHER_KIND.format(kind=name), title=title)
    if content[:200].lstrip(b"\xef\xbb\xbf\r\n\t ").lower().startswith(PAGES):
        if TABLE.search(content):
            return "html"
        raise InputError(problems.WEB_PAGE, title=title)
    if path.suffix.lower() in WORKBOOK_NAMES and content:
        raise InputError(problems.NAMED_WORKBOOK.format(ending=path.suffix), title=title)
    return "text"
