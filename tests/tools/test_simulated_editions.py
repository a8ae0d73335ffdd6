"""The simulated editions: same bytes, true to every fact, nameless where no fact pins a name, plausible otherwise."""

import re
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from govtransparency.editions import Edition, read_edition
from govtransparency.errors import InputError
from govtransparency.files.table_files import read_csv
from govtransparency.framework import Framework
from govtransparency.index import Index, build_index
from govtransparency.nodes import Node
from govtransparency.recipe import Recipe
from govtransparency.record.facts import facts
from govtransparency.treatment import spread_weights
from tools.make_data.random_streams import uniforms
from tools.make_data.simulated_editions import SIMULATED_YEARS, write_simulated_editions
from tools.make_data.simulated_marks import spread
from tools.make_data.simulated_scores import place

RAW = Path(__file__).resolve().parents[2] / "data" / "raw"
SIZES = {
    2022: {"province": 31, "city": 49, "county": 120},
    2023: {"province": 31, "city": 106, "county": 120},
    2024: {"province": 31, "city": 106, "county": 120, "police": 73},
}
PLACEHOLDER = re.compile(r"某(省 \d\d|(市|县|公安局) (山东|广东|安徽|上海|[A-M])-\d\d)")
PLACEHOLDER_EN = re.compile(r"Placeholder (province \d\d|(city|county|police bureau), (province )?\w+ \d\d)")


@pytest.fixture(scope="module")
def editions() -> dict[int, Edition]:
    return {year: read_edition("cgti", year, root=RAW) for year in SIMULATED_YEARS}


@pytest.fixture(scope="module")
def indices(editions) -> dict[int, dict[str, Index]]:
    return {
        year: {group: build_index(table, edition.recipe) for group, table in edition.tables.items()}
        for year, edition in editions.items()
    }


def copy_inputs(root: Path) -> Path:
    for name in ("record", "simulation"):
        shutil.copytree(RAW / "cgti" / name, root / "cgti" / name)
    for year in SIMULATED_YEARS:
        (root / "cgti" / str(year)).mkdir()
        shutil.copy(RAW / "cgti" / str(year) / "edition.toml", root / "cgti" / str(year))
    return root


@pytest.mark.slow
def test_regeneration_gives_the_committed_bytes(tmp_path):
    written = write_simulated_editions(copy_inputs(tmp_path))
    assert len(written) == 3 * 6 + 1
    differing = [file for file in written if file.read_bytes() != (RAW / file.relative_to(tmp_path)).read_bytes()]
    assert differing == []
    committed = {file for year in SIMULATED_YEARS for file in (RAW / "cgti" / str(year)).glob("*.csv")}
    drawn = {file for file in committed if file.name != "ranges.csv"}  # which tools/simulated_ranges.py writes
    assert drawn == {RAW / file.relative_to(tmp_path) for file in written}


@pytest.mark.slow
def test_one_year_alone_is_the_same_and_another_seed_is_not(tmp_path):
    root = copy_inputs(tmp_path)
    write_simulated_editions(root, [2022])
    sheet = Path("cgti/2022/province.csv")
    assert (root / sheet).read_bytes() == (RAW / sheet).read_bytes()
    settings = root / "cgti" / "simulation" / "simulation.toml"
    settings.write_text(re.sub(r"seed = \d+", "seed = 7", settings.read_text(encoding="utf-8")), encoding="utf-8")
    write_simulated_editions(root, [2022])
    assert (root / sheet).read_bytes() != (RAW / sheet).read_bytes()


def test_the_stream_is_fixed():
    assert uniforms("a", 1, size=3).tolist() == [0.6457910798919038, 0.7344713752259371, 0.7559465192797449]


def named(edition: Edition, index: Index, first: int) -> list[str]:
    return edition.units.loc[index.ranks.sort_values().index[:first], "name_zh"].to_list()


