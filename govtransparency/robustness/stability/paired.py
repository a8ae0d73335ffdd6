"""Tests of the same units measured twice: signed ranks, signs, and who passes a mark."""

from __future__ import annotations

import numpy as np
import pandas as pd

from govtransparency.errors import InputError
from govtransparency.robustness.stability.rankings import chance_of
from govtransparency.ties import differences, near

__all__ = ["paired_tests"]


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
        For fewer than two units in common.

    Notes
    -----
    Two scores are equal where they differ by at most 1e-12 of the larger, and so are two differences, of the largest
    score subtracted; a score that is equal to the pass mark reaches it. Wilcoxon's test ranks the absolute differences,
    zeros included, then drops the zeros (Pratt 1959); ties share their mean rank. `scipy.stats.wilcoxon` gives its
    p-value, exact in small samples without ties. The sign and McNemar tests
    are exact binomial tests of the changes. Where no unit changes, there is no test: the p-value is 1 and the effect 0.
    Ranks of the same panel always add up to the same sum: give scores, not ranks.

    Examples
    --------
    >>> before = pd.Series({"A": 50.0, "B": 60.0, "C": 70.0, "D": 58.0, "E": 40.0})
    >>> table = paired_tests(before, before + [3, 2, 0, 4, 5], pass_mark=60)
    >>> table.loc["sign", ["up", "down", "same", "p_value"]].tolist()
    [4.0, 0.0, 1.0, 0.125]
    """
    from scipy import stats

    pair = pd.concat([before, after], axis=1, keys=["before", "after"], join="inner").dropna().astype(float)
    if before.index.has_duplicates or after.index.has_duplicates:
        raise InputError("a unit stands twice; each may be measured once a year", title="paired_tests")
    if len(pair) < 2:
        raise InputError(f"{len(pair)} unit(s) in common; at least 2 are needed", title="paired_tests")
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
    said = [_sentences(str(name), row, pass_mark) for name, row in table.iterrows()]
    table["sentence_zh"], table["sentence_en"] = zip(*said, strict=True)
    return table


def _binomial(up: int, down: int) -> tuple[int, int, float, float, float]:
    from scipy import stats

    if not up + down:
        return up, down, 0.0, 0.0, 1.0
    return up, down, (up - down) / (up + down), float(up), float(stats.binomtest(up, up + down).pvalue)


def _sentences(test: str, row: pd.Series, pass_mark: float | None) -> tuple[str, str]:
    units, up, down, same = (int(row[name]) for name in ("units", "up", "down", "same"))
    p = chance_of(row["p_value"])
    if test == "mcnemar":
        return (
            f"{units} 个单位中，{up} 个新达到 {pass_mark:g} 分，{down} 个不再达到；McNemar 检验 p {p}。",
            f"Of {units} units, {up} newly reach {pass_mark:g} and {down} no longer do; McNemar's test p {p}.",
        )
    zh, en = ("Wilcoxon 符号秩检验", "Wilcoxon's test") if test == "wilcoxon" else ("符号检验", "the sign test")
    return (
        f"{units} 个单位中，{up} 个得分上升，{down} 个下降，{same} 个不变；{zh} p {p}。",
        f"Of {units} units, {up} score more, {down} less and {same} the same; {en} gives p {p}.",
    )
