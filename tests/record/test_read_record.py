"""A record is refused in one error with file, line, column and what was expected; real ones are read as they are."""

from pathlib import Path

import pytest

from govtransparency.data_dictionary.input_files import RECORD
from govtransparency.editions import read_edition
from govtransparency.errors import InputError
from govtransparency.record import read_record

RAW = Path(__file__).resolve().parents[2] / "data" / "raw"
ROWS = {
    "published_ranks.csv": (
        "2024,city,玩具市一,North,1,true,98.6,paper,1,,stated,printed",
        "2024,city,玩具市二,North,2,true,80.4,paper,2,,stated,printed",
    ),
    "claims.csv": ("2024,玩具市一,city,rank,1,,paper",),
    "coverage.csv": ("2024,city,6,paper,",),
    "published_dimension_scores.csv": ("2024,city,玩具市一,公开,100,20%,paper",),
    "frameworks.csv": ("2024,city,1,1,,公开,20%,paper",),
    "self_reported.csv": ("2024,玩具市一,发布会,press briefings,130,exact,paper,",),
    "readings.csv": ("2024,mark,city,玩具市一,公开,1,,发布会,paper,As printed",),
    "sources.csv": ("paper,https://example.org/a?b=1,A paper,A publisher,2024-05,All of it",),
}
HEADS = {item.name: ",".join(item.columns) for item in RECORD.values()}


@pytest.fixture
def refused(toy_root):
    """Return a function: rows added to a good record, to the problems that reading the edition lists."""

    def problems(added: dict[str, str], **replaced: tuple[str, ...]) -> list[str]:
        folder = toy_root / "toy" / "record"
        folder.mkdir()
        for name, rows in (ROWS | {f"{name}.csv": rows for name, rows in replaced.items()}).items():
            lines = [HEADS[name], *rows, *([added[name]] if name in added else [])]
            (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        try:
            read_edition("toy", 2024, root=toy_root)
        except InputError as error:
            return [problem.replace(f"{folder}/", "").removeprefix("record of toy: ") for problem in error.problems]
        return []

    return problems


@pytest.mark.parametrize("index", sorted(path.parent.name for path in RAW.glob("*/record")))
def test_real_records_are_read_as_they_are(index):
    record = read_record(index, root=RAW)
    assert len(record.ranks) + len(record.claims) >= 3
    assert len(record.sources) >= 2
    assert record.claims.index.name == "line" or record.claims.empty
    assert tuple(record.ranks.columns) == RECORD["ranks"].columns


def test_a_good_record_is_read(refused):
    assert refused({}) == []


RANK = "2024,city,玩具市三,North,{rank},{ordered},{score},{source},{place},,{basis},"
GOOD = {"rank": "3", "ordered": "true", "score": "", "source": "paper", "place": "", "basis": "stated"}


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"rank": "third"}, "column 'rank': expected a whole number >= 1; got 'third' (line 4)"),
        ({"rank": "-1"}, "column 'rank': expected a whole number >= 1; got '-1' (line 4)"),
        ({"rank": "9" * 5000}, f"column 'rank': expected a whole number >= 1; got '{'9' * 5000}' (line 4)"),
        ({"rank": "0"}, "column 'rank': expected a whole number >= 1; got '0' (line 4)"),
        ({"rank": "1.5"}, "column 'rank': expected a whole number >= 1; got '1.5' (line 4)"),
        ({"rank": "1e2"}, "column 'rank': expected a whole number >= 1; got '1e2' (line 4)"),
        (
            {"rank": "999"},
            "line 4, column 'rank': 999 is more than the 6 units that coverage.csv has for 2024 and group 'city'",
        ),
        (
            {"place": "7"},
            "line 4, column 'list_position': 7 is more than the 6 units that coverage.csv has for 2024 and group "
            "'city'",
        ),
        ({"place": "x"}, "column 'list_position': expected a whole number >= 1; got 'x' (line 4)"),
        ({"score": "nan"}, "column 'score': expected a number; got 'nan' (line 4)"),
        ({"score": "1e999"}, "column 'score': expected a number; got '1e999' (line 4)"),
        ({"score": "85,90"}, None),
        ({"score": "8_5"}, "column 'score': expected a number; got '8_5' (line 4)"),
        ({"ordered": "perhaps"}, "column 'rank_is_ordered': expected true or false; got 'perhaps' (line 4)"),
        (
            {"source": "papers"},
            "column 'source_id': 'papers' (line 4) not in column 'source_id' of record/sources.csv; "
            "did you mean 'paper'? valid: paper",
        ),
        ({"source": ""}, "column 'source_id': empty on line 4; expected a value"),
        (
            {"basis": "third_party_datset"},
            "column 'rank_basis': unknown 'third_party_datset' (line 4); did you mean 'third_party_dataset'? "
            "valid: stated, printed, from_printed_scores, decoded, computed_from_statement, third_party_dataset",
        ),
    ],
)
def test_a_wrong_rank_is_refused(refused, cells, problem):
    row = RANK.format(**GOOD | cells)
    if problem is None:  # the comma makes one cell too many
        assert refused({"published_ranks.csv": row}) == [
            "published_ranks.csv: line 4: 13 cells, but the header has 12",
        ]
        return
    assert refused({"published_ranks.csv": row}) == [f"published_ranks.csv: {problem}"]


