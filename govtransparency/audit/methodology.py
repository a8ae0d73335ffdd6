"""A one-page methodology review after the ten steps of the Handbook, each verdict with its evidence."""

from __future__ import annotations

import pandas as pd

from govtransparency.audit.methodology_checks import CHECKS, VERDICTS, Case
from govtransparency.editions import Edition
from govtransparency.errors import InputError, nearest
from govtransparency.index import build_index

__all__ = ["review"]

STEPS = {
    1: ("理论框架", "Theoretical framework"),
    2: ("指标选择", "Data selection"),
    3: ("缺失数据", "Missing data"),
    4: ("多元分析", "Multivariate analysis"),
    5: ("标准化", "Normalisation"),
    6: ("权重与汇总", "Weighting and aggregation"),
    7: ("不确定性与敏感性", "Uncertainty and sensitivity"),
    8: ("回到数据", "Back to the data"),
    9: ("与其他指标的关系", "Links to other indicators"),
    10: ("呈现", "Presentation"),
}


def review(edition: Edition, *, group: str | None = None) -> pd.DataFrame:
    """Review how an edition is made, as an audit of the JRC would ask: the Handbook's ten steps.

    Parameters
    ----------
    edition : Edition
    group : str, optional
        The group whose numbers are looked at; by default the one with most units.

    Returns
    -------
    DataFrame, a row a question
        step : int, 1 to 10, all there; step_zh, step_en, question_zh, question_en : str; verdict : str, ``"yes"``,
        ``"partly"``, ``"no"`` or ``"not checkable"``; verdict_zh; evidence_zh, evidence_en : str, the figures that the
        verdict rests on, and the mark they are held against.

    Raises
    ------
    InputError
        For a group that the edition does not have.

    Notes
    -----
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, part 1. The verdicts follow from fixed marks, which
    the evidence names. They say what the figures allow to say; whether the concept is right is for people who know the
    field.

    Examples
    --------
    >>> from govtransparency import read_edition
    >>> found = review(read_edition("tai", 2001))
    >>> found.loc[found["step"] == 3, ["question_en", "verdict"]].values.tolist()
    [['Are the data complete?', 'yes'], ['Is a minimum of coverage required?', 'yes']]
    """
    sizes = {name: len(table) for name, table in edition.tables.items()}
    if group is None:
        group = max(sizes, key=lambda name: sizes[name])
    elif group not in sizes:
        raise InputError(
            f"no group {group!r} in {edition.index} {edition.year}; {nearest(group, sizes)}", title="review"
        )
    case = Case(edition, group, build_index(edition.tables[group], edition.recipe))
    found = [finding for check in CHECKS for finding in check(case)]
    rows = [
        {
            "step": item.step,
            "step_zh": STEPS[item.step][0],
            "step_en": STEPS[item.step][1],
            "question_zh": item.question[0],
            "question_en": item.question[1],
            "verdict": item.verdict,
            "verdict_zh": VERDICTS[item.verdict],
            "evidence_zh": item.evidence[0],
            "evidence_en": item.evidence[1],
        }
        for item in found
    ]
    return pd.DataFrame(rows)
