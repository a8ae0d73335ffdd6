"""Indices rebuilt from their publishers' own files: each is read once for all tests."""

from collections.abc import Callable
from functools import cache

import pytest

import govtransparency as gt


@pytest.fixture(scope="session")
def rebuilt(with_originals) -> Callable[[str, int], tuple[gt.Edition, gt.Index]]:
    """Return a function: an index and a year to its edition and the index of its first group, or skip."""

    @cache
    def edition_and_index(index: str, year: int) -> tuple[gt.Edition, gt.Index]:
        edition = gt.read_edition(index, year, root=with_originals(index))
        return edition, edition.index_of(next(iter(edition.groups)))

    return edition_and_index
