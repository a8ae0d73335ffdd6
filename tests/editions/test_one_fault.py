"""One thing damaged in an edition is one problem told: which one stands in ``one_fault.csv``."""

import csv
import re
import shutil
from pathlib import Path

import pytest
from conftest import write_toy

import govtransparency as gt

with (Path(__file__).parent / "one_fault.csv").open(encoding="utf-8", newline="") as file:
    FAULTS = [tuple(row.values()) for row in csv.DictReader(file)]
DECLARED = """\
[[sheets]]
file = "marks.csv"
kind = "marks"

[variables]
asked = { en = "Requests", unit = "count" }

[derived]
share = "100 * answered / asked"

[identities]
all = "asked == answered"

[recipe]
"""


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """Return the folder of an edition with a sheet, marks, a variable, a derived indicator and an identity."""
    folder = write_toy(tmp_path_factory.mktemp("sound")) / "toy" / "2024"
    toml = folder / "edition.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace("[recipe]\n", DECLARED), encoding="utf-8")
    rows = [f"u{n},{n * 3},{n + 4},10,{n + 2}\n" for n in range(1, 7)]
    (folder / "sheet.csv").write_text("unit,policies,days,asked,answered\n" + "".join(rows), encoding="utf-8")
    rows = [f"u{n},site,{who},{(n + k) % 2},2024-0{n}-11\n" for n in range(1, 7) for k, who in enumerate("AB")]
    (folder / "marks.csv").write_text("unit,indicator,assessor,mark,observed_on\n" + "".join(rows), encoding="utf-8")
    return folder


def told(sound, root, file, old, new):
    """Return the problems of the edition with one place of one file changed."""
    folder = root / "toy" / "2024"
    shutil.copytree(sound, folder)
    path = folder / file
    text = path.read_text(encoding="utf-8")
    if new == "REMOVED":
        path.unlink()
    elif old == "WHOLE FILE":
        path.write_text(new, encoding="utf-8")
    else:
        assert old in text
        everywhere = new.startswith("EVERYWHERE ")
        text = text.replace(old, new.removeprefix("EVERYWHERE "), -1 if everywhere else 1)
        path.write_text(text, encoding="utf-8")
    try:
        gt.read_edition("toy", 2024, root=root)
    except gt.InputError as error:
        return [re.sub(r"valid: [^()]*", "valid: ... ", problem).rstrip() for problem in error.problems]
    return []


def test_the_edition_is_sound(sound, tmp_path):
    assert told(sound, tmp_path, "sheet.csv", "u1", "u1") == []


@pytest.mark.filterwarnings("ignore::govtransparency.SchemaNotice")
@pytest.mark.parametrize(("file", "old", "new", "problem"), FAULTS)
def test_one_fault_is_one_problem(sound, tmp_path, file, old, new, problem):
    found = [said.replace(f"{tmp_path}/toy/2024/", "") for said in told(sound, tmp_path, file, old, new)]
    assert [said.replace(f"{tmp_path}/", "") for said in found] == [problem]


def test_an_unknown_name_in_several_files_is_told_once_in_each(sound, tmp_path):
    found = told(sound, tmp_path, "units.csv", "u1,city", "u11,city")
    assert [said.rpartition("/2024/")[2] for said in found] == [
        "sheet.csv: line 2: unit 'u1' is not in units.csv; did you mean 'u11'? valid: ...",
        "marks.csv: line 2: unit 'u1' is not in units.csv; did you mean 'u11'? valid: ...",
    ]


def test_a_difference_written_without_blanks_hints_at_quotation_marks(sound, tmp_path):
    shutil.copytree(sound, tmp_path / "x")
    sheet = tmp_path / "x" / "sheet.csv"
    sheet.write_text(sheet.read_text(encoding="utf-8").replace(",answered", ",an-swered"), encoding="utf-8")
    toml = tmp_path / "x" / "edition.toml"
    toml.write_text(
        toml.read_text(encoding="utf-8").replace('"asked == answered"', '"asked == asked"'), encoding="utf-8"
    )
    (found,) = told(tmp_path / "x", tmp_path, "edition.toml", "answered / asked", "an-swered / asked")
    assert found.endswith(
        "share = '100 * an-swered / asked': the column 'an-swered' must stand in quotation marks: \"an-swered\""
    )
