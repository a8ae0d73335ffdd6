"""Contradictions within a record, and the audit of its claims: real ones found by rule, toy ones for each rule."""

from dataclasses import fields, replace
from pathlib import Path

import pandas as pd
import pytest

import govtransparency as gt
from govtransparency.audit.claims import VERDICTS
from govtransparency.audit.evidence import contradictions
from govtransparency.audit.ranking_facts import Ranking, measured
from govtransparency.audit.relations import KINDS, relation
from govtransparency.data_dictionary.input_files import RECORD
from govtransparency.record import Record, read_record
from govtransparency.report import conclusions
from govtransparency.report.tables.record_tables import claims_in_pairs

RAW = Path(__file__).resolve().parents[2] / "data" / "raw"
COLUMNS = {item.name: RECORD[item.name].columns for item in fields(Record)}
DIFFERENT, LOGICAL, HEADLINE = KINDS


@pytest.fixture(scope="module")
def record() -> Record:
    return read_record("cgti", root=RAW)


def audit(index: str, year: int, **tables) -> pd.DataFrame:
    edition = gt.read_edition(index, year, root=RAW)
    edition = replace(edition, record=replace(edition.record, **tables))
    indices = {group: gt.build_index(table, edition.recipe) for group, table in edition.tables.items()}
    return gt.audit_claims(edition, indices)


@pytest.fixture(scope="module")
def audited() -> dict[int, pd.DataFrame]:
    return {year: audit("cgti", year) for year in (2012, 2015, 2018, 2020, 2022, 2024)}


def claim(table: pd.DataFrame, text: str) -> pd.Series:
    (row,) = table[table["claim"] == text].to_dict("records")
    return row


def toy(**tables: list[dict[str, str]]) -> Record:
    """Return a record of toy cities; each row names only the cells that matter."""
    blank = {"report_year": "2024", "group": "city", "rank_is_ordered": "false"}

    def frame(name: str) -> pd.DataFrame:
        rows = [dict.fromkeys(COLUMNS[name], "") | blank | row for row in tables.get(name, [])]
        return pd.DataFrame(rows, columns=COLUMNS[name], dtype=object)

    ranks = tables.get("ranks", []) or [{"entity_zh": "甲", "source_id": "s0"}]
    return Record(**{name: frame(name) for name in COLUMNS} | {"ranks": frame("ranks")} | _ranks(ranks, blank))


def _ranks(rows: list[dict[str, str]], blank: dict[str, str]) -> dict[str, pd.DataFrame]:
    full = [dict.fromkeys(COLUMNS["ranks"], "") | blank | row for row in rows]
    return {"ranks": pd.DataFrame(full, columns=COLUMNS["ranks"], dtype=object)}


def kinds(record: Record) -> list[str]:
    return contradictions(record)["kind"].to_list()


def size(number: str, source: str) -> dict[str, str]:
    return {"n_assessed": number, "source_id": source}


def share(value: str, detail: str, source: str = "s", **cells: str) -> dict[str, str]:
    return {"claim_type": "share", "value": value, "detail": detail, "source_id": source} | cells


# The real record


def test_exactly_the_known_contradictions_are_found(record):
    found = contradictions(record)
    assert found[["year", "group", "kind"]].to_records(index=False).tolist() == [
        (2012, "province", DIFFERENT),
        (2014, "state_department", LOGICAL),
        (2020, "province", DIFFERENT),
        (2024, "city", DIFFERENT),
        (2024, "city", HEADLINE),
    ]
    sayings = found[["statement", "against", "against_sources"]].to_records(index=False).tolist()
    assert sayings[0] == ("贵州省 is ranked 23", "a third party's data set gives 21", "gh_panel")
    assert "no whole number of 54 gives it, but 31 of 55 does" in sayings[1][1]
    assert sayings[2][1] == "a third party's data set gives 3 to 4 (units missing: 1)"
    assert found["against_zh"].iloc[2] == "第三方数据集为3至4（缺1个）"
    assert sayings[3] == ("106 units are assessed", "293 units are assessed", "ahcaijing2025 asiareview2025")
    assert sayings[4] == ("安徽省 has 15 of the first 80", "安徽省 has 14 of the first 25", "zawx2025")
    assert found["statement_zh"].iloc[3] == "评估对象为106个"


