"""Characters that nobody sees: off the edges of cells, refused within codes."""

import sys

import pytest

from govtransparency import InputError
from govtransparency.files import invisible
from govtransparency.files.table_files import read_csv

EDGES = ["\u200bA", "A\u200b", "\ufeffA", "\u00a0A\u00a0", "\u3000A", "\u200b \u00a0A\u2060", "\u200eA\u200f", "\x07A"]


@pytest.mark.parametrize("cell", EDGES)
def test_blanks_and_invisible_characters_at_the_edges_are_taken_off(write, read, cell):
    table = read(write(f"unit,a\n{cell},1\n"))
    assert table.cells["unit"].tolist() == ["A"]
    plain = cell.strip() == "A"
    assert [note.en for note in table.notes] == (
        [] if plain else ["invisible characters taken off the edges of 1 cells"]
    )


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\u200b", "a zero-width space (U+200B)"),
        ("\ufeff", "a byte-order mark (U+FEFF)"),
        ("\u00ad", "a soft hyphen (U+00AD)"),
        ("\u2060", "a word joiner (U+2060)"),
        ("\x07", "a control character (U+0007)"),
        ("\u202e", "a control character (U+202E)"),
    ],
)
def test_a_code_with_an_invisible_character_inside_is_refused_with_its_name_and_place(write, read, character, name):
    path = write(f"unit,a\nA{character}B,1\n")
    table = read(path)
    assert [problem.en for problem in table.code_problems("unit")] == [
        "cells with an invisible character, by which codes that look alike differ: 1 (line 2, column 'unit': "
        f"{name}); delete it"
    ]
    assert table.code_problems("a") == []
    with pytest.raises(InputError, match="with an invisible character"):
        read_csv(path)


def test_many_such_codes_are_one_problem_with_the_first_three_places(write, read):
    table = read(write("unit,a\n" + "".join(f"A\u200b{n},1\n" for n in range(50))))
    (problem,) = table.code_problems("unit")
    assert problem.zh == (
        "含有不可见字符、看似相同而实际不同的单元格：50个（第2行“unit”列：零宽空格（U+200B）、第3行“unit”列："
        "零宽空格（U+200B）、第4行“unit”列：零宽空格（U+200B））；请删去该字符"
    )


def test_joiners_that_change_how_letters_look_are_letters(write):
    assert read_csv(write("unit,a\nمی\u200cخواهم,1\n👩\u200d👧,2\n"))["unit"].tolist() == [
        "می\u200cخواهم",
        "👩\u200d👧",
    ]


def test_the_edges_are_all_blanks_and_invisible_characters_of_unicode():
    whole = map(chr, range(sys.maxunicode + 1))
    assert "".join(one for one in whole if one.isspace() or invisible.has_invisible(one)) == invisible.EDGES
