"""Tables of the stability notebooks: agreement of rankings, tests, tiers, and what results say in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd

from govtransparency.errors import InputError
from govtransparency.profiles.rank_errors import error_source
from govtransparency.report.tables.code_names import in_words
from govtransparency.texts.bilingual import Text, bilingual, listed, run_on
from govtransparency.texts.question_words import KINDS
from govtransparency.texts.report_words import PAIRS, RANK_ERRORS
from govtransparency.texts.status_words import STATUS
from govtransparency.texts.test_words import REFUSED_TEST, STATISTICS, TESTS, VERDICTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from govtransparency.coherence import Correlations
    from govtransparency.editions import Edition
    from govtransparency.questions.explain_change import ChangeExplained
    from govtransparency.robustness.stability.mobility import Mobility

__all__ = [
    "comparison_table",
    "declared_table",
    "dividing",
    "errors_note",
    "explained_table",
    "named_movers",
    "outcome",
    "pairs_table",
    "review_table",
    "said",
    "status_table",
    "test_table",
    "tier_sizes",
    "transition_table",
    "with_unit_names",
]


T = TypeVar("T")
NOISE = 1e-9  # points of a score that rounding leaves


def comparison_table(compared: pd.DataFrame, names: Mapping[str, Text] | None = None) -> pd.DataFrame:
    """Return the result of `compare_rankings` with its rankings and statistics named in both languages.

    Parameters
    ----------
    compared : DataFrame
    names : mapping, optional
        What the rankings are called, by their column; by default as the column.

    Returns
    -------
    DataFrame
        first and second (each with _zh and _en), statistic_zh, statistic_en, units, value, low, high, chance, p_value.
    """
    table = compared.reset_index()
    called = {name: Text(str(name), str(name)) for name in [*table["first"], *table["second"]]} | dict(names or {})
    texts = {
        "first": [called[name] for name in table["first"]],
        "second": [called[name] for name in table["second"]],
        "statistic": [STATISTICS[name] for name in table["statistic"]],
    }
    named = pd.DataFrame(
        {f"{column}_{language}": [getattr(text, language) for text in said]
         for column, said in texts.items() for language in ("zh", "en")},
        index=table.index,
    )  # fmt: skip
    return named.join(table[["units", "value", "low", "high", "chance", "p_value"]])


def pairs_table(found: Correlations) -> pd.DataFrame:
    """Return the correlations of indicators within and across pillars in brief.

    Returns
    -------
    DataFrame
        kind_zh, kind_en, count, mean, least, greatest, negative, certain.
    """
    summary = found.summary().rename(columns={"pairs": "count"})
    kinds = [PAIRS["within"], PAIRS["across"]]
    summary.insert(0, "kind_en", [kind.en for kind in kinds])
    summary.insert(0, "kind_zh", [kind.zh for kind in kinds])
    return summary


def test_table(tests: pd.DataFrame) -> pd.DataFrame:
    """Return the result of `paired_tests` with its tests named in both languages."""
    names = pd.DataFrame([TESTS[name] for name in tests.index], columns=["test_zh", "test_en"], index=tests.index)
    return names.join(tests.drop(columns=["sentence_zh", "sentence_en"])).reset_index(drop=True)


def dividing(mark: float, scores: pd.DataFrame) -> float | None:
    """Return a pass mark if scores lie on both sides of it; None on a scale on which it means nothing.

    Examples
    --------
    >>> dividing(60, pd.DataFrame({2024: [58.0, 71.0]})), dividing(60, pd.DataFrame({2024: [0.58, 0.71]}))
    (60, None)
    """
    reached = (scores >= mark).to_numpy()[scores.notna().to_numpy()]
    return mark if reached.any() and not reached.all() else None


def transition_table(found: Mobility) -> pd.DataFrame:
    """Return in what share of the moves a unit goes from each quantile group to each other; columns by number."""
    return found.transitions.rename(columns="{}".format).rename_axis("from").reset_index()


def status_table(status: pd.Series) -> pd.DataFrame:
    """Return each year with the status of its figures in words.

    Parameters
    ----------
    status : Series, year -> status
    """
    words = [STATUS[name] for name in status]
    columns = {"status_zh": [word.zh for word in words], "status_en": [word.en for word in words]}
    return pd.DataFrame({"year": status.index, **columns})


def declared_table(editions: Iterable[Edition]) -> pd.DataFrame:
    """Return the choices that editions declare, each once with its years, the first declared first.

    Returns
    -------
    DataFrame
        years, declared_zh, declared_en.
    """
    years: dict[Text, list[int]] = {}
    for edition in editions:
        for text in edition.declarations.values():
            years.setdefault(bilingual(text), []).append(edition.year)
    rows = [(", ".join(map(str, those)), *text) for text, those in years.items()]
    return pd.DataFrame(rows, columns=["years", "declared_zh", "declared_en"])


def named_movers(table: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """Return what `without_each_assessor` gives with the unit that moves most by its name."""
    movers = units[["name_zh", "name_en"]].reindex(table["most_moved"]).fillna("")  # nobody where no unit moves
    names = {"mover_zh": movers["name_zh"].to_numpy(), "mover_en": movers["name_en"].to_numpy()}
    return table.drop(columns="most_moved").assign(**names).reset_index()


def said(items: Iterable[tuple[Text, object]]) -> pd.DataFrame:
    """Return what results say in words.

    Parameters
    ----------
    items : iterable of (group, result)
        A result has a method ``sentence(language)``, or is a row with sentence_zh and sentence_en, or a text.

    Returns
    -------
    DataFrame
        group_zh, group_en, said_zh, said_en.
    """
    rows = []
    for group, result in items:
        if isinstance(result, Text):
            words: tuple[str, ...] = result
        elif isinstance(result, pd.Series):
            words = (result["sentence_zh"], result["sentence_en"])
        else:
            words = (result.sentence("zh"), result.sentence("en"))  # type: ignore[attr-defined]
        rows.append((*group, *words))
    return pd.DataFrame(rows, columns=["group_zh", "group_en", "said_zh", "said_en"])


def outcome(test: Callable[..., T], rankings: pd.DataFrame, **options: Any) -> T | Text:
    """Return the result of a test of rankings, or why there is none, in a sentence for `said`."""
    try:
        return test(rankings, **options)
    except InputError as error:
        return REFUSED_TEST.format(test=TESTS[test.__name__], reason=error.texts[0])


def errors_note(edition: Edition, errors: Mapping[str, pd.DataFrame]) -> Text:
    """Return where the errors come from, and of which pillars they could only be taken from the others.

    Parameters
    ----------
    edition : Edition
    errors : mapping of group to DataFrame, not empty
        Covariances or rank sets, with those pillars in ``attrs["borrowed"]``.
    """
    borrowed = dict.fromkeys(parent for table in errors.values() for parent in table.attrs.get("borrowed", ()))
    said = [RANK_ERRORS["source"].format(source=error_source(edition, next(iter(errors))))]
    if borrowed:
        names = edition.nodes
        said.append(RANK_ERRORS["borrowed"].format(parents=listed(names[parent] for parent in borrowed)))
    return run_on(said)


def tier_sizes(sets: Mapping[Text, pd.DataFrame]) -> pd.DataFrame:
    """Return how many tiers the ranks of each group allow, and how wide the sets are.

    Returns
    -------
    DataFrame
        group_zh, group_en, units, tiers, largest_tier (its units), width (median number of ranks in a set).
    """
    rows = []
    for group, table in sets.items():
        width = table["high"] - table["low"] + 1
        sizes = table["tier"].value_counts()
        rows.append((*group, len(table), len(sizes), int(sizes.max()), float(width.median())))
    return pd.DataFrame(rows, columns=["group_zh", "group_en", "units", "tiers", "largest_tier", "width"])


def explained_table(moves: pd.DataFrame, why: ChangeExplained) -> pd.DataFrame:
    """Return how ranks and scores changed and what the changes of the scores are made of, the largest moves first.

    Parameters
    ----------
    moves : DataFrame, indexed by unit
        As `govtransparency.rank_changes` returns.
    why : ChangeExplained
        Of the scores.

    Returns
    -------
    DataFrame, indexed by unit
        before, after, change (places), verdict, apart, score_change, and its parts, without those that are 0 for all.
    """
    parts = why.scores[list(KINDS)]
    parts = parts.loc[:, parts.abs().max() > NOISE]
    table = (
        moves[["before", "after", "change", "verdict"]].join(why.scores["change"].rename("score_change")).join(parts)
    )
    return table.sort_values("change", key=abs, ascending=False, kind="stable")


def review_table(review: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """Return a methodology review with names in place of codes, and its columns as the report calls them."""
    return in_words(review, "evidence", edition).rename(columns={"verdict": "verdict_en", "step": "number"})


def with_unit_names(table: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """Return a table indexed by unit with the units' names in front; verdicts are written out."""
    names = units.loc[table.index, ["name_zh", "name_en"]]  # a unit may have several rows
    named = pd.concat([names.set_axis(range(len(table))), table.set_axis(range(len(table)))], axis=1)
    named.index = table.index
    if "verdict" in named:
        words = [VERDICTS[verdict] for verdict in named["verdict"]]
        at = named.columns.get_loc("verdict")
        named = named.drop(columns="verdict")
        named.insert(at, "verdict_en", [word.en for word in words])
        named.insert(at, "verdict_zh", [word.zh for word in words])
    return named
