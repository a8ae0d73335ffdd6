"""Editions whose files are headed in Chinese, as their authors have them: framework, units, sheets, sources, record."""

import pytest

import govtransparency as gt
from govtransparency import InputError, read_edition

AB = "code,parent / index, / a,index / b,index"
ABC = "unit,group / A,g / B,g / C,g"
ONE_GROUP = 'g = { en = "All", zh = "全部" }'
TWO_GROUPS = 'city = { en = "Cities", zh = "城市" }\ncounty = { en = "Counties", zh = "区县" }'
WHOLE = (
    "code,parent,weight,worst,best / index,,,, / p,index,,, / a,p,50,0,10 / b,p,30,0,10 / q,index,,, / c,q,10,0,10 / "
    "d,q,10,0,10"
)


@pytest.fixture
def edition(tmp_path):
    """Return a function that writes an edition, the lines of its files separated by slashes, and reads it."""

    def of(framework, sheet, *, units=ABC, groups=ONE_GROUP, key="", **others):
        folder = tmp_path / "t" / "2024"
        folder.mkdir(parents=True, exist_ok=True)
        files = {"framework.csv": framework, "sheet.csv": sheet, **others} | ({"units.csv": units} if units else {})
        for name, text in files.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(text.replace(" / ", "\n") + "\n", encoding="utf-8")
        (folder / "edition.toml").write_text(
            f'schema = 1\nindex = "t"\nyear = 2024\nstatus = "own"\ntitle = {{ en = "T", zh = "题" }}\n{key}\n'
            f'[groups]\n{groups}\n[[sheets]]\nfile = "sheet.csv"\n[recipe]\nnormalise = "min_max"\n'
            'missing = { method = "spread_weights", min_coverage = 0.5 }\n',
            encoding="utf-8",
        )
        return read_edition("t", 2024, root=tmp_path)

    return of


def scores(edition):
    """Return the scores of all groups."""
    of = [gt.build_index(table, edition.recipes[group]).scores["index"] for group, table in edition.tables.items()]
    return {unit: round(score, 9) for one in of for unit, score in one.items()}


def notes(edition):
    return edition.reading[["file", "note_en"]].values.tolist()


def problems(edition, *files, language="en", **others):
    with pytest.raises(InputError) as caught:
        edition(*files, **others)
    return [getattr(text, language).partition("2024/")[2] for text in caught.value.texts]


@pytest.mark.parametrize("words", [("正向", "逆向"), ("正", "负"), ("+", "-"), ("1", "-1")])
def test_case_1_chinese_headings_of_a_framework_are_read(edition, words):
    up, down = words
    framework = f"code,parent,权重,方向 / index,,, / a,index,80,{up} / b,index,20,{down}"
    read = edition(framework, "unit,a,b / A,10,0 / B,5,5 / C,0,10")
    assert scores(read) == {"A": 100, "B": 50, "C": 0}
    assert notes(read)[0] == ["framework.csv", "headings: '权重' read as weight, '方向' read as direction"]
    if up == "正向":
        assert notes(read)[1] == ["framework.csv", "column direction: '正向' read as 1, '逆向' read as -1"]


def test_case_2_a_target_is_asked_which_goalpost_it_is(edition):
    framework = "code,parent,名称,最差值,目标值 / index,,,, / a,index,甲,0,10 / b,index,乙,0,10"
    sheet = "unit,a,b / A,6,5 / B,5,5 / C,4,5.5"
    (problem,) = problems(edition, framework, sheet)
    assert problem.startswith("framework.csv: the column '目标值' does not say which goalpost it holds")
    assert scores(edition(framework.replace("目标值", "最优值"), sheet)) == {"A": 55, "B": 50, "C": 47.5}