def test_2024_as_published(editions, indices):
    edition, index = editions[2024], indices[2024]
    units, city = edition.units, index["city"].ranks
    assert {group: len(table) for group, table in edition.tables.items()} == SIZES[2024]
    assert city["370200"] == 2
    assert city[units.index[(units["group"] == "city") & (units["province"] == "山东省")]].min() == 2
    assert index["county"].ranks["370281"] == 5
    assert index["county"].ranks["310107"] == 1
    police = units.loc[index["police"].ranks.sort_values().index[:5]]
    assert police["name_zh"].iloc[4] == "青岛市公安局"
    assert police["province"].to_list().count("山东省") == 1
    assert named(edition, index["province"], 10) == [
        "上海市", "北京市", "广东省", "山东省", "浙江省", "四川省", "安徽省", "贵州省", "湖北省", "江苏省",
    ]  # fmt: skip
    scores = index["province"].scores.round(2)
    assert scores.loc["340000", ["index", "decision", "business"]].to_list() == [73.72, 94.29, 75.00]
    assert scores.loc["440000", "business"] == 75.00
    assert index["province"].rank_by("decision")[["110000", "340000"]].to_list() == [1, 2]
    assert index["province"].rank_by("business")[["340000", "440000"]].to_list() == [3, 3]
    assert edition.tables["province"]["predecision_column"].sum() == 30
    counties = units.loc[index["county"].ranks.sort_values().index[:20], "province"].value_counts()
    assert counties["安徽省"] == 3
    assert counties[["山东省", "上海市"]].min() > 3
    marks = edition.marks[edition.marks["unit"] == "370200"].groupby("indicator")["mark"].agg(["min", "max", "count"])
    assert marks.loc["press_briefings"].to_list() == [130, 130, 2]
    assert marks.loc["library_items"].to_list() == [16000, 16000, 2]
    assert marks.loc["open_days"].to_list() == [350, 350, 2]


def test_2023_as_published(editions, indices):
    edition, index = editions[2023], indices[2023]
    assert {group: len(table) for group, table in edition.tables.items()} == SIZES[2023]
    assert named(edition, index["province"], 5) == ["上海市", "北京市", "山东省", "浙江省", "广东省"]
    assert named(edition, index["city"], 5) == ["广州市", "青岛市", "淮南市", "深圳市", "烟台市"]
    assert named(edition, index["county"], 5) == ["上海市普陀区", "宁波市江北区", "胶州市", "北京市西城区", "龙口市"]
    assert (index["province"].scores["index"] < 70).sum() == 2
    assert (index["city"].scores["index"] < 60).sum() == 11
    provinces = edition.units.loc[index["city"].ranks.sort_values().index, "province"].to_list()
    assert [provinces[:10].count(name) for name in ("山东省", "广东省")] == [4, 3]
    assert provinces[:20].count("山东省") == 9


def test_2022_as_published(editions, indices):
    edition, index = editions[2022], indices[2022]
    assert {group: len(table) for group, table in edition.tables.items()} == SIZES[2022]
    assert named(edition, index["province"], 10) == [
        "北京市", "上海市", "安徽省", "广东省", "山东省", "浙江省", "湖北省", "四川省", "福建省", "贵州省",
    ]  # fmt: skip
    assert named(edition, index["city"], 10) == [
        "青岛市", "深圳市", "广州市", "淮南市", "郑州市", "宁波市", "成都市", "珠海市", "长沙市", "银川市",
    ]  # fmt: skip
    assert named(edition, index["county"], 10) == [
        "宁波市江北区", "上海市普陀区", "胶州市", "北京市西城区", "上海市金山区", "广州市越秀区", "上海市虹口区",
        "深圳市罗湖区", "杭州市萧山区", "龙口市",
    ]  # fmt: skip
    assert index["city"].scores.loc["340400", "index"].round(2) == 85.90


