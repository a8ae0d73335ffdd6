"""Arguments of the statistics of rankings: every bad one in one error, in both languages."""

import numpy as np
import pandas as pd
import pytest

import govtransparency as gt
from govtransparency import InputError

RANKS = pd.DataFrame({2022: [1, 2, 3], 2023: [2, 1, 3], 2024: [3, 1, 2]}, index=list("ABC"))
ONE = RANKS[[2022]].iloc[:1]
NAN = float("nan")


@pytest.mark.parametrize(
    ("call", "problems"),
    [
        (
            lambda: gt.compare_rankings(RANKS, reference=2025, top=4, p=1, level=1, resamples=0, rng=-1),
            [
                "reference: unknown '2025'; did you mean '2024'? valid: 2022, 2023, 2024",
                "top = 4: expected a whole number from 1 to 3",
                "p = 1: expected a number above 0 and below 1, such as 0.9",
                "level = 1: expected a level of confidence",
                "resamples = 0: expected a whole number of at least 1",
                "rng = -1: expected a whole number of at least 0 or a numpy Generator",
            ],
        ),
        (
            lambda: gt.compare_rankings(ONE, top=1.5),
            [
                "rankings: 1 column(s) given; at least 2 are needed",
                "rankings: 1 unit(s) given in rows; at least 2 are needed",
                "top = 1.5: expected a whole number from 1 to 1",
            ],
        ),
        (
            lambda: gt.compare_rankings(RANKS.assign(x=True, y="1")),
            [
                "rankings: column 'y' holds ",
            ],
        ),
        (
            lambda: gt.compare_rankings(RANKS.assign(x=True)),
            ["rankings: column 'x' holds bool, not numbers"],
        ),
        (
            lambda: gt.compare_rankings(pd.concat([RANKS, RANKS]).set_axis(["a", "b", "b"], axis=1)),
            ["rankings: duplicate 'A', 'B', 'C'", "rankings: duplicate 'b'"],
        ),
        (
            lambda: gt.compare_rankings(pd.DataFrame({"a": [1, NAN, NAN], "b": [NAN, 1, 2]})),
            ["'a' and 'b' have 0 unit(s) in common; at least 2 are needed"],
        ),
        (
            lambda: gt.kendall_w(RANKS.to_numpy(), level=2, resamples=0, rng="1"),
            ["rankings = <ndarray 3 x 3>: expected a DataFrame", "level = 2", "resamples = 0", "rng = '1'"],
        ),
        (
            lambda: gt.friedman(ONE.astype(str), level=0),
            ["rankings: 1 column(s)", "rankings: 1 unit(s)", "rankings: column 2022 holds", "level = 0"],
        ),
        (
            lambda: gt.mobility(RANKS, groups=4, level=0, resamples=1.5, rng=None),
            ["groups = 4: expected a whole number from 2 to 3", "level = 0", "resamples = 1.5", "rng = None"],
        ),
        (
            lambda: gt.mobility(RANKS.set_axis(["2022", "2022", "x"], axis=1), groups=1),
            [
                "ranks_by_year: expected years as whole numbers in the columns; got '2022', '2022', 'x'",
                "groups = 1: expected a whole number of at least 2",
            ],
        ),
        (
            lambda: gt.mobility(RANKS.set_axis([2022, "2022", 2023], axis=1)),
            ["ranks_by_year: duplicate year 2022"],
        ),
        (
            lambda: gt.mobility(pd.DataFrame({2022: [1, 2, NAN, NAN], 2023: [NAN, NAN, 1, 2]}), groups=2),
            ["2022 and 2023 have 0 unit(s) in common; at least 2 are needed"],
        ),
        (
            lambda: gt.rank_changes(3, ONE),
            [
                "before = 3: expected a DataFrame with",
                "after: column 'rank'",
                "after: column 'low'",
                "after: column 'high'",
            ],
        ),
        (
            lambda: gt.movers_test([1, 2], RANKS[2022], places=-1, acceptability=3, permutations=0, rng=-1),
            [
                "before = [1, 2]: expected a Series of numbers",
                "places = -1: expected a number of at least 0",
                "acceptability = 3: expected a DataFrame of numbers",
                "permutations = 0: expected a whole number of at least 1",
                "rng = -1",
            ],
        ),
        (
            lambda: gt.movers_test(RANKS[2022], RANKS[2023], acceptability=pd.DataFrame(0.5, ["A"], [1, 2])),
            ["acceptability: unit 'B' is missing", "acceptability: unit 'C' is missing"],
        ),
        (
            lambda: gt.movers_test(RANKS[2022], RANKS[2023], acceptability=pd.DataFrame(0.5, list("ABC"), [1])),
            ["acceptability: expected rows that sum to 1"],
        ),
        (
            lambda: gt.movers_test(RANKS[2022], RANKS.loc[["C"], 2023]),
            ["'before' and 'after' have 1 unit(s) in common; at least 2 are needed"],
        ),
        (
            lambda: gt.rank_biased_overlap(["x", "y", "x"], 3, p=0, ties="c"),
            [
                "p = 0: expected a number above 0 and below 1",
                "ties = 'c' is unknown; valid: a, b, w",
                "a: duplicate 'x'",
                "b = 3: expected a Series of ranks by unit",
            ],
        ),
        (
            lambda: gt.rank_biased_overlap(pd.Series(["x"]), "xy"),
            ["a = <Series 1>: expected a Series of ranks by unit", "b = 'xy': expected a Series of ranks by unit"],
        ),
        (
            lambda: gt.paired_tests(pd.Series([1.0, 2.0], ["A", "A"]), pd.Series(["x"]), pass_mark="60"),
            ["before: duplicate 'A'", "after = <Series 1>: expected a Series of numbers", "pass_mark = '60': expected"],
        ),
        (
            lambda: gt.paired_tests(RANKS[2022], RANKS.loc[["A"], 2023]),
            ["'before' and 'after' have 1 unit(s) in common; at least 2 are needed"],
        ),
        (
            lambda: gt.streaks(RANKS, 0, top=RANKS.set_axis(list("xyz"), axis=1)),
            ["k = 0: expected a whole number of at least 1", "top: expected years as whole numbers in the columns"],
        ),
        (
            lambda: gt.streaks(RANKS, 1, top=RANKS[[2022, 2023]] + 0.5),
            ["top: unit 'A': expected shares", "top: no share for unit 'B' in 2024"],
        ),
        (
            lambda: gt.mann_kendall(RANKS[[2022, 2023]].astype(str), level=1),
            [
                "level = 1",
                "values_by_year = <DataFrame 3 x 2>: expected a DataFrame of numbers",
                "values_by_year: 2 year(s) given; a trend needs at least 3",
            ],
        ),
        (
            lambda: gt.page_trend(RANKS.iloc[:1].mask(RANKS == 2)),
            [
                "scores_by_year: 1 of 1 units lack a value ('A')",
                "scores_by_year: 1 unit(s) and 3 year(s); a common trend needs at least 2 units and 3 years",
            ],
        ),
        (lambda: gt.kendall_w(RANKS).sentence("fr"), ["language = 'fr' is unknown; valid: zh, en"]),
    ],
)
def test_every_bad_argument_is_listed(call, problems):
    with pytest.raises(InputError) as refused:
        call()
    assert len(refused.value.problems) == len(problems), refused.value.problems
    for found, expected in zip(refused.value.problems, problems, strict=True):
        assert found.startswith(expected)


