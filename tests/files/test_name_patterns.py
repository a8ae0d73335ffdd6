"""Patterns of names, in which only ``*`` is special."""

from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtransparency.files.name_patterns import as_glob, fits

LETTERS = st.text(st.sampled_from("a1[]!?-*.^甲"), max_size=6)


@pytest.mark.parametrize(
    ("name", "pattern", "fit"),
    [
        ("rate[%]2024", "rate[%]*", True),
        ("rate%2024", "rate[%]*", False),
        ("why? a", "why?*", True),
        ("whyx a", "why?*", False),
        ("[a", "[*", True),
        ("a]", "*]", True),
        ("[!a]b", "[!a]*", True),
        ("b", "[!a]*", False),
        ("a.csv", "A*", False),
        ("ab", "a**b", True),
        ("ab", "ab", False),
    ],
)
def test_every_sign_but_the_star_stands_for_itself(name, pattern, fit):
    assert fits(name, pattern) is fit


@given(LETTERS, LETTERS, LETTERS)
def test_a_name_fits_its_beginning_and_end(start, between, end):
    if "*" not in start + end:
        assert fits(start + between + end, f"{start}*{end}")


@given(LETTERS)
def test_a_name_fits_itself_as_a_glob(name):
    if "*" not in name:
        assert fnmatchcase(name, as_glob(name))