def test_they_are_found_by_rule_and_vanish_with_their_cause(record):
    assert len(contradictions(record, 2024)) == 2
    agreed = record.coverage.assign(n_assessed=record.coverage["n_assessed"].replace("293", "106"))
    assert len(contradictions(replace(record, coverage=agreed), 2024)) == 1
    mended = record.coverage.copy()
    mended.loc[(mended["report_year"] == "2014") & (mended["n_assessed"] == "54"), "n_assessed"] = "55"
    assert contradictions(replace(record, coverage=mended), 2014).empty
    claims = record.claims.assign(value=record.claims["value"].replace("14 in top 25", "26 in top 25"))
    assert contradictions(replace(record, claims=claims), 2024)["kind"].to_list() == [DIFFERENT, LOGICAL]


def test_both_of_2024_are_in_the_audit_with_what_contradicts_them(audited):
    table = audited[2024]
    row = claim(table, "106 units are assessed")
    assert row["verdict_record"] == "contradicted"
    assert row["reason_record"] == "different values: 293 units are assessed (ahcaijing2025, asiareview2025)"
    assert claim(table, "293 units are assessed")["reason_record"].endswith(
        "in agreement: ahcaijing2025, asiareview2025"
    )
    row = claim(table, "Anhui has 15 of the first 80")
    assert row["verdict_record"] == "contradicted"
    assert row["reason_record"] == ("different figures for one headline: Anhui has 14 of the first 25 (zawx2025)")
    assert "同一说法数字不同（两者可同时成立）" in row["reason_record_zh"]


def test_claims_at_odds_stand_beside_each_other_once(audited):
    edition = gt.read_edition("cgti", 2024, root=RAW)
    (said,) = [one for one in conclusions.audit(edition, audited[2024]) if one.name == "audit_contradicted"]
    assert said.text == (
        "公开资料有互相矛盾之处，应以何者为准？市级政府：“评估对象为106个”与“评估对象为293个”，数值不同；"
        "市级政府：“安徽省有15个进入前80名”与“安徽省有14个进入前25名”，同一说法数字不同（两者可同时成立）。",
        "Published claims contradict each other. Which are right? City governments: '106 units are assessed' against "
        "'293 units are assessed' (different values); City governments: 'Anhui has 15 of the first 80' against 'Anhui "
        "has 14 of the first 25' (different figures for one headline).",
    )


def test_a_claim_against_a_table_stands_with_its_reason(audited):
    table = audited[2024].assign(group="police", reason_record="different values: 2", reason_record_zh="数值不同：2")
    (row,) = table[table["claim"] == "106 units are assessed"].index
    edition = replace(gt.read_edition("cgti", 2024, root=RAW), record=None)
    assert list(claims_in_pairs(edition, table.loc[[row]])) == [
        (
            "公安机关：“评估对象为106个”，数值不同：2",
            "Public security bureaus: '106 units are assessed' (different values: 2)",
        )
    ]


def test_a_simulated_edition_is_no_evidence(audited):
    table = audited[2024]
    assert set(table["verdict_rebuilt"]) == {"not checkable"}
    row = claim(table, "Qingdao is ranked 2")
    assert row["rebuilt"] == 2
    assert "the rebuilt ranking has 2; the marks are drawn so that the facts" in row["reason_rebuilt"]
    assert "so agreement is no evidence" in row["reason_rebuilt"]
    assert "so disagreement is no evidence" in claim(table, "293 units are assessed")["reason_rebuilt"]


