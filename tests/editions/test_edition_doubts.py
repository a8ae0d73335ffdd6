"""What is doubtful in an edition that can be read."""

import pytest

import govtransparency as gt
from govtransparency.report.tables.data_tables import doubt_table
from govtransparency.texts import reading_words
from govtransparency.texts.audit_words import RANK_RULES
from govtransparency.texts.bulletin_words import BULLETIN
from govtransparency.texts.doubt_words import DOUBTS


def changed(root, *changes):
    """Return the doubts of the toy edition with some texts of its files replaced: file, where and English."""
    folder = root / "toy" / "2024"
    for file, old, new in changes:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    found = gt.doubts(gt.read_edition("toy", 2024, root=root))
    return [(row.file, row.where, row.en) for row in found.itertuples()]


def test_a_clean_edition_has_no_doubts(toy_root):
    found = gt.doubts(gt.read_edition("toy", 2024, root=toy_root))
    assert found.empty
    assert list(found) == ["file", "where", "zh", "en"]


@pytest.mark.parametrize(
    ("changes", "doubt"),
    [
        ([("sheet.csv", "u1,20,1", "u1,-999,1"), ("edition.toml", "low = 0, integer", "integer")],
         ("framework.csv", "policies",
          "is -999 of 'u1' right? Values beyond the goalposts 0 and 20: 1, of which this one is farthest out")),
        ([("framework.csv", "0,20,count", "0,2000,count")],
         ("framework.csv", "policies",
          "its values, 3 to 20, cover 0.9% of the range between the goalposts 0 and 2000")),
        ([("framework.csv", "0,20,count", ",20,count")],
         ("framework.csv", "policies", "only the best value is given; the other end is the sample's own extreme")),
        ([("sheet.csv", ",0,", ",1,")],
         ("framework.csv", "site", "all 5 values in group 'city' are 1, so it tells no units apart")),
        ([("sheet.csv", "98\n", "\n"), ("sheet.csv", "91\n", "\n"), ("sheet.csv", "80\n", "\n")],
         ("framework.csv", "share", "only 2 of 6 units of group 'city' have a value")),
        ([("sheet.csv", "u6,,,15,60", "u6,,,,")],
         ("units.csv", "u6", "was it left out? It has no value of any indicator")),
        ([("sheet.csv", "98", "0.98"), ("sheet.csv", "91", "0.91"), ("sheet.csv", ",80", ",0.8"),
          ("sheet.csv", "55", "0.55"), ("sheet.csv", "15,60", "15,0.6")],
         ("framework.csv", "share", "its unit is %, but all values lie between 0 and 1; if they are shares, multiply "
          "by 100 or change the unit")),
        ([("framework.csv", "公开,2,", "公开,50,")],
         ("framework.csv", "answer", "its weight 0.0196 is 2.0% of that of its sibling 'open', 0.98")),
        ([("framework.csv", "Days to answer", "Policies published")],
         ("framework.csv", "days", "is it the same as 'policies'? Both have the name 'Policies published'")),
        ([("units.csv", "Toy city 2", "Toy city 1")],
         ("units.csv", "u2", "is it the same as 'u1'? Both have the name 'Toy city 1'")),
        ([("edition.toml", "[recipe]", '[recipe]\nweight = "equal_weights"')],
         ("edition.toml", "recipe.weight", "it takes the place of the weights of framework.csv")),
        ([("edition.toml", "[recipe]", '[identities]\nsame = "days == 5 * site + policies - 20"\n\n[recipe]')],
         ("edition.toml", "same", "are the figures of 'u2', 'u3', 'u4' right? Units for which it does not hold: 4")),
        ([("edition.toml", "[recipe]", '[variables]\nseen = {}\n\n[recipe]'),
          ("sheet.csv", "unit,policies", "unit,seen,policies"),
          *(("sheet.csv", f"u{n},", f"u{n},1,") for n in range(1, 7))],
         ("edition.toml", "variables", "no derived indicator and no identity uses 'seen'")),
    ],
)  # fmt: skip
def test_what_is_doubtful_is_told_with_its_place(toy_root, changes, doubt):
    assert doubt in changed(toy_root, *changes)


@pytest.mark.parametrize("licence", ["CC-BY", "cc-by-sa", "https://creativecommons.org/licenses/"])
def test_a_licence_that_may_ask_for_attribution_and_cannot_be_told(toy_root, licence):
    rows = ("published_on,note\n", "published_on,note,licence\n"), ("2024-01-01,\n", f"2024-01-01,,{licence}\n")
    doubt = (
        f"which Creative Commons licence is {licence!r}? Written like CC-BY-4.0 it gives the report and its figures "
        "their line of attribution"
    )
    assert changed(toy_root, *(("sources.csv", *row) for row in rows)) == [("sources.csv", "toy", doubt)]


