"""`make shelf`: what is built and what is not, the page, and the file of counts that the documentation is made from."""

import shutil
from dataclasses import astuple, fields, replace
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup

import govtransparency as gt
from govtransparency import cli
from govtransparency.build import shelf as run
from govtransparency.profiles.shelf_rows import COLUMNS, PUBLISHERS, NotBuilt, Shelf, ShelfRow, on_shelf
from govtransparency.report.tables import shelf_tables
from govtransparency.texts.bilingual import Text
from govtransparency.texts.shelf_words import HEADS
from tests.conftest import write_toy

ROOT = Path(__file__).resolve().parents[2]
RAW = ROOT / "data" / "raw"
PIN = 'base = "https://example.org"\n[sha256]\n"figures.csv" = "{}"\n'.format("0" * 64)

pytestmark = pytest.mark.usefixtures("signals")


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Work in a project with toy editions: 2024 published with official ranks, 2023 simulated."""
    raw = write_toy(tmp_path / "data" / "raw")
    shutil.copytree(raw / "toy" / "2024", raw / "toy" / "2023")
    edit(raw / "toy" / "2023" / "edition.toml", "year = 2024", "year = 2023")
    toml = raw / "toy" / "2024" / "edition.toml"
    edit(toml, '"simulated"', '"published"\nrecord = { file = "ranks.csv", rank = "place" }')
    (toml.parent / "ranks.csv").write_text("unit,place\nu1,1\nu2,2\nu4,3\nu3,4\nu6,5\nu5,6\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def add_edition(project: Path, year: int, old: str, new: str) -> None:
    """Add an edition that is 2024's but for one place in its ``edition.toml``."""
    folder = project / "data" / "raw" / "toy" / str(year)
    shutil.copytree(folder.parent / "2024", folder)
    edit(folder / "edition.toml", "year = 2024", f"year = {year}")
    edit(folder / "edition.toml", old, new)


def page_of(project: Path) -> BeautifulSoup:
    return BeautifulSoup((project / run.PAGE).read_text(encoding="utf-8"), "html.parser")


def words_of(found) -> str:
    return " ".join(found.get_text(" ").split())