@pytest.mark.parametrize("year", SIMULATED_YEARS)
def test_real_names_only_where_the_record_pins_them(editions, year):
    ranks = read_csv(RAW / "cgti" / "record" / "published_ranks.csv")
    stated = ranks[(ranks["report_year"] == str(year)) & ((ranks["rank"] != "") | (ranks["list_position"] != ""))]
    allowed = set(zip(stated["group"], stated["entity_zh"], strict=True))
    units = editions[year].units
    real = units[~units["name_zh"].str.fullmatch(PLACEHOLDER)]
    assert set(zip(real["group"], real["name_zh"], strict=True)) == {key for key in allowed if key[0] in SIZES[year]}
    assert (real["pinned_by"] != "").all()
    others = units.drop(real.index)
    assert others["name_en"].str.fullmatch(PLACEHOLDER_EN).all()
    assert (others["pinned_by"] == "").all()
    assert not others.index.str.fullmatch(r"\d{6}.*").any()
    assert real.index.str.fullmatch(r"\d{6}(-police)?").all()
    assert (others.loc[others["group"] == "province", "province"] == "").all()
    assert units["name_zh"].is_unique


@pytest.mark.parametrize("year", SIMULATED_YEARS)
def test_the_edition_says_what_it_is(editions, year):
    edition = editions[year]
    assert edition.status == "simulated"
    assert "Nobody is assessed" in edition.about["en"]
    assert "illustrative" in edition.about["en"]
    assert "虚构" in edition.about["zh"]
    assert all({"en", "zh"} <= set(text) for text in edition.declarations.values())
    used = set(" ".join(facts(edition.record, year, groups=edition.groups)["source_id"]).split())
    assert set(edition.sources["source"]) == used | {"simulation"}


def test_the_editions_declare_what_they_follow(editions):
    assert "106" in editions[2024].declarations["cities"]["en"]
    assert "293" in editions[2024].declarations["cities"]["en"]
    assert "14 in the first 25" in editions[2024].declarations["anhui"]["en"]


def test_one_framework_for_all_years(editions):
    frames = [edition.framework.to_frame() for edition in editions.values()]
    pd.testing.assert_frame_equal(frames[0], frames[1])
    pd.testing.assert_frame_equal(frames[0], frames[2])
    framework = editions[2024].framework
    assert list(framework.names("zh")[list(framework.children("index"))]) == [
        "民主科学决策", "优化营商环境", "规范政府管理", "加强民生保障", "平台机制建设",
    ]  # fmt: skip
    assert set(framework.heights.values()) == {0, 1, 2, 3}
    assert framework.goalposts.notna().all(axis=None)
    assert 45 <= len(framework.indicators) <= 60
    kinds = {framework.node(code).unit for code in framework.indicators}
    assert kinds == {"yes/no", "grade", "count", "of twelve", "share", "days"}
    assert {-1, 1} == set(framework.directions)


@pytest.mark.parametrize("year", SIMULATED_YEARS)
def test_marks_are_complete_spread_over_the_year_and_partly_missing(editions, year):
    edition = editions[year]
    marks = edition.marks
    pairs = marks.groupby(["unit", "indicator"])["assessor"].nunique()
    assert (pairs == 2).all()
    assert len(pairs) == len(edition.units) * len(edition.framework.indicators)
    assert (marks["observed_on"].dt.year == year).all()
    months = marks["observed_on"].dt.month.value_counts(normalize=True)
    assert months.min() > 0.02
    assert len(months) == 12
    missing = marks["mark"].isna() & ~marks["not_applicable"]
    assert 0.005 < missing.mean() < 0.05
    assert 0.001 < marks["not_applicable"].mean() < 0.05
    assert marks.loc[marks["not_applicable"], "mark"].isna().all()


@pytest.mark.parametrize("year", SIMULATED_YEARS)
def test_assessors_mostly_agree(editions, year):
    marks = editions[year].marks.dropna(subset="mark")
    pairs = marks.groupby(["unit", "indicator"])["mark"].agg(["first", "last", "count"]).query("count == 2")
    kappas = pairs.groupby("indicator").apply(lambda part: kappa(part["first"], part["last"]))
    assert 0.7 < kappas.median() < 0.9
    assert (kappas > 0.45).all()
    assert 1 <= (kappas < 0.7).sum() <= 12


def kappa(a: pd.Series, b: pd.Series) -> float:
    chance = (a.value_counts(normalize=True) * b.value_counts(normalize=True)).sum()
    return ((a == b).mean() - chance) / (1 - chance)


