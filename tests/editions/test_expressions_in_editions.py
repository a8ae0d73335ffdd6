"""Expressions of an edition: columns of any name, declared or not, and one for all indicators of a pillar."""

import hashlib

import pandas as pd
import pytest

import govtransparency as gt

SHEET = "unit,Goal 1,policies.dq,site.dq,policies.fmt,site.fmt,days,公开 率\n" + "".join(
    f"u{n},{n},{n / 10},{n / 20},0.1,0.2,{n},{n * 10}\n" for n in range(1, 7)
)
DERIVED = """\
[derived]
"open.*" = '"*.dq" + "*.fmt"'
share = '"Goal 1" + "公开 率"'

[identities]
"open.*" = '"*.dq" == "*.dq"'

[recipe]
"""


def edition_of(root, derived=DERIVED, sheet=SHEET):
    folder = root / "toy" / "2024"
    toml = (folder / "edition.toml").read_text(encoding="utf-8").replace("[recipe]\n", derived)
    toml = toml.replace("values = [0, 1]", "low = 0").replace("integer = true", "high = 99")
    (folder / "edition.toml").write_text(toml, encoding="utf-8")
    (folder / "sheet.csv").write_text(sheet, encoding="utf-8")
    return gt.read_edition("toy", 2024, root=root)


def test_columns_that_expressions_name_need_no_declaration(toy_root):
    edition = edition_of(toy_root)
    table = edition.tables["city"]
    assert table["policies"].tolist() == pytest.approx([n / 10 + 0.1 for n in range(1, 7)])
    assert table["site"].tolist() == pytest.approx([n / 20 + 0.2 for n in range(1, 7)])
    assert table["share"].tolist() == [11 * n for n in range(1, 7)]
    assert sorted(edition.variables) == sorted(
        ["Goal 1", "公开 率", *(f"{c}.{x}" for c in ("policies", "site") for x in ("dq", "fmt"))]
    )
    assert edition.identities["kept"].to_dict() == {"policies": 6, "site": 6}


def test_an_indicator_may_be_rescaled_from_its_own_column(toy_root):
    sheet = "unit,policies,site,days,share\n" + "".join(f"u{n},{n},{n % 2},{n},0.{n}\n" for n in range(1, 7))
    edition = edition_of(toy_root, '[derived]\n"answer.*" = \'"*" * 100\'\n\n[recipe]\n', sheet)
    assert edition.tables["city"]["share"].tolist() == pytest.approx([10, 20, 30, 40, 50, 60])
    assert edition.tables["city"]["days"].tolist() == [100, 200, 300, 400, 500, 600]


def test_an_order_of_derived_indicators_is_found(toy_root):
    edition = edition_of(toy_root, DERIVED.replace('share = \'"Goal 1"', "share = 'half * 2'\nhalf = '\"Goal 1\""))
    assert edition.tables["city"]["share"].tolist() == [22 * n for n in range(1, 7)]


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        ("+".join(["days"] * 3000), None),
        ("-" * 20_000 + "days", None),
        ("9**9**9", "share = '9**9**9': not a finite number, for any unit"),
        ("10**400 * days", "not a finite number for unit 'u1' and 5 more, where that one has { days = 1 }"),
        ("9" * 401 + " * days", "is too large to be computed with"),
    ],
)
def test_a_long_expression_or_a_large_number_is_computed_or_told_in_a_line(toy_root, expression, told):
    derived = DERIVED.replace('\'"Goal 1" + "公开 率"\'', f'"{expression}"')
    sheet = "\n".join(",".join(row.split(",")[:1] + row.split(",")[2:7]) for row in SHEET.splitlines()) + "\n"
    if told is None:
        edition = edition_of(toy_root, derived, sheet)
        assert edition.tables["city"]["share"].notna().all()
        return
    with pytest.raises(gt.InputError) as caught:
        edition_of(toy_root, derived, sheet)
    (problem,) = caught.value.problems
    assert told in problem
    assert len(problem) < 500


