"""Editions in which a figure or sentence has nothing to say: the notebooks run, and say so."""

import json
import random

import pandas as pd
import pytest

from govtransparency.build.reports import PRODUCTS
from govtransparency.editions import read_edition
from govtransparency.report.conclusions import CONCLUSIONS
from govtransparency.texts.bilingual import Text
from tests.examples import REPORT, run_notebooks

FLAT = "code,parent,worst,best\nindex,,,\na,index,0,100\nb,index,0,100\nc,index,0,100\n"
PILLARS = "code,parent,direction,worst,best\nindex,,,,\np,index,,,\nq,index,,,\na,p,1,0,10\nb,p,1,0,10\nc,q,-1,10,0\n"
LEADERS = "unit,a,b,c\nA,90,91,\nB,85,80,\nC,80,84,\nD,75,70,\nE,70,76,\nF,65,60,\nG,30,20,50\nH,25,35,40\n"
STRICT = '[recipe]\nmissing = { method = "spread_weights", min_coverage = 0.9 }\n'
HALF = '[recipe]\nmissing = { method = "spread_weights", min_coverage = 0.5 }\n'
TIERS = 'display = { table = "tiers" }\n'
GRADE = "[scales]\ngrade = { values = [0, 0.5, 1] }\n"
ONE_MARK = '[[sheets]]\nfile = "marks.csv"\nkind = "marks"\n'
MARKED = "code,parent,worst,best,unit\nindex,,,,\na,index,0,10,\nm,index,0,1,grade\n"


def rows(*values):
    """Return a sheet of the indicators a, b and c, one row of values per unit."""
    return "unit,a,b,c\n" + "".join(f"u{number},{row}\n" for number, row in enumerate(values))


def drawn(count):
    chance = random.Random(count)
    return rows(*(",".join(f"{chance.uniform(0, 10):.2f}" for _ in "abc") for _ in range(count)))


def marks(*, assessors, mark):
    said = (f"u{unit},m,{who},{mark(unit)}" for unit in range(5) for who in assessors)
    return "unit,indicator,assessor,mark\n" + "\n".join(said) + "\n"


FEW = {
    "two units": {"sheet.csv": rows("1,5,3", "2,3,4")},
    "two units in tiers": {"sheet.csv": rows("1,5,3", "2,3,4"), "top": TIERS},
    "two units tied": {"sheet.csv": rows("1,5,3", "1,5,3")},
    "all scores equal": {"sheet.csv": rows(*["5,5,5"] * 8)},
    "all scores equal, in tiers": {"sheet.csv": rows(*["5,5,5"] * 4), "top": TIERS},
    "all scores equal of unequal values": {"sheet.csv": rows(*(f"{n},{10 - n},5" for n in range(8)))},
    "all but two left out": {"sheet.csv": rows("1,5,3", "2,3,4", *(f",,{n}" for n in range(7))), "recipe": STRICT},
    "all but one left out": {"sheet.csv": rows("1,5,3", *(f",,{n}" for n in range(7))), "recipe": STRICT},
    "all left out": {"sheet.csv": rows("1,5,", *(f",,{n}" for n in range(7))), "recipe": STRICT},
    "all left out, in tiers": {
        "sheet.csv": rows("1,5,", *(f",,{n}" for n in range(7))), "recipe": STRICT, "top": TIERS,
    },
    "one group left out": {
        "sheet.csv": rows("1,5,2", "3,2,4", "5,1,2", "7,,", ",5,", ",,5"),
        "units.csv": "unit,group\nu0,x\nu1,x\nu2,x\nu3,y\nu4,y\nu5,y\n",
        "groups": "[groups]\nx = {}\ny = {}\n",
        "recipe": STRICT,
    },
    "one assessor": {
        "framework.csv": MARKED, "sheet.csv": "unit,a\n" + "".join(f"u{n},{n}\n" for n in range(5)), "scales": GRADE,
        "marks.csv": marks(assessors="s", mark=lambda unit: unit % 2), "marks": ONE_MARK,
    },
    "assessors who agree": {
        "framework.csv": MARKED, "sheet.csv": "unit,a\n" + "".join(f"u{n},{n}\n" for n in range(5)), "scales": GRADE,
        "marks.csv": marks(assessors="st", mark=lambda _: 1), "marks": ONE_MARK,
    },
    "one indicator": {"framework.csv": "code,parent\nindex,\na,index\n", "sheet.csv": "unit,a\nu0,1\nu1,2\nu2,4\n"},
    "one branch": {
        "framework.csv": "code,parent\nindex,\np,index\nq,p\na,q\n", "sheet.csv": "unit,a\nu0,1\nu1,2\nu2,4\n"
    },
    "one indicator a pillar": {
        "framework.csv": "code,parent\nindex,\np,index\nq,index\na,p\nb,q\n",
        "sheet.csv": "unit,a,b\nu0,1,3\nu1,2,2\nu2,4,3\n",
    },
    "400 units": {"sheet.csv": drawn(400)},
}  # fmt: skip


