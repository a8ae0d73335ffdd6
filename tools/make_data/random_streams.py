"""Random numbers that depend on a key alone, so that the same sheets come out of every machine and release."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def uniforms(*key: object, size: int) -> np.ndarray:
    """Return `size` numbers from [0, 1) that depend on the key alone.

    They come from the raw 64-bit stream of PCG64, which NumPy keeps stable, so that no release changes them.
    """
    seed = int.from_bytes(hashlib.sha256("/".join(map(str, key)).encode()).digest()[:16], "big")
    return (np.random.PCG64(seed).random_raw(size) >> np.uint64(11)) * 2.0**-53


def normals(*key: object, size: int) -> np.ndarray:
    """Return `size` numbers of mean 0 and variance 1, nearly normal: sums of twelve uniforms, less six."""
    return uniforms(*key, size=12 * size).reshape(size, 12).sum(axis=1) - 6


def lasting(settings: Mapping[str, Any], year: int, units: Sequence[str], what: str, size: int) -> np.ndarray:
    """Return normals (units x size) that keep their identity from year to year."""
    seed, kept = settings["seed"], settings["identity"]
    own = np.array([normals(seed, what, unit, size=size) for unit in units])
    new = np.array([normals(seed, what, unit, year, size=size) for unit in units])
    return np.sqrt(kept) * own + np.sqrt(1 - kept) * new
