"""Write a file so that it is complete or not there at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Write the file completely or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
        part.write(data)
    try:
        os.chmod(part.name, 0o644)
        os.replace(part.name, path)
    except OSError:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(part.name)
        raise
