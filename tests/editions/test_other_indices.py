"""Indices of other kinds, from their files to their ranks, each against the same computed by hand in pandas."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import govtransparency as gt

SOURCES = "source,title,url,publisher,published_on,note\ntoy,Made for the tests,,govtransparency,2024-01-01,\n"
HEAD = 'schema = 1\nindex = "{index}"\nyear = {year}\nstatus = "simulated"\ntitle = {{ en = "Toy", zh = "玩具" }}\n\n'
TAIL = '[groups]\nall = {{ en = "Toys", zh = "玩具" }}\n\n[[sheets]]\nfile = "sheet.csv"\n\n[recipe]\n{recipe}\n'


def edition_of(root: Path, index: str, year: int, *, framework: str, sheet: str | bytes, recipe: str, units=None):
    """Write the files of an edition and read it."""
    folder = root / index / str(year)
    folder.mkdir(parents=True)
    (folder / "framework.csv").write_text(framework, encoding="utf-8")
    (folder / "sheet.csv").write_bytes(sheet if isinstance(sheet, bytes) else sheet.encode())
    if units is None:
        units = pd.read_csv(folder / "sheet.csv", dtype=str, keep_default_na=False)["unit"]
    named = "单位" if index == "zh" else "unit"
    pd.DataFrame({named: units}).to_csv(folder / "units.csv", index=False)
    (folder / "sources.csv").write_text(SOURCES, encoding="utf-8")
    toml = HEAD.format(index=index, year=year) + TAIL.format(recipe=recipe)
    (folder / "edition.toml").write_text(toml, encoding="utf-8")
    return gt.read_edition(index, year, root=root)


def build(edition) -> gt.Index:
    return gt.build_index(edition.tables["all"], edition.recipe)


def same(ours: pd.Series, by_hand: pd.Series) -> None:
    assert ours.index.tolist() == by_hand.index.tolist()
    np.testing.assert_allclose(ours.to_numpy(), by_hand.to_numpy(), rtol=1e-12, atol=1e-12)


def half_up(scores: pd.Series, decimals: int) -> pd.Series:
    """Round as by hand: a half goes up. The figures here are positive."""
    return np.floor(scores.round(9) * 10**decimals + 0.5) / 10**decimals


NESTED = """\
code,parent,name_en,name_zh,weight,direction,worst,best,unit,note
index,,,,,,,,,
laws,index,,,3,,,,,
practice,index,,,2,,,,,
access,laws,,,1,,,,,
media,laws,,,2,,,,,
requests,access,,,1,,,,,
portal,access,,,4,,,,,
days,requests,,,1,-1,60,0,,
refused,requests,,,3,-1,100,0,,
pages,portal,,,1,1,0,500,,
links,portal,,,1,1,0,1,,
papers,media,,,2,1,0,10,,
radio,media,,,1,1,0,10,,
fees,practice,,,1,-1,20,0,,
staff,practice,,,5,1,-5,5,,
"""


def test_geometric_within_harmonic_within_arithmetic_means_four_levels_deep(tmp_path):
    rng = np.random.default_rng(0)
    low, high = [5, 10, 10, 0.1, 1, 1, 0, -4], [60, 90, 600, 1, 10, 9, 19, 5]
    x = pd.DataFrame(rng.uniform(low, high, (40, 8)).round(2), index=[f"u{i}" for i in range(40)])
    x.columns = ["days", "refused", "pages", "links", "papers", "radio", "fees", "staff"]
    x.loc["u3"] = x.loc["u7"]  # a tie
    recipe = (
        'normalise = { method = "min_max", to = [1, 10] }\n'
        'aggregate = ["geometric_mean", "harmonic_mean", "arithmetic_mean", "arithmetic_mean"]\n'
        'rank = { decimals = 1, rounding = "half_up", ties = "dense" }'
    )
    sheet = x.rename_axis("unit").to_csv()
    wrong = recipe.replace('"arithmetic_mean", "arithmetic_mean"', '"arithmetic_mean"')
    with pytest.raises(gt.InputError, match="3 methods by level, but the framework has 4 levels"):
        edition_of(tmp_path, "wrong", 2024, framework=NESTED, sheet=sheet, recipe=wrong)
    index = build(edition_of(tmp_path, "nested", 2024, framework=NESTED, sheet=sheet, recipe=recipe))

    s = pd.DataFrame(
        {
            "days": 1 + 9 * (60 - x["days"]) / 60,
            "refused": 1 + 9 * (100 - x["refused"]) / 100,
            "pages": 1 + 9 * x["pages"].clip(upper=500) / 500,
            "links": 1 + 9 * x["links"],
            "papers": 1 + 9 * x["papers"] / 10,
            "radio": 1 + 9 * x["radio"] / 10,
            "fees": 1 + 9 * (20 - x["fees"]) / 20,
            "staff": 1 + 9 * (x["staff"] + 5) / 10,
        }
    )
    s["requests"] = s["days"] ** 0.25 * s["refused"] ** 0.75
    s["portal"] = (s["pages"] * s["links"]) ** 0.5
    s["media"] = (s["papers"] ** 2 * s["radio"]) ** (1 / 3)
    s["practice"] = (s["fees"] * s["staff"] ** 5) ** (1 / 6)
    s["access"] = 5 / (1 / s["requests"] + 4 / s["portal"])
    s["laws"] = (s["access"] + 2 * s["media"]) / 3
    s["index"] = 0.6 * s["laws"] + 0.4 * s["practice"]
    for node in s:
        same(index.scores[node], s[node])
    expected = half_up(s["index"], 1).rank(ascending=False, method="dense")
    assert index.ranks.tolist() == expected.astype(int).tolist()
    assert index.ranks.max() < 40
    said = index.recipe.to_dict()
    assert gt.Recipe.from_dict(said).to_dict() == said


YEARLY = """\
code,parent,name_en,name_zh,weight,direction,worst,best,unit,note
index,,,,,,,,,
open,index,,,{open},,,,,
serve,index,,,{serve},,,,,
a,open,,,{a},1,0,10,,
b,open,,,{b},1,0,10,,
c,open,,,{c},1,0,10,,
d,serve,,,1,1,0,10,,
e,serve,,,1,-1,10,0,,
"""
LOOSE = """\
aggregate.otherwise = "arithmetic_mean"
aggregate.by_node.index = "geometric_mean"
aggregate.by_node.serve = { method = "power_mean", p = 2 }
missing = { method = "spread_weights", min_coverage = 0.6, nodes = { index = 0.75 } }
rank = { decimals = 3, rounding = "half_even", ties = "average" }
"""


@pytest.mark.parametrize(
    ("year", "w"),
    [
        (2023, {"open": 60, "serve": 40, "a": 1, "b": 1, "c": 1}),
        (2024, {"open": 0.5, "serve": 0.5, "a": 2, "b": 1, "c": 5}),
    ],
)
def test_weights_that_differ_by_year_missing_cells_and_average_ties(tmp_path, year, w):
    rng = np.random.default_rng(year)
    x = pd.DataFrame(rng.integers(1, 10, (30, 5)).astype(float), columns=list("abcde"))
    x.index = [f"u{i}" for i in range(30)]
    x = x.mask(rng.random(x.shape) < 0.2)
    x.loc["u1"], x.loc["u2", "a"], x.loc["u3"] = x.loc["u0"], 4.0, np.nan
    sheet = x.rename_axis("unit").to_csv()
    index = build(edition_of(tmp_path, "yearly", year, framework=YEARLY.format(**w), sheet=sheet, recipe=LOOSE))

    s = 10 * x.assign(e=10 - x["e"])
    weights = pd.Series(w)[["a", "b", "c"]]
    there = s[["a", "b", "c"]].notna()
    open_ = (s[["a", "b", "c"]] * weights).sum(axis=1) / (there * weights).sum(axis=1)
    open_[there.mean(axis=1) < 0.6] = np.nan
    serve = ((s["d"] ** 2 + s["e"] ** 2) / 2) ** 0.5  # both or none: one of two is less than 60 %
    share = w["open"] / (w["open"] + w["serve"])
    whole = open_**share * serve ** (1 - share)
    whole = whole.fillna(open_).fillna(serve)
    whole[x.notna().mean(axis=1) < 0.75] = np.nan
    same(index.scores["open"], open_)
    same(index.scores["serve"], serve)
    same(index.scores["index"], whole)
    expected = whole.round(3).rank(ascending=False, method="average")
    np.testing.assert_array_equal(index.ranks, expected)
    assert 0 < expected.isna().sum() < 20
    assert "u3" in set(index.excluded["unit"])


PERCENTILES = """\
code,parent,weight,direction,unit
index,,,,
p,index,1,,
q,index,2,,
a,p,1,1,
b,p,1,-1,
c,q,1,1,
d,q,3,-1,
"""
RECIPE_OF_PERCENTILES = """\
normalise = { method = "percentile_rank", definition = "midpoint", ties = "average" }
aggregate.otherwise = "arithmetic_mean"
aggregate.by_node.index = { method = "rescaled", normalise = "percentile_rank" }
missing = "require_all"
rank = { decimals = 6, ties = "max" }
"""


def test_percentile_ranks_of_three_thousand_units(tmp_path):
    rng = np.random.default_rng(5)
    x = pd.DataFrame(rng.gamma(2, 10, (3000, 4)).round(), columns=list("abcd"))  # whole numbers: many ties
    x.index = [f"{i:05d}" for i in range(3000)]  # codes with leading zeros stay text
    x.loc["00017", "c"] = np.nan
    sheet = x.rename_axis("unit").to_csv()
    index = build(edition_of(tmp_path, "share", 2024, framework=PERCENTILES, sheet=sheet, recipe=RECIPE_OF_PERCENTILES))

    turned = x * [1, -1, 1, -1]
    s = 100 * (turned.rank(method="average") - 0.5) / x.notna().sum()
    p, q = (s["a"] + s["b"]) / 2, (s["c"] + 3 * s["d"]) / 4
    mean = (p + 2 * q) / 3
    whole = 100 * mean.round(9).rank(method="min") / mean.notna().sum()
    same(index.scores["p"], p)
    same(index.scores["q"], q)
    same(index.scores["index"], whole)
    np.testing.assert_array_equal(index.ranks, whole.rank(ascending=False, method="max"))
    assert index.ranks.isna().sum() == 1


CHINESE = """\
\ufeffcode;parent;name_en;name_zh;weight;direction;worst;best;unit;note
index;;;透明度指数;;;;;;
policy;index;;政策公开;70％;;;;;
reply;index;;依申请公开;30％;;;;;
files;policy;;公开文件数;1;1;０;２，０００;件;
rate;policy;;公开率;1;1;0;100;%;
intime;reply;;按时答复率;3;1;0;1;;
fee;reply;;平均答复天数;1;-1;２０;０;天;
"""
CHINESE_SHEET = """\
单位;公开文件数;公开率;按时答复率;平均答复天数
甲市;１，２３４;９５．５％;98%;３．５
乙市;2,000;100％;100%;０
丙市;456;40%;５０％;15
丁市;456;40%;50%;15.0
戊市;1000;72.5;0.9;
"""
LONG_SHEET = """\
单位\t指标\t数值
甲市\t公开文件数\t1234
甲市\t公开率\t95.5%
甲市\tintime\t98％
甲市\t平均答复天数\t3.5
乙市\t公开文件数\t2000
乙市\trate\t100
乙市\t按时答复率\t1
乙市\t平均答复天数\t0
丙市\t公开文件数\t456
丙市\t公开率\t40%
丙市\t按时答复率\t0.5
丙市\t平均答复天数\t15
丁市\t公开文件数\t456
丁市\t公开率\t40%
丁市\t按时答复率\t0.5
丁市\t平均答复天数\t15
戊市\t公开文件数\t1000
戊市\t公开率\t72.5
戊市\t按时答复率\t90%
戊市\t平均答复天数\tn/a
"""
WHOLE_NUMBERS = """\
normalise = { method = "min_max", to = [0, 1] }
missing = { method = "spread_weights", min_coverage = 0.5 }
rank = { decimals = 0, ties = "min" }

