"""The framework: what the tree says, and what a wrong file is told."""

import pickle
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtransparency import Framework, InputError, Node, read_framework
from govtransparency.framework import framework_from_records

TREE = Framework(
    [
        Node("index", ""),
        Node("p", "index", weight=3),
        Node("q", "index", weight=1),
        Node("a", "p", weight=1),
        Node("b", "p", weight=4, direction=-1),
        Node("c", "q", name_en="See"),
    ]
)


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_indicators_are_the_leaves_and_pillars_come_bottom_up():
    deep = Framework([Node("index", ""), Node("p", "index"), Node("pp", "p"), Node("a", "pp"), Node("b", "p")])
    assert deep.indicators == ("a", "b")
    assert deep.pillars == ("pp", "p")
    assert deep.heights == {"a": 0, "b": 0, "pp": 1, "p": 2, "index": 3}
    assert deep.leaves["p"] == ("a", "b")


def test_effective_weight_is_the_product_along_the_branch():
    assert TREE.effective_weights.to_dict() == {"a": 0.75 * 0.2, "b": 0.75 * 0.8, "c": 0.25}


@given(st.lists(st.floats(1e-3, 1e3), min_size=6, max_size=6))
def test_effective_weights_sum_to_one_whatever_the_weights(weights):
    tree = TREE.with_weights(dict(zip([node.code for node in TREE.nodes], weights, strict=True)))
    assert tree.effective_weights.sum() == pytest.approx(1)
    for node in ("p", "q", "index"):
        assert tree.sibling_weights[node].sum() == pytest.approx(1)


def test_without_the_last_indicator_of_a_pillar_the_pillar_goes_too():
    assert TREE.without("c").pillars == ("p",)
    assert TREE.without("p").indicators == ("c",)
    with pytest.raises(InputError, match="no indicator would be left"):
        TREE.without("p", "c")


def test_without_takes_what_is_under_the_node():
    deep = Framework([Node("index", ""), Node("p", "index"), Node("pp", "p"), Node("a", "pp"), Node("b", "index")])
    assert [node.code for node in deep.without("p").nodes] == ["index", "b"]


def test_names_fall_back_to_the_other_language_then_to_the_code():
    assert TREE.names("zh")["c"] == "See"
    assert TREE.names("en")["a"] == "a"


def test_an_unknown_code_is_answered_with_the_nearest():
    with pytest.raises(InputError, match="no node 'indx' in the framework; did you mean 'index'"):
        TREE.node("indx")


def test_a_framework_survives_its_file_and_its_records(tmp_path):
    TREE.to_frame().to_csv(tmp_path / "framework.csv", index=False)
    assert read_framework(tmp_path / "framework.csv").effective_weights.equals(TREE.effective_weights)
    records = TREE.to_frame().astype(object).where(lambda frame: frame.notna(), None).to_dict("records")
    assert framework_from_records(records).to_frame().equals(TREE.to_frame())


def test_equal_trees_are_equal_though_their_missing_goalposts_are_not_a_number():
    tree = Framework([Node("index", ""), Node("a", "index", worst=float("nan")), Node("b", "index", best=3)])
    other = pickle.loads(pickle.dumps(tree))
    assert tree == other
    assert hash(tree) == hash(other)
    assert tree != tree.with_weights({"a": 2})


def test_every_problem_of_a_file_is_listed_with_its_line(tmp_path):
    path = write(
        tmp_path / "framework.csv",
        "code,parent,weight,direction,worst,best\n"
        "index,,,,,\n"
        "p,index,-1,,,\n"
        "a,p,0,,,\n"
        "a,p,1,,,\n"
        "b,p,1,2,,\n"
        "c,p,1,-1,0,10\n"
        "d,nowhere,1,,,\n"
        "e,p,much,,,\n"
        "f,p,1,,5,5\n",
    )
    with pytest.raises(InputError) as caught:
        read_framework(path)
    text = str(caught.value)
    assert str(path) in text
    for expected in (
        "line 3, 'p': weight -1: expected a positive number",
        "line 4, 'a': weight 0: expected a positive number",
        "line 4, 'a': duplicate code, given 2 times; codes must be unique",
        "line 6, 'b': direction 2.0: expected 1",
        "line 7, 'c': goalposts against the direction: worst 0, best 10, direction -1",
        "line 8, 'd': parent 'nowhere' is missing",
        "line 9, 'e', column 'weight': 'much' is not a number",
        "line 10, 'f': worst and best are both 5",
    ):
        assert expected in text
    assert len(caught.value.problems) == 8
    chinese = caught.value.in_language("zh")
    for expected in (
        "发现8个问题",
        "第3行，“p”：权重-1：应为正数；如不需要该指标，请删去",
        "第4行，“a”：代码重复，共2处；代码须各不相同",
        "第7行，“c”：最差值和最佳值与方向矛盾：最差值0，最佳值10，方向-1；请对调两值，或改变方向",
        "第8行，“d”：没有上级“nowhere”；可用：a、b、c、e、f、index、p",
        "第9行，“e”，“weight”列：“much”不是数字",
    ):
        assert expected in chinese