def test_only_the_publishers_editions_are_built_into_a_page_in_both_languages(project, capsys):
    assert cli.main(["shelf", "--jobs", "1"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in said] == ["toy 2024", "written", "editions rebuilt"]
    assert said[1] == "written: outputs/shelf/shelf.html"
    assert said[2].startswith("editions rebuilt: 1; not fetched: 0; failed: 0; ")
    assert not (project / "docs").exists()
    page = page_of(project)
    assert words_of(page.h1) == "公开指数重建一览 The shelf: published indices, rebuilt"
    assert page.select_one("aside.status")["class"] == ["status", "published"]
    row = [words_of(cell) for cell in page.select_one("tbody tr").select("th, td")]
    assert row[:5] == ["玩具指数 Toy index", "2024", "6", "4", "6/6"]
    assert row[-1] == "已发表 published"
    assert len(page.select("svg")) == 2
    assert all(tag["src"].startswith("data:") for tag in page.select("[src]"))
    assert not page.select("link[href^=http]")


def test_missing_originals_are_named_and_a_broken_edition_is_told_and_the_rest_is_built(project, capsys):
    (project / "data" / "raw" / "toy" / "originals.toml").write_text(PIN, encoding="utf-8")
    add_edition(project, 2021, 'file = "sheet.csv"', 'original = "figures.csv"')
    add_edition(project, 2022, "min_max", "max_min")
    (project / "data" / "raw" / "toy" / "2020").mkdir()
    (project / "data" / "raw" / "toy" / "2020" / "edition.toml").write_text("title = ", encoding="utf-8")
    assert cli.main(["shelf", "--jobs", "2"]) == 1
    said = capsys.readouterr()
    assert "toy 2021: not fetched; make fetch INDEX=toy" in said.out
    assert "toy 2020: cannot be rebuilt; the reason is below" in said.out
    assert "editions rebuilt: 1; not fetched: 1; failed: 2; " in said.out
    assert "max_min" in said.err
    assert "2020" in said.err
    text = words_of(page_of(project))
    assert "玩具指数 Toy index 原始文件尚未取得 its original files have not been fetched make fetch INDEX=toy" in text
    assert "toy 2022" in text


def test_missing_originals_alone_are_no_failure_and_changed_ones_are(project):
    (project / "data" / "raw" / "toy" / "originals.toml").write_text(PIN, encoding="utf-8")
    add_edition(project, 2021, 'file = "sheet.csv"', 'original = "figures.csv"')
    edit(project / "data" / "raw" / "toy" / "2024" / "edition.toml", '"published"', '"own"')
    (lacking,) = run.build_shelf(project / "data" / "raw", jobs=1).not_built
    assert (lacking.year, lacking.broken, lacking.command) == (2021, None, "make fetch INDEX=toy")
    external = project / "data" / "external" / "toy"
    external.mkdir(parents=True)
    (external / "figures.csv").write_text("unit\n", encoding="utf-8")
    (changed,) = run.build_shelf(project / "data" / "raw", jobs=1).not_built
    assert "figures.csv" in str(changed.broken)
    assert changed.command == ""


def test_the_counts_are_kept_of_editions_that_were_not_built(project):
    first = run.build_shelf(project / "data" / "raw", jobs=1)
    (row,) = [each.row for each in first.editions]
    other = replace(row, year=2019, official=None, exact=None, score_error=0.0123)
    gone = replace(row, year=2018)
    table = project / run.COUNTS
    table.parent.mkdir()
    table.write_text(run.rows_text([gone, other, replace(row, exact=1)]), encoding="utf-8")
    shelf = Shelf(first.editions, (NotBuilt("toy", 2019, Text("玩具", "Toy")),))
    assert run.write_shelf(shelf, project, counts=True) == [project / run.PAGE, table]
    assert run.read_rows(table) == [other, row]


def test_rows_are_read_as_they_were_written(tmp_path):
    kinds = {"str": "half_up down", "int": 7, "bool": False, "int | None": None, "float | None": 2.3e-05}
    row = ShelfRow(*(kinds[str(field.type)] for field in fields(ShelfRow)))
    path = tmp_path / "rows.csv"
    for one in (row, replace(row, counted=True, exact=0, score_error=0.0, ties="")):
        path.write_text(run.rows_text([one]), encoding="utf-8")
        assert run.read_rows(path) == [one]


# -- what the repository holds --------------------------------------------------------------------------------------

ROWS = run.read_rows(ROOT / run.COUNTS)


def test_the_counts_have_every_edition_of_a_publisher_once_and_in_order():
    there = gt.list_editions(RAW)
    wanted = [(i, y) for i, y, status in there.itertuples(index=False, name=None) if status in PUBLISHERS]
    assert [(row.index, row.year) for row in ROWS] == wanted
    assert len(wanted) >= 29


def test_the_counts_fit_together():
    text = (ROOT / run.COUNTS).read_text(encoding="utf-8")
    assert text == run.rows_text(ROWS)
    assert text.splitlines()[0] == ",".join(COLUMNS)
    for row in ROWS:
        assert row.status in PUBLISHERS
        assert (row.exact is None) == (row.official is None)
        assert row.official is None or 0 <= row.exact <= row.official <= row.units
        assert not row.counted or row.official
        assert (row.rules is None) == (row.reproduced is None)
        assert bool(row.rules) == (row.fewest is not None) == bool(row.ties) == bool(row.rounding)
        assert row.kept is None or 0 < row.kept <= row.pairs * row.draws
        assert (row.ranked_without is None) != (row.kept is None)


def test_the_counts_that_the_readme_gives():
    counts = {(row.index, row.year): (row.exact, row.official) for row in ROWS if row.counted}
    assert counts == {
        ("bipa", 2024): (74, 120),
        **{("city_rank", year): (39, 39) for year in range(2009, 2020)},
        ("egdi", 2010): (192, 192),
        **{("egdi", year): (193, 193) for year in (2012, 2014, 2016, 2018)},
        ("godi", 2013): (60, 60),
        ("godi", 2014): (97, 97),
        ("godi", 2015): (122, 122),
        ("incise", 2019): (38, 38),
        ("odb", 2014): (86, 86),
        ("open_budget", 2017): (115, 115),
        ("open_budget", 2019): (117, 117),
        ("tai", 2001): (23, 23),
    }


@pytest.mark.parametrize(
    "row",
    [pytest.param(row, marks=[pytest.mark.slow] if row.index != "tai" else []) for row in ROWS],
    ids=lambda row: f"{row.index}-{row.year}",
)
def test_the_counts_are_those_of_a_rebuild(row, with_originals):
    root = RAW if not (RAW / row.index / "originals.toml").is_file() else with_originals(row.index)
    found = {each.row.group: each.row for each in on_shelf(gt.read_edition(row.index, row.year, root=root))}
    assert astuple(found[row.group]) == astuple(row)


def test_what_was_left_out_is_said_in_both_languages_with_a_source():
    table = run.read_texts(ROOT / run.LEFT_OUT)
    columns = ["edition_en", "edition_zh", "years", "looked_at_en", "looked_at_zh", "reason_en", "reason_zh", "source"]
    assert table.columns.tolist() == columns
    assert (table.drop(columns="years") != "").all(axis=None)
    assert {name.removesuffix("_en") for name in columns if not name.endswith("_zh")} <= HEADS.keys()


ALL_TIES = "min dense average max ordinal"


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        (
            {"fewest": 0, "most": 0, "rounding": "half_up"},
            Text("整数；四舍五入；并列取最前名次", "whole numbers; halves up; ties at the best rank"),
        ),
        (
            {"fewest": 4, "most": 4, "rules": 3},
            Text(
                "4位小数；取整方式不限；并列取最前名次；共有3条规则无法区分",
                "4 decimals; any rounding; ties at the best rank; 3 rules fit equally well",
            ),
        ),
        (
            {"fewest": 2, "most": 5, "ties": ALL_TIES},
            Text("2至5位小数；取整方式不限；并列规则不限", "2 to 5 decimals; any rounding; any rule for ties"),
        ),
        (
            {"fewest": 2, "most": 5, "ties": "min dense average max"},
            Text("2至5位小数；取整方式不限；并列规则不限", "2 to 5 decimals; any rounding; any rule for ties"),
        ),
        (
            {"fewest": 5, "most": 9, "rounding": "half_up half_even", "ties": "min dense"},
            Text(
                "至少5位小数；四舍五入或逢五取偶；并列取最前名次或并列后不空位",
                "5 or more decimals; halves up or halves to even; ties at the best rank or ties without gaps after "
                "them",
            ),
        ),
        (
            {"fewest": 1, "most": 1, "rounding": "down", "ties": "max"},
            Text("1位小数；截尾；并列取最后名次", "1 decimal; cut off; ties at the worst rank"),
        ),
        (
            {"rules": 0, "reproduced": 74},
            Text("没有规则得出全部名次，最接近的得出74个", "no rule gives all; the closest gives 74"),
        ),
        ({"rules": None}, Text("只公布得分，名次按得分排列", "only scores are official; ranked by them")),
        ({"rules": None, "official": None}, Text("", "")),
    ],
)
def test_a_rule_in_short(changes, text):
    every = {"rules": 1, "reproduced": 120, "official": 120, "rounding": "half_up half_even down", "ties": "min"}
    assert shelf_tables.rule_text(replace(ROWS[0], **every | changes)) == text


