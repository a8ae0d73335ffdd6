"""The monthly bulletin: intervals that hold whatever is still to come, and the official ranks when nothing is."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from conftest import with_recipe
from paper_pages import is_readable_on_paper

import govtransparency as gt
from govtransparency import InputError, build_index, read_edition
from govtransparency.cli import main
from govtransparency.profiles import monthly_bulletin
from govtransparency.profiles.monthly_bulletin import bulletin
from govtransparency.report.pages.bulletin_page import write_bulletins
from govtransparency.texts.bilingual import Text

SCALES = {"policies": (0, 30), "site": (0, 1), "days": (0, 60), "share": (0, 100)}


@pytest.fixture
def root(toy_root):
    """Return the toy edition as marks of two assessors, dated through the year; some missing or not applicable."""
    folder = toy_root / "toy" / "2024"
    text = (folder / "edition.toml").read_text(encoding="utf-8").replace('kind = "table"', 'kind = "marks"')
    text += '\n[scales.days]\nlow = 0\n\n[scales."%"]\nlow = 0\nhigh = 100\n'
    (folder / "edition.toml").write_text(text.replace("[scales]\n", "[scales]\n"), encoding="utf-8")
    framework = (folder / "framework.csv").read_text(encoding="utf-8").replace("3,1,,,%", "3,1,0,100,%")
    (folder / "framework.csv").write_text(framework, encoding="utf-8")
    rng = np.random.default_rng(7)
    lines = ["unit,indicator,assessor,mark,observed_on"]
    for unit in [f"u{number}" for number in range(1, 7)]:
        for place, (code, (low, high)) in enumerate(SCALES.items()):
            for assessor in "AB":
                mark = f"{rng.integers(low, high + 1)}"
                if (unit, code, assessor) in (("u6", "share", "A"), ("u6", "share", "B")):
                    mark = "n/a"
                month = 1 + (place * 3 + (assessor == "B") * 2 + int(unit[1])) % 12
                lines.append(f"{unit},{code},{assessor},{mark},2024-{month:02}-15")
    (folder / "sheet.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return toy_root


@pytest.fixture
def edition(root):
    return read_edition("toy", 2024, root=root)


def test_when_all_is_in_the_ranks_are_the_official_ones_and_nothing_is_open(edition):
    found = bulletin(edition, "city", "2024-12")
    official = build_index(edition.tables["city"], edition.recipe).ranks
    assert found.coverage["now"].tolist() == [1.0] * 3
    for column in ("rank", "low", "high", "likely_low", "likely_high"):
        assert found.units[column].tolist() == official.tolist(), column


@pytest.mark.parametrize("mean", [gt.arithmetic_mean, gt.by_node({"index": gt.mean_min}, otherwise=gt.arithmetic_mean)])
def test_no_marks_to_come_lead_out_of_the_interval(edition, mean, monkeypatch):
    monkeypatch.setattr(monthly_bulletin, "DRAWS", 10)
    found = bulletin(with_recipe(edition, replace(edition.recipe, aggregate=mean)), "city", "2024-07")
    if mean is not gt.arithmetic_mean:
        assert found.reason == Text("以下各级的汇总方法不是平均：index", "the aggregation is not a mean at index")
        assert found.units[["low", "high"]].isna().all(axis=None)
        return
    rng = np.random.default_rng(1)
    open_ = edition.marks["observed_on"] > "2024-07-31"
    reached = pd.DataFrame({"least": 99, "most": 0}, index=found.units.index)
    for _ in range(300):
        marks = edition.marks.copy()
        for row in marks.index[open_]:
            low, high = SCALES[marks.at[row, "indicator"]]
            high = 500 if marks.at[row, "indicator"] in ("policies", "days") else high  # counts and days have no end
            share = rng.choice([0.0, 1.0, rng.random()])
            marks.at[row, "mark"] = low + (high - low) * share
            marks.at[row, "not_applicable"] = False
        table = gt.indicator_values(marks, edition.framework)
        ranks = build_index(table, edition.recipe).ranks
        reached["least"] = np.minimum(reached["least"], ranks)
        reached["most"] = np.maximum(reached["most"], ranks)
    assert (found.units["low"] <= reached["least"]).all()
    assert (found.units["high"] >= reached["most"]).all()
    assert (found.units["high"] - found.units["low"]).min() < 5
    assert (reached["most"] > reached["least"]).any()
    assert (found.units["likely_low"] >= found.units["low"]).all()
    assert (found.units["likely_high"] <= found.units["high"]).all()


def test_marks_that_are_made_up_raise_no_doubt(edition, recwarn):
    bulletin(edition, "city", "2024-07")
    assert [str(one.message) for one in recwarn if "goalposts" in str(one.message)] == []


def test_a_mean_that_refuses_the_worst_score_gives_no_interval_and_says_why(edition, monkeypatch):
    monkeypatch.setattr(monthly_bulletin, "DRAWS", 2)
    recipe = replace(edition.recipe, aggregate=gt.by_node({"index": gt.geometric_mean}, otherwise=gt.arithmetic_mean))
    found = bulletin(with_recipe(edition, recipe), "city", "2024-05")
    assert "zero" in found.reason.en or "0" in found.reason.en
    assert found.units[["low", "high"]].isna().all(axis=None)


def test_coverage_counts_the_marks_that_are_in(edition, monkeypatch):
    monkeypatch.setattr(monthly_bulletin, "DRAWS", 2)
    found = bulletin(edition, "city", "2024-04")
    marks = edition.marks
    for name, day in (("now", "2024-04-30"), ("before", "2024-03-31")):
        assert found.coverage.at["index", name] == pytest.approx((marks["observed_on"] <= day).sum() / 48)
    mine = marks[(marks["unit"] == "u2") & (marks["observed_on"] <= "2024-04-30")]
    assert found.units.at["u2", "coverage"] == len(mine) / 8


def test_the_lowest_marks_are_the_month_s_marks_at_the_worst_goalpost(edition, monkeypatch):
    monkeypatch.setattr(monthly_bulletin, "DRAWS", 2)
    marks = edition.marks.assign(mark=np.where(edition.marks["mark"].isna(), np.nan, 10.0))
    month = marks["observed_on"] == "2024-05-15"
    chosen = marks.index[month & marks["indicator"].isin(["days", "policies"])][:2]
    assert len(chosen) == 2
    worst = {"days": 31.0, "policies": 0.0}  # fewer days are better
    marks.loc[chosen, "mark"] = marks.loc[chosen, "indicator"].map(worst)
    other = marks.index[(marks["observed_on"] == "2024-06-15") & (marks["indicator"] == "policies")][0]
    marks.loc[other, "mark"] = 0.0
    lowest = bulletin(replace(edition, marks=marks), "city", "2024-05").lowest
    assert sorted(zip(lowest["unit"], lowest["indicator"], strict=True)) == sorted(
        zip(marks.loc[chosen, "unit"], marks.loc[chosen, "indicator"], strict=True)
    )


def test_what_changed_since_the_month_before_is_the_library_s(edition, monkeypatch):
    monkeypatch.setattr(monthly_bulletin, "DRAWS", 2)
    found = bulletin(edition, "city", "2024-09")
    before = bulletin(edition, "city", "2024-08")
    assert (found.coverage["gained"] == found.coverage["now"] - before.coverage["now"]).all()
    ranked, earlier = found.units["rank"].dropna(), before.units["rank"].dropna()
    both = ranked.index.intersection(earlier.index)
    assert found.newly_ranked == len(ranked) - len(both)
    assert found.compared["change"].to_dict() == (earlier[both] - ranked[both]).to_dict()
    assert (found.moved["change"] != 0).all()
    assert found.moved["change"].abs().is_monotonic_decreasing
    assert len(found.moved) == (earlier[both] != ranked[both]).sum() > 0
    assert found.widths.to_dict() == {unit: row.high - row.low + 1 for unit, row in found.units.iterrows()}


@pytest.mark.parametrize(
    ("options", "chinese"),
    [
        ({"normalise": gt.z_score}, "标准化方法不是以目标值为界的极差标准化"),
        ({"treat": (gt.impute_mean,)}, "数据处理须同时依据全部被评单位"),
    ],
)
def test_why_there_are_no_intervals_is_said_in_both_languages(edition, monkeypatch, options, chinese):
    monkeypatch.setattr(monthly_bulletin, "DRAWS", 1)
    reason = bulletin(with_recipe(edition, replace(edition.recipe, **options)), "city", "2024-07").reason
    assert reason.zh == chinese
    assert reason.en.isascii()


def test_early_in_the_year_there_is_no_provisional_rank(edition, monkeypatch):
    monkeypatch.setattr(monthly_bulletin, "DRAWS", 2)
    found = bulletin(edition, "city", "2024-01")
    assert found.units["rank"].isna().all()
    assert found.provisional == Text(
        "指标覆盖率达到50%的被评单位不足两个", "fewer than two units have 50% of their indicators observed"
    )


def test_bad_months_groups_and_editions_are_refused(edition):
    for month in ("2024-13", "2025-01", "June", "2024-6"):
        with pytest.raises(InputError, match=rf"month = '{month}': expected a month from 2024-\d\d to 2024-12"):
            bulletin(edition, "city", month)
    with pytest.raises(InputError, match="group = 'citty' is unknown; did you mean 'city'"):
        bulletin(edition, "citty", "2024-06")
    with pytest.raises(InputError, match="no marks with the day") as error:
        bulletin(replace(edition, marks=None), "city", "2024-06")
    assert error.value.in_language("zh").endswith("本年度没有注明观察日期的评分")
    with pytest.raises(InputError) as error:
        bulletin(edition, "citty", 202406)
    assert [text.zh.partition("：")[0] for text in error.value.texts] == ["group = 'citty'", "month = 202406"]
    with pytest.raises(InputError, match="no marks with the day"):
        bulletin(replace(edition, marks=edition.marks.assign(observed_on=pd.NaT)), "city", "2024-06")


def test_the_page_is_clearly_provisional_and_the_same_each_time(edition, tmp_path):
    first, second = (write_bulletins(edition, "2024-07", tmp_path / name) for name in "ab")
    assert [path.name for path in first] == ["city.html", "city.pdf", "city.en.pdf"]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    one = first[0]
    page = re.sub(r"<style>.*?</style>|<script>.*?</script>", "", one.read_text(encoding="utf-8"), flags=re.S)
    for text in (
        "This bulletin is provisional",
        "本通报为阶段性结果",
        "simulated figures, not real results",
        "Worst rank possible",
    ):
        assert text in page


@pytest.mark.slow
def test_the_command_writes_a_page_a_group(root, monkeypatch, capsys):
    monkeypatch.chdir(root.parents[1])
    assert main(["bulletin", "--index", "toy", "2024-07"]) == 0
    written = [f"outputs/toy/bulletins/2024-07/city{ending}" for ending in (".html", ".pdf", ".en.pdf")]
    assert capsys.readouterr().out.splitlines() == written
    is_readable_on_paper(root.parents[1] / "outputs" / "toy" / "bulletins" / "2024-07")
    assert main(["bulletin", "--index", "toy", "2023-07"]) == 2
    assert "2023" in capsys.readouterr().err


@pytest.mark.slow
def test_every_section_bears_the_status_and_the_month_and_reasons_are_in_both_languages(edition, tmp_path):
    path, *_ = write_bulletins(edition, "2024-06", tmp_path, language="zh")
    page = path.read_text(encoding="utf-8")
    assert "2024年6月通报" in page and "Bulletin for June 2024" in page
    for heading in re.findall(r"<h2>.*?</h2>", page):
        assert 'class="badge simulated"' in heading
    assert "No provisional ranks yet: no mark" not in re.sub(r"<span lang=en>.*?</span>", "", page)