def test_a_cycle_is_shown_as_a_way_round():
    with pytest.raises(InputError, match="cycle: p -> q -> p; no path leads up to 'index'") as caught:
        Framework([Node("index", ""), Node("a", "index"), Node("p", "q"), Node("q", "p")])
    assert caught.value.texts[0].zh == "循环：p -> q -> p；由此不能上溯至“index”"


def test_a_tree_without_root_or_indicators_is_refused():
    with pytest.raises(InputError, match="no row with the code 'index'"):
        Framework([Node("a", "")])
    with pytest.raises(InputError, match="no indicator"):
        Framework([Node("index", "")])


def test_a_misspelt_column_is_an_error_and_a_note_of_the_author_is_not(tmp_path):
    with pytest.raises(InputError, match=r"unknown column 'wieght'; did you mean 'weight'"):
        read_framework(write(tmp_path / "a.csv", "code,parent,wieght\nindex,,\na,index,2\n"))
    read_framework(write(tmp_path / "b.csv", "code,parent,reviewed by\nindex,,\na,index,me\n"))


def test_infinite_goalposts_and_weights_are_refused():
    with pytest.raises(InputError) as caught:
        Framework(
            [
                Node("index", ""),
                Node("a", "index", worst=float("-inf"), best=1),
                Node("b", "index", weight=float("inf")),
            ]
        )
    assert "goalposts must be finite" in str(caught.value)
    assert "'b': weight inf" in str(caught.value)


def test_goalposts_are_missing_where_the_file_has_none():
    tree = Framework([Node("index", ""), Node("a", "index", worst=0, best=1), Node("b", "index")])
    pd.testing.assert_frame_equal(
        tree.goalposts, pd.DataFrame({"worst": [0, None], "best": [1, None]}, index=["a", "b"], dtype=float)
    )


def test_weights_too_far_apart_are_refused_with_their_line(tmp_path):
    path = write(tmp_path / "framework.csv", "code,parent,weight\nindex,,\na,index,1e299\nb,index,1e-9\n")
    with pytest.raises(InputError) as caught:
        read_framework(path)
    assert caught.value.problems == (
        "line 4, 'b': weight 1e-09 is too far from its largest sibling's, 1e+299: expected weights up to 1e+300, "
        "and none below 1e-300 of the largest sibling's",
    )


def test_unknown_nodes_and_languages_are_refused_in_both_languages():
    with pytest.raises(InputError) as caught:
        TREE.with_weights({"aa": 1, "zz": 2, "b": 3})
    assert caught.value.title == "with_weights"
    with pytest.raises(InputError, match=r"with_weights: 1 problem\n  - weights: duplicate 'a'"):
        TREE.with_weights(pd.Series([1, 2], index=["a", "a"]))
    assert caught.value.texts == (
        (
            "“aa”的权重：没有此指标；是否应为“a”？可用：index、p、q、a、b、c",
            "weight of 'aa': no such node; did you mean 'a'? valid: index, p, q, a, b, c",
        ),
        (
            "“zz”的权重：没有此指标；可用：index、p、q、a、b、c",
            "weight of 'zz': no such node; valid: index, p, q, a, b, c",
        ),
    )
    with pytest.raises(InputError, match="language = 'fr' is unknown; valid: zh, en"):
        TREE.names("fr")
    with pytest.raises(InputError) as caught:
        TREE.without("p", "c")
    assert caught.value.in_language("zh") == "剔除p、c后的指标体系：发现1个问题\n  - 剔除后没有指标"


def chain(levels):
    return [Node("index", ""), *(Node(f"n{i}", f"n{i - 1}" if i else "index") for i in range(levels))]


def problems_of(nodes):
    with pytest.raises(InputError) as caught:
        Framework(nodes)
    return caught.value.problems


