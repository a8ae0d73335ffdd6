"""What the record states of a year, as facts, and their check against rebuilt indices."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from govtransparency.audit.rebuilt_facts import check_facts
from govtransparency.editions import Edition, read_edition
from govtransparency.errors import InputError
from govtransparency.index import Index, build_index
from govtransparency.record.facts import facts, pinned, unread
from govtransparency.record.read_record import Record, read_record
from govtransparency.record.statements import sentence
from govtransparency.texts.bilingual import Text

GROUPS = ("province", "city", "county", "police")
RAW = Path(__file__).resolve().parents[2] / "data" / "raw"


@pytest.fixture(scope="module")
def record() -> Record:
    return read_record("cgti", root=RAW)


@pytest.fixture(scope="module")
def edition() -> Edition:
    return read_edition("cgti", 2024, root=RAW)


@pytest.fixture(scope="module")
def indices(edition) -> dict[str, Index]:
    return {group: build_index(table, edition.recipe) for group, table in edition.tables.items()}


def rows(table: pd.DataFrame, **wanted: object) -> list[tuple]:
    for column, value in wanted.items():
        table = table[table[column] == value]
    return [tuple(row) for row in table[["entity_zh", "k", "value", "source_id"]].fillna(0).to_numpy()]


def with_claim(record: Record, **cells: str) -> Record:
    row = {"report_year": "2024", "entity_zh": "", "detail": "", "source_id": "test"} | cells
    return replace(record, claims=pd.concat([record.claims, pd.DataFrame([row])]))


def test_ranks_and_their_sources_are_joined(record):
    assert rows(facts(record, 2024), kind="rank", node_zh="", group="county") == [
        ("胶州市", 0, 5, "seed"),
        ("上海市普陀区", 0, 1, "huacheng2025"),
    ]
    assert rows(facts(record, 2023), kind="rank", group="county") == [("上海市普陀区", 0, 1, "huacheng2025 sh2024")]


def test_a_place_in_a_list_is_no_rank(record):
    table = facts(record, 2023)
    assert [row[0] for row in rows(table, kind="list_position", group="city")] == [
        "广州市", "青岛市", "淮南市", "深圳市", "烟台市",
    ]  # fmt: skip
    assert rows(table, kind="rank", group="city") == []


def test_shares_become_counts(record):
    table = facts(record, 2023)
    assert rows(table, kind="count_below") == [("", 70, 2, "21jj2024"), ("", 60, 11, "21jj2024")]
    assert rows(table, kind="top_count") == [
        ("山东省", 10, 4, "21jj2024"),
        ("广东省", 10, 3, "21jj2024"),
        ("山东省", 20, 9, "21jj2024"),
    ]
    assert rows(facts(record, 2024), kind="top_count", group="police") == [("山东省", 5, 1, "seed")]


def test_contradicted_sources_are_set_aside(record):
    table = facts(record, 2024)
    assert rows(table, kind="size", group="city") == [("", 0, 106, "seed")]
    assert rows(table, kind="top_count", group="city") == [("安徽省", 80, 15, "ahcaijing2025")]


def test_self_reported_figures_are_read_from_their_file(record):
    table = facts(record, 2024)
    assert dict(zip(table["node_zh"], table["value"], strict=True))["政策文件库收录件数"] == 16000
    doubled = record.self_reported.assign(value=record.self_reported["value"].replace("16000", "32000"))
    table = facts(replace(record, self_reported=doubled), 2024)
    assert dict(zip(table["node_zh"], table["value"], strict=True))["政策文件库收录件数"] == 32000


def test_only_units_with_a_rank_score_or_place_are_pinned(record):
    names = {name for group, name in pinned(facts(record, 2024)) if group in ("city", "county", "police")}
    assert names == {"青岛市", "胶州市", "上海市普陀区", "青岛市公安局"}
    assert not names & {"淮南市", "芜湖市", "金寨县"}


def test_every_claim_of_the_simulated_years_is_understood(record):
    assert [unread(record, year, groups=GROUPS) for year in (2022, 2023, 2024)] == [[], [], []]
    odd = with_claim(record, group="city", claim_type="share", value="about half", detail="improved")
    (problem,) = unread(odd, 2024, groups=GROUPS)
    assert "no rule and no reading for share 'about half'" in problem.en
    assert "share“about half”既无规则可读" in problem.zh


def test_bounds_prose_and_other_peoples_data_are_not_facts(record):
    table = facts(record, 2015, groups=GROUPS)
    assert set(table["kind"]) == {"list_position"}
    assert "claims.csv line 7: no rule and no reading for share '>50%'" in [
        problem.en for problem in unread(record, 2010)
    ]
    assert "gh_panel" in set(record.ranks.loc[record.ranks["report_year"] == "2015", "source_id"])


def test_every_year_of_the_record_has_facts(record):
    counts = {year: len(facts(record, year)) for year in range(2010, 2025) if year != 2014}
    assert min(counts.values()) > 0, counts


def test_a_reading_without_a_number_is_an_error(record):
    readings = record.readings.assign(value=record.readings["value"].replace("15", "fifteen"))
    with pytest.raises(InputError, match=r"readings.csv: .*\n  - line \d+: 'fifteen' is not a number") as error:
        facts(replace(record, readings=readings), 2024)
    assert error.value.texts[0].zh.endswith("行：“fifteen”不是数值")
    unknown = record.readings.assign(kind=record.readings["kind"].replace("mark", "mrk"))
    with pytest.raises(InputError, match="kind 'mrk' is unknown; did you mean 'mark'"):
        facts(replace(record, readings=unknown), 2024)


def test_every_lacking_column_of_a_record_is_named_in_both_languages(tmp_path):
    folder = tmp_path / "toy" / "record"
    folder.mkdir(parents=True)
    (folder / "sources.csv").write_text("source_id,url,titel,publisher,date\ns,,t,p,\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_record("toy", root=tmp_path)
    assert [problem.partition(".csv: ")[2].split(";")[0] for problem in error.value.problems] == [
        "column 'title' is missing",
        "column 'what_it_gives' is missing",
    ]
    assert "did you mean 'titel'" in error.value.problems[0]
    assert error.value.in_language("zh").startswith("toy的公开记录：发现2个问题")
    assert "缺少“title”列；是否应为“titel”？" in error.value.texts[0].zh


@pytest.mark.parametrize(
    ("cells", "english", "chinese"),
    [
        ({"kind": "rank", "value": 3.0}, "A is ranked 3", "甲排名第3"),
        ({"kind": "rank", "value": 3.0, "relation": "<="}, "A is ranked at most 3", "甲排名第不高于3"),
        ({"kind": "score", "value": 7.5, "node_zh": "公开"}, "A scores 7.5 on Disclosure", "甲公开得分7.5"),
        ({"kind": "mark", "value": 1.0, "node_zh": "公开"}, "A: Disclosure is 1", "甲：公开为1"),
        ({"kind": "share_below", "value": 12.5, "k": 60.0}, "12.5% of the units score below 60", "得分低于60的占12.5%"),
    ],
)
def test_a_statement_is_a_sentence_in_both_languages(cells, english, chinese):
    fact = {"node_zh": "", "k": np.nan} | cells
    assert sentence(fact, Text("甲", "A"), Text("公开", "Disclosure")) == Text(chinese, english)


def test_all_facts_hold(edition, indices):
    checked = check_facts(edition, indices)
    assert len(checked) == 44
    assert checked["holds"].all(), checked[~checked["holds"]].to_string()
    assert "Qingdao is ranked 2" in checked["fact"].to_list()
    assert "安徽省得分73.72" in checked["fact_zh"].to_list()


def failing(edition: Edition, indices: dict[str, Index], group: str, table: pd.DataFrame) -> list[str]:
    checked = check_facts(edition, indices | {group: build_index(table, edition.recipe)})
    return checked.loc[~checked["holds"], "fact"].to_list()


def test_swapped_units_are_detected(edition, indices):
    table = edition.tables["city"].copy()
    third = indices["city"].ranks.idxmin()
    table.loc[["370200", third]] = table.loc[[third, "370200"]].to_numpy()
    assert failing(edition, indices, "city", table)[0] == "Qingdao is ranked 2"


def test_a_pillar_score_off_by_two_hundredths_is_detected(edition, indices):
    table = edition.tables["province"].copy()
    table.loc["340000", "guide_elements"] += 0.001
    assert failing(edition, indices, "province", table) == [
        "Anhui scores 75 on Better business environment",
        "Guangdong is ranked 3 on Better business environment",
    ]


def test_a_lost_column_is_detected(edition, indices):
    table = edition.tables["province"].copy()
    table.loc["prov-01", "predecision_column"] = 1 - table.loc["prov-01", "predecision_column"]
    assert "Column for disclosure before decision: met by 96.77% of the units" in failing(
        edition, indices, "province", table
    )


def test_a_lost_province_is_detected(edition, indices):
    units = edition.units.assign(province=edition.units["province"].replace("上海市", "山东省"))
    checked = check_facts(replace(edition, units=units), indices)
    assert "Shanghai has more than 3 of the first 20" not in checked.loc[checked["holds"], "fact"].to_list()


def test_one_assessor_who_strays_from_a_pinned_mark_is_detected(edition, indices):
    marks = edition.marks.copy()
    place = marks.index[(marks["unit"] == "370200") & (marks["indicator"] == "press_briefings")][0]
    marks.loc[place, "mark"] = 131
    checked = check_facts(replace(edition, marks=marks), indices)
    broken = checked[~checked["holds"]]
    assert broken["fact"].to_list() == ["Qingdao: Press briefings on important policies is 130"]
    assert np.isnan(broken["rebuilt"].iloc[0])


def test_a_group_that_is_not_rebuilt_does_not_hold(edition, indices):
    checked = check_facts(edition, {"city": indices["city"]})
    assert checked.groupby("group")["holds"].all().to_dict() == {
        "city": True, "county": False, "police": False, "province": False,
    }  # fmt: skip


def test_an_edition_without_a_record_is_refused(edition, indices):
    with pytest.raises(InputError, match="cgti has no public record to check") as error:
        check_facts(replace(edition, record=None), indices)
    assert error.value.texts[0].zh == "cgti没有可供核对的公开记录"


def test_facts_of_groups_of_any_name():
    edition = read_edition("tai", 2001, root=RAW)
    indices = {group: build_index(table, edition.recipe) for group, table in edition.tables.items()}
    checked = check_facts(edition, indices)
    assert set(checked["group"]) == {"country"}
    assert checked.loc[~checked["holds"], "fact"].to_list() == ["Israel scores 0.51"]


def test_facts_of_a_toy_record_of_islands(toy_root):
    toml = toy_root / "toy" / "2024" / "edition.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace("[groups]\ncity", "[groups]\nisland"), encoding="utf-8")
    units = toml.with_name("units.csv")
    units.write_text(units.read_text(encoding="utf-8").replace(",city,", ",island,"), encoding="utf-8")
    (toy_root / "toy" / "record").mkdir()
    header = "report_year,group,entity_zh,province_zh,rank,rank_is_ordered,score,source_id,list_position,note"
    (toy_root / "toy" / "record" / "published_ranks.csv").write_text(
        f"{header},rank_basis,score_basis\n2024,island,玩具市一,North,1,true,,s,,,,\n2024,island,玩具市二,North,3,true,,s,,,,\n",
        encoding="utf-8",
    )
    edition = read_edition("toy", 2024, root=toy_root)
    indices = {group: build_index(table, edition.recipe) for group, table in edition.tables.items()}
    checked = check_facts(edition, indices)
    assert checked[["group", "fact", "holds"]].to_numpy().tolist() == [
        ["island", "Toy city 1 is ranked 1", True],
        ["island", "Toy city 2 is ranked 3", False],
    ]