def test_every_claim_of_the_year_is_there_once_with_a_reason(audited, record):
    for year, table in audited.items():
        assert set(table["verdict_record"]) <= set(VERDICTS)
        assert (table[["reason_record", "reason_record_zh", "reason_rebuilt", "reason_rebuilt_zh"]] != "").all(
            axis=None
        )
        ranked = record.ranks[(record.ranks["report_year"] == str(year)) & (record.ranks["rank"] != "")]
        printed = ranked[ranked["score_basis"] != "third_party_dataset"]
        expected = printed[["group", "entity_zh", "rank"]].drop_duplicates()
        overall = table[(table["kind"] == "rank") & ~table["claim"].str.contains(" on | at most ")]
        assert len(overall) == len(expected), year


def test_the_panel_confirms_and_contradicts(audited):
    assert claim(audited[2018], "Anhui scores 82.75")["verdict_record"] == "confirmed"
    assert claim(audited[2018], "Units scoring above 80: 1")["verdict_rebuilt"] == "confirmed"
    assert claim(audited[2012], "Guizhou is ranked 23")["verdict_rebuilt"] == "contradicted"
    assert claim(audited[2012], "Units scoring above 50: 19")["verdict_record"] == "confirmed"
    assert "a third party's data set" in claim(audited[2020], "Units scoring below 60: 5")["reason_record"]


def test_bounds_are_checked_unrounded(audited):
    table = audited[2015]
    assert claim(table, "Beijing scores at least 85")["reason_record"].startswith("a third party's data set gives 85.7")
    assert (table.query("kind == 'list_position'")["verdict_record"] == "confirmed").sum() == 19


def test_a_streak_is_held_against_other_years(audited, record):
    row = claim(audited[2024], "Putuo, Shanghai is first for 2 consecutive years")
    assert row["verdict_record"] == "not checkable"
    assert "of the 2 years, other sources confirm: 2023 (sh2024)" in row["reason_record"]
    ranks = record.ranks.copy()
    own = (ranks["entity_zh"] == "上海市普陀区") & (ranks["report_year"] == "2023") & (ranks["source_id"] == "sh2024")
    ranks.loc[own, "rank"] = "2"
    found = contradictions(replace(record, ranks=ranks), 2024)
    assert "2023: 上海市普陀区 is ranked 2" in found["against"].to_list()


def test_an_official_edition_is_evidence():
    table = audit("tai", 2001)
    verdicts = table["verdict_rebuilt"].value_counts().to_dict()
    assert verdicts == {"confirmed": 67, "contradicted": 1}
    assert claim(table, "Israel scores 0.51")["rebuilt"] == 0.52


def test_one_index_is_enough_for_one_group():
    edition = gt.read_edition("tai", 2001, root=RAW)
    index = gt.build_index(edition.tables["country"], edition.recipe)
    assert gt.audit_claims(edition, index).equals(gt.audit_claims(edition, {"country": index}))
    several = gt.read_edition("cgti", 2024, root=RAW)
    with pytest.raises(gt.InputError, match="one index given, but the edition has the groups province, city") as error:
        gt.audit_claims(several, index)
    assert error.value.texts[0].zh.startswith("只给出了一个指数，而本年度有province、city")
    with pytest.raises(gt.InputError, match="tai has no public record to check"):
        gt.audit_claims(replace(edition, record=None), index)


def test_what_is_not_a_record_or_a_year_is_refused_in_both_languages():
    with pytest.raises(gt.InputError) as error:
        contradictions(None, "2024")
    assert error.value.problems == (
        "record = None: expected a public record, such as edition.record",
        "year = '2024': expected a whole number of at least 1",
    )
    assert error.value.texts[0].zh == "record = None：应为read_record 或 edition.record 给出的公开记录"


def test_prose_is_listed_as_not_checkable(record):
    claims = pd.concat(
        [record.claims, pd.DataFrame([dict.fromkeys(record.claims, "") | {
            "report_year": "2020", "group": "province", "claim_type": "share", "value": "most", "detail": "did better",
            "source_id": "x",
        }])]
    )  # fmt: skip
    row = claim(audit("cgti", 2020, claims=claims), "share, most, did better")
    assert row["verdict_record"] == "not checkable"
    assert "a statement in words that no rule covers" in row["reason_record"]


# Rules, on toy cities