@pytest.mark.parametrize(
    ("file", "row", "problem"),
    [
        (
            "published_ranks.csv",
            "2024,ctiy,玩具市三,North,3,true,,paper,,,stated,",
            "line 4, column 'group': group 'ctiy' is unknown; a group that no edition has is written other:NAME; "
            "did you mean 'city'? valid: city, all, province, county, police, state_department, other:court_all, "
            "other:court_intermediate, other:court_maritime, other:procuratorate_all, other:western_region_index",
        ),
        (
            "published_ranks.csv",
            "2024,city,玩具市七,North,3,true,,paper,,,stated,",
            "line 4, column 'entity_zh': '玩具市七' is no unit of the edition of 2024; correct the name, or add the "
            "unit to units.csv; "
            "valid: 玩具市一, 玩具市三, 玩具市二, 玩具市五, 玩具市六, 玩具市四",
        ),
        (
            "published_ranks.csv",
            "2024,city,玩具市一,North,3,true,,paper,,,stated,",
            "line 4: the same 'report_year', 'group', 'entity_zh', 'source_id' as line 2; keep one of the two",
        ),
        (
            "published_ranks.csv",
            "two thousand,city,玩具市一,North,3,true,,paper,,,stated,",
            "column 'report_year': expected a year of four digits; got 'two thousand' (line 4)",
        ),
        (
            "claims.csv",
            "two thousand,玩具市一,city,rank,1,,paper",
            "column 'report_year': expected a year of four digits; got 'two thousand' (line 3)",
        ),
        (
            "claims.csv",
            "2024,玩具市一,city,rnak,1,,paper",
            "column 'claim_type': unknown 'rnak' (line 3); did you mean 'rank'? valid: rank, rank_from_last, "
            "rank_within_province, score, average, dimension_score, share, streak_years, only_in_top_k_from_province",
        ),
        (
            "claims.csv",
            "2024,玩具市一,city,rank,1,,paper",
            "line 3: the same 'report_year', 'entity_zh', 'group', 'claim_type', 'value', 'detail', 'source_id' "
            "as line 2; keep one of the two",
        ),
        (
            "coverage.csv",
            "2024,city,many,paper,",
            "column 'n_assessed': expected a whole number >= 1; got 'many' (line 3)",
        ),
        (
            "published_dimension_scores.csv",
            "2024,city,玩具市一,答复,ninety,0,paper",
            "column 'score': expected a number; got 'ninety' (line 3)",
        ),
        (
            "frameworks.csv",
            "2024,city,top,2,,答复,a third,paper",
            "column 'level': expected a whole number >= 0; got 'top' (line 3)",
        ),
        (
            "self_reported.csv",
            "2024,玩具市一,开放日,open days,130,exactly,paper,",
            "column 'qualifier': unknown 'exactly' (line 3); did you mean 'exact'? "
            "valid: exact, about, more than, at least, less than, at most",
        ),
        (
            "readings.csv",
            "2024,mrk,city,玩具市一,公开,1,,130,paper,As printed",
            "column 'kind': unknown 'mrk' (line 3); did you mean 'mark'? valid: size, rank, rank_from_last, "
            "list_position, rank_within_province, score, average, count_below, count_above, count_at_least, "
            "share_below, share_above, share_at_least, top_count, top_count_more, top_count_place, mark, yes_share, "
            "assessment_count, streak_first, streak_first_in_province, set_aside",
        ),
        (
            "sources.csv",
            "web,htp:/example.org,A page,,2024-13,",
            "column 'url': expected an address that starts with http:// or https:// (after a blank perhaps a note), "
            "the name of a file, or a note in parentheses; got 'htp:/example.org' (line 3)",
        ),
        ("sources.csv", "paper,,Again,,,", "line 3: the same 'source_id' as line 2; keep one of the two"),
    ],
)
def test_a_wrong_row_is_refused(refused, file, row, problem):
    assert f"{file}: {problem}" in refused({file: row})


@pytest.mark.parametrize("date", ["yesterday", "2024-13", "2023-02-29", "24-05-01", "2024/05/01", "2024-5-1"])
def test_a_wrong_date_is_refused(refused, date):
    assert refused({"sources.csv": f"web,,A page,,{date},"}) == [
        "sources.csv: column 'date': expected a date, YYYY-MM-DD, YYYY-MM or YYYY, perhaps with a note in parentheses "
        f"after it; got '{date}' (line 3)"
    ]


@pytest.mark.parametrize("date", ["", "2024", "2024-02", "2024-02-29", "2025 (release dated 2025-04-27)"])
@pytest.mark.parametrize("url", ["", "http://example.org", "https://a.org/x :file @1f", "stored.txt", "(not kept)"])
def test_dates_may_be_short_and_an_address_may_be_a_note(refused, date, url):
    assert refused({"sources.csv": f"web,{url},A page,,{date},"}) == []


