"""The cards of a group's units: how sure each rank is, what would lose and gain it; draws and trials are shared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.editions.joined_units import current_codes, under_current_codes
from govtransparency.errors import InputError
from govtransparency.nodes import ROOT
from govtransparency.profiles.alternatives import tiers_of, vary_together
from govtransparency.profiles.between_editions import years_so_far
from govtransparency.profiles.rank_errors import ranked_sets, score_errors
from govtransparency.profiles.record_of_unit import Stated, published_facts, published_ranks, stated_of_group
from govtransparency.profiles.unit_profile import Profile, profile_of
from govtransparency.questions.explain_change import ChangeExplained, explain_change
from govtransparency.questions.group_improvements import joint_improvements, next_ranks, single_improvements
from govtransparency.questions.rank_trials import Trials, make_trials
from govtransparency.questions.survives import Survival, survival_of

if TYPE_CHECKING:
    from govtransparency.editions import Edition, Panel
    from govtransparency.index import Index
    from govtransparency.robustness import Ensemble
    from govtransparency.texts.bilingual import Text

__all__ = ["GroupOfCards", "UnitCard", "group_of_cards", "panel_of"]

ERROR_LEVEL = 0.95


@dataclass(frozen=True, eq=False)
class UnitCard:
    """What is known about the rank of one unit.

    Attributes
    ----------
    profile : Profile
    survival : Survival or None
        None for a unit without a rank.
    errors : Series or None
        low, high : the 95 % set of ranks by the errors of the scores; None where nothing is known of any.
    gain, gain_together : DataFrame
        The single and the joint improvements that bring the unit to ``profile.target``; see
        `govtransparency.questions.group_improvements`.
    behind : unit or None
        The next unit behind, whose improvement would take the rank away.
    lose, lose_together : DataFrame
        The improvements of that unit that bring it to this unit's rank.
    history : Series, year -> rank
        In this edition and the earlier ones of the same status.
    published : Series, year -> rank
        As sources state it.
    change : Text or None
        Why the rank changed since the edition before; None in a simulated edition, whose changes are drawn.
    """

    profile: Profile
    survival: Survival | None
    errors: pd.Series | None
    gain: pd.DataFrame
    gain_together: pd.DataFrame
    behind: Any
    lose: pd.DataFrame
    lose_together: pd.DataFrame
    history: pd.Series
    published: pd.Series
    change: Text | None


@dataclass(frozen=True, eq=False)
class GroupOfCards:
    """What the cards of all units of a group share; made by `group_of_cards`.

    Attributes
    ----------
    edition : Edition
    group : str
    index : Index
    ensemble : Ensemble or None
        None where nothing can vary.
    sets : DataFrame or None
        As `govtransparency.profiles.rank_errors.ranked_sets` returns; None where nothing is known of errors.
    panel : Panel or None
        The editions of the same status up to this one; None for no history.
    """

    edition: Edition
    group: str
    index: Index
    ensemble: Ensemble | None
    sets: pd.DataFrame | None
    panel: Panel | None

    @cached_property
    def trials(self) -> Trials:
        """The ranks of all units without each indicator and by each other method."""
        return make_trials(self.index)

    @cached_property
    def intervals(self) -> pd.DataFrame:
        """The 90 % intervals of the ranks of all units over the draws; empty without draws."""
        return pd.DataFrame() if self.ensemble is None else self.ensemble.intervals(level=0.90)

    @cached_property
    def tiers(self) -> pd.Series:
        """The tier of each ranked unit by these intervals."""
        return tiers_of(self.intervals.dropna(subset="rank"))

    @cached_property
    def targets(self) -> pd.Series:
        """The next better rank of each ranked unit but the first."""
        return next_ranks(self.index)

    @cached_property
    def single(self) -> pd.DataFrame:
        """The improvements of one indicator that bring each unit to its next rank."""
        return single_improvements(self.index, self.targets, self.edition.scales)

    @cached_property
    def together(self) -> pd.DataFrame:
        """The improvements of several indicators that bring each unit to its next rank."""
        return joint_improvements(self.index, self.targets, self.edition.scales)

    @cached_property
    def stated(self) -> Stated:
        """What sources state about the group, by year."""
        return stated_of_group(self.edition, self.group)

    @cached_property
    def published(self) -> dict[str, pd.Series]:
        """The ranks that sources state of each unit, year -> rank."""
        return published_ranks(self.edition, self.group, self.stated)

    @cached_property
    def facts(self) -> dict[str, list[tuple[Any, ...]]]:
        """What sources state of where each unit stands, the newest first, as `published_facts` returns it."""
        return published_facts(self.edition, self.group, self.stated)

    @cached_property
    def history(self) -> pd.DataFrame:
        """The ranks of this edition and the earlier ones of its status, units x years."""
        if self.panel is None or self.group not in self.panel.ranks:
            return pd.DataFrame({self.edition.year: self.index.ranks})
        return self.panel.ranks[self.group]

    @cached_property
    def changes(self) -> ChangeExplained | None:
        """Why ranks changed since the edition before; None without one that can be compared, and for drawn figures."""
        if self.panel is None or self.edition.status == "simulated":
            return None
        earlier = [
            edition
            for year, edition in sorted(self.panel.editions.items())
            if year < self.edition.year and self.group in edition.tables
        ]
        if not earlier:
            return None
        before = earlier[-1].index_of(self.group)
        current = current_codes([earlier[-1].units, self.edition.units])[0]
        shared = under_current_codes(before.ranks, current).dropna().index.intersection(self.index.ranks.dropna().index)
        return None if len(shared) < 2 else explain_change(before, self.index, editions=[earlier[-1], self.edition])

    def card(self, unit: str) -> UnitCard:
        """Return the card of one unit.

        Parameters
        ----------
        unit : str
            Its code.
        """
        moves = self.gain_of(unit).set_index("indicator")
        known = profile_of(
            self.index, unit, edition=self.edition, ensemble=self.ensemble, moves=moves, stated=self.stated
        )
        ranked = not np.isnan(known.rank)
        survival = None
        if ranked:
            survival = survival_of(self.index, unit, self.trials, ensemble=self.ensemble, editions=(self.edition,))
        behind = self.behind(unit)
        history = self.history.loc[unit].dropna() if unit in self.history.index else pd.Series(dtype=float)
        changes = self.changes if ranked else None
        return UnitCard(
            profile=known,
            survival=survival,
            errors=self.errors_of(unit),
            gain=self.gain_of(unit),
            gain_together=_of(self.together, unit),
            behind=behind,
            lose=_of(self.single, behind),
            lose_together=_of(self.together, behind),
            history=history,
            published=self.published.get(unit, pd.Series(dtype=float)),
            change=changes.of(unit) if changes is not None and unit in changes.ranks.index else None,
        )

    def gain_of(self, unit: str) -> pd.DataFrame:
        """Return the single improvements of a unit that bring it to its next rank, the smallest share first."""
        return _of(self.single, unit)

    def errors_of(self, unit: str) -> pd.Series | None:
        """Return the 95 % set of a unit's rank: low, high."""
        if self.sets is None or unit not in self.sets.index:
            return None
        return self.sets.loc[unit, ["low", "high"]]

    def behind(self, unit: str) -> str | None:
        """Return the next unit behind, which would take the rank if it gained one place; None behind the last."""
        worse = self.index.ranks[self.index.ranks > self.index.ranks[unit]]
        if worse.empty:
            return None
        next_behind = worse.index[worse == worse.min()]
        return str(self.index.scores.loc[next_behind, ROOT].idxmax())


