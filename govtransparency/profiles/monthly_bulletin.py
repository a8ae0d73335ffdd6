"""The monthly bulletin of a group: coverage, provisional ranks, the ranks still possible, the lowest marks."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.aggregation import transform_of
from govtransparency.applicability import part_of
from govtransparency.arguments import Arguments
from govtransparency.data.indicator_columns import Scale
from govtransparency.data.marks import indicator_values, marked_not_applicable
from govtransparency.errors import InputError
from govtransparency.index import build_index
from govtransparency.node_rules import rules_of
from govtransparency.nodes import ROOT
from govtransparency.normalisation import min_max
from govtransparency.ranking import rank as rank_of
from govtransparency.ranking import round_scores
from govtransparency.scoring.compiler import has_score
from govtransparency.texts.bilingual import words
from govtransparency.texts.problems import profile_problems as problems

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govtransparency.editions import Edition
    from govtransparency.framework import Framework
    from govtransparency.recipe import Recipe
    from govtransparency.texts.bilingual import Text

__all__ = ["Bulletin", "bulletin"]

DRAWS, LEVEL = 200, 0.90


@dataclass(frozen=True)
class Bulletin:
    """What is known of a group at the end of a month. Everything in it is provisional.

    Attributes
    ----------
    group : str
    month : str
        YYYY-MM.
    coverage : DataFrame, indexed by pillar, the whole index last
        before and now: share of the expected marks that have been given, 0 to 1, at the end of the month before and of
        this one; gained: the difference.
    units : DataFrame, indexed by unit
        coverage, share of the unit's expected marks that have been given; rank, provisional, from the marks given, NaN
        for a unit with too few; previous, the same a month before; low and high, the best and the worst final rank
        that is possible, NaN where there is a `reason`; likely_low and likely_high, the 90 % interval of the final rank
        if open marks are like those given, NaN where it cannot be drawn. All ranks are among the same units: those with
        a provisional rank, or all as long as none has one.
    lowest : DataFrame, one row per mark of the month at or beyond the worst goalpost
        unit, indicator, assessor, mark, observed_on.
    reason : Text or None
        Why there are no intervals.
    provisional : Text or None
        Why there are no provisional ranks.
    """

    group: str
    month: str
    coverage: pd.DataFrame
    units: pd.DataFrame
    lowest: pd.DataFrame
    reason: Text | None
    provisional: Text | None

    @property
    def widths(self) -> pd.Series:
        """How many final ranks are possible for each unit that has an interval."""
        return (self.units["high"] - self.units["low"] + 1).dropna().rename("width")

    @property
    def among(self) -> pd.DataFrame:
        """The rows of `units` of the units that are ranked: those with a provisional rank, or all if none has one."""
        ranked = self.units["rank"].notna()
        return self.units[ranked] if ranked.any() else self.units

    @property
    def bounded(self) -> pd.Series:
        """Whether the best and the worst rank possible say anything: not where every rank is possible."""
        return ((self.units["low"] > 1) | (self.units["high"] < len(self.among))) & self.units["low"].notna()

    @property
    def outside(self) -> int:
        """How many provisional ranks lie outside their 90 % interval."""
        units = self.units.dropna(subset=["rank", "likely_low"])
        return int(((units["rank"] < units["likely_low"]) | (units["rank"] > units["likely_high"])).sum())

    @property
    def compared(self) -> pd.DataFrame:
        """The units with a provisional rank both a month before and now: previous, rank, change (places gained)."""
        both = self.units.dropna(subset=["rank", "previous"])[["previous", "rank"]]
        return both.assign(change=both["previous"] - both["rank"])

    @property
    def moved(self) -> pd.DataFrame:
        """The units whose provisional rank changed since the month before, the largest change first."""
        return self.compared.query("change != 0").sort_values("change", key=abs, ascending=False, kind="stable")

    @property
    def newly_ranked(self) -> int:
        """How many units have their first provisional rank."""
        return int((self.units["rank"].notna() & self.units["previous"].isna()).sum())


def bulletin(edition: Edition, group: str, month: str) -> Bulletin:
    """Return what the marks observed up to the end of a month tell about a group.

    Parameters
    ----------
    edition : Edition
        With assessors' marks and the days on which they were observed.
    group : str
    month : str
        YYYY-MM, from the first to the last month of the marks.

    Returns
    -------
    Bulletin

    Raises
    ------
    InputError
        For an edition without dated marks, a text that is not a month or a month outside those of the marks, and an
        unknown group.

    Notes
    -----
    Every assessor of a unit is expected to mark it on every indicator; a mark without a day counts as not given.

    The interval of a unit holds every final rank that is possible, whatever the marks still to come: the open marks of
    each unit are set to the worst value that the scale allows, then to the best. Nothing is assumed about open marks,
    neither that they are like the unit's marks so far nor like those of the year before, so early in the year the
    interval covers nearly all ranks. It is exact where no unit's score depends on another's values (`min_max` capped at
    goalposts, no treatment, means that grow with every child) and as long as the marks to come leave no pillar below
    its minimum coverage; elsewhere there is none, and `reason` says why.

    The likely interval makes one assumption, which the page states: each open mark is drawn, 200 times, from the values
    that the units have so far on the same indicator (between the goalposts where there are none). Open marks then do
    not follow the unit's own level, so this interval is drawn towards the middle of the ranking.

    The provisional rank applies the recipe to the marks given, among the units with at least the recipe's minimum
    coverage and without indicators that have no marks yet. It may be anywhere in the interval.
    """
    with Arguments(f"bulletin of {edition.index} {edition.year}") as check:
        check.choice("group", group, edition.groups)
        end, given = _end_of_month(check, edition, month)
    units, recipe = edition.tables[group].index, edition.recipes[group]
    marks = given[given["unit"].isin(units)]
    before = end - pd.offsets.MonthEnd(1)
    expected = marks.groupby("unit")["assessor"].nunique().reindex(units).fillna(0).to_numpy()
    now, then = (_mark_counts(marks[marks["observed_on"] <= day], recipe, units) for day in (end, before))
    framework = recipe.framework
    columns = {code: list(framework.leaves.get(code, (code,))) for code in (*framework.children(ROOT), ROOT)}
    coverage = pd.DataFrame(
        {
            name: {
                code: counts[places].to_numpy().sum() / (expected.sum() * len(places))
                for code, places in columns.items()
            }
            for name, counts in (("before", then), ("now", now))
        }
    )
    coverage["gained"] = coverage["now"] - coverage["before"]
    rank, provisional = _provisional(marks[marks["observed_on"] <= end], recipe, units)
    previous, _ = _provisional(marks[marks["observed_on"] <= before], recipe, units)
    reason = _why_no_bounds(recipe)
    marked = _marked(marks, end, recipe, units, expected)
    among = rank.notna() if rank.notna().any() else pd.Series(True, index=units)  # as `Bulletin.among`
    low = high = pd.Series(np.nan, index=units)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of marks that are made up in place of those to come
        likely = dict(zip(("likely_low", "likely_high"), _likely_ranks(marked, edition, recipe, among), strict=True))
        if reason is None:
            try:
                low, high = _possible_ranks(marked, edition, recipe, among)
            except InputError as error:  # such as a geometric mean, which refuses the worst score
                reason = error.texts[0]
    share = now.sum(axis=1) / (expected * now.shape[1])
    table = pd.DataFrame({"coverage": share, "rank": rank, "previous": previous, "low": low, "high": high}, index=units)
    table = table.assign(**likely)
    of_month = marks[(marks["observed_on"] <= end) & (marks["observed_on"] > before)]
    return Bulletin(group, month, coverage, table, _lowest_marks(of_month, framework), reason, provisional)


def _end_of_month(check: Arguments, edition: Edition, month: str) -> tuple[pd.Timestamp, pd.DataFrame]:
    """Check the month and return its last day and the marks of the edition."""
    marks = edition.marks
    if marks is None or marks["observed_on"].isna().all():
        check.refuse(problems.NO_DATED_MARKS)
        return pd.Timestamp(0), pd.DataFrame()
    first, last = (f"{day:%Y-%m}" for day in (marks["observed_on"].min(), marks["observed_on"].max()))
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", str(month)) or not first <= month <= last:
        check.expect("month", month, problems.MONTH.format(first=first, last=last))
        return pd.Timestamp(0), marks
    return pd.Timestamp(f"{month}-01") + pd.offsets.MonthEnd(0), marks


def _mark_counts(marks: pd.DataFrame, recipe: Recipe, units: pd.Index) -> pd.DataFrame:
    """Return how many marks each unit has on each indicator, including those missing or not applicable."""
    counts = marks.groupby(["unit", "indicator"]).size().unstack()
    return counts.reindex(index=units, columns=list(recipe.framework.indicators)).fillna(0)


def _provisional(marks: pd.DataFrame, recipe: Recipe, units: pd.Index) -> tuple[pd.Series, Text | None]:
    """Return the ranks from the marks given, or why there are none."""
    none = pd.Series(np.nan, index=units)
    if marks.empty:
        return none, problems.NO_MARK
    values = indicator_values(marks, recipe.framework).reindex(units)
    required = recipe.missing.required(ROOT)
    cells = marked_not_applicable(marks, values)
    kept = has_score(values, recipe, cells)
    if kept.sum() < 2:
        return none, problems.FEW_OBSERVED.format(share=f"{required:.0%}")
    absent = list(values.columns[values[kept].isna().all()])
    try:
        there = values[kept].drop(columns=absent)
        ranks = build_index(there, recipe.without(*absent), not_applicable=part_of(cells, there)).ranks
    except InputError as error:
        return none, error.texts[0]
    return ranks.reindex(units).astype(float), None


def _why_no_bounds(recipe: Recipe) -> Text | None:
    """Return why filling in the worst and the best values gives no bounds of the scores; None if it does."""
    method = recipe.normalise
    options = method.keywords if isinstance(method, partial) else {}
    plain = (method.func if isinstance(method, partial) else method) is min_max
    if not plain or set(options) - {"to", "cap"} or not options.get("cap", True):
        return problems.NOT_MIN_MAX
    if recipe.treat:
        return problems.TREATED
    goalposts = recipe.framework.goalposts
    if lacking := list(goalposts.index[goalposts[["worst", "best"]].isna().any(axis=1)]):
        return problems.NO_GOALPOSTS.format(codes=words(lacking))
    nodes = (*recipe.framework.pillars, ROOT)
    if others := [
        code for code in nodes if transform_of(recipe.aggregator(code)) is None or rules_of(recipe, code).rescale
    ]:
        return problems.NOT_A_MEAN.format(nodes=words(others))
    return None


@dataclass(frozen=True)
class _Marked:
    """Units x indicators: the sum of the marks given, how many have a value, how many are open; what is not applicable.

    An indicator is settled as not applicable to a unit when all its marks are given and none has a value.
    """

    total: np.ndarray
    count: np.ndarray
    open: np.ndarray
    not_applicable: pd.DataFrame

    def filled(self, value: np.ndarray) -> np.ndarray:
        """Return the mean marks if every open mark had the value; NaN where none is open and none has a value."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return (self.total + np.where(self.open > 0, self.open * value, 0)) / (self.count + self.open)