[recipe.aggregate]
otherwise = "arithmetic_mean"

[recipe.aggregate.by_node.index]
method = "rounded"
decimals = 0
rounding = "half_up"
aggregate = { method = "rescaled", normalise = { method = "min_max", to = [0, 100] } }
"""


@pytest.mark.parametrize("sheet", [CHINESE_SHEET.encode("utf-8-sig"), CHINESE_SHEET.replace("\n", "\r\n"), LONG_SHEET])
def test_chinese_files_and_a_final_score_rescaled_to_whole_numbers(tmp_path, sheet):
    units = list("甲乙丙丁戊")
    units = [f"{unit}市" for unit in units]
    index = build(edition_of(tmp_path, "zh", 2024, framework=CHINESE, sheet=sheet, recipe=WHOLE_NUMBERS, units=units))
    files = pd.Series([1234, 2000, 456, 456, 1000], index=units) / 2000
    rate = pd.Series([95.5, 100, 40, 40, 72.5], index=units) / 100
    intime = pd.Series([0.98, 1, 0.5, 0.5, 0.9], index=units)
    fee = 1 - pd.Series([3.5, 0, 15, 15, np.nan], index=units) / 20
    policy, reply = (files + rate) / 2, ((3 * intime + fee) / 4).fillna(intime)
    mean = 0.7 * policy + 0.3 * reply
    whole = half_up(100 * (mean - mean.min()) / (mean.max() - mean.min()), 0)
    same(index.scores["policy"], policy)
    same(index.scores["reply"], reply)
    assert index.scores["index"].tolist() == whole.tolist()
    assert index.ranks.tolist() == [2, 1, 4, 4, 3]
    assert index.recipe.framework.names("zh")["index"] == "透明度指数"


LOGS = """\
code,parent,name_en,name_zh,weight,direction,worst,best,unit,note
index,,,,,,,,,
money,index,,,1,,,,,
people,index,,,1,,,,,
income,money,,,1,1,100,75000,,
debt,money,,,1,-1,,,,
visits,people,,,1,1,,,,
schooling,people,,,1,1,0,18,,
"""
RECIPE_OF_LOGS = """\
treat = [{ method = "log_transform", indicators = ["visits"] }]
normalise.otherwise = "min_max"
normalise.by_node.money = { method = "min_max", log = true }
normalise.by_node.visits = { method = "z_score", mean = 50, sd = 10 }
aggregate = ["arithmetic_mean", { method = "rescaled", aggregate = "harmonic_mean", goalposts = [0, 80] }]
rank = { decimals = 4, rounding = "down", ties = "ordinal" }
"""


def test_logarithms_of_indicators_with_and_without_goalposts(tmp_path):
    rng = np.random.default_rng(8)
    x = pd.DataFrame(
        {
            "income": np.exp(rng.normal(9, 1.5, 60)),
            "debt": np.exp(rng.normal(3, 1, 60)),
            "visits": np.exp(rng.normal(6, 2, 60)),
            "schooling": rng.uniform(1, 18, 60),
        },
        index=[f"u{i}" for i in range(60)],
    )
    x.loc["u5"] = x.loc["u4"]
    sheet = x.rename_axis("unit").to_csv()
    index = build(edition_of(tmp_path, "logs", 2024, framework=LOGS, sheet=sheet, recipe=RECIPE_OF_LOGS))

    x = pd.read_csv(tmp_path / "logs" / "2024" / "sheet.csv", index_col="unit")
    income = 100 * (np.log(x["income"].clip(100, 75000)) - np.log(100)) / (np.log(75000) - np.log(100))
    debt = np.log(x["debt"])
    debt = 100 * (debt.max() - debt) / (debt.max() - debt.min())
    visits = np.log(x["visits"])
    visits = 50 + 10 * (visits - visits.mean()) / visits.std(ddof=1)
    money, people = (income + debt) / 2, (visits + 100 * x["schooling"] / 18) / 2
    whole = (100 * (2 / (1 / money + 1 / people)) / 80).clip(0, 100)
    same(index.scores["money"], money)
    same(index.scores["people"], people)
    same(index.scores["index"], whole)
    cut = np.floor(whole * 1e4 + 1e-7) / 1e4
    assert index.ranks.tolist() == cut.rank(ascending=False, method="first").astype(int).tolist()
    assert index.ranks["u5"] == index.ranks["u4"] + 1