def test_one_rule_of_several_years_is_said_once():
    titles = [run.title_of(row.index, row.year, root=RAW) for row in ROWS]
    table = shelf_tables.rule_table(ROWS, titles)
    assert not table.duplicated(["edition_en", "rule_en"]).any()
    city = table[table["edition_en"] == "City Rank"]
    assert city["years_zh"].tolist() == ["2009\u20132021"]
    assert "Aid Transparency Index" not in table["edition_en"].tolist()


def test_a_row_has_the_name_of_its_group_where_an_edition_has_several():
    totals = replace(gt.read_edition("cgti", 2011), status="published")
    (each,) = on_shelf(totals)
    assert each.title == run.title_of("cgti", 2011, "province", root=RAW) == run.title_of("cgti", 2011, root=RAW)
    title = run.title_of("cgti", 2023, "province", root=RAW)
    groups = gt.read_edition("cgti", 2023).groups
    assert len(groups) > 1 and title.en == f"{run.title_of('cgti', 2023, root=RAW).en} ({groups['province']['en']})"


def test_an_edition_of_several_groups_is_counted_once_and_whole_only_with_all_of_them():
    row = replace(ROWS[0], counted=True, exact=3, official=3)
    half = replace(row, group="other", exact=2)
    told = "This page rebuilds 1 editions of 1 published indices. The 1 editions that count have 6 official ranks; "
    assert shelf_tables.summary([row, half]).en.startswith(told)
    assert (
        "5 of them are rebuilt exactly from the publishers' own files, and in 0 editions all of them."
        in shelf_tables.summary([row, half]).en
    )
    assert "in 1 editions all of them." in shelf_tables.summary([row, replace(row, group="other")]).en
    assert "in 1 editions all of them." in shelf_tables.summary([row, half, replace(row, year=1999)]).en


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Index 2014", "Index"),
        ("Index, 2014", "Index"),
        ("指数（2014）", "指数"),
        ("2014年指数", "指数"),
        ("2014: Index", "Index"),
        ("Index 2014/15", "Index 2014/15"),
        ("Index of 2013-2014", "Index of 2013-2014"),
    ],
)
def test_the_name_of_an_index_is_its_title_without_the_year(title, name):
    assert shelf_tables.name_without_year(Text(title, title), 2014) == Text(name, name)