def _marked(marks: pd.DataFrame, end: pd.Timestamp, recipe: Recipe, units: pd.Index, expected: np.ndarray) -> _Marked:
    known = marks[marks["observed_on"] <= end]
    valued = known.dropna(subset="mark").groupby(["unit", "indicator"])["mark"]
    total, count = (
        table.unstack().reindex(index=units, columns=list(recipe.framework.indicators)).fillna(0).to_numpy()
        for table in (valued.sum(), valued.size())
    )
    still_open = np.maximum(expected[:, None] - _mark_counts(known, recipe, units).to_numpy(), 0)
    said = marked_not_applicable(known, pd.DataFrame(index=units, columns=list(recipe.framework.indicators)))
    return _Marked(total, count, still_open, said & (still_open == 0))


def _likely_ranks(marked: _Marked, edition: Edition, recipe: Recipe, among: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return the interval of ranks in 90 % of draws in which open marks are like those seen on the same indicator."""
    units = among.index
    rng = np.random.default_rng(edition.seed)
    codes = list(recipe.framework.indicators)
    limits = _mark_limits(edition.scales, recipe.framework)
    with np.errstate(invalid="ignore", divide="ignore"):
        seen = marked.total / marked.count
    drawn = np.empty((DRAWS, len(units), len(codes)))
    for column, code in enumerate(codes):
        donors = seen[~np.isnan(seen[:, column]), column]
        given = limits.loc[code, ["goalpost_worst", "goalpost_best"]].to_numpy(dtype=float)
        size = (DRAWS, len(units))
        if len(donors):
            drawn[:, :, column] = rng.choice(donors, size)
        else:
            drawn[:, :, column] = rng.uniform(given.min(), given.max(), size) if np.isfinite(given).all() else np.nan
    ranks = np.full((DRAWS, len(units)), np.nan)
    for row, values in enumerate(drawn):
        table = pd.DataFrame(marked.filled(values), index=units, columns=codes)
        try:
            scores = build_index(table, recipe, not_applicable=marked.not_applicable).scores
            ranks[row] = rank_of(scores[ROOT].where(among), recipe.rank, tie_breakers=scores)
        except InputError:  # an indicator that nobody has a mark of and that has no goalposts
            return pd.Series(np.nan, index=units), pd.Series(np.nan, index=units)
    there = ~np.isnan(ranks).any(axis=0)
    low, high = np.full((2, len(units)), np.nan)
    low[there] = np.quantile(ranks[:, there], (1 - LEVEL) / 2, axis=0, method="lower")
    high[there] = np.quantile(ranks[:, there], (1 + LEVEL) / 2, axis=0, method="higher")
    return pd.Series(low, index=units), pd.Series(high, index=units)


def _possible_ranks(marked: _Marked, edition: Edition, recipe: Recipe, among: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return the best and the worst final rank that is possible for each of the units that are compared."""
    units = among.index
    shape = {"index": units, "columns": list(recipe.framework.indicators)}
    limits = _mark_limits(edition.scales, recipe.framework)
    scores = []
    for side in ("worst", "best"):
        goalpost, extreme = (limits[f"{kind}_{side}"].to_numpy() for kind in ("goalpost", "extreme"))
        mean = marked.filled(np.where(np.isinf(extreme), 0, extreme))
        filled = np.where((marked.open > 0) & np.isinf(extreme), goalpost, mean)
        index = build_index(pd.DataFrame(filled, **shape), recipe, not_applicable=marked.not_applicable)
        rule = recipe.rank
        scores.append(round_scores(index.scores[ROOT].where(among), decimals=rule.decimals, rounding=rule.rounding))
    least, most = scores
    ranked = ~np.isnan(least)
    ties = np.zeros_like(ranked) if recipe.rank.ties == "min" and not recipe.rank.tie_breakers else ranked
    low = 1 + (least[None, :] > most[:, None]).sum(axis=1)
    above = (most[None, :] > least[:, None]) | ((most[None, :] == least[:, None]) & ties[None, :])
    np.fill_diagonal(above, False)
    high = 1 + above.sum(axis=1)
    best, worst = (pd.Series(np.where(ranked, places, np.nan), index=units) for places in (low, high))
    return best, worst


def _mark_limits(scales: Mapping[str, Scale], framework: Framework) -> pd.DataFrame:
    """Return for each indicator its goalposts and the worst and best mark that its scale allows."""
    rows = {}
    for code in framework.indicators:
        node = framework.node(code)
        scale = scales.get(node.unit, Scale())
        low, high = (min(scale.values), max(scale.values)) if scale.values else (scale.low, scale.high)
        worst, best = (low, high) if node.direction > 0 else (high, low)
        rows[code] = (node.worst, node.best, float(worst), float(best))
    columns = ["goalpost_worst", "goalpost_best", "extreme_worst", "extreme_best"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def _lowest_marks(marks: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Return the marks at or beyond the worst goalpost, by unit and day."""
    worst = marks["indicator"].map(framework.goalposts["worst"])
    direction = marks["indicator"].map(framework.directions)
    found = marks[(marks["mark"] - worst) * direction <= 0]
    return found.drop(columns="not_applicable").sort_values(["unit", "observed_on", "indicator"], ignore_index=True)
