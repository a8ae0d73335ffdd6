"""Where the notebooks and the edition are that come with the library: in its checkout, or in the installed package."""

from __future__ import annotations

from pathlib import Path

__all__ = ["is_checkout", "shipped_files"]

PACKAGE = Path(__file__).resolve().parent
COPY = PACKAGE / "shipped"  # setup.py puts it into the wheel


def is_checkout() -> bool:
    """Return whether the library stands in its repository."""
    return not COPY.is_dir()


def shipped_files() -> Path:
    """Return the folder that holds ``notebooks`` and ``data/raw``: the checkout, or their copy in the wheel.

    Examples
    --------
    >>> (shipped_files() / "data" / "raw" / "tai").is_dir()
    True
    """
    return PACKAGE.parent if is_checkout() else COPY