def test_the_errors_are_there_in_chinese():
    with pytest.raises(InputError) as refused:
        gt.mobility(RANKS.set_axis([2022, "2022", 2023], axis=1), groups=1)
    assert [text.zh for text in refused.value.texts] == [
        "ranks_by_year：年份2022重复",
        "groups = 1：应为不小于2的整数",
    ]
    with pytest.raises(InputError) as refused:
        gt.rank_biased_overlap(["x", "x"], [])
    assert [text.zh for text in refused.value.texts] == ["a：“x”重复", "b：排名为空"]


def test_more_than_ten_units_with_gaps_are_not_all_named():
    table = pd.DataFrame({"a": range(1, 14), "b": np.nan}, index=[f"u{n}" for n in range(13)])
    with pytest.raises(InputError, match=r"13 of 13 units lack a value \('u0', .*'u9', \.\.\.\)"):
        gt.kendall_w(table)


def test_numbers_of_numpy_and_of_pandas_are_accepted():
    expected = gt.compare_rankings(RANKS, top=2, resamples=20)
    found = gt.compare_rankings(RANKS.astype("Int64"), top=np.int64(2), p=np.float64(0.9), resamples=np.int64(20))
    pd.testing.assert_frame_equal(found, expected)
    assert gt.compare_rankings(RANKS, reference=np.int64(2022), resamples=5).index[0][0] == 2022