def with_people(root, people):
    folder = root / "toy" / "2024"
    lines = (folder / "units.csv").read_text(encoding="utf-8").splitlines()
    rows = [f"{line},{cell}" for line, cell in zip(lines, ["people", *people], strict=True)]
    (folder / "units.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    toml = (folder / "edition.toml").read_text(encoding="utf-8")
    treat = '[recipe]\ntreat = [{ method = "denominate", by = "units:people", indicators = ["policies"] }]\n'
    (folder / "edition.toml").write_text(toml.replace("[recipe]\n", treat), encoding="utf-8")
    return gt.read_edition("toy", 2024, root=root)


def test_a_missing_denominator_leaves_a_missing_value(toy_root):
    edition = with_people(toy_root, ["2", "", "7", "3", "1", "5"])
    scores = gt.build_index(edition.tables["city"], edition.recipe).scores["policies"]
    assert scores.dropna().to_dict() == {"u1": 50.0, "u3": 5.0, "u4": 25.0, "u5": 15.0}


@pytest.mark.parametrize("cell", ["1.5m", "inf"])
def test_a_denominator_that_is_text_is_told_with_its_place(toy_root, cell):
    with pytest.raises(gt.InputError) as caught:
        with_people(toy_root, ["2", cell, "7", "3", "1", "5"])
    (problem,) = caught.value.problems
    assert problem.rpartition("/")[2] == (f"units.csv: line 3, unit 'u2', column 'people': {cell!r} is not a number")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a = " + "[" * 5000 + "]" * 5000, "tables or lists nested too deep to be read"),
        (".".join(["a"] * 60) + " = 1", "tables or lists nested too deep to be read"),
        ("a = " + "{ a = " * 60 + "1" + " }" * 60, "tables or lists nested too deep to be read"),
        (
            "[x]\na = [9223372036854775808, 9223372036854775808]",
            "x.a: a whole number of more than 64 bits; write a smaller one",
        ),
    ],
)
def test_a_deep_file_or_a_huge_number_is_one_problem(toy_root, text, told):
    toml = toy_root / "toy" / "2024" / "edition.toml"
    toml.write_text(text + "\n", encoding="utf-8")
    with pytest.raises(gt.InputError) as caught:
        gt.read_edition("toy", 2024, root=toy_root)
    assert caught.value.problems == (told,)


def test_points_of_format_and_of_data_quality_of_a_publisher_in_long_form(shared, tmp_path):
    """Aid Transparency Index 2018: total = format points + data-quality points, for 36 indicators by one expression."""
    file = shared / "upstream" / "ati" / "results_2018.csv"
    rows = pd.read_csv(file, dtype=str, keep_default_na=False)
    folder = tmp_path / "raw" / "ati" / "2018"
    folder.mkdir(parents=True)
    codes = list(dict.fromkeys(rows["indicator_id"]))
    names = list(dict.fromkeys(rows["organisation_name"]))
    (tmp_path / "external" / "ati").mkdir(parents=True)
    (tmp_path / "external" / "ati" / file.name).write_bytes(file.read_bytes())
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    (tmp_path / "raw" / "ati" / "originals.toml").write_text(
        f'base = "https://example.org/x"\n[sha256]\n"{file.name}" = "{digest}"\n', encoding="utf-8"
    )
    (folder / "framework.csv").write_text(
        "code,parent\nindex,\nall,index\n" + "".join(f"{code},all\n" for code in codes), encoding="utf-8"
    )
    pd.DataFrame({"unit": names}).to_csv(folder / "units.csv", index=False)
    (folder / "sources.csv").write_text("source,title\nati,ATI 2018\n", encoding="utf-8")
    (folder / "edition.toml").write_text(
        """schema = 1
index = "ati"
year = 2018
status = "published"
title = { en = "ATI", zh = "援助透明度" }
[groups]
donor = { en = "Donors", zh = "援助方" }
[[sheets]]
original = "results_2018.csv"
unit = "organisation_name"
pillar = "indicator_id"
[derived]
"all.*" = '"*.publication_format_points" + "*.iati_data_quality_total_points"'
[identities]
"all.*" = '"*.publication_format_points" + "*.iati_data_quality_total_points" == "*.total_points"'
""",
        encoding="utf-8",
    )
    edition = gt.read_edition("ati", 2018, root=tmp_path / "raw")
    table = edition.tables["donor"]
    assert table.shape == (45, len(codes))
    wide = rows.pivot(index="organisation_name", columns="indicator_id", values="total_points")
    assert edition.identities[["checked", "kept"]].sum().tolist() == [1620, 1620]
    assert (table.loc[wide.index, wide.columns] - wide.astype(float)).abs().max(axis=None) < 1e-8


def refused(root, derived, sheet=SHEET):
    with pytest.raises(gt.InputError) as caught:
        edition_of(root, derived, sheet)
    return [problem.replace(f"{root}/toy/2024/", "") for problem in caught.value.problems]


def test_a_circle_is_told_before_the_sheets_are_read(toy_root):
    circle = '[derived]\nshare = "days"\ndays = "share"\n\n[recipe]\n'
    assert refused(toy_root, circle) == [
        "edition.toml: derived indicators: each needs the next, in a circle: share -> days -> share"
    ]


def test_a_column_that_is_computed_is_not_called_unknown(toy_root):
    sheet = "unit,policies,site,days,share\n" + "".join(f"u{n},{n},1,{n},{n}\n" for n in range(1, 7))
    assert refused(toy_root, '[derived]\nshare = "2 * days"\n\n[recipe]\n', sheet) == [
        "sheet.csv: column 'share' is computed by an expression of [derived], so this one would not be used; declare "
        "ignore = ['share'], or give it another name by names and use that in the expression"
    ]
