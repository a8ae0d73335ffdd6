"""Weights of the whole or within the parent: refused with both readings, settled by one argument."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtransparency import Framework, InputError, read_framework

WHOLE = "code,parent,weight\nindex,,\np,index,\na,p,50\nb,p,30\nq,index,\nc,q,10\nd,q,10\n"
TWO_READINGS = (
    "the weights have two readings: 'p', 'q' have none, and those below them add to 100. Of the whole they give "
    "p 80%, q 20%, a 50%, b 30%, c 10%, d 10%; within the parent p 50%, q 50%, a 31.25%, b 18.75%, c 25%, d 25%. "
    'Declare weights = "of_the_whole" or weights = "within_the_parent" (in edition.toml, or as an argument), or '
    "write the weights of the pillars"
)


@pytest.fixture
def read(tmp_path):
    """Return a function that reads a framework from the text of its file and gives the effective weights."""

    def of(text, weights=None):
        path = tmp_path / "framework.csv"
        path.write_text(text, encoding="utf-8")
        return read_framework(path, weights=weights).effective_weights.round(12).to_dict()

    return of


def problems(read, text, weights=None, language="en"):
    with pytest.raises(InputError) as caught:
        read(text, weights)
    return [getattr(problem, language) for problem in caught.value.texts]


def test_leaves_that_add_to_the_whole_are_refused_with_both_readings(read):
    assert problems(read, WHOLE) == [TWO_READINGS]
    assert problems(read, WHOLE, language="zh") == [
        "权重有两种读法：“p”、“q”没有权重，其下的权重合计100。如为占总体的比重，所占为"
        "p 80%、q 20%、a 50%、b 30%、c 10%、d 10%；"
        "如为在上级之内的比重，所占为p 50%、q 50%、a 31.25%、b 18.75%、c 25%、d 25%。"
        '请在 edition.toml 或函数的参数中写明 weights = "of_the_whole" 或 weights = "within_the_parent"，或填写其权重'
    ]


def test_one_argument_settles_what_they_are_shares_of(read):
    assert read(WHOLE, "of_the_whole") == {"a": 0.5, "b": 0.3, "c": 0.1, "d": 0.1}
    assert read(WHOLE, "within_the_parent") == {"a": 0.3125, "b": 0.1875, "c": 0.25, "d": 0.25}
    with pytest.raises(InputError, match="weights = 'of_all' is unknown; valid: of_the_whole, within_the_parent"):
        read(WHOLE, "of_all")


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (WHOLE.replace("50", "0.5").replace("30", "0.3").replace("10", "0.1"), "1"),
        (WHOLE.replace("50", "50%").replace("30", "30%").replace("10", "10%"), "1"),
        (WHOLE.replace("0\n", "00\n"), "1000"),
        (WHOLE.replace("50", "49.9"), "99.9"),  # published weights are rounded
        (WHOLE.replace("p,index,", "index2,index,\np,index2,").replace("q,index,", "q,index2,"), "100"),
    ],
)
def test_weights_of_the_whole_are_known_by_their_sum(read, text, whole):
    (problem,) = problems(read, text)
    assert problem.startswith(
        f"the weights have two readings: 'p', 'q' have none, and those below them add to {whole}."
    )


@pytest.mark.parametrize(
    "text",
    [
        WHOLE.replace("30", "20"),  # no sum that a whole has
        WHOLE.replace("50", "25").replace("30", "25").replace("10", "25"),  # both readings agree
        WHOLE.replace("p,index,", "p,index,80").replace("q,index,", "q,index,20"),
        "code,parent,weight\nindex,,\na,index,60\nb,index,40\n",
        "code,parent,weight\nindex,,\np,index,\na,p,60\nb,p,40\n",
        "code,parent\nindex,\np,index\na,p\nb,p\nq,index\nc,q\n",
    ],
)
def test_weights_with_one_reading_are_read(read, text):
    assert read(text) == read(text, "within_the_parent")


def test_three_levels_are_summed_from_the_leaves(read):
    text = "code,parent,weight\nindex,,\np,index,\nr,p,\na,r,30\nb,r,10\ns,p,\nc,s,20\nq,index,\nd,q,40\n"
    assert problems(read, text)[0].startswith("the weights have two readings: 'p', 'q' have none")
    assert read(text, "of_the_whole") == {"a": 0.3, "b": 0.1, "c": 0.2, "d": 0.4}


def test_a_blank_beside_written_weights_is_refused(read):
    blank = "code,parent,weight\nindex,,\na,index,3\nb,index,\nc,index,1\n"
    said = "no weight for 'b' beside the weights of 'a', 'c'; write it, or leave all of them empty to weigh alike"
    assert problems(read, blank) == problems(read, blank, "within_the_parent") == [said]
    assert problems(read, blank, "of_the_whole") == [said]
    assert problems(read, blank, language="zh") == [
        "“b”没有权重，而同级的“a”、“c”有；请填写权重，或将同级的权重全部留空（权重相等）"
    ]
    pillar = WHOLE.replace("q,index,", "q,index,20")
    assert problems(read, pillar) == [
        "no weight for 'p' beside the weights of 'q'; write it or, if all weights are shares of the whole, declare "
        'weights = "of_the_whole", by which it is the sum of those below (p 80)'
    ]
    assert problems(read, pillar, language="zh") == [
        "“p”没有权重，而同级的“q”有；请填写权重；如权重均为占总体的比重，"
        '请写明 weights = "of_the_whole"，其权重即下级之和（p 80）'
    ]
    assert read(pillar, "of_the_whole") == read(WHOLE, "of_the_whole")


def test_weights_that_cannot_be_of_the_whole_are_refused(read):
    assert problems(read, WHOLE.replace("p,index,", "p,index,70"), "of_the_whole") == [
        "weights = of_the_whole, and the weight 70 of 'p' is not the sum of those below it, 80; correct it, or declare "
        "weights = within_the_parent"
    ]
    assert problems(read, WHOLE.replace("b,p,30", "b,p,"), "of_the_whole") == [
        "no weight for 'b' beside the weights of 'a'; write it, or leave all of them empty to weigh alike"
    ]
    assert problems(read, "code,parent\nindex,\na,index\nb,index\n", "of_the_whole") == [
        "weights = of_the_whole, and neither 'a', 'b' nor what is below them has a weight; write them"
    ]
    alike = "code,parent,weight\nindex,,\np,index,60\na,p,\nb,p,\nq,index,40\n"
    assert read(alike, "of_the_whole") == {"a": 0.3, "b": 0.3, "q": 0.4}


@given(st.lists(st.integers(1, 60), min_size=4, max_size=4))
def test_of_the_whole_each_indicator_has_the_share_it_was_given(tmp_path_factory, given_weights):
    path = tmp_path_factory.getbasetemp() / "whole.csv"
    rows = [
        f"{code},{'pq'[at // 2]},{weight}" for at, (code, weight) in enumerate(zip("abcd", given_weights, strict=True))
    ]
    path.write_text("\n".join(["code,parent,weight", "index,,", "p,index,", "q,index,", *rows]), encoding="utf-8")
    effective = read_framework(path, weights="of_the_whole").effective_weights
    assert effective.tolist() == pytest.approx([weight / sum(given_weights) for weight in given_weights], rel=1e-12)


def test_dicts_and_tables_are_read_as_the_file_is():
    tree = {"p": {"a": 50, "b": 30}, "q": {"c": 10, "d": 10}}
    frame = Framework.from_dict(tree, weights="within_the_parent").to_frame()
    frame.loc[frame["code"].isin(["index", "p", "q"]), "weight"] = None
    for make, source in ((Framework.from_dict, tree), (Framework.from_frame, frame)):
        with pytest.raises(InputError) as caught:
            make(source)
        assert [problem.en for problem in caught.value.texts] == [TWO_READINGS]
        for reading, share in (("of_the_whole", 0.5), ("within_the_parent", 0.3125)):
            assert make(source, weights=reading).effective_weights["a"] == share
        with pytest.raises(InputError, match="weights = 'of_all' is unknown; valid: of_the_whole, within_the_parent"):
            make(source, weights="of_all")


def test_a_table_with_a_weight_left_out_beside_others_is_refused_as_the_file_is():
    rows = {"code": ["index", "a", "b"], "parent": ["", "index", "index"], "weight": [None, 60, None]}
    with pytest.raises(InputError) as caught:
        Framework.from_frame(pd.DataFrame(rows))
    assert str(caught.value) == (
        "Framework.from_frame: 1 problem\n"
        "  - no weight for 'b' beside the weights of 'a'; write it, or leave all of them empty to weigh alike"
    )


def test_dicts_whose_pillars_add_alike_or_to_no_whole_need_no_word():
    halves = Framework.from_dict({"p": {"a": 30, "b": 20}, "q": {"c": 50}})
    assert halves.effective_weights.to_dict() == {"a": 0.3, "b": 0.2, "c": 0.5}
    assert Framework.from_dict({"p": {"a": 1, "b": 2}, "q": {"c": 1}}).weights["p"] == 0.5
    nested = {"p": {"x": {"a": 50, "b": 20}, "c": 10}, "q": {"d": 20}}
    assert Framework.from_dict(nested, weights="of_the_whole").effective_weights.to_dict() == {
        "a": 0.5, "b": 0.2, "c": 0.1, "d": 0.2
    }  # fmt: skip
    assert Framework.from_dict({"p": {"a": 60, "b": 40}, "c": 1}).weights["p"] == 0.5  # beside others that weigh 1
    with pytest.raises(InputError, match="no weight for 'p' beside the weights of 'c'"):
        Framework.from_dict({"p": {"a": 50, "b": 30}, "c": 20})
    assert Framework.from_dict({"p": {"a": 50, "b": 30}, "c": 20}, weights="of_the_whole").weights["p"] == 0.8
