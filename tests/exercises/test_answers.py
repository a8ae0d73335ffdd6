"""Answers to the tutorials' exercises: right, near, wrong and why, and what is no answer of the kind asked for."""

import re
from decimal import Decimal
from fractions import Fraction
from functools import partial

import numpy as np
import pandas as pd
import pytest

import govtransparency as gt
from govtransparency.exercises import EXERCISES, Verdict, check, solution
from govtransparency.exercises.answers import Choice
from govtransparency.texts.exercise_words import HINTS, MISTAKES, RIGHT

FOUR = ["patents", "royalties", "schooling", "university"]


def tai() -> gt.Edition:
    return gt.read_edition("tai", 2001)


def flat(codes: list[str]) -> gt.Framework:
    posts = tai().framework.goalposts.loc[codes]
    nodes = [gt.Node(code, "index", worst=post["worst"], best=post["best"]) for code, post in posts.iterrows()]
    return gt.Framework([gt.Node("index", ""), *nodes])


def of_tai(codes: list[str]) -> gt.Index:
    recipe = gt.Recipe(flat(codes), normalise=partial(gt.min_max, to=(0, 1)))
    return gt.build_index(tai().tables["country"][codes], recipe)


def own() -> gt.Index:
    framework = gt.Framework(
        [
            gt.Node("index", ""),
            gt.Node("publication", "index", weight=60),
            gt.Node("answers", "index", weight=40),
            gt.Node("documents", "publication", worst=0, best=50),
            gt.Node("budget", "publication", worst=0, best=100),
            gt.Node("days", "answers", direction=-1, worst=40, best=5),
            gt.Node("answered", "answers", worst=0, best=100),
        ]
    )
    table = pd.DataFrame(
        {
            "documents": [45, 30, 38, 12, 25, 41],
            "budget": [90, 70, 85, 40, 65, 95],
            "days": [10, 14, 35, 12, 20, 18],
            "answered": [80, 95, 60, 70, None, 75],
        },
        index=["Alder", "Birch", "Cedar", "Elm", "Fir", "Maple"],
    )
    scale = partial(gt.min_max, to=(1, 100))
    return gt.build_index(table, gt.Recipe(framework, normalise=scale, missing=gt.spread_weights(min_coverage=0.5)))


INDICES = {
    "handbook": lambda: of_tai(list(tai().tables["country"])),
    "own": own,
    "question": lambda: gt.build_index(tai().tables["country"], tai().recipe),
    "weightings": lambda: of_tai(FOUR),
}


@pytest.fixture(scope="module")
def indices() -> dict[str, gt.Index]:
    return {name: make() for name, make in INDICES.items()}


def index_of(exercise: str, indices: dict[str, gt.Index]) -> gt.Index:
    return indices[exercise.partition(".")[0]]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_right_answer_passes_in_both_languages_and_none_is_open(exercise, indices):
    index = index_of(exercise, indices)
    right = solution(exercise, index)
    verdicts = [check(exercise, right, index, language=language) for language in ("en", "zh")]
    assert [verdict.grade for verdict in verdicts] == ["right", "right"]
    assert [repr(verdict) for verdict in verdicts] == [
        f"✓ Right. {RIGHT[exercise].en}",
        f"✓ 正确。{RIGHT[exercise].zh}",
    ]
    assert check(exercise, None, index).grade == "open"


@pytest.mark.parametrize("exercise", [name for name, item in EXERCISES.items() if item.mistakes])
def test_every_known_mistake_is_wrong_and_explained(exercise, indices):
    index = index_of(exercise, indices)
    for name, value in EXERCISES[exercise].mistakes.items():
        verdict = check(exercise, value(index), index)
        assert verdict.grade == "wrong"
        assert verdict.text.en == f"Wrong. {MISTAKES[f'{exercise}.{name}'].en}"


def test_every_exercise_has_its_texts_and_no_text_is_left_over():
    choices = {name for name, item in EXERCISES.items() if isinstance(item.kind, Choice)}
    assert set(RIGHT) == set(EXERCISES)
    assert set(HINTS) == set(EXERCISES) - choices
    assert set(MISTAKES) == {f"{name}.{mistake}" for name, item in EXERCISES.items() for mistake in item.mistakes}
    for name in choices:  # a letter is right, or a mistake with its reason
        assert len(EXERCISES[name].mistakes) == len(EXERCISES[name].kind.letters) - 1