def test_a_tree_of_many_levels_is_taken_and_of_too_many_refused_in_a_line():
    assert len(Framework(chain(100)).pillars) == 99
    for levels in (101, 3_000, 20_000):
        assert problems_of(chain(levels)) == (
            f"the framework has {levels} levels below the index (down to 'n{levels - 1}'); expected at most 100",
        )


def test_twenty_thousand_nodes_are_a_framework():
    nodes = [Node("index", ""), *(Node(f"p{n}", "index") for n in range(200))]
    tree = Framework([*nodes, *(Node(f"i{n}", f"p{n % 200}") for n in range(20_000))])
    assert tree.effective_weights.sum() == pytest.approx(1)
    wrong = [*nodes[:2], *(Node(f"i{n}", "pp0") for n in range(20_000))]
    (told,) = problems_of(wrong)
    assert told.startswith("'i0': parent 'pp0' is missing; did you mean 'p0'?")
    assert told.endswith("(20001 in all) (and likewise for 19999 more)")


def test_direction_and_goalposts_of_a_pillar_are_refused_since_nothing_follows_them():
    told = (
        "'p': direction and goalposts count for indicators only, and this row has others beneath it; leave them empty, "
        "or move them to its indicators",
    )
    for declared in ({"direction": -1}, {"worst": 0.0}, {"worst": 0.0, "best": 10.0}):
        assert problems_of([Node("index", ""), Node("p", "index", **declared), Node("a", "p")]) == told
    Framework([Node("index", ""), Node("p", "index", direction=1), Node("a", "p")])


def test_a_long_cycle_is_cut():
    ring = [Node(f"n{i}", f"n{(i + 1) % 3000}") for i in range(3000)]
    (told,) = problems_of([Node("index", ""), Node("a", "index"), *ring])
    assert told.startswith("cycle: n0 -> n1 -> n2 -> ")
    assert told.endswith("n9 -> ... -> n0; no path leads up to 'index'")
    assert problems_of([Node("index", ""), Node("a", "index"), Node("b", "b")]) == (
        "cycle: b -> b; no path leads up to 'index'",
    )


def test_one_misspelt_code_is_one_problem_whatever_hangs_on_it():
    leaves = [Node("a", "p"), Node("b", "p"), Node("c", "q")]
    assert problems_of([Node("indx", ""), Node("p", "index"), Node("q", "index"), *leaves]) == (
        "no row with the code 'index'; the root must have that code and an empty parent",
    )
    assert problems_of([Node("index", ""), Node("q", "index"), Node("q", "index"), *leaves]) == (
        "'q': duplicate code, given 2 times; codes must be unique",
    )


# -- from a program's own values

NESTED = {"Publication": {"documents": 1, "budget": 2}, "Requests": {"Answers": {"days": 1, "share": 3}, "fees": 1}}


def test_nested_dicts_are_a_tree_with_the_weights_of_its_indicators():
    tree = Framework.from_dict(
        NESTED, directions={"days": -1}, goalposts={"days": (30, 5), "share": [0, 100], "fees": (None, 9.5)}
    )
    assert [(node.code, node.parent, node.weight, node.direction) for node in tree.nodes] == [
        ("index", "", 1.0, 1),
        ("Publication", "index", 1.0, 1),
        ("documents", "Publication", 1.0, 1),
        ("budget", "Publication", 2.0, 1),
        ("Requests", "index", 1.0, 1),
        ("Answers", "Requests", 1.0, 1),
        ("days", "Answers", 1.0, -1),
        ("share", "Answers", 3.0, 1),
        ("fees", "Requests", 1.0, 1),
    ]
    assert tree.goalposts.loc["days"].tolist() == [30.0, 5.0]
    assert tree.goalposts["worst"].isna().tolist() == [True, True, False, False, True]
    again = Framework.from_dict(NESTED, directions=tree.directions, goalposts=tree.goalposts)
    assert again == tree


def test_codes_are_the_keys_and_names_are_the_codes_in_words():
    tree = Framework.from_dict({"主动公开": {"documents_online": 1}})
    assert tree.indicators == ("documents_online",)
    assert tree.node("documents_online").name_en == "documents online"
    assert (tree.node("主动公开").name_en, tree.node("主动公开").name_zh) == ("", "主动公开")


@pytest.mark.parametrize("name", ["〇", "\U00020000", "々", "\uf900"])
def test_a_name_of_han_letters_of_any_block_is_chinese(name):
    node = Framework.from_dict({name: 1}).node(name)
    assert (node.name_en, node.name_zh) == ("", name)


