"""How many decimals a ranking shows, so that units with different ranks have different scores to see."""

from __future__ import annotations

import pandas as pd

from govtransparency.texts.bilingual import Text, run_on
from govtransparency.texts.report_words import NOTES

__all__ = ["FEWEST", "MOST", "score_digits", "with_note_on_scores"]

FEWEST, MOST = 2, 6


def score_digits(scores: pd.Series, ranks: pd.Series) -> int:
    """Return the fewest decimals at which no two units with different ranks show the same score, at most `MOST`.

    Where a better score can have a worse rank, as of one unit on several indicators, nothing is to be told apart.

    Examples
    --------
    >>> import pandas as pd
    >>> scores = pd.Series([62.574, 62.571])
    >>> score_digits(scores, pd.Series([1, 2])), score_digits(scores, pd.Series([1, 1]))
    (3, 2)
    """
    return next((digits for digits in range(FEWEST, MOST) if not _alike(scores, ranks, digits)), MOST)


def _is_ranking(scores: pd.Series, ranks: pd.Series) -> bool:
    """Return whether no better score has a worse rank."""
    ordered = (
        pd.DataFrame({"score": scores, "rank": ranks}).dropna().sort_values(["score", "rank"], ascending=[False, True])
    )
    return bool(ordered["rank"].is_monotonic_increasing)


def _alike(scores: pd.Series, ranks: pd.Series, digits: int) -> bool:
    """Return whether some units of a ranking with different ranks show the same score at that many decimals."""
    if not _is_ranking(scores, ranks):
        return False
    ranked = ranks.notna() & scores.notna()
    shown = scores[ranked].map(f"{{:z.{digits}f}}".format)
    return bool((ranks[ranked].groupby(shown).nunique() > 1).any())


def with_note_on_scores(note: Text | None, table: pd.DataFrame) -> Text | None:
    """Return the note of a table, and what decides where no decimals tell its scores apart."""
    if not {"rank", "score"} <= set(table) or not _alike(table["score"], table["rank"], MOST):
        return note
    return NOTES["alike"] if note is None else run_on([note, NOTES["alike"]])
