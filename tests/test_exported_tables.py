"""Tables as LaTeX and Markdown say what they are of, and nothing in them is markup."""

import subprocess

import numpy as np
import pandas as pd
import pytest

import govtransparency as gt
from govtransparency.texts.bilingual import Text
from govtransparency.texts.status_words import STATUS
from tests.conftest import needed

TABLE = pd.DataFrame(
    {
        "name_zh": ["青岛市", "A"],
        "name_en": ["Qingdao", r"50% & $5_{a}^~\#"],
        "rank": [1.0, np.nan],
        "score": [62.125, 60.0],
        "first": [True, False],
    },
    index=pd.Index(["q", "[1]"], name="unit"),
)


def test_latex_in_chinese_with_caption_status_and_label():
    made = gt.to_latex(
        TABLE, caption=Text("排名", "Ranks"), status="simulated", label="tab:r", decimals=1, language="zh"
    )
    assert made == "\n".join(
        [
            r"% 需要 \usepackage{booktabs}、\usepackage{ctex}",
            r"\begin{table}",
            r"\caption{排名}",
            r"\label{tab:r}",
            r"\begin{tabular}{llrrl}",
            r"\toprule",
            r"单位 & 名称 & 名次 & 得分 & first \\",
            r"\midrule",
            r"q & 青岛市 & 1 & 62.1 & 是 \\",
            r"{[}1{]} & A & – & 60.0 & 否 \\",
            r"\bottomrule",
            r"\end{tabular}",
            r"\par\footnotesize 模拟数据，并非真实测评结果。",
            r"\end{table}",
        ]
    )


def test_no_sign_of_a_name_is_markup():
    latex = gt.to_latex(TABLE[["name_zh", "name_en"]])
    assert r"50\% \& \$5\_\{a\}\textasciicircum{}\textasciitilde{}\textbackslash{}\# \\" in latex
    markdown = gt.to_markdown(pd.Series(["<b>|`*_x_*"], index=["a\nb"], name="#"))
    assert markdown.splitlines()[-1] == r"| a b | \<b\>\|\`\*\_x\_\* |"


def test_markdown_says_the_status_last():
    made = gt.to_markdown(pd.DataFrame({"n": [1, 2]}), caption="Ranks", status="self-reported", language="zh")
    assert made == "**Ranks**\n\n| n |\n| ---: |\n| 1 |\n| 2 |\n\n*自行公布数据，未经核实。*"


@pytest.mark.parametrize("call", [gt.to_latex, gt.to_markdown])
def test_arguments_that_do_not_fit_are_one_error(call):
    with pytest.raises(gt.InputError) as caught:
        call([1, 2], caption=3, status="offical", decimals=-1, language="fr")
    assert len(caught.value.problems) == 5
    assert "did you mean 'official'?" in str(caught.value)


@pytest.mark.parametrize("status", STATUS)
def test_every_status_can_be_said(status):
    assert STATUS[status].zh in gt.to_markdown(TABLE, status=status, language="zh")


SIGNS = pd.DataFrame({"n": [1, 2]}, index=pd.Index(["<a> | \"b\" --- ?` !` `` '' ,,", "*starred"], name="unit"))


def test_neither_are_ligatures_nor_what_follows_the_end_of_a_row():
    rows = gt.to_latex(SIGNS).splitlines()
    quote, grave = r"{\ttfamily\char34}", r"\textasciigrave{}"
    name = rf"\textless{{}}a\textgreater{{}} \textbar{{}} {quote}b{quote} -{{}}-{{}}- "
    assert rf"{name}?{grave} !{grave} {grave}{grave} '{{}}' ,{{}}, & 1 \\" in rows
    assert r"{*}starred & 2 \\" in rows


def test_markdown_has_no_formula_and_its_caption_no_loose_stars():
    made = gt.to_markdown(pd.DataFrame({"a": ["$x$"]}), caption=" Ranks ")
    assert made == "**Ranks**\n\n| a |\n| :--- |\n| \\$x\\$ |"
    assert gt.to_markdown(pd.DataFrame({"a": [1]}), caption=" ").startswith("| a |")