def test_columns_are_a_flat_tree():
    table = pd.DataFrame({"a": [1], "b": [2]})
    flat = Framework.flat(table, directions={"b": -1}, goalposts={"b": (9, 0)})
    assert flat == Framework.from_dict({"a": 1, "b": 1}, directions={"b": -1}, goalposts={"b": (9, 0)})
    assert flat == Framework.flat(table.columns, directions={"b": -1}, goalposts={"b": (9, 0)})


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: Framework.from_dict(
                {"P": {"a": 1, "b": 0, 3: 1, "c": {}, "d": "x", "e": float("nan")}, "q": [1], "": 1, "f": 10**400},
                directions={"a": 2, "P": -1},
                goalposts={"a": (1,), "b": (10**400, 0), "aa": (0, 1)},
            ),
            "Framework.from_dict: 13 problems\n"
            "  - key 3 under 'P': expected a code, a text that is not empty\n"
            "  - the dict of 'c' is empty; name what is below it, or give its weight\n"
            "  - 'd': 'x' is neither a weight, which is a finite number, nor a dict of what is below\n"
            "  - 'e': nan is neither a weight, which is a finite number, nor a dict of what is below\n"
            "  - 'q': [1] is neither a weight, which is a finite number, nor a dict of what is below\n"
            "  - key '' under 'index': expected a code, a text that is not empty\n"
            f"  - 'f': 1{'0' * 76}... is neither a weight, which is a finite number, nor a dict of what is below\n"
            "  - directions: 2 of 'a': expected 1 (larger values score higher) or -1 (smaller ones do)\n"
            "  - directions: 'P' is no indicator; valid: a, b\n"
            "  - goalposts: (1,) of 'a': expected a pair of numbers, the worst value and the best; None for one that "
            "is not fixed\n"
            "  - goalposts: 'aa' is no indicator; did you mean 'a'? valid: a, b\n"
            "  - 'b': weight 0: expected a positive number; to leave a node out, delete it\n"
            "  - 'b': goalposts must be finite",
        ),
        (
            lambda: Framework.from_dict(
                {"a": 1, "b": 1},
                directions=pd.Series([1, -1, 1], index=["a", "b", "b"]),
                goalposts=pd.DataFrame({"worst": [0, 1], "best": [9, 9]}, index=["a", "a"]),
            ),
            "Framework.from_dict: 2 problems\n  - directions: duplicate 'b'\n  - goalposts: duplicate 'a'",
        ),
        (
            lambda: Framework.flat(["a", "b"], goalposts=pd.Series([(0, 1), (0, 2)], index=["a", "a"])),
            "Framework.flat: 1 problem\n  - goalposts: duplicate 'a'",
        ),
        (
            lambda: Framework.from_dict([1], directions=3, goalposts="x"),
            "Framework.from_dict: 3 problems\n"
            "  - tree = [1]: expected a dict of codes to weights, or to the dict of what is below\n"
            "  - directions = 3: expected a mapping from the codes of indicators to values\n"
            "  - goalposts = 'x': expected a mapping from the codes of indicators to values",
        ),
        (
            lambda: Framework.from_dict({"P": {"a": 1}, "Q": {"a": 1}}),
            "Framework.from_dict: 1 problem\n  - 'a': duplicate code, given 2 times; codes must be unique",
        ),
        (
            lambda: Framework.from_dict({}),
            "Framework.from_dict: 1 problem\n  - no indicator; at least one row must have a parent",
        ),
        (
            lambda: Framework.flat("abc"),
            "Framework.flat: 1 problem\n  - columns = 'abc': expected a list of names",
        ),
        (
            lambda: Framework.flat(["a", "b", "a"]),
            "Framework.flat: 1 problem\n  - columns: duplicate 'a'",
        ),
        (
            lambda: Framework.from_frame(pd.DataFrame({"code": ["index", "a"], "parents": ["", "index"]})),
            "Framework.from_frame: 1 problem\n"
            "  - unknown column 'parents'; did you mean 'parent'? valid: code, parent, name_en, name_zh, weight, "
            "direction, worst, best, unit, note",
        ),
        (
            lambda: Framework.from_frame(
                pd.DataFrame(
                    {
                        "code": ["index", "a", 3],
                        "parent": [None, "index", "indx"],
                        "weight": [1, "x", 3],
                        "direction": [pd.NA, 0, 1],
                        "worst": [None, "q", 1],
                        "best": [None, 3, 1],
                    }
                )
            ),
            "Framework.from_frame: 7 problems\n"
            "  - row 1 (from 0), column 'weight': 'x' is not a number\n"
            "  - row 1 (from 0), column 'direction': 0: expected 1 or -1\n"
            "  - row 1 (from 0), column 'worst': 'q' is not a number\n"
            "  - row 2 (from 0), column 'code': 3 is not a text\n"
            "  - '': the code is empty\n"
            "  - '': worst and best are both 1; they must differ\n"
            "  - '': parent 'indx' is missing; did you mean 'index'? valid: a, index",
        ),
        (
            lambda: Framework.from_frame([1]),
            "Framework.from_frame: 1 problem\n  - frame = [1]: expected a value of type DataFrame",
        ),
    ],
)
def test_every_mistake_in_a_programs_own_values_is_listed_in_one_error(make, message):
    with pytest.raises(InputError) as caught:
        make()
    assert str(caught.value) == message
    assert all(text.zh != text.en for text in caught.value.texts)


