"""The reference: every edition gives what it gave, and only what the changelog names may differ."""

import shutil
from pathlib import Path

import pytest
from conftest import write_toy

import govtransparency as gt
from govtransparency import cli
from govtransparency.build import reference
from govtransparency.build.comparison import table_change
from govtransparency.build.reference import (
    compare_reference,
    named_changes,
    reference_editions,
    tolerance,
    write_references,
)
from govtransparency.build.reference_tables import QUICK
from govtransparency.build.reports import verify_reports
from govtransparency.build.staging import Project

ROOT = Path(__file__).resolve().parents[2]
EDITIONS = reference_editions(ROOT, check=True)
HEAD = "# Changelog\n\n## [Unreleased]\n\n**Numbers**\n\n"
TABLE = "unit,score,reason\na,0.0,few\nb,50.0,\nc,100.0,\n"


@pytest.mark.parametrize(("index", "year"), EDITIONS)
def test_scores_ranks_and_tiers_are_those_of_the_reference(index, year):
    problems, _ = compare_reference(ROOT, index, year, names=QUICK)
    assert problems == []


def test_there_is_a_reference_of_every_edition_with_its_sheets_and_it_is_small():
    kept = list((ROOT / "tests" / "reference").rglob("*.csv"))
    there = {path.relative_to(ROOT / "tests" / "reference").parts[:2] for path in kept}
    ours = {index for index, _ in there}  # who adds an index of their own need no reference
    assert there == {(index, str(year)) for index, year in reference_editions(ROOT) if index in ours}
    assert sum(path.stat().st_size for path in kept) < 2_000_000


@pytest.mark.parametrize(
    ("text", "size", "kinds", "where"),
    [
        (TABLE.replace("50.0", "50.00000000009"), 0, "", ""),
        (
            TABLE.replace("50.0", "50.0000000002"),
            2e-10,
            "",
            "row 'b', column 'score': the reference has 50.0, now 50.0",
        ),
        (TABLE.replace("50.0", "51").replace("100.0", "97"), 3, "", "row 'c', column 'score': the reference has 100.0"),
        (TABLE.replace("50.0", ""), 0, "texts", "row 'b', column 'score': the reference has 50.0, now nothing"),
        (TABLE.replace("50.0", "inf"), 0, "texts", "row 'b', column 'score': the reference has 50.0, now inf"),
        (TABLE.replace("few", "none"), 0, "texts", "row 'a', column 'reason': the reference has few, now none"),
        (TABLE.replace("b,50.0,\n", ""), 0, "rows", "1 rows gone, 0 new, such as 'b'"),
        (TABLE.replace("b,50.0,\n", "") + "b,50.0,\n", 0, "rows", "the rows are in another order"),
        (TABLE.replace("reason", "why"), 0, "columns", "the reference has the columns score, reason, now score, why"),
    ],
)
def test_numbers_differ_by_their_distance_and_all_else_by_equality(text, size, kinds, where):
    change = table_change(TABLE, text, keys=1, tolerance=1e-12)
    if not size and not kinds:
        assert change is None
        return
    assert change.size == pytest.approx(size, rel=1e-3)
    assert change.kinds == set(kinds.split())
    assert change.where.en.startswith(where)


def test_equal_numbers_have_their_magnitude_for_a_range():
    old = "unit,score\na,0.1\nb,0.1\n"
    assert table_change(old, old.replace("0.1", "0.10000000000000002"), keys=1, tolerance=1e-12) is None
    assert table_change(old, old.replace("0.1", "0.1000000000002"), keys=1, tolerance=1e-12).size > 0


def test_the_size_is_named_rounded_up():
    change = table_change("unit,x\na,0\nb,1\n", "unit,x\na,0.12341\nb,1\n", keys=1, tolerance=1e-12)
    assert str(change) == "0.124"


@pytest.mark.parametrize(
    "item",
    [
        "- toy 2024, ranks.csv: largest change 2",
        "- toy 2024, ranks.csv: largest change 2; reason:",
        "- toy 2024, ranks.csv: largest change two; reason: a tie",
        "- toy, ranks.csv: largest change 2; reason: a tie",
        "- ranks moved",
    ],
)
def test_an_item_of_another_form_is_refused(item):
    with pytest.raises(gt.InputError, match="expected the form '- cgti") as caught:
        named_changes(f"{HEAD}{item}\n")
    assert f"“{item}”：格式应为“- cgti 2023" in caught.value.in_language("zh")


def test_items_count_under_numbers_of_the_version_in_work_alone():
    text = (
        "## [Unreleased]\n\n**Added**\n\n- whatever\n\n**Numbers**\n\n- toy 2023 2024, a.csv: largest change 0.5,\n"
        "  texts and rows; reason: why\n\n### Fixed\n\n- else\n\n## [0.1.0]\n\n**Numbers**\n\n- of old\n"
    )
    (named,) = named_changes(text)
    assert (named.years, named.size, named.kinds) == ({2023, 2024}, 0.5, {"texts", "rows"})


