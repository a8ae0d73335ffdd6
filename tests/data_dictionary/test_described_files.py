"""The description of the files: complete, as the readers have it, and true of every file of the repository."""

import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtransparency.data import marks, sheet
from govtransparency.data_dictionary import input_files
from govtransparency.data_dictionary.described_file import PATTERNS, Field, is_of_kind
from govtransparency.data_dictionary.file_checks import cell_problems, column_problems
from govtransparency.data_dictionary.known_headings import words_of
from govtransparency.data_dictionary.output_files import OUTPUT_FILES, output_file
from govtransparency.editions import read_edition
from govtransparency.errors import InputError
from govtransparency.files.table_files import read_csv
from govtransparency.framework import COLUMNS
from govtransparency.nodes import Node
from govtransparency.record import Record
from govtransparency.texts.input_columns import FILES, KINDS
from govtransparency.texts.output_columns import OUTPUT_COLUMNS, OUTPUTS

ROOT = Path(__file__).resolve().parents[2]
RAW = ROOT / "data" / "raw"
RECORD = input_files.RECORD
NAMED = {
    item.name: item
    for item in (
        input_files.FRAMEWORK,
        input_files.UNITS,
        input_files.SOURCES,
        input_files.CORRECTIONS,
        input_files.RANGES,
        input_files.SOURCES_USED,
    )
}
INPUTS = (
    *NAMED.values(),
    input_files.WIDE_SHEET,
    input_files.LONG_SHEET,
    input_files.MARKS,
    *RECORD.values(),
)


@pytest.mark.parametrize("described", [*INPUTS, *OUTPUT_FILES], ids=lambda described: described.name)
def test_every_column_has_one_meaning_and_the_keys_are_columns(described):
    assert list(described.meanings) == list(described.columns)
    assert len(set(described.columns)) == len(described.columns)
    assert set(described.key) <= set(described.columns)
    assert {field.kind for field in described.fields} <= set(KINDS)


def test_every_text_belongs_to_a_file_or_column():
    assert {described.title for described in INPUTS} == set(FILES.values())
    assert {described.name for described in OUTPUT_FILES} == set(OUTPUTS)
    used = {meaning for described in OUTPUT_FILES for meaning in described.meanings.values()}
    assert [name for name, text in OUTPUT_COLUMNS.items() if text not in used] == []


def words_of_all(roles):
    return tuple(word for role in roles for word in words_of(role))


def test_the_readers_have_the_columns_that_are_described():
    assert COLUMNS == input_files.FRAMEWORK.columns == tuple(item.name for item in fields(Node))
    assert {item.name for item in fields(Record)} <= set(RECORD)
    heads = {item.name: item.heads for item in input_files.MARKS.fields if item.name != "unit"}
    assert heads == {name: words_of_all(roles) for name, roles in marks.MARKS.items()}
    assert tuple(item.name for item in input_files.MARKS.fields if item.needed) == marks.NEEDED
    long = {item.name: item.heads for item in input_files.LONG_SHEET.fields if item.name != "unit"}
    assert long == {"indicator": words_of_all(sheet.INDICATOR), "value": words_of("value")}


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(RAW.glob("*/*/*.csv")) if path.name in NAMED or path.parent.name == "record"],
    ids=lambda path: path.relative_to(RAW).as_posix(),
)
def test_every_file_of_the_repository_is_as_described(path):
    in_record = {described.name: described for described in RECORD.values()}
    described = in_record[path.name] if path.parent.name == "record" else NAMED[path.name]
    table = read_csv(path)
    assert list(column_problems(table.columns, described)) == []
    assert list(cell_problems(table, described)) == []