def test_dicts_without_end_are_refused():
    tree: dict = {"a": 1}
    tree["b"] = tree
    with pytest.raises(InputError, match="'b' is on level 100"):
        Framework.from_dict(tree)


texts = st.text(st.characters(codec="utf-8"), max_size=5)
posts = st.one_of(st.just(float("nan")), st.floats(-1e6, 1e6))


@st.composite
def trees(draw):
    """Return any framework: codes in any order of depth, goalposts that agree with the direction."""
    codes = draw(st.lists(texts.filter(lambda code: code not in ("", "index")), min_size=1, max_size=8, unique=True))
    parents = ["index"] + [draw(st.sampled_from(["index", *codes[:at]])) for at in range(1, len(codes))]
    nodes = [Node("index", "", *draw(st.tuples(texts, texts)))]
    for code, parent in zip(codes, parents, strict=True):
        node = Node(code, parent, draw(texts), draw(texts), draw(st.floats(1e-3, 1e3)), unit=draw(texts))
        if code not in parents:
            worst, best, direction = draw(posts), draw(posts), draw(st.sampled_from([1, -1]))
            if not (best - worst) * direction <= 0:
                node = replace(node, worst=worst, best=best, direction=direction)
        nodes.append(node)
    return Framework(draw(st.permutations(nodes)))


@given(trees(), st.sampled_from(["plain", "nullable", "arrow", "object"]))
def test_from_frame_is_the_inverse_of_to_frame(tree, kind):
    frame = tree.to_frame()
    if kind == "object":
        frame = frame.astype(object)
    elif kind != "plain":
        frame = frame.convert_dtypes(dtype_backend="pyarrow" if kind == "arrow" else "numpy_nullable")
    assert Framework.from_frame(frame) == tree


def test_weights_may_be_decimals_as_databases_have_them():
    tree = {"p": {"a": Decimal("0.25"), "b": Decimal("0.75")}, "c": 1}
    assert Framework.from_dict(tree).weights.to_dict() == {"index": 1, "p": 0.5, "a": 0.25, "b": 0.75, "c": 0.5}
    frame = Framework.from_dict(tree).to_frame()
    frame["weight"] = frame["weight"].map(lambda weight: Decimal(str(weight))).astype(object)
    assert Framework.from_frame(frame) == Framework.from_dict(tree)
    with pytest.raises(InputError, match="'a'"):
        Framework.from_dict({"a": Decimal("NaN"), "b": 1})


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (
            lambda: Framework.from_dict({"index": {"a": 1, "b": 1}}),
            "'index': the root is added by itself; give what is below it only",
        ),
        (
            lambda: Framework.from_dict({"a": {"b": 1}, "b": 1}),
            "'b': duplicate code, given 2 times; codes must be unique",
        ),
        (
            lambda: Framework.from_dict({"a": -1, "b": 1}),
            "'a': weight -1: expected a positive number; to leave a node out, delete it",
        ),
        (
            lambda: Framework.from_dict({"a": 1}, goalposts=pd.DataFrame({"low": [0], "high": [1]}, index=["a"])),
            "goalposts = <DataFrame 1 x 2>: expected a DataFrame of indicators with the columns worst and best",
        ),
    ],
)
def test_dicts_are_told_of_in_their_own_words(call, text):
    with pytest.raises(InputError) as caught:
        call()
    assert caught.value.problems == (text,)
