"""A one-page methodology review by the ten steps of the Handbook, each verdict with its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.audit.methodology_checks import CHECKS, Case
from govtransparency.checked_calls import checked
from govtransparency.texts.methodology_words import REVIEW_QUESTIONS, REVIEW_VERDICTS, STEPS

if TYPE_CHECKING:
    from govtransparency.editions import Edition

__all__ = ["review"]


@checked
def review(edition: Edition, *, group: str | None = None) -> pd.DataFrame:
    """Review the methodology of an edition by the Handbook's ten steps, as an audit of the JRC would.

    Parameters
    ----------
    edition : Edition
    group : str, optional
        The group whose numbers are examined; by default the one with most units.

    Returns
    -------
    DataFrame, one row per question
        step : int, every step from 1 to 10; step_zh, step_en, question_zh, question_en : str; verdict : str, ``"yes"``,
        ``"partly"``, ``"no"`` or ``"not checkable"``; verdict_zh; evidence_zh, evidence_en : str, the figures behind
        the verdict, and the thresholds they are compared with.

    Raises
    ------
    InputError
        For a group that the edition does not have.

    Notes
    -----
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, part 1. The verdicts follow from fixed thresholds,
    which the evidence names. They only judge the figures; whether the concept is right is for experts of the field.

    Examples
    --------
    >>> from govtransparency import read_edition
    >>> found = review(read_edition("tai", 2001))
    >>> found.loc[found["step"] == 3, ["question_en", "verdict"]].values.tolist()
    [['Are the data complete?', 'yes'], ['Is a minimum coverage required?', 'yes']]
    """
    sizes = {name: len(table) for name, table in edition.tables.items()}
    if group is None:
        group = max(sizes, key=lambda name: sizes[name])
    with Arguments("review") as check:
        check.choice("group", group, sizes)
    case = Case(edition, group, edition.index_of(group))
    found = [finding for check in CHECKS for finding in check(case)]
    rows = [
        {
            "step": item.step,
            "step_zh": STEPS[item.step].zh,
            "step_en": STEPS[item.step].en,
            "question_zh": REVIEW_QUESTIONS[item.question].zh,
            "question_en": REVIEW_QUESTIONS[item.question].en,
            "verdict": item.verdict,
            "verdict_zh": REVIEW_VERDICTS[item.verdict].zh,
            "evidence_zh": item.evidence.zh,
            "evidence_en": item.evidence.en,
        }
        for item in found
    ]
    return pd.DataFrame(rows)