def group_of_cards(
    edition: Edition,
    group: str,
    *,
    index: Index | None = None,
    ensemble: Ensemble | None = None,
    sets: pd.DataFrame | None = None,
    panel: Panel | None = None,
) -> GroupOfCards:
    """Return what the cards of a group share; what is not given is computed as the report computes it.

    Parameters
    ----------
    edition : Edition
    group : str
    index : Index, optional
        The official one.
    ensemble : Ensemble, optional
    sets : DataFrame, optional
        The confidence sets of the ranks by the errors of the scores.
    panel : Panel, optional
        The editions of the same status up to this one.
    """
    index = edition.index_of(group) if index is None else index
    several = int(index.ranks.count()) > 1
    if ensemble is None and several:
        ensemble = vary_together(index, rng=edition.seed, wins=True).ensemble
    if sets is None and several:
        errors = score_errors(edition, group)
        sets = None if errors is None else ranked_sets(index, errors, level=ERROR_LEVEL, rng=edition.seed)
    panel = panel_of(edition) if panel is None else panel
    return GroupOfCards(edition, group, index, ensemble, sets, panel)


def panel_of(edition: Edition) -> Panel | None:
    """Return the editions of the same status up to this one; None where its folder holds none."""
    try:
        return years_so_far(edition)[0]
    except InputError:  # its folder holds no edition of this status, as when it was changed in Python
        return None


def _of(table: pd.DataFrame, unit: Any) -> pd.DataFrame:
    return table[table["unit"] == unit].drop(columns="unit").reset_index(drop=True)