def test_a_unit_of_measurement_like_one_that_has_a_scale(toy_root):
    changes = [("framework.csv", "0,20,count", "0,20,cuont"), ("framework.csv", "30,0,days", "30,0,count")]
    doubt = ("framework.csv", "policies", "its unit 'cuont' has no scale; did you mean 'count'?")
    assert doubt in changed(toy_root, *changes)


def test_values_missing_on_one_side_only(toy_root):
    folder = toy_root / "toy" / "2024"
    units = "".join(f"v{n},city\n" for n in range(20))
    (folder / "units.csv").write_text("unit,group\n" + units, encoding="utf-8")
    rows = [f"v{n},{n},{n % 2},{20 - n},{'' if n < 7 else 50 + n}\n" for n in range(20)]
    (folder / "sheet.csv").write_text("unit,policies,site,days,share\n" + "".join(rows), encoding="utf-8")
    found = changed(toy_root, ("edition.toml", "size = 6", "size = 20"))
    assert ("framework.csv", "share", (
"do the 7 units of group 'city' without a value lack it by chance? By their other indicators they "
"are all in the lower half"
)) in found  # fmt: skip


def test_marks_of_another_time_and_files_that_nothing_names(toy_root):
    folder = toy_root / "toy" / "2024"
    rows = [f"u{n},site,A,{n % 2},{year}-01-02\n" for n, year in zip(range(1, 7), [9999] + [2024] * 5, strict=True)]
    (folder / "marks.csv").write_text("unit,indicator,assessor,mark,observed_on\n" + "".join(rows), encoding="utf-8")
    (folder / "sheet.csv").write_text(
        "unit,policies,days,share\n" + "".join(f"u{n},{n * 3},{n * 4},{n * 9}\n" for n in range(1, 7)), encoding="utf-8"
    )
    (folder / "old.csv").write_text("unit\n", encoding="utf-8")
    kind = ("edition.toml", 'kind = "table"', 'kind = "table"\n\n[[sheets]]\nfile = "marks.csv"\nkind = "marks"')
    assert changed(toy_root, kind) == [
        ("edition.toml", "year", "is the day 9999-01-02 right? Marks dated outside 2023 to 2025: 1"),
        ("old.csv", "", "neither edition.toml nor sources.csv names this file, so it is not read"),
    ]


def test_an_edition_and_a_record_without_sources_say_so(toy_root):
    (toy_root / "toy" / "2024" / "sources.csv").unlink()
    record = toy_root / "toy" / "record"
    record.mkdir()
    head = "report_year,group,n_assessed,source_id,note"
    (record / "coverage.csv").write_text(f"{head}\n2024,city,6,paper,\n", encoding="utf-8")
    edition = gt.read_edition("toy", 2024, root=toy_root)
    assert edition.sources.empty and list(edition.sources)[:2] == ["source", "title"]
    assert "sources.csv" not in [path.name for path in edition.files]
    assert gt.doubts(edition)[["file", "where", "en"]].values.tolist() == [
        ["sources.csv", "", "no source is listed, so readers cannot know where the figures come from"],
        [
            "record/sources.csv",
            "",
            "no source is listed, so the codes of sources in the record mean nothing and are not checked",
        ],
    ]
    (toy_root / "toy" / "2024" / "sources.csv").write_text("source,title\n", encoding="utf-8")
    assert gt.doubts(gt.read_edition("toy", 2024, root=toy_root))["file"].iloc[0] == "sources.csv"


def test_the_report_shows_the_doubts_in_both_languages(toy_root):
    (toy_root / "toy" / "2024" / "old.csv").write_text("unit\n", encoding="utf-8")
    shown = doubt_table(gt.read_edition("toy", 2024, root=toy_root))
    assert shown.to_dict("records") == [
        {
            "file": "old.csv",
            "where": "",
            "note_zh": "edition.toml 和 sources.csv 均未提及此文件，未予读取",
            "note_en": "neither edition.toml nor sources.csv names this file, so it is not read",
        }
    ]


def test_doubts_are_told_in_chinese_too(toy_root):
    (toy_root / "toy" / "2024" / "old.csv").write_text("unit\n", encoding="utf-8")
    assert gt.doubts(gt.read_edition("toy", 2024, root=toy_root))["zh"].tolist() == [
        "edition.toml 和 sources.csv 均未提及此文件，未予读取"
    ]
    with pytest.raises(gt.InputError, match="doubts: 1 problem\n  - edition = 'toy': expected"):
        gt.doubts("toy")