def lay_out(home, given):
    """Write an edition of the given files and parts of ``edition.toml``, and return its folder."""
    folder = home / "data" / "raw" / "few" / "2024"
    folder.mkdir(parents=True)
    units = dict.fromkeys(line.split(",")[0] for line in given["sheet.csv"].splitlines()[1:])
    files = {
        "framework.csv": PILLARS,
        "units.csv": "unit\n" + "\n".join(units) + "\n",
        "sources.csv": "source\nmade up\n",
        "edition.toml": 'schema = 1\nindex = "few"\nyear = 2024\nstatus = "own"\ntitle = { en = "Few", zh = "少" }\n'
        + given.get("top", "") + given.get("groups", "[groups]\nall = {}\n") + given.get("scales", "")
        + '[[sheets]]\nfile = "sheet.csv"\n' + given.get("marks", "") + given.get("recipe", ""),
    } | {name: text for name, text in given.items() if name.endswith(".csv")}  # fmt: skip
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def ran(home, monkeypatch, names=REPORT):
    return run_notebooks(home, "few", 2024, monkeypatch, names)


def exhibits(out, notebook):
    return json.loads((out / "exhibits" / f"{notebook}.json").read_text(encoding="utf-8"))


def test_where_the_leaders_all_lack_a_node_its_line_stops_with_a_sentence(tmp_path, monkeypatch, capsys):
    lay_out(tmp_path, {"framework.csv": FLAT, "sheet.csv": LEADERS, "recipe": HALF})
    out = ran(tmp_path, monkeypatch, ["3_robustness"])
    (figure,) = [entry for entry in exhibits(out, "3_robustness") if entry["id"] == "weight_sensitivity_all"]
    assert figure["note"] == {
        "zh": "所示单位在“c”上均无数值；该项权重为100%时，各单位都没有得分，因此线条在此处终止。",
        "en": "None of the units shown has a value on c; where it has all the weight, no unit has a score, so the "
        "lines stop.",
    }


def test_a_group_in_which_nobody_is_ranked_is_told(tmp_path, monkeypatch, capsys):
    lay_out(tmp_path, FEW["one group left out"])
    out = ran(tmp_path, monkeypatch, ["2_index"])
    said = {entry["id"]: entry["text"]["en"] for entry in exhibits(out, "2_index") if entry["kind"] == "conclusion"}
    assert said["leaders_x"] == "x: 3 units are ranked. Top three: u0; u2; u1."
    assert said["leaders_y"] == (
        "y: none of the 3 units has enough data to be ranked, so they are not analysed further."
    )


def test_a_single_ranked_unit_is_told(tmp_path, monkeypatch, capsys):
    lay_out(tmp_path, FEW["all but one left out"])
    out = ran(tmp_path, monkeypatch, ["2_index"])
    (leaders,) = [entry for entry in exhibits(out, "2_index") if entry["id"] == "leaders_all"]
    assert leaders["text"] == {
        "zh": "all：8个单位中只有u0数据充足、可参与排名，没有可比较的对象。",
        "en": "all: of 8 units only u0 has enough data to be ranked, so there is nothing to compare.",
    }


def test_tests_that_ties_leave_nothing_to_are_told(tmp_path, monkeypatch, capsys):
    lay_out(tmp_path, FEW["all scores equal"])
    out = ran(tmp_path, monkeypatch, ["4_stability"])
    said = pd.read_csv(out / "tables" / "methods_in_words.csv")
    assert said["said_en"].tolist() == [
        "Kendall's W: every ranking ties all units, so there is nothing to agree on.",
        "Friedman's test: every row ties all columns, so there is nothing to compare.",
    ]


def test_ranks_that_no_choice_moves_are_told(tmp_path):
    lay_out(tmp_path, FEW["all scores equal"])
    edition = read_edition("few", 2024, root=tmp_path / "data" / "raw")
    shares = pd.DataFrame({"first": [float("nan")], "total": [float("nan")]}, index=["weights"])
    (said,) = CONCLUSIONS["drivers"](edition, {"all": shares}, {}, {}, 0.25)
    assert said.text == Text("all：任何选择均不改变名次。", "all: no choice changes any rank.")
    assert said.brief == Text("任何选择均不改变名次", "no choice changes any rank")


@pytest.mark.slow
@pytest.mark.parametrize("name", FEW)
def test_an_edition_with_next_to_nothing_to_compare_makes_its_report(name, tmp_path, monkeypatch, capsys):
    lay_out(tmp_path, FEW[name])
    out = ran(tmp_path, monkeypatch)
    edition = read_edition("few", 2024)
    for product in PRODUCTS:
        product(out, edition, language="both")
    assert {path.name for path in out.iterdir()} >= {"report.html", "report.pdf", "what-if.html", "results.xlsx"}