def test_one_quantity_two_values():
    assert kinds(toy(coverage=[size("10", "a"), size("12", "b")])) == [DIFFERENT]
    assert kinds(toy(coverage=[size("10", "a"), size("10", "b")])) == []
    score = {"entity_zh": "甲", "score": "71.2", "source_id": "a"}
    assert kinds(toy(ranks=[score, score | {"score": "71.24", "source_id": "b"}])) == []
    assert kinds(toy(ranks=[score, score | {"score": "71.26", "source_id": "b"}])) == [DIFFERENT]


def test_bounds_against_values():
    high = {"entity_zh": "甲", "claim_type": "score", "value": ">=85", "source_id": "a"}
    assert kinds(toy(claims=[high], ranks=[{"entity_zh": "甲", "score": "84.9", "source_id": "b"}])) == [DIFFERENT]
    assert kinds(toy(claims=[high], ranks=[{"entity_zh": "甲", "score": "85", "source_id": "b"}])) == []
    assert kinds(toy(claims=[high, high | {"value": "<60", "source_id": "b"}])) == [DIFFERENT]


@pytest.mark.parametrize(
    ("value", "n", "expected"), [("56.36%", "54", 1), ("56.36%", "55", 0), ("50%", "3", 1), ("33%", "3", 0)]
)
def test_a_share_that_no_whole_number_gives(value, n, expected):
    record = toy(coverage=[size(n, "a")], claims=[share(value, "pass rate")])
    assert kinds(record) == [LOGICAL] * expected


@pytest.mark.parametrize(
    ("below", "above", "expected"), [("4", "6", 0), ("5", "6", 1), ("3", "6", 0)], ids=["add up", "too many", "ties"]
)
def test_counts_below_and_above_one_mark(below, above, expected):
    claims = [share(f"{below}/10", "below 60"), share(f"{above}/10", "above 60", "b")]
    assert kinds(toy(claims=claims)) == [LOGICAL] * expected


def test_fewer_below_a_higher_mark():
    assert kinds(toy(claims=[share("4/10", "below 60"), share("3/10", "below 70", "b")])) == [LOGICAL]
    assert kinds(toy(claims=[share("4/10", "below 60"), share("5/10", "below 70", "b")])) == []


def test_counts_against_printed_scores():
    ranks = [{"entity_zh": name, "score": "70", "source_id": "b"} for name in "甲乙丙"]
    assert kinds(toy(ranks=ranks, claims=[share("2/10", "passed 60")])) == [LOGICAL]
    assert kinds(toy(ranks=ranks, claims=[share("3/10", "passed 60")])) == []


def test_ranks_against_size_and_scores():
    ranked = {"entity_zh": "甲", "rank": "11", "source_id": "a"}
    assert kinds(toy(coverage=[size("10", "b")], ranks=[ranked])) == [LOGICAL]
    scores = [{"entity_zh": name, "score": text, "source_id": "b"} for name, text in (("甲", "50"), ("乙", "60"))]
    assert kinds(toy(ranks=[*scores, ranked | {"rank": "1"}])) == [LOGICAL]
    assert kinds(toy(ranks=[*scores, ranked | {"rank": "2"}])) == []


def listed(source: str, *names: str, ordered: bool = False) -> list[dict[str, str]]:
    return [
        {"entity_zh": name, "list_position": str(i), "source_id": source, "rank_is_ordered": str(ordered).lower()}
        for i, name in enumerate(names, 1)
    ]


def test_a_list_without_order_contradicts_only_ranks_beyond_it():
    names = listed("a", "甲", "乙", "丙")
    assert kinds(toy(ranks=[*names, {"entity_zh": "甲", "rank": "3", "source_id": "b"}])) == []
    assert kinds(toy(ranks=[*names, {"entity_zh": "甲", "rank": "4", "source_id": "b"}])) == [DIFFERENT]
    in_order = listed("a", "甲", "乙", "丙", ordered=True)
    assert kinds(toy(ranks=[*in_order, {"entity_zh": "甲", "rank": "3", "source_id": "b"}])) == [DIFFERENT]