@pytest.mark.parametrize(("a", "b"), [(2022, 2023), (2023, 2024)])
def test_placeholders_keep_their_identity(indices, a, b):
    for group in ("province", "city", "county"):
        before, after = indices[a][group].scores["index"], indices[b][group].scores["index"]
        common = [unit for unit in before.index.intersection(after.index) if "-" in unit]
        assert len(common) >= 21
        assert 0.6 < before[common].rank().corr(after[common].rank()) < 0.9


def test_pillars_correlate_moderately(indices):
    for index in (index for groups in indices.values() for index in groups.values()):
        pillars = list(index.recipe.framework.children("index"))
        above = index.scores[pillars].corr().to_numpy()[np.triu_indices(5, 1)]
        assert above.min() > 0
        assert 0.3 < above.mean() < 0.8
        assert index.scores["index"].notna().all()


def test_files_stay_small():
    for year in SIMULATED_YEARS:
        sizes = [file.stat().st_size for file in (RAW / "cgti" / str(year)).iterdir()]
        assert max(sizes) < 1_400_000
        assert sum(sizes) < 2_500_000


def test_spread_is_the_missing_data_rule_of_the_index():
    nodes = [Node("index", ""), Node("p", "index"), Node("q", "index")]
    nodes += [Node("p1", "p", weight=2), Node("p2", "p", weight=3), Node("r", "q")]
    nodes += [
        Node(f"{parent}{i}", parent, weight=i + 1, worst=0, best=100) for parent in ("p1", "p2", "r") for i in range(4)
    ]
    framework = Framework(nodes)
    rng = np.random.default_rng(5)
    values = rng.uniform(0, 100, (200, 12))
    present = rng.random((200, 12)) < 0.7
    table = pd.DataFrame(np.where(present, values, np.nan), columns=list(framework.indicators))
    index = build_index(table, Recipe(framework))
    weights = spread(framework, present, spread_weights())
    place = [code[0] == "p" for code in framework.indicators]
    own = (weights * np.where(present, values, 0))[:, place].sum(axis=1)
    scored = index.scores["p"].notna()
    assert 50 < scored.sum() < 200
    np.testing.assert_allclose(own[scored], index.scores.loc[scored, "p"])


def test_place_keeps_ranks_and_counts():
    province = dict(zip("abcdefgh", "NNNSSSSS", strict=True))
    order = list("abcdefgh")
    assert place(order, {2: "h"}, province, []) == list("ahbcdefg")
    placed = place(order, {2: "h"}, province, [("N", 4, 1, 1), ("S", 6, 5, 5)])
    assert placed[1] == "h"
    assert [province[unit] for unit in placed[:6]].count("S") == 5
    assert placed[0] == "a"
    with pytest.raises(InputError, match="no unit can have rank 4"):
        place(order, {}, province, [("N", 4, 4, 4)])


def test_a_pinned_unit_without_a_code_is_an_error(tmp_path):
    root = copy_inputs(tmp_path)
    names = root / "cgti" / "simulation" / "names.csv"
    names.write_text(names.read_text(encoding="utf-8").replace("淮南市", "准南市"), encoding="utf-8")
    with pytest.raises(InputError, match=r"淮南市 \(city\): no code and no English name"):
        write_simulated_editions(root, [2022])


def test_a_record_that_contradicts_itself_is_an_error(tmp_path):
    root = copy_inputs(tmp_path)
    claims = root / "cgti" / "record" / "claims.csv"
    with claims.open("a", encoding="utf-8") as file:
        file.write("2022,淮南市,city,score,91.00,,seed\n")
    with pytest.raises(InputError, match="Huainan scores"):
        write_simulated_editions(root, [2022])


def test_a_claim_nobody_reads_is_an_error(tmp_path):
    root = copy_inputs(tmp_path)
    with (root / "cgti" / "record" / "claims.csv").open("a", encoding="utf-8") as file:
        file.write("2022,,city,share,a third,improved,seed\n")
    with pytest.raises(InputError, match="no rule and no reading for share 'a third'"):
        write_simulated_editions(root, [2022])


def test_no_record_is_an_error(tmp_path):
    with pytest.raises(InputError, match="no public record"):
        write_simulated_editions(tmp_path)
