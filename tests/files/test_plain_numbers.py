"""Numbers that an author writes in a file of one's own: plainly, or not taken."""

import pytest

import govtransparency as gt
from govtransparency.files.number_forms import look_of, plain_texts, written
from govtransparency.files.plain_numbers import to_number, written_plainly


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1.0),
        (" -2.5 ", -2.5),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("5.", 5.0),
        ("\u22123", -3.0),
        ("\uff11\uff12\uff0e\uff15", 12.5),
        ("\uff12\uff0c\uff10\uff10\uff10", 2000.0),  # nobody's decimal comma
        ("inf", float("inf")),
    ],
)
def test_plain_numbers(text, number):
    assert to_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "1,250",
        "12,345.5",
        "85%",
        "85\uff05",
        "1,23",
        "1.234,5",
        "1 234",
        "1_000",
        "three",
        "",
        "0x1F",
        "nan",
        "1e",
        "\uff11\uff0c\uff15",
    ],
)
def test_what_may_be_another_number_or_none_is_not_taken(text):
    assert to_number(text) is None


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("1,250", "; write 1250 or 1.25"),
        ("20%", "; write 20 or 0.2"),
        ("1.234,5", "; write 1234.5"),
        ("much", ""),
    ],
)
def test_how_to_write_it_is_said(text, ways):
    assert written_plainly(text).en == ways


def test_the_look_of_a_cell():
    looks = {
        "$1,958": "currency", "US$ 5": "currency", "\u00a55": "currency", "RMB 12": "currency",
        "38,000 ppl.": "beside", "12\u4eba": "beside", "3.5\u4e07": "multiple", "5\u2030 x": "beside", "5 kg": "beside",
        "(12.5)": "brackets", "<5": "bound", ">= 95%": "bound", "~3": "bound",
        "Jan-02": "date", "2-Jan": "date", "2024-01-31": "date",
        "1/2": "date", "3\u67085\u65e5": "date", "12:30": "date",
        "4*": "mark", "4\u00b9": "mark", "12.5 [a]": "mark", "4 (e)": "mark",
        "about 3": "bound", "1.2.34": "date", "12,34,5": "digits",
        "Yes": "grade", "\u65e0": "nothing", "-": "no data", "\u2014": "no data", "rising": "word", "?": "sign",
    }  # fmt: skip
    assert {text: look_of(text) for text in looks} == looks


def test_a_column_at_once_is_as_cell_by_cell():
    for decimal, texts in {
        ".": ["1,234.5", "9,500", "1'234", "1 234.5", "\u22123", "\uff11", "1e-3"],
        ",": ["1.234,5", "9,5", "1\u202f234,5", "-,5"],
    }.items():
        forms = [written(text) for text in texts]
        assert list(map(float, plain_texts(texts, decimal))) == [
            form.point if decimal == "." else form.comma for form in forms
        ]
        for wrong in ("1,23,4", "x", "", "5%", "1\n2"):
            assert plain_texts([*texts, wrong], decimal) is None
    assert plain_texts([], ".") == []


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("a,index,20%\nb,index,20\n", "line 3, 'a', column 'weight': '20%' is not a number; write 20 or 0.2"),
        ('a,index,"1,250"\nb,index,20\n', "line 3, 'a', column 'weight': '1,250' is not a number; write 1250 or 1.25"),
    ],
)
def test_a_weight_with_two_readings_is_refused(tmp_path, rows, said):
    path = tmp_path / "framework.csv"
    path.write_text(f"code,parent,weight\nindex,,\n{rows}", encoding="utf-8")
    with pytest.raises(gt.InputError) as caught:
        gt.read_framework(path)
    assert caught.value.problems == (said,)


def test_weights_of_siblings_that_are_all_per_cent_have_one_reading(tmp_path):
    path = tmp_path / "framework.csv"
    path.write_text(
        "code,parent,weight\nindex,,\np,index,70%\nq,index,30\uff05\na,p,1\nb,p,3\nc,q,\n", encoding="utf-8"
    )
    tree = gt.read_framework(path)
    assert [tree.node(code).weight for code in ("p", "q", "a", "b", "c")] == [0.7, 0.3, 1, 3, 1]