NAMED = re.compile(r"\b(gt|table|card|ensemble|anywhere)\.(\w+)(\((?:[^()]|\([^()]*\))*\))?(?:\.(\w+))?", re.ASCII)


def test_what_a_hint_names_exists_and_is_the_same_in_both_languages(indices):
    index = indices["question"]
    sources = [gt.weights_anywhere()]
    ensemble = gt.uncertainty_analysis(index.raw, index.recipe, sources, draws=2, rng=1)
    card, swap = gt.survives(index, "SWE", k=3), gt.weight_to_swap(index, "FIN", "USA")
    known = {"gt": gt, "index": index, "table": index.table, "card": card, "unit": "FIN", "town": "FIN"}
    known |= {"ensemble": ensemble, "anywhere": ensemble}
    for hint in HINTS.values():
        assert NAMED.findall(hint.en) == NAMED.findall(hint.zh)
        for base, name, call, of_result in NAMED.findall(hint.en):
            assert hasattr(known[base], name), hint.en
            assert not of_result or hasattr(eval(f"{base}.{name}{call}", known), of_result), hint.en
    assert "kept" in card.indicators and hasattr(swap, "distance")  # named without what they are of


# What the tutorials' own numbers are, so that a change of the library that moves them is seen.
KNOWN = {
    "handbook.pair": {"internet", "electricity"},
    "handbook.components": 2,
    "handbook.scaled": 0.571429,
    "handbook.korea": 14,
    "own.weight": 0.133333,
    "own.gap": 57.571429,
    "own.reversed": 2,
    "own.never": {"Cedar", "Elm", "Fir", "Maple"},
    "question.tie": {"SWE", "JPN"},
    "question.ties": 7,
    "question.indicators": {"royalties", "internet", "schooling"},
    "question.share": 0.603,
    "weightings.possible": 6,
    "weightings.share": 0.2442,
    "weightings.change": 0.028888,
}


@pytest.mark.parametrize("exercise", KNOWN)
def test_the_right_answers_are_these(exercise, indices):
    found = solution(exercise, index_of(exercise, indices))
    known = KNOWN[exercise]
    assert (set(found) if isinstance(known, set) else found) == (
        known if isinstance(known, set) else pytest.approx(known, abs=1e-6)
    )