def test_the_page_is_what_make_docs_writes():
    made = subprocess.run(
        [sys.executable, ROOT / "tools" / "dictionary.py"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        check=True,
    )
    page = (ROOT / "docs" / "data_dictionary.md").read_text(encoding="utf-8")
    assert page == made.stdout, "run make docs"
    named = [f"`{column}`" for described in (*INPUTS, *OUTPUT_FILES) for column in described.columns]
    assert [name for name in named if f"| {name} |" not in page] == []


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (
            "number",
            ["1", "-1.5", "+2", ".5", "3.", "1e-3"],
            ["", "nan", "inf", "1e999", "1,5", "1_0", "１", "5%", "1 "],
        ),
        ("share", ["0.2", "20%"], ["20 %", "%", "1e999%"]),
        ("integer", ["0", "-3", "007"], ["1.0", "1e2", "", "٣"]),
        ("year", ["2024"], ["24", "02024", "2024.0", "two thousand", "２０２４"]),
        ("day", ["2024-02-29"], ["2023-02-29", "2024-2-9", "20240229", "2024-02-29T00:00"]),
        ("date", ["2024", "2024-02", "2024-02-29", "2024 (about)"], ["2024-13", "2023-02-29", "0000", "2024(about)"]),
        ("boolean", ["true", "false"], ["True", "yes", "1"]),
        ("flag", ["True", "False"], ["true", "0"]),
        (
            "address",
            ["http://a.org", "https://a.org/b?c=d#e", "https://a.org/b :file @1", "page.html", "(no address)"],
            ["a.org", "htp://a.org", "http://", "http:// a", "see there", "ftp://a.org/x", "(", "folder/page.html"],
        ),
        ("licence", ["CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"], ["CC BY 4.0", "free!"]),
        ("text", ["anything", "1"], []),
        ("code", ["007", "NA"], []),
    ],
)
def test_cells_of_each_kind(kind, good, bad):
    assert [cell for cell in good if not is_of_kind(cell, kind)] == []
    assert [cell for cell in bad if is_of_kind(cell, kind)] == []
    assert kind in KINDS
    assert set(PATTERNS) <= set(KINDS)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_finite_number_that_python_writes_is_a_number(value):
    assert is_of_kind(repr(value), "number")
    assert Field("x", "number", low=value, high=value).allows(repr(value))
    assert not Field("x", "number", above=value).allows(repr(value))


@pytest.mark.parametrize(
    ("name", "described", "parts"),
    [
        ("ranks.csv", "ranks.csv", {}),
        ("ranks_city_third-party.csv", "ranks_{group}_{status}.csv", {"group": "city", "status": "third-party"}),
        ("rank_sets_state_department.csv", "rank_sets_{group}.csv", {"group": "state_department"}),
        ("weights_3.csv", "weights_{number}.csv", {"number": "3"}),
    ],
)
def test_the_tables_of_a_run_are_known_by_name(name, described, parts):
    found, own = output_file(name)
    assert (found.name, own) == (described, parts)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("source,title\na,A\na,B\n", "line 3: the same 'source' as line 2; keep one of the two"),
        ("source,title\n,A\n", "column 'source': empty on line 2; expected a value"),
        (
            "source,titel\na,A\n",
            "unknown column 'titel'; did you mean 'title'? valid: title, url, publisher, published_on, licence, note",
        ),
        (
            "source,url\na,www.example.org\n",
            "column 'url': expected an address that starts with http:// or https:// (after a blank perhaps a note), "
            "the name of a file, or a note in parentheses; got 'www.example.org' (line 2)",
        ),
        (
            "source,published_on\na,31/12/2024\n",
            "column 'published_on': expected a date, YYYY-MM-DD, YYYY-MM or YYYY, perhaps with a note in parentheses "
            "after it; got '31/12/2024' (line 2)",
        ),
        (
            "source,licence\na,free for all\n",
            "column 'licence': expected the identifier of a licence, such as CC-BY-4.0, or its address; "
            "got 'free for all' (line 2)",
        ),
    ],
)
def test_a_wrong_list_of_sources_is_refused(toy_root, text, problem):
    path = toy_root / "toy" / "2024" / "sources.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_edition("toy", 2024, root=toy_root)
    assert error.value.problems == (f"{path}: {problem}",)


@pytest.mark.parametrize("text", ["source\nCounted by hand\n", "title,found_by\nA,me\n", "source,title\n"])
def test_a_list_of_sources_needs_no_column_in_particular(toy_root, text):
    (toy_root / "toy" / "2024" / "sources.csv").write_text(text, encoding="utf-8")
    assert list(read_edition("toy", 2024, root=toy_root).sources.columns) == text.partition("\n")[0].split(",")


def test_a_misspelt_column_of_units_is_refused_and_any_other_is_kept(toy_root):
    path = toy_root / "toy" / "2024" / "units.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("name_zh", "nmae_zh"), encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_edition("toy", 2024, root=toy_root)
    assert error.value.problems == (
        f"{path}: unknown column 'nmae_zh'; did you mean 'name_zh'? valid: name_zh, formerly",
    )
    path.write_text(text.replace("province", "name_fr"), encoding="utf-8")
    assert "name_fr" in read_edition("toy", 2024, root=toy_root).units