@pytest.fixture(scope="module")
def toy_reference(tmp_path_factory):
    """Return the reference of the toy edition, written once."""
    root = tmp_path_factory.mktemp("toy")
    write_toy(root / "data" / "raw")
    assert write_references(root, jobs=1) == ([], [])
    return root / "tests"


@pytest.fixture
def project(toy_root, toy_reference):
    """Return a project of one small edition with its reference."""
    root = toy_root.parents[1]
    shutil.copytree(toy_reference, root / "tests")
    return root


def move_a_rank(root):
    """Change a rank of the reference, as if the library had ranked otherwise when it was made."""
    path = root / "tests" / "reference" / "toy" / "2024" / "ranks.csv"
    kept = path.read_text(encoding="utf-8")
    path.write_text(kept.replace("u1,1\n", "u1,3\n"), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != kept
    return path


@pytest.mark.parametrize(
    ("item", "passes"),
    [
        ("", False),
        ("- toy 2024, ranks.csv: largest change 2; reason: a tie\n", True),
        ("- toy 2023 2024, ranks.csv: largest change 2 ranks; reason: a tie\n", True),
        ("- toy 2024, ranks.csv: largest change 1; reason: a tie\n", False),
        ("- toy 2024, ranks.csv: largest change texts; reason: a tie\n", False),
        ("- toy 2023, ranks.csv: largest change 2; reason: a tie\n", False),
        ("- toy 2024, scores.csv: largest change 2; reason: a tie\n", False),
    ],
)
def test_a_difference_passes_where_the_changelog_names_it(project, item, passes):
    path = move_a_rank(project)
    (project / "CHANGELOG.md").write_text(HEAD + item, encoding="utf-8")
    problems, excused = compare_reference(project, "toy", 2024, names=QUICK)
    assert (len(problems), len(excused)) == ((0, 1) if passes else (1, 0))
    (line,) = (text.en for text in problems or excused)
    assert "tests/reference/toy/2024/ranks.csv: row 'city u1', column 'rank': the reference has 3, now 1" in line
    moved = path.read_bytes()
    if not passes:
        assert "“city u1”行，“rank”列：参照结果为3，现为1\n    如须说明：- toy 2024, ranks.csv: " in problems[0].zh
        assert "to name it: - toy 2024, ranks.csv: largest change 2; reason: ..." in line
    if not item:
        assert len(write_references(project, jobs=1)[0]) == 1
        assert path.read_bytes() == moved  # what is not named is not written


@pytest.mark.usefixtures("signals")
def test_an_edition_without_reference_is_left_out_and_said(project, capsys, monkeypatch):
    own = project / "data" / "raw" / "mine" / "2024"
    shutil.copytree(project / "data" / "raw" / "toy" / "2024", own)
    (own / "edition.toml").write_text("index = ", encoding="utf-8")
    monkeypatch.chdir(project)
    assert cli.main(["reference", "--check", "--jobs", "1"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "mine 2024: no reference, left out"
    assert said[1].startswith("tests/reference: same as the present results, ")


def test_a_change_that_is_named_is_written(project):
    path = move_a_rank(project)
    moved = path.read_bytes()
    (project / "CHANGELOG.md").write_text(f"{HEAD}- toy 2024, ranks.csv: largest change 2; reason: a tie\n")
    write_references(project, check=True, jobs=1)
    assert path.read_bytes() == moved
    write_references(project, jobs=1)
    assert path.read_bytes() != moved
    assert compare_reference(project, "toy", 2024, names=QUICK) == ([], [])
    move_a_rank(project)  # what has been written once excuses no second change
    assert len(compare_reference(project, "toy", 2024, names=QUICK)[0]) == 1


def test_verify_needs_no_report_where_there_is_a_reference(project):
    options = {"project": Project(project), "say": lambda line: None}
    (outcome,) = verify_reports("toy", [2024], **options)
    assert (outcome.status, outcome.message.en) == (0, "toy 2024: as in tests/reference/toy/2024")
    move_a_rank(project)
    (outcome,) = verify_reports("toy", [2024], **options)
    assert outcome.status == 1
    assert outcome.message.zh.startswith("toy 2024：与参照结果不一致\n  tests/reference/toy/2024/ranks.csv：")
    assert outcome.message.en.startswith("toy 2024: differs from the reference\n  tests/reference/toy/2024/ranks.csv: ")


def test_another_python_or_processor_is_given_more_room(project, monkeypatch):
    assert tolerance(project) == 1e-12
    monkeypatch.setattr(reference, "_machine", lambda: {"python": "3.99"})
    assert tolerance(project) == 1e-9
    shutil.rmtree(project / "tests")
    assert tolerance(project) == 1e-9
