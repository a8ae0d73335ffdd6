"""Reading the files of an edition: what is told, what is described, and no error that only follows from another."""

import hashlib
from collections import Counter

import pandas as pd
import pytest

import govtransparency as gt
from govtransparency import InputError, read_edition
from govtransparency.editions import originals
from govtransparency.files import table_files


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def problems(root):
    with pytest.raises(InputError) as caught:
        read_edition("toy", 2024, root=root)
    return [problem.partition(".csv: ")[2] or problem for problem in caught.value.problems]


@pytest.fixture
def folder(toy_root):
    return toy_root / "toy" / "2024"


def test_nothing_to_tell_is_no_row(toy_root):
    edition = read_edition("toy", 2024, root=toy_root)
    assert list(edition.reading) == ["file", "where_zh", "where_en", "note_zh", "note_en", "count"]
    assert edition.reading.empty
    assert not edition.not_applicable["city"].to_numpy().any()
    assert edition.not_applicable["city"].shape == edition.tables["city"].shape


def test_every_conversion_and_row_passed_over_is_a_row(toy_root, folder):
    change(folder / "sheet.csv", "u2,12,1,8,91", 'u2,n/a,1,8,"91%"\nTotal,9,9,9,9\nSource: toy,,,,')
    change(folder / "sheet.csv", "u3,7,0,10,80", "u3,7,0,no power,80")
    change(folder / "edition.toml", 'kind = "table"', 'unlisted = "pass"\nnot_applicable = { days = ["no power"] }')
    edition = read_edition("toy", 2024, root=toy_root)
    assert edition.reading[["file", "where_en", "note_en", "count"]].values.tolist() == [
        ["sheet.csv", "line 4", "passed over: 'Total' is not in units.csv and looks like a total", 1],
        ["sheet.csv", "line 5", "passed over: 'Source: toy' looks like a footnote", 1],
        ["sheet.csv", "line 3, unit 'u2', column 'policies'", "'n/a' read as missing", 1],
        ["sheet.csv", "line 6, unit 'u3', column 'days'", "'no power' read as not applicable", 1],
        ["sheet.csv", "line 3, unit 'u2', column 'share'", "'91%' read as 91", 1],
    ]
    assert edition.reading["where_zh"].iloc[2] == "第3行，被评单位“u2”，“policies”列"
    cells = edition.not_applicable["city"].stack()
    assert list(cells[cells].index) == [("u3", "days")]


def test_one_year_of_a_file_with_several(toy_root, folder):
    rows = (folder / "sheet.csv").read_text(encoding="utf-8").splitlines()
    long = [f"year,{rows[0]}", *(f"{year},{row}" for year in (2023, 2024) for row in rows[1:])]
    (folder / "sheet.csv").write_text("\n".join(long).replace("2023,u1,20", "2023,u1,1"), encoding="utf-8")
    assert "the column 'year' tells them apart ('2023', '2024'): declare year = \"year\"" in problems(toy_root)[0]
    change(folder / "edition.toml", 'kind = "table"', 'year = "year"')
    assert read_edition("toy", 2024, root=toy_root).tables["city"]["policies"].tolist()[0] == 20


def test_a_mark_may_say_that_an_indicator_does_not_apply(toy_root, folder):
    sheet = pd.read_csv(folder / "sheet.csv", dtype=str, keep_default_na=False)
    sheet.drop(columns="site").to_csv(folder / "sheet.csv", index=False)
    marks = "".join(f"u{n},site,s,{n % 2}\n" for n in range(1, 6))
    (folder / "marks.csv").write_text(f"unit,indicator,assessor,mark\n{marks}u6,site,s,n/a\n", encoding="utf-8")
    change(folder / "edition.toml", "[scales]", '[[sheets]]\nfile = "marks.csv"\nkind = "marks"\n\n[scales]')
    edition = read_edition("toy", 2024, root=toy_root)
    assert edition.not_applicable["city"]["site"].tolist() == [False] * 5 + [True]
    change(folder / "marks.csv", "u3,site,s,1", "u3,site,s,good")
    (problem,) = problems(toy_root)  # and none about an indicator without values
    assert problem.startswith("line 4, unit 'u3', column 'site': 'good' is a grade or a number in words")


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("sheet.csv", "u1,20", "u1,20*", "line 2, unit 'u1', column 'policies': '20*' has the mark of a footnote"),
        ("sheet.csv", "\nu1,", "\nu11,", "line 2: unit 'u11' is not in units.csv; did you mean 'u1'?"),
        ("sheet.csv", "unit,policies", "unit,polices", "unknown column 'polices': not in the framework; did you mean"),
        ("sheet.csv", "unit,policies", "place,policies", "no column 'unit'; the header is place, policies"),
        ("framework.csv", "site,open", "sight,open", "unknown column 'site': not in the framework"),
    ],
)
def test_one_mistake_is_one_problem(toy_root, folder, file, old, new, said):
    change(folder / file, old, new)
    (problem,) = problems(toy_root)
    assert problem.startswith(said)


def test_a_sheet_may_be_a_file_of_the_folder_or_an_original_not_both(toy_root, folder):
    change(folder / "edition.toml", 'kind = "table"', 'original = "answers.csv"')
    (problem,) = problems(toy_root)
    assert problem.endswith("sheet: file = 'sheet.csv' and original = 'answers.csv'; give one of them")