def test_many_wrong_cells_of_a_column_are_one_problem(refused):
    rows = tuple(
        f"2024,city,玩具市{name},North,{rank}.5,true,,paper,,,stated," for rank, name in enumerate("一二三四五")
    )
    assert refused({}, published_ranks=rows) == [
        "published_ranks.csv: column 'rank': expected a whole number >= 1; "
        "got '0.5' (line 2), '1.5' (line 3), '2.5' (line 4), and 2 more"
    ]


def test_the_same_in_chinese(toy_root):
    folder = toy_root / "toy" / "record"
    folder.mkdir()
    head = HEADS["claims.csv"]
    (folder / "claims.csv").write_text(f"{head}\nabout 2024,,city,rnak,1,,\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_record("toy", root=toy_root)
    lines = [text.zh.partition("claims.csv：")[2].partition("；")[0] for text in error.value.texts]
    assert lines == [
        "“report_year”列：应为四位数的年份，现为“about 2024”（第2行）",
        "“claim_type”列：未知的“rnak”（第2行）",
        "“source_id”列：第2行为空，应填写",
    ]


def test_where_nothing_says_how_many_were_assessed_the_edition_does(refused):
    assert refused({"published_ranks.csv": RANK.format(**GOOD | {"rank": "7"})}, coverage=()) == [
        "published_ranks.csv: line 4, column 'rank': 7 is more than the 6 units of group 'city' in the edition of 2024"
    ]


def test_what_no_edition_knows_is_left_alone(refused):
    rows = (
        "2023,city,另一市,,99,true,,paper,,,stated,",  # no edition of that year
        "2024,other:court_all,某法院,,9,true,,paper,,,stated,",
        "2024,county,某县,,9,true,,paper,,,stated,",
        "2024,city,名单外的市,South,,false,,paper,,named without a place,,",
    )
    assert refused({}, published_ranks=rows) == []


def test_a_claim_may_be_about_a_province_or_a_unit_of_another_row_and_no_other(refused):
    claims = ("2024,North,city,share,3 in top 5,,paper", "2024,玩具市九,city,rank,1,,paper")
    (problem,) = refused({}, claims=claims)
    assert problem.startswith(
        "claims.csv: line 3, column 'entity_zh': '玩具市九' is no unit of the edition of 2024; correct the name"
    )


def test_a_file_with_a_misspelt_name_is_told_and_any_other_is_left_alone(refused, toy_root):
    assert refused({}) == []
    folder = toy_root / "toy" / "record"
    (folder / "notes.csv").write_text("a\n1\n", encoding="utf-8")
    assert read_record("toy", root=toy_root) is not None
    (folder / "claim.csv").write_text("a\n1\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"claim\.csv: no file of a record; did you mean 'claims'\?"):
        read_record("toy", root=toy_root)


def test_without_its_list_of_sources_a_record_is_read(refused, toy_root):
    assert refused({}) == []
    (toy_root / "toy" / "record" / "sources.csv").unlink()
    assert len(read_record("toy", root=toy_root).sources) == 0


def test_the_groups_of_the_other_years_are_known_too(refused, toy_root):
    other = toy_root / "toy" / "2023"
    other.mkdir()
    other.joinpath("edition.toml").write_text("[groups]\nisland = {}\n", encoding="utf-8")
    assert refused({"published_ranks.csv": "2023,island,某岛,,1,true,,paper,,,stated,"}) == []
    other.joinpath("edition.toml").write_text("[groups]\nisland = \n", encoding="utf-8")  # cannot be read: no verdict
    read_edition("toy", 2024, root=toy_root)


@pytest.mark.parametrize("kind", ["rank", "rank_within_province", "streak_years", "only_in_top_k_from_province"])
@pytest.mark.parametrize("value", ["0", "-1", "1.5"])
def test_a_claim_of_a_number_of_places_or_years_is_a_whole_one(refused, kind, value):
    assert refused({"claims.csv": f"2024,玩具市二,city,{kind},{value},,paper"}) == [
        f"claims.csv: line 3, column 'value': for claim_type {kind!r} expected a whole number >= 1, or words; "
        f"got {value!r}"
    ]


def test_a_claim_of_a_rank_beyond_the_units_is_refused_and_one_in_words_is_not(refused):
    assert refused({"claims.csv": "2024,玩具市二,city,rank,7,,paper"}, coverage=()) == [
        "claims.csv: line 3, column 'value': 7 is more than the 6 units of group 'city' in the edition of 2024"
    ]


def test_prose_is_no_wrong_number(refused):
    assert refused({"claims.csv": "2024,玩具市二,city,rank,among the last,,paper"}) == []


def test_a_reading_without_a_value_must_refer_to_a_figure(refused):
    reading = "2024,mark,city,玩具市二,公开,,,很多,paper,Nothing"
    assert refused({"readings.csv": reading}) == [
        "readings.csv: line 3: value is empty, and '很多' in of is neither a number nor an indicator of the unit in "
        "self_reported.csv; write the number in value"
    ]


def test_coverage_of_nobody_is_told_once(refused):
    assert refused({}, coverage=("2024,city,0,paper,",)) == [
        "coverage.csv: column 'n_assessed': expected a whole number >= 1; got '0' (line 2)"
    ]