def test_ordinary_tables_of_any_kind_are_written():
    named_alike = pd.DataFrame({"unit": [1, 2]}, index=pd.Index(["A", "B"], name="unit"))
    assert gt.to_markdown(named_alike).splitlines()[2] == "| A | 1 |"
    levels = pd.MultiIndex.from_tuples([("A", 2020), ("A", 2021)], names=["unit", None])
    columns = pd.MultiIndex.from_tuples([("score", "mean"), ("rank", "")])
    made = gt.to_markdown(pd.DataFrame([[1.5, 1], [2.0, 2]], index=levels, columns=columns))
    assert made.splitlines() == [
        "| Unit |  | score, mean | Rank |", "| :--- | ---: | ---: | ---: |",
        "| A | 2020 | 1.50 | 1 |", "| A | 2021 | 2.00 | 2 |"
    ]  # fmt: skip
    repeated = pd.Series([1.0, 2.0], index=["A", "A"], name="rank")
    assert gt.to_markdown(repeated).splitlines()[2:] == ["| A | 1 |", "| A | 2 |"]
    for kind in ("float32", "Float32", "Float64"):
        assert gt.to_markdown(pd.DataFrame({"a": [0.1, 2]}, dtype=kind), decimals=1).splitlines()[2:] == [
            "| 0.1 |",
            "| 2.0 |",
        ]
    assert gt.to_latex(pd.DataFrame({"a": [np.inf, -np.inf, np.nan, 1.5]})).splitlines()[6:10] == [
        r"inf \\", r"-inf \\", r"– \\", r"1.50 \\"
    ]  # fmt: skip


@pytest.mark.slow
def test_latex_sets_what_was_written(tmp_path):
    why = "the LaTeX is not compiled: apt-get install texlive-latex-recommended poppler-utils"
    latex, reader = needed("pdflatex", why), needed("pdftotext", why)
    names = [r"50% & $5_{a}^~\#", "*a", "<b>|c", "[1]", "--d ?`e !`f", '"g"', "\\input{page}"]
    table = pd.DataFrame({"score": np.arange(len(names)) / 4}, index=pd.Index(names, name="unit"))
    body = gt.to_latex(table, caption="50% of {all}", status="own", label="tab:own")
    page = "\\documentclass{article}\n\\usepackage{booktabs}\n\\begin{document}\n" + body + "\n\\end{document}\n"
    (tmp_path / "page.tex").write_text(page, encoding="utf-8")
    command = [latex, "-interaction=nonstopmode", "-halt-on-error", "page"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, errors="replace", check=False)
    assert done.returncode == 0, done.stdout[-2000:]
    command = [reader, "-layout", "page.pdf", "-"]
    text = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=True).stdout
    lines = [" ".join(line.split()) for line in text.splitlines()]
    drawn = str.maketrans({"_": " ", "^": "\u02c6", "~": "\u02dc"})  # LaTeX draws a line, and sets accents
    assert [line for line in lines if line.endswith((".00", ".25", ".50", ".75"))] == [
        f"{name.translate(drawn)} {score:.2f}" for name, score in zip(names, table["score"], strict=True)
    ]
    assert "Table 1: 50% of {all}" in lines


def test_the_status_is_that_of_an_edition_or_of_the_table_itself():
    tai = gt.read_edition("tai", 2001)
    assert gt.to_markdown(TABLE, status=tai).endswith("\n*Official figures.*")
    assert gt.to_latex(TABLE, status=[tai, "own", "own"]).splitlines()[-2] == (
        r"\par\footnotesize Official figures; collected by the authors."
    )
    assert gt.to_markdown(tai.tables["country"]).endswith("\n*Official figures.*")
    assert gt.to_markdown(tai.tables["country"], status=()) == gt.to_markdown(tai.tables["country"] * 1, status=[])
    with pytest.raises(gt.InputError, match="status = 3"):
        gt.to_markdown(TABLE, status=[3])


def test_what_is_rounded_to_nothing_has_no_sign():
    table = pd.DataFrame({"change": [-0.001, -0.0, 1.5, np.float32(-0.002)]}, dtype=object)
    assert gt.to_markdown(table).splitlines()[2:] == ["| 0.00 |", "| 0.00 |", "| 1.50 |", "| 0.00 |"]


@pytest.mark.parametrize("label", ["a}b", "a b", "tab%", "", "a\\b", 3])
def test_a_label_that_latex_would_obey_is_refused(label):
    with pytest.raises(gt.InputError) as error:
        gt.to_latex(TABLE, label=label)
    assert str(error.value) == (
        f"to_latex: 1 problem\n  - label = {label!r}: expected a text without spaces, commas, braces and "
        r"\ % # ~ ^ $ &, such as tab:ranks"
    )


def test_a_table_without_columns_and_what_has_several_tables_are_refused():
    with pytest.raises(gt.InputError, match="table: it has no column"):
        gt.to_latex(pd.DataFrame())
    assert "tabular}{l}" in gt.to_latex(pd.DataFrame(index=["a"]))
    index = gt.read_edition("tai", 2001).index_of("country")
    with pytest.raises(gt.InputError, match="expected a DataFrame or Series, such as"):
        gt.to_latex(index)