@pytest.mark.parametrize(
    ("exercise", "answer", "grade", "said"),
    [
        ("own.weight", 0.13, "right", "Right."),
        ("own.weight", 2 / 15, "right", "Right."),
        ("own.weight", np.float64(0.133), "right", "Right."),
        ("own.weight", 13, "near", "Near. That is a percentage; a share from 0 to 1 is asked for."),
        ("own.weight", -0.13, "near", "Near. The size is right, the sign is not."),
        ("own.weight", 0.1, "near", "Near. The last decimal differs: perhaps something was rounded too early."),
        ("own.weight", 0.14, "near", "Near. The last decimal differs"),
        ("own.weight", 0.16, "wrong", "Wrong. Walk from the indicator to the root"),
        ("own.weight", 0.33, "wrong", "Wrong. That is its weight within its pillar"),
        ("own.weight", 0.2, "wrong", "Wrong. That is its weight now"),
        ("own.weight", 0.9, "wrong", "Wrong. Walk from the indicator to the root"),
        ("own.weight", 50, "wrong", "Wrong. Walk from the indicator to the root"),
        ("own.weight", "0.2", "unread", "Cannot be judged: '0.2'. Expected: a number from 0 to 1 (decimals: 2)."),
        ("own.weight", True, "unread", "Cannot be judged: True."),
        ("own.weight", float("nan"), "unread", "Cannot be judged: nan."),
        ("own.weight", [0.2], "unread", "Cannot be judged: [0.2]."),
        ("own.weight", ..., "open", "No answer yet: replace None by a number from 0 to 1 (decimals: 2)."),
        ("own.gap", 57.6, "right", "Right."),
        ("own.gap", 57.57, "right", "Right."),
        ("own.gap", 57, "wrong", "Wrong. Use only the indicator that has a value"),
        ("own.gap", 58, "near", "Near. The last decimal differs"),
        ("own.gap", 28.8, "wrong", "Wrong. That counts the gap as a score of 0."),
        ("own.gap", 29.3, "wrong", "Wrong. That counts the gap as the worst value."),
        ("own.reversed", 2.0, "right", "Right."),
        ("own.reversed", np.int64(2), "right", "Right."),
        ("own.reversed", 1, "near", "Near. One off. Try gt.rescore(index, ...)"),
        ("own.reversed", 3, "wrong", "Wrong. That is the rank with the present weights."),
        ("own.reversed", 2.5, "unread", "Cannot be judged: 2.5. Expected: a whole number."),
        ("own.never", ["elm", " Fir", "Cedar", "Maple"], "right", "Right."),
        ("own.never", {"Elm", "Fir", "Cedar"}, "near", "Near. What is there is right, but one is lacking."),
        ("own.never", ["Elm", "Fir", "Cedar", "Maple", "Alder"], "near", "Near. One is too many"),
        ("own.never", ["Elm", "Fir", "Cedar", "Alder"], "near", "Near. One of them is not right"),
        ("own.never", ["Alder", "Birch"], "wrong", "Wrong. Ask gt.can_be_first"),
        ("own.never", [], "wrong", "Wrong. Ask gt.can_be_first"),
        (
            "own.never",
            "Elm",
            "unread",
            "Cannot be judged: 'Elm'. Expected: a list of codes, such as ['Alder', 'Birch']",
        ),
        ("own.never", ["Oak"], "unread", "Cannot be judged: ['Oak']."),
        ("own.swap", "b", "right", "Right."),
        ("own.swap", " B ", "right", "Right."),
        ("own.swap", "a", "wrong", "Wrong. Equal scores look different"),
        ("own.swap", "d", "unread", "Cannot be judged: 'd'. Expected: the letter of one choice: a, b, c."),
        ("own.swap", "", "unread", "Cannot be judged: ''."),
        ("own.swap", 2, "unread", "Cannot be judged: 2."),
        ("handbook.scaled", 0.6, "wrong", "Wrong. That is the ratio to the best goalpost"),
        ("weightings.points", dict(zip(FOUR, (25, 25, 25, 25), strict=True)), "wrong", "Wrong. On which indicator"),
        ("weightings.points", dict(zip(FOUR, (14, 4, 80, 2), strict=True)), "right", "Right. These points do make it"),
        ("weightings.points", dict(zip(FOUR, (23, 32, 38, 7), strict=True)), "near", "Near. It is second"),
        ("weightings.points", dict(zip(FOUR, (50, 50, 50, 50), strict=True)), "unread", "Cannot be judged"),
        ("weightings.points", dict(zip(FOUR, (120, -20, 0, 0), strict=True)), "unread", "Cannot be judged"),
        ("weightings.points", {"patents": 100}, "unread", "Cannot be judged: {'patents': 100}. Expected: points of 0"),
        ("weightings.points", [25, 25, 25, 25], "unread", "Cannot be judged: [25, 25, 25, 25]."),
    ],
)
def test_answers_are_judged(exercise, answer, grade, said, indices):
    verdict = check(exercise, answer, index_of(exercise, indices))
    assert verdict.grade == grade
    assert verdict.text.en.startswith(said)


ODD = [
    *(object(), pd.NA, pd.NaT, 1j, b"x", 10**400, -(10**400), float("inf"), Decimal("0.2"), Fraction(1, 5), range(3)),
    *(
        np.array([1.0, 2.0]),
        np.array("b"),
        pd.Series([1.0], index=["patents"]),
        pd.DataFrame({"a": [1]}),
        {},
        set(),
        (),
    ),
    *([None], [["Elm"]], {"patents": None, "royalties": 1, "schooling": 2, "university": 97}, "x" * 500, len),
]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_no_answer_whatever_is_an_error(exercise, indices):
    for odd in ODD:
        verdict = check(exercise, odd, index_of(exercise, indices))
        assert verdict.grade in ("right", "near", "wrong", "unread")
        assert len(repr(verdict)) < 500


def test_an_answer_drawn_at_random_may_differ_by_two_hundredths(indices):
    right = solution("question.share", indices["question"])
    grades = [
        check("question.share", right + off, indices["question"]).grade for off in (0.0199, -0.0199, 0.039, 0.047)
    ]
    assert grades == ["right", "right", "near", "wrong"]
    assert check("question.share", right - 0.03, indices["question"]).text.en.startswith(
        "Near. A little off: other draws or another seed give another share; take those of the tutorial."
    )