def test_ranks_that_differ_are_told_and_the_declarations_only_where_there_are_any(project):
    edit(project / "data" / "raw" / "toy" / "2024" / "ranks.csv", "u1,1\nu2,2", "u1,2\nu2,1")
    (each,) = run.build_shelf(project / "data" / "raw", jobs=1).editions
    said = "Toy index: 2 of 6 official ranks differ from the rebuilt ones."
    for declared, text in (((), said), ((Text("甲。", "A."),), f"{said} The edition declares: A.")):
        run.write_shelf(Shelf((replace(each, declared=declared),)), project, counts=False)
        assert text in [p.get_text() for p in page_of(project).select("p span[lang=en]")]


def test_a_shelf_with_nothing_on_it_has_a_page(tmp_path):
    run.write_shelf(Shelf(()), tmp_path, counts=False)
    assert "0 editions of 0 published indices" in page_of(tmp_path).get_text(" ")


def test_sources_without_a_title_are_named_by_their_code():
    sources = pd.DataFrame({"source": ["a", "b"], "publisher": ["P", "Q"]})
    assert shelf_tables.source_table([(Text("甲", "A"), sources)])["source"].tolist() == ["a", "b"]


def test_sources_are_named_once():
    sources = pd.DataFrame([{"title": "T", "url": "u", "publisher": "P", "note": ""}])
    table = shelf_tables.source_table([(Text("甲", "A"), sources), (Text("甲", "A"), sources)])
    assert table.to_dict("records") == [
        {
            "edition_zh": "甲",
            "edition_en": "A",
            "source": "T",
            "publisher": "P",
            "licence": "",
            "note": "",
            "address": "u",
        }
    ]