@pytest.mark.parametrize(
    ("few", "many", "source", "expected"),
    [
        ("14 in top 25", "15 in top 80", "b", [HEADLINE]),
        ("14 in top 25", "15 in top 80", "a", []),
        ("14 in top 25", "13 in top 80", "a", [LOGICAL]),
        ("4 in top 10", "16 in top 20", "a", [LOGICAL]),
        ("4 in top 10", "14 in top 20", "a", []),
    ],
)
def test_counts_among_the_first_k_and_the_first_l(few, many, source, expected):
    record = toy(claims=[share(few, "", "a", entity_zh="北省"), share(many, "", source, entity_zh="北省")])
    assert kinds(record) == expected


def test_counts_among_the_first_against_known_ranks():
    ranks = [
        {"entity_zh": name, "province_zh": "北省", "rank": str(i), "source_id": "b"}
        for i, name in enumerate("甲乙丙", 1)
    ]
    assert kinds(toy(ranks=ranks, claims=[share("2 in top 3", "", "a", entity_zh="北省")])) == [LOGICAL]
    assert kinds(toy(ranks=ranks, claims=[share("3 in top 3", "", "a", entity_zh="北省")])) == []
    assert kinds(toy(ranks=ranks[:2], claims=[share("3 in top 3", "", "a", entity_zh="北省")])) == []
    first = {"entity_zh": "乙", "claim_type": "rank_within_province", "value": "1", "source_id": "a"}
    assert kinds(toy(ranks=ranks, claims=[first])) == [LOGICAL]
    assert kinds(toy(ranks=ranks, claims=[first | {"value": "2"}])) == []


def test_number_of_the_assessment_goes_up_by_one_a_year():
    tenth = {"group": "all", "claim_type": "streak_years", "value": "10", "detail": "tenth year", "source_id": "a"}
    after = tenth | {"report_year": "2025", "value": "11", "source_id": "b"}
    assert kinds(toy(claims=[tenth, after])) == []
    assert kinds(toy(claims=[tenth, after | {"value": "13"}]))[:1] == [DIFFERENT]


def test_a_source_cannot_confirm_itself_but_can_contradict_itself(record):
    table = audit("cgti", 2024)
    assert claim(table, "73 units are assessed")["verdict_record"] == "not checkable"
    coverage = pd.concat(
        [record.coverage, pd.DataFrame([{"report_year": "2024", "group": "police", "n_assessed": "74",
                                         "source_id": "seed", "note": ""}])]
    )  # fmt: skip
    table = audit("cgti", 2024, coverage=coverage)
    assert claim(table, "73 units are assessed")["verdict_record"] == "contradicted"


@pytest.mark.parametrize(
    ("first", "second", "agrees"),
    [
        ((">", 5), ("=", 7), True),
        ((">", 7), ("=", 7), False),
        (("<", 7), ("=", 7), False),
        (("<", 9), ("=", 7), True),
        ((">", 5), ("<", 5), False),
        ((">=", 7), ("=", 7), True),
        ((">=", 7), ("<=", 7), None),
        ((">", 5), ("<", 9), None),
    ],
)
def test_a_bound_contradicts_only_what_it_excludes(first, second, agrees):
    about = {"kind": "score", "entity_zh": "x", "node_zh": "", "k": float("nan"), "decimals": float("nan")}
    rows = [about | {"relation": sign, "value": float(value)} for sign, value in (first, second)]
    for one, other in (rows, rows[::-1]):
        found = relation(one, other, [])
        assert (None if found is None else found.agrees) is agrees


def test_a_share_is_rounded_as_it_is_printed():
    scores = pd.Series([50.0, *[90.0] * 7])  # one of eight, 12.5 %
    fact = {"kind": "share_below", "k": 60.0, "decimals": 0.0}
    assert measured(fact, Ranking(scores, gt.rank(scores))) == (13, 13)
    assert measured(fact | {"decimals": 1.0}, Ranking(scores, gt.rank(scores))) == (12.5, 12.5)