@pytest.mark.parametrize(
    ("exercise", "answer", "change", "problem"),
    [
        ("own.gap", 57.6, lambda own: own.drop("Fir"), "'Fir'"),
        ("own.reversed", 2, lambda own: own.drop("Birch"), "'Birch'"),
        ("own.gap", 57.6, lambda own: own.drop("Fir").reindex(own.index), "'Fir'"),
    ],
)
def test_an_index_without_what_is_asked_about_is_refused(exercise, answer, change, problem, indices):
    index = gt.build_index(change(indices["own"].raw), indices["own"].recipe)
    said = (
        f"index: without {problem}, which exercise '{exercise}' asks about (units with a rank, indicators, pillars); "
        "give the index that its tutorial builds"
    )
    for call in (partial(check, exercise, answer), partial(solution, exercise)):
        with pytest.raises(gt.InputError) as error:
            call(index)
        assert error.value.problems == (said,)
    assert check(exercise, None, index).grade == "open"


def test_all_that_an_index_is_without_is_named_in_one_error(indices):
    with pytest.raises(gt.InputError) as error:
        check("own.reversed", 2, indices["question"], language="fr")
    assert len(error.value.problems) == 2
    assert error.value.problems[1].startswith("index: without 'Birch', 'publication', 'answers', which")


@pytest.mark.parametrize("asked", ["answer", "solution"])
def test_an_index_with_which_there_is_no_answer_is_refused(asked, indices):
    tai = indices["question"]  # whose weights of a first place are those of pillars
    points = dict.fromkeys(tai.table, 12.5)
    with pytest.raises(gt.InputError) as error:
        check("weightings.points", points, tai) if asked == "answer" else solution("weightings.points", tai)
    assert error.value.title == ("exercises.check" if asked == "answer" else "exercises.solution")
    assert error.value.problems == (
        "index: exercise 'weightings.points' has no answer with it; give the index that its tutorial builds",
    )


SMALL = {
    "one unit": (["FIN"], ["schooling", "days"]),
    "one indicator": (["FIN", "USA", "SWE", "KOR", "ITA", "Fir", "Birch"], ["schooling"]),
    "no spread": (["FIN", "USA", "SWE", "KOR", "ITA", "Fir", "Birch"], ["schooling", "days"]),
}


@pytest.mark.parametrize("small", SMALL)
def test_a_small_table_of_ones_own_gives_a_verdict_or_one_error(small):
    units, codes = SMALL[small]
    framework = gt.Framework([gt.Node("index", ""), *(gt.Node(code, "index", worst=0, best=10) for code in codes)])
    table = pd.DataFrame(5.0, index=units, columns=codes)
    index = gt.build_index(table, gt.Recipe(framework, normalise=partial(gt.min_max, to=(0, 1))))
    for exercise in EXERCISES:
        for answer in (1, 0.5, "a", units[:1], codes[:1], dict.fromkeys(codes, 100 / len(codes))):
            try:
                assert isinstance(check(exercise, answer, index), Verdict)
            except gt.InputError as error:
                assert error.problems != ()  # noqa: PT017


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_index_of_another_tutorial_gives_a_verdict_or_one_error(exercise, indices):
    for name in ("own", "weightings"):
        for answer in (1, 0.5, "a", list(indices[name].table.index[:2]), dict.fromkeys(indices[name].table, 25)):
            try:
                assert isinstance(check(exercise, answer, indices[name]), Verdict)
            except gt.InputError as error:
                assert error.problems[0].startswith("index: ")  # noqa: PT017


def test_an_answer_follows_a_changed_table(indices):
    index = indices["own"]
    changed = gt.build_index(index.raw.assign(days=[10, 14, 35, 12, 5, 18]), index.recipe)
    assert solution("own.gap", changed) == pytest.approx(100)


def test_a_verdict_shows_itself_in_the_readers_language_and_nothing_of_it_is_markup(indices):
    verdict = check("own.swap", "<b>", indices["own"], language="zh")
    assert repr(verdict) == "? 无法判断：'<b>'。应填一个选项：a、b、c。"
    assert "&lt;b&gt;" in verdict._repr_html_() and 'lang="zh"' in verdict._repr_html_()
    assert isinstance(verdict, Verdict) and verdict.exercise == "own.swap"


def test_a_wrong_call_is_an_error_and_lists_everything(indices):
    with pytest.raises(gt.InputError) as error:
        check("own.weigth", 1, indices["own"].scores, language="fr")
    assert error.value.title == "exercises.check"
    assert len(error.value.problems) == 3
    assert "own.weight" in error.value.problems[0]
    with pytest.raises(gt.InputError, match=r"exercises\.solution"):
        solution("own", indices["own"])