def test_case_3_weights_with_two_readings_are_refused_with_both_results(edition):
    sheet = "unit,a,b,c,d / A,10,10,0,0 / B,0,0,10,10 / C,6,6,6,6"
    (problem,) = problems(edition, WHOLE, sheet)
    assert problem.startswith("framework.csv: the weights have two readings: 'p', 'q' have none")
    assert problem.endswith(
        'or write the weights of the pillars; with weights = "of_the_whole" the first are: A 80, C 60, B 20; with '
        'weights = "within_the_parent" the first are: C 60, A 50, B 50'
    )
    (chinese,) = problems(edition, WHOLE, sheet, language="zh")
    assert chinese.endswith(
        '或填写其权重；weights = "of_the_whole" 的结果（前几名）：A 80、C 60、B 20；'
        'weights = "within_the_parent" 的结果（前几名）：C 60、A 50、B 50'
    )
    settled = edition(WHOLE, sheet, key='weights = "of_the_whole"')
    assert scores(settled) == {"A": 80, "C": 60, "B": 20}
    assert settled.recipes["g"].framework.effective_weights.to_dict() == pytest.approx(
        {"a": 0.5, "b": 0.3, "c": 0.1, "d": 0.1}
    )
    assert scores(edition(WHOLE, sheet, key='weights = "within_the_parent"')) == {"A": 50, "B": 50, "C": 60}
    assert problems(edition, WHOLE, sheet, key='weights = "whole"') == [
        "edition.toml: weights = 'whole' is unknown; valid: of_the_whole, within_the_parent"
    ]
    assert problems(edition, WHOLE, sheet, key='weights = "whole"', language="zh") == [
        "edition.toml：权重的读法 weights = “whole” 未知；可用：of_the_whole、within_the_parent"
    ]


def test_case_3_without_results_where_something_else_is_wrong(edition):
    found = problems(edition, WHOLE, "unit,a,b,c,d / A,10,10,0,0 / B,0,x,10,10 / C,6,6,6,6")
    assert [problem.partition(":")[0] for problem in found] == ["framework.csv"]
    assert "the first are" not in found[0]


@pytest.mark.parametrize("head", ["地区", "城市", "单位名称", "地  区"])
def test_case_24_units_of_measurement_are_no_units(edition, head):
    sheet = f"{head},指标,单位,数值 / A,a,件,5 / B,a,件,6 / C,a,件,7 / A,b,天,1 / B,b,天,2 / C,b,天,3"
    read = edition(AB, sheet)
    assert scores(read) == {"A": 0, "B": 50, "C": 100}
    assert read.reading[["file", "note_zh"]].values.tolist() == [["sheet.csv", f"被评单位见“{head}”列"]]


def test_case_25_known_columns_are_passed_over_and_ranks_offered_as_the_record(edition):
    read = edition(AB, "序号,地区,排名,a,b,备注 / 1,A,3,1,1,x / 2,B,2,2,2, / 3,C,1,3,3,")
    assert scores(read) == {"A": 0, "B": 50, "C": 100}
    assert notes(read) == [
        ["sheet.csv", "units found in the column '地区'"],
        [
            "sheet.csv",
            "doubtful: the column '排名' is no indicator and looks like published ranks or scores; name it in "
            "[record] of edition.toml to have the results checked against it",
        ],
    ]


def test_case_25a_names_and_groups_of_units(edition):
    units = "单位,名称,分组 / A,甲市,城市 / B,乙市,城市 / C,丙县,区县 / D,丁县,county"
    sheet = "城市,a,b / 甲市,1,1 / 乙市,2,2 / 丙县,3,3 / D,1,1"
    read = edition(AB, sheet, units=units, groups=TWO_GROUPS)
    assert scores(read) == {"A": 0, "B": 100, "C": 100, "D": 0}
    assert read.units["name_zh"].tolist() == ["甲市", "乙市", "丙县", "丁县"]
    assert read.units["group"].tolist() == ["city", "city", "county", "county"]
    assert notes(read)[:2] == [
        ["units.csv", "headings: '分组' read as group, '名称' read as name_zh, '单位' read as unit"],
        ["units.csv", "column group: '城市' read as city, '区县' read as county"],
    ]


def test_a_name_of_two_groups_is_none(edition):
    units = "单位,分组 / A,全部 / B,city / C,county / D,county"
    groups = TWO_GROUPS.replace("城市", "全部").replace("区县", "全部")
    assert problems(edition, AB, "unit,a,b / A,1,1", units=units, groups=groups) == [
        "units.csv: line 2, unit 'A': group '全部' is unknown; valid: city, county"
    ]