def test_a_group_in_which_few_are_ranked_is_told(toy_root):
    toml = toy_root / "toy" / "2024" / "edition.toml"
    kept = [line for line in toml.read_text(encoding="utf-8").splitlines() if not line.startswith("missing")]
    toml.write_text("\n".join([*kept, 'missing = "require_all"', ""]), encoding="utf-8")
    found = changed(toy_root, ("sheet.csv", ",5,98", ",5,"), ("sheet.csv", ",8,91", ",8,"))
    assert [text for file, where, text in found if (file, where) == ("edition.toml", "recipe")] == [
        "only 2 of 6 units of group 'city' are ranked, since the others lack too many values; check the figures and "
        "min_coverage"
    ]


def test_weighters_of_groups_are_told_with_their_place(toy_root):
    own = ("edition.toml", "size = 6 }", 'size = 6, recipe = { weight = "equal_weights" } }')
    assert changed(toy_root, own) == [
        ("edition.toml", "groups.city.recipe.weight", "it takes the place of the weights of framework.csv")
    ]


def test_case_11_damaged_names_of_units_and_sheets_are_told_with_their_lines(toy_root):
    names = {"u1": "甲\ufffd市", "u2": "乙?县", "u3": "锟斤拷", "u4": "烫烫烫", "u5": "鐢插競", "u6": "ç”²å¸‚"}
    changes = [
        (file, f"\n{code},", f"\n{name},") for code, name in names.items() for file in ("units.csv", "sheet.csv")
    ]
    told = {
        "甲\ufffd市": "it holds U+FFFD in the place of a character that is lost",
        "乙?县": "it holds question marks in the place of Han letters",
        "锟斤拷": "it holds what U+FFFD becomes when it is read as GBK, in the place of characters that are lost",
        "烫烫烫": "it holds what memory that nothing was written to becomes when it is read as GBK",
        "鐢插競": "it was decoded wrongly once before; it was '甲市'",
        "ç”²å¸‚": "it was decoded wrongly once before; it was '甲市'",
    }
    found = [doubt for doubt in changed(toy_root, *changes) if doubt[0] in ("units.csv", "sheet.csv")]
    assert found == [
        (file, "", f"line {line}: '{name}': {why}")
        for file in ("units.csv", "sheet.csv")
        for line, (name, why) in enumerate(told.items(), start=2)
    ]


def test_a_damaged_name_is_a_line_of_the_reading_too(toy_root):
    changed(
        toy_root, ("units.csv", "u1,city,Toy city 1,玩具市一", "u1,city,,玩?市一"), ("sheet.csv", "\nu1,", "\n玩?市一,")
    )
    reading = gt.read_edition("toy", 2024, root=toy_root).reading
    assert reading[["where_zh", "note_zh"]].values.tolist() == [
        ["第2行", "“玩?市一”汉字处为问号，原字已丢失"],
        ["文件", "按名称对应被评单位，如“玩?市一”即u1"],
    ]


def test_case_12a_a_listed_unit_that_no_sheet_has_a_row_for_is_told(toy_root):
    found = changed(toy_root, ("sheet.csv", "u6,,,15,60\n", ""))
    assert ("units.csv", "u6", "was it left out? No sheet has a row for it") in found
    assert ("units.csv", "u6", "was it left out? It has no value of any indicator") not in found


def test_codes_that_a_spreadsheet_shortened_or_padded(toy_root):
    changes = [
        (file, old, new)
        for file in ("units.csv", "sheet.csv")
        for old, new in (("\nu1,", "\n3.70202E+11,"), ("\nu2,", "\n370200,"), ("\nu3,", "\n0370200,"))
    ]
    found = changed(toy_root, *changes)
    assert ("units.csv", "3.70202E+11", "did a spreadsheet shorten this code? If so, write it in full") in found
    said = "is it the same code as '370200'? It differs by zeros in front alone"
    assert ("units.csv", "0370200", said) in found


ABOUT_UNITS = ("no_value", "one_sided", "exceeded", "no_row", "shortened", "padded", "same_name", "broken", "dates")


@pytest.mark.parametrize("name", ABOUT_UNITS)
def test_what_concerns_a_unit_is_asked_in_both_languages(name):
    assert "？" in DOUBTS[name].zh and "?" in DOUBTS[name].en


def test_doubtful_values_are_asked_in_both_languages():
    for said in (reading_words.FAR, reading_words.ONLY_NEGATIVE, RANK_RULES["unexplained"], BULLETIN["lowest_said"]):
        assert "？" in said.zh and "?" in said.en