@pytest.fixture
def denominated(folder):
    """Return the toy edition with an indicator for each head, and a function that sets the heads of a unit."""
    change(
        folder / "edition.toml",
        "[recipe]",
        '[recipe]\ntreat = [{ method = "denominate", by = { policies = "units:pop" } }]',
    )
    lines = (folder / "units.csv").read_text(encoding="utf-8").splitlines()
    (folder / "units.csv").write_text(
        "\n".join([f"{lines[0]},pop", *(f"{line},4" for line in lines[1:])]), encoding="utf-8"
    )
    return lambda unit, pop: change(folder / "units.csv", f"市{unit},South,4", f"市{unit},South,{pop}")


def test_an_empty_denominator_gives_no_value_and_a_text_one_is_an_error_with_its_place(toy_root, folder, denominated):
    denominated("五", "")
    edition = read_edition("toy", 2024, root=toy_root)
    values = gt.build_index(edition.tables["city"], edition.recipe).table["policies"]
    assert values.dropna().to_dict() == {"u1": 5, "u2": 3, "u3": 1.75, "u4": 3.75}
    denominated("四", '"1,250"')
    change(folder / "units.csv", "市六,South,4", "市六,South,many")
    with pytest.raises(InputError) as caught:
        read_edition("toy", 2024, root=toy_root)
    assert [problem.rpartition("units.csv: ")[2] for problem in caught.value.problems] == [
        "line 5, unit 'u4', column 'pop': '1,250' is not a number; write 1250 or 1.25",
        "line 7, unit 'u6', column 'pop': 'many' is not a number",
    ]


def test_each_pinned_file_may_have_an_address_of_its_own(toy_root):
    sha256 = hashlib.sha256(b"x").hexdigest()
    pins = toy_root / "toy" / "originals.toml"
    own = f'[files."b c.xlsx"]\nbase = "https://two.example"\nsha256 = "{sha256}"\n'
    pins.write_text(f'base = "https://one.example"\n[sha256]\n"a.csv" = "{sha256}"\n{own}', encoding="utf-8")
    assert {name: original.url for name, original in originals("toy", root=toy_root).items()} == {
        "a.csv": "https://one.example/a.csv",
        "b c.xlsx": "https://two.example/b%20c.xlsx",
    }
    pins.write_text(own, encoding="utf-8")
    assert list(originals("toy", root=toy_root)) == ["b c.xlsx"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '[files."a.csv"]\nbase = "https://x.example"\n',
            "'a.csv': expected its base and sha256, two texts; got { base = ",
        ),
        ('base = "x"\n[sha256]\n"a.csv" = 3\n', "'a.csv': expected its base and sha256, two texts; got 3"),
        ('base = "x"\n[sha256]\n"../a.csv" = "0"\n', "'../a.csv': expected the name of a file, without a folder"),
        ('[sha256]\n"a.csv" = "0"\n', "expected base = ... and a table [sha256] of file to hash"),
        (
            'base = "x"\n[sha256]\n"a.csv" = "0"\n[files."a.csv"]\nbase = "x"\nsha256 = "0"\n',
            "'a.csv' is both in [sha256] and in [files]; keep one of the two",
        ),
    ],
)
def test_what_is_wrong_with_the_pins_is_said(toy_root, text, said):
    (toy_root / "toy" / "originals.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        originals("toy", root=toy_root)
    assert caught.value.problems[0].startswith(said)


def test_case_9_files_in_gbk_that_are_valid_utf_8_are_refused_with_both_readings(toy_root, folder):
    names = dict(zip(("u1", "u2", "u3", "u4", "u5", "u6"), "业位住省占路", strict=True))
    (folder / "units.csv").write_text("\n".join(["unit", *names.values()]), encoding="gb18030")
    sheet = (folder / "sheet.csv").read_text(encoding="utf-8")
    for code, name in names.items():
        sheet = sheet.replace(f"\n{code},", f"\n{name},")
    (folder / "sheet.csv").write_text(sheet, encoding="gb18030")
    with pytest.raises(InputError) as caught:
        read_edition("toy", 2024, root=toy_root)
    doubt = (
        "the encoding is in doubt: in UTF-8 a cell says 'ҵ', in GB18030 '业'; save the file as UTF-8 with its mark "
        "('CSV UTF-8') or, for a sheet, declare encoding"
    )
    assert [problem.replace(f"{folder}/", "") for problem in caught.value.problems] == [
        f"units.csv: {doubt}",
        f"sheet.csv: {doubt}",
    ]
    (folder / "units.csv").write_text("\n".join(["unit", *names.values()]), encoding="utf-8-sig")
    change(folder / "edition.toml", 'kind = "table"', 'encoding = "gbk"')
    assert read_edition("toy", 2024, root=toy_root).tables["city"].loc["业", "policies"] == 20


def test_no_file_is_read_more_than_twice(toy_root, folder, monkeypatch):
    read = []
    real = table_files.read_content
    monkeypatch.setattr(table_files, "read_content", lambda path: read.append(path.name) or real(path))
    read_edition("toy", 2024, root=toy_root)
    assert Counter(read) == {"framework.csv": 2, "units.csv": 2, "sources.csv": 2, "sheet.csv": 1}


@pytest.mark.parametrize("year", ["9" * 5000, "024", "2024", "x"])
def test_a_year_that_is_no_earlier_one_is_refused(toy_root, folder, year):
    method = f'{{ method = "min_max", reference = "edition:{year}" }}'
    change(folder / "edition.toml", 'normalise = "min_max"', f"normalise = {method}")
    with pytest.raises(InputError) as caught:
        read_edition("toy", 2024, root=toy_root)
    problem = f"{folder / 'edition.toml'}: 'edition:{year}': expected the year of an earlier edition than 2024"
    assert caught.value.problems == (problem,)