@pytest.mark.parametrize(
    ("units", "codes", "names", "english"),
    [
        ("城市 / 甲市 / 乙市 / 丙市", "甲市 乙市 丙市", "甲市 乙市 丙市", "甲市 乙市 丙市"),
        ("名称,英文名称 / 甲市,A / 乙市,B / 丙市,C", "甲市 乙市 丙市", "甲市 乙市 丙市", "A B C"),
        ("代码,城市 / 01,甲市 / 02,乙市 / 03,丙市", "01 02 03", "甲市 乙市 丙市", "甲市 乙市 丙市"),
        ("城市,代码 / 甲市,01 / 乙市,02 / 丙市,03", "01 02 03", "甲市 乙市 丙市", "甲市 乙市 丙市"),
        ("单位,英文名 / x,A / y,B / z,C", "x y z", "A B C", "A B C"),
        ("单位,单位名称 / x,甲市 / y,乙市 / z,丙市", "x y z", "甲市 乙市 丙市", "甲市 乙市 丙市"),
        ("省份,城市 / 甲省,甲市 / 甲省,乙市 / 乙省,丙市", "甲市 乙市 丙市", "甲市 乙市 丙市", "甲市 乙市 丙市"),
        (
            "序号,地区,计量单位,单位 / 1,甲市,x,件 / 2,乙市,x,件 / 3,丙市,x,件",
            "甲市 乙市 丙市",
            "甲市 乙市 丙市",
            "甲市 乙市 丙市",
        ),
    ],
)
def test_the_columns_of_units(edition, units, codes, names, english):
    first, second, third = codes.split()
    read = edition(AB, f"unit,a,b / {first},1,1 / {second},2,2 / {third},3,3", units=units)
    assert read.units.index.tolist() == codes.split()
    assert read.units["name_zh"].tolist() == names.split()
    assert read.units["name_en"].tolist() == english.split()


def test_places_that_could_each_be_the_units_are_asked_about(edition):
    units = "省份,城市 / 甲省,甲市 / 乙省,乙市 / 丙省,丙市"
    sheet = "unit,a,b / 甲市,1,1 / 乙市,2,2 / 丙市,3,3"
    assert problems(edition, AB, sheet, units=units) == [
        "units.csv: each of the columns '省份', '城市' could name the units; call one of them unit"
    ]
    assert problems(edition, AB, sheet, units=units, language="zh") == [
        "units.csv：“省份”、“城市”各列均可为被评单位；请将其中一列改称“单位”（unit）或“代码”"
    ]
    assert scores(edition(AB, sheet, units=units.replace("城市", "单位"))) == {"甲市": 0, "乙市": 50, "丙市": 100}


def test_sources_are_read_by_chinese_headings(edition):
    sources = {"sources.csv": "来源,标题,网址,发布日期,备注 / s,公报,https://example.org,2024-03-01,初稿"}
    read = edition(AB, "unit,a,b / A,1,1 / B,2,2 / C,3,3", **sources)
    assert read.sources.to_dict("records") == [
        {"source": "s", "title": "公报", "url": "https://example.org", "published_on": "2024-03-01", "note": "初稿"}
    ]
    sources["sources.csv"] = sources["sources.csv"].replace("2024-03-01", "三月")
    assert problems(edition, AB, "unit,a,b / A,1,1 / B,2,2 / C,3,3", **sources) == [
        "sources.csv: column '发布日期': expected a date, YYYY-MM-DD, YYYY-MM or YYYY, perhaps with a note in "
        "parentheses after it; got '三月' (line 2)"
    ]


def test_the_record_is_read_by_chinese_headings(edition):
    record = {
        "../record/coverage.csv": "年份,类别,n_assessed,来源,备注 / 2024,g,3,s,全部",
        "../record/sources.csv": "来源,网址,标题,发布机构,发布日期,what_it_gives / s,https://example.org,公报,某局,2024-03,数目",
    }
    read = edition(AB, "unit,a,b / A,1,1 / B,2,2 / C,3,3", **record)
    assert read.record.coverage.to_dict("records") == [
        {"report_year": "2024", "group": "g", "n_assessed": "3", "source_id": "s", "note": "全部"}
    ]
    assert read.record.sources["publisher"].tolist() == ["某局"]


def test_units_that_years_share_may_name_the_groups_of_either(edition, tmp_path):
    units = "单位,分组 / A,城市 / B,城市 / C,区县 / D,区县"
    edition(AB, "unit,a,b / A,1,1 / B,2,2 / C,3,3 / D,4,4", units=units, groups=TWO_GROUPS)
    (tmp_path / "t" / "2024").rename(tmp_path / "t" / "2023")
    toml = tmp_path / "t" / "2023" / "edition.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace("2024", "2023"), encoding="utf-8")
    (tmp_path / "t" / "2023" / "units.csv").rename(tmp_path / "t" / "units.csv")
    own = edition(AB, "unit,a,b / A,1,1 / B,2,2", units="", groups=TWO_GROUPS.partition("\n")[0])
    assert own.units.index.tolist() == ["A", "B"]
