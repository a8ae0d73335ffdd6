"""Tests of the scores of the same units measured twice: signed ranks, signs, and who passes a mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.errors import InputError
from govtransparency.robustness.stability.sentences import p_value_words
from govtransparency.texts.problems import stability_problems as problems
from govtransparency.texts.stability_words import SENTENCES, TESTS
from govtransparency.ties import differences, near

if TYPE_CHECKING:
    from govtransparency.texts.bilingual import Text

__all__ = ["paired_tests"]


@checked
def paired_tests(before: pd.Series, after: pd.Series, *, pass_mark: float | None = None) -> pd.DataFrame:
    """Test whether the scores of the same units have shifted between two years or methods.

    Parameters
    ----------
    before, after : Series, unit -> score
        Units with a score in only one of the two are left out; the column ``units`` counts the rest.
    pass_mark : float, optional
        Also compare who reaches it (McNemar).

    Returns
    -------
    DataFrame, indexed by test: wilcoxon, sign and, with a pass mark, mcnemar
        units : int. up, down, same : int, units that rose, fell, stayed (for mcnemar: newly passing, newly failing,
        unchanged). effect : float, -1 to 1, the matched-pairs rank-biserial correlation for wilcoxon, otherwise
        ``(up - down)/(up + down)``. statistic, p_value : float, two-sided. sentence_zh, sentence_en : str.

    Raises
    ------
    InputError
        For scores that are not numbers, a duplicate unit, and fewer than two units in common.

    Notes
    -----
    Two scores are equal where they differ by at most 1e-12 of the larger, and so are two differences, of the largest
    score subtracted; a score that is equal to the pass mark reaches it. Wilcoxon's test ranks the absolute differences,
    zeros included, then drops the zeros (Pratt 1959); ties share their mean rank. `scipy.stats.wilcoxon` gives its
    p-value, exact in small samples without ties. The sign and McNemar tests are exact binomial tests of the changes.
    Where no unit changes, there is no test: the p-value is 1 and the effect 0. Ranks of the same panel always have the
    same sum: give scores, not ranks.

    Examples
    --------
    >>> before = pd.Series({"A": 50.0, "B": 60.0, "C": 70.0, "D": 58.0, "E": 40.0})
    >>> table = paired_tests(before, before + [3, 2, 0, 4, 5], pass_mark=60)
    >>> table.loc["sign", ["up", "down", "same", "p_value"]].tolist()
    [4.0, 0.0, 1.0, 0.125]
    """
    from scipy import stats

    with Arguments("paired_tests") as check:
        before, after = check.series("before", before), check.series("after", after)
        if pass_mark is not None:
            check.number("pass_mark", pass_mark)
    pair = pd.concat([before, after], axis=1, keys=["before", "after"], join="inner").dropna()
    if len(pair) < 2:
        raise InputError(
            problems.TOO_FEW_IN_COMMON.format(first="before", second="after", count=len(pair)), title="paired_tests"
        )
    change = differences(pair["after"].to_numpy(), pair["before"].to_numpy())
    up, down = int(np.sum(change > 0)), int(np.sum(change < 0))
    rows = {}
    if up + down:
        size = stats.rankdata(np.abs(change))
        positive, negative = size[change > 0].sum(), size[change < 0].sum()
        tested = stats.wilcoxon(change, zero_method="pratt")
        effect = (positive - negative) / (positive + negative)
        rows["wilcoxon"] = (up, down, effect, float(tested.statistic), float(tested.pvalue))
    else:
        rows["wilcoxon"] = (up, down, 0.0, 0.0, 1.0)
    rows["sign"] = _binomial(up, down)
    if pass_mark is not None:
        passed = (pair >= pass_mark) | near(pair, pass_mark)
        newly = int((passed["after"] & ~passed["before"]).sum())
        lost = int((passed["before"] & ~passed["after"]).sum())
        rows["mcnemar"] = _binomial(newly, lost)
    columns = ["up", "down", "effect", "statistic", "p_value"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("test")
    table.insert(2, "same", len(pair) - table["up"] - table["down"])
    table.insert(0, "units", len(pair))
    sentences = [_sentence(str(name), row, pass_mark) for name, row in table.iterrows()]
    table["sentence_zh"], table["sentence_en"] = zip(*sentences, strict=True)
    return table


def _binomial(up: int, down: int) -> tuple[int, int, float, float, float]:
    from scipy import stats

    if not up + down:
        return up, down, 0.0, 0.0, 1.0
    return up, down, (up - down) / (up + down), float(up), float(stats.binomtest(up, up + down).pvalue)


def _sentence(test: str, row: pd.Series, pass_mark: float | None) -> Text:
    counts = {name: int(row[name]) for name in ("units", "up", "down", "same")}
    p = p_value_words(row["p_value"])
    if test == "mcnemar":
        return SENTENCES["pass_mark"].format(**counts, mark=f"{pass_mark:g}", p=p)
    return SENTENCES["paired"].format(**counts, test=TESTS[test], p=p)
