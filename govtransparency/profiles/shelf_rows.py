"""A published index as a row of the shelf: exact ranks, the publisher's rule, firmness of the first ten, claims."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from math import isnan
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from govtransparency.audit.claims import VERDICTS, audit_claims
from govtransparency.audit.exact_ranks import NO_ERROR, compare_ranks
from govtransparency.audit.rank_rules import find_rank_rule
from govtransparency.index import build_index
from govtransparency.nodes import ROOT
from govtransparency.profiles.alternatives import SPREAD, workable_sources
from govtransparency.robustness import uncertainty_analysis, weights_within
from govtransparency.texts.bilingual import Text, bilingual
from govtransparency.texts.shelf_words import SHELF

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govtransparency.audit.exact_ranks import ComparedRanks
    from govtransparency.editions import Edition
    from govtransparency.errors import InputError
    from govtransparency.index import Index

__all__ = [
    "COLUMNS",
    "DIGITS",
    "FIRST",
    "PUBLISHERS",
    "NotBuilt",
    "OnShelf",
    "Pairs",
    "Shelf",
    "ShelfRow",
    "first_pairs",
    "on_shelf",
    "title_of_group",
]

PUBLISHERS = ("official", "published")  # the status of figures that are a publisher's own
CLAIMS = ("confirmed", "contradicted", "open")  # columns, in the order of the verdicts
DIGITS = 9  # decimals of rules: with more they tell the arithmetic of a machine apart
DRAWS = 10_000  # of the weights, as in a report
FIRST = 10  # ranks whose firmness is told


@dataclass(frozen=True)
class ShelfRow:
    """What the shelf says of a group of an edition, as counts that are the same on every machine.

    Attributes
    ----------
    index, year, group, status
        Which edition.
    units, indicators : int
        Units with a rank, indicators of the framework.
    exact, official : int or None
        Official ranks that the rebuilt index gives, and all of them; None where there is no official rank or score.
    counted : bool
        Whether they count among those rebuilt exactly.
    score_error : float or None
        The largest difference of a score, to two digits, 0 below 1e-9; None without official scores.
    rules : int or None
        Rules of rounding and ties, of up to nine decimals, that give all official ranks, those that rank ties in the
        order of the table only where no other does; None where no rank is official.
    reproduced : int or None
        Official ranks that the best of them gives.
    fewest, most : int or None
        Decimals of those rules.
    rounding, ties : str
        Their ways of rounding and of ranking ties, separated by spaces.
    first, pairs, draws, kept : int or None
        Units ranked tenth or better, pairs of them at different ranks, draws of the weights, and how often a pair kept
        its order, of ``pairs x draws``. None where the figures stand for none, and where no weight
        can vary.
    confirmed, contradicted, open : int or None
        Published claims by what the rebuilt ranking says of them; None without a record.
    ranked_without, same_without : int or None
        Where some figures stand for none: units that have a rank without them, and those whose rank is the same.
    """

    index: str
    year: int
    group: str
    status: str
    units: int
    indicators: int
    exact: int | None
    official: int | None
    counted: bool
    score_error: float | None
    rules: int | None
    reproduced: int | None
    fewest: int | None
    most: int | None
    rounding: str
    ties: str
    first: int | None
    pairs: int | None
    draws: int | None
    kept: int | None
    confirmed: int | None
    contradicted: int | None
    open: int | None
    ranked_without: int | None
    same_without: int | None


COLUMNS = tuple(field.name for field in fields(ShelfRow))


@dataclass(frozen=True, eq=False)
class OnShelf:
    """A group of an edition on the shelf, with what its row has no room for.

    Attributes
    ----------
    row : ShelfRow
    title : Text
        Of the edition, with the group where there are several.
    sources : DataFrame
        As of the edition.
    attribution : tuple of Text
        The lines that their licences ask for.
    declared : tuple of Text
        What the edition declares of its choices.
    reason : Text or None
        Why its official ranks do not count.
    refuted : tuple of (Text, Text)
        Published claims that the rebuilt ranking contradicts, each with what it has instead.
    beside : DataFrame or None
        Where some figures stand for none: name_zh, name_en, rank with them and without, by unit.
    """

    row: ShelfRow
    title: Text
    sources: pd.DataFrame
    attribution: tuple[Text, ...] = ()
    declared: tuple[Text, ...] = ()
    reason: Text | None = None
    refuted: tuple[tuple[Text, Text], ...] = ()
    beside: pd.DataFrame | None = None


@dataclass(frozen=True, eq=False)
class NotBuilt:
    """An edition that is not on the shelf: its original files were not fetched, or it cannot be read."""

    index: str
    year: int
    title: Text
    broken: InputError | None = None

    @property
    def command(self) -> str:
        """What brings the original files; nothing where the edition cannot be read."""
        return "" if self.broken else f"make fetch INDEX={self.index}"


@dataclass(frozen=True, eq=False)
class Shelf:
    """All editions of published indices: those that were built and those that were not."""

    editions: tuple[OnShelf, ...]
    not_built: tuple[NotBuilt, ...] = ()

    @property
    def attribution(self) -> tuple[Text, ...]:
        """The lines that the licences of the editions ask for, each once."""
        return tuple(dict.fromkeys(line for each in self.editions for line in each.attribution))


def on_shelf(edition: Edition) -> list[OnShelf]:
    """Return what the shelf shows of an edition, by group.

    Parameters
    ----------
    edition : Edition
    """
    indices = {group: edition.index_of(group) for group in edition.groups}
    compared = {found.group: found for found in compare_ranks(edition, indices)}
    claims = None if edition.record is None else audit_claims(edition, indices)
    return [_of_group(edition, group, index, compared.get(group), claims) for group, index in indices.items()]


def _of_group(
    edition: Edition, group: str, index: Index, exact: ComparedRanks | None, claims: pd.DataFrame | None
) -> OnShelf:
    without = _without_figures(edition, index)
    firm = None if without is not None else first_pairs(index, seed=edition.seed)
    own = None if claims is None else claims[claims["group"] == group]
    verdicts = {} if own is None else own["verdict_rebuilt"].value_counts().reindex(VERDICTS, fill_value=0).to_dict()
    rules = _rules(edition, index)
    row = ShelfRow(
        index=edition.index,
        year=edition.year,
        group=group,
        status=edition.status,
        units=int(index.ranks.count()),
        indicators=len(index.recipe.framework.indicators),
        exact=None if exact is None else exact.exact,
        official=None if exact is None else exact.official,
        counted=exact is not None and edition.uncounted is None,
        score_error=None if exact is None else _two_digits(exact.score_error),
        **rules,
        first=None if firm is None else firm.units,
        pairs=None if firm is None else firm.pairs,
        draws=None if firm is None else firm.draws,
        kept=None if firm is None else firm.kept,
        **dict(zip(CLAIMS, map(verdicts.get, VERDICTS), strict=True)),
        ranked_without=None if without is None else int(without.count()),
        same_without=None if without is None else int((without == index.ranks).sum()),
    )
    return OnShelf(
        row,
        title_of_group(edition.title, edition.groups, group),
        edition.sources,
        edition.attribution,
        tuple(map(bilingual, edition.declarations.values())),
        None if edition.uncounted is None else edition.uncounted.reason,
        () if own is None else tuple(_refuted(own)),
        None if without is None else _beside(edition, index, without),
    )


def title_of_group(title: Mapping[str, str], groups: Mapping[str, Mapping[str, str]], group: str) -> Text:
    """Return the title of an edition, with the name of a group in brackets where there are several."""
    if len(groups) == 1:
        return bilingual(title)
    return SHELF["of_group"].format(title=bilingual(title), group=bilingual(groups[group]))


class Pairs(NamedTuple):
    """How firm the order of the first units is; see `first_pairs`."""

    units: int
    pairs: int
    draws: int
    kept: int


def first_pairs(
    index: Index, *, seed: int, first: int = FIRST, spread: float = SPREAD, draws: int = DRAWS
) -> Pairs | None:
    """Count how often pairs of the first units keep their order when each weight is drawn within `spread` of itself.

    A pair of units that share a rank has no order to keep; one that comes to share a rank in a draw has lost it there.
    None where no weight can vary, as with one indicator.

    Parameters
    ----------
    index : Index
    seed : int
    first : int
        The last rank that counts.
    spread : float
        Share of each weight, 0 to 1.
    draws : int
    """
    source, cells = weights_within(spread), index.not_applicable
    if not workable_sources(index, [source]).sources:
        return None
    ensemble = uncertainty_analysis(index.raw, index.recipe, source, draws=draws, rng=seed, not_applicable=cells)
    ranks = index.ranks[index.ranks <= first]
    ahead = ranks.to_numpy()[:, None] < ranks.to_numpy()[None, :]
    kept = np.rint(ensemble.wins.loc[ranks.index, ranks.index].to_numpy() * ensemble.draws)
    return Pairs(len(ranks), int(ahead.sum()), ensemble.draws, int(kept[ahead].sum()))


def _rules(edition: Edition, index: Index) -> dict[str, Any]:
    """Return which rules give the official ranks, if ranks are official and not scores alone."""
    nothing = dict.fromkeys(("rules", "reproduced", "fewest", "most"))
    if edition.official is None:
        return {**nothing, "rounding": "", "ties": ""}
    ranks = edition.official["rank"].reindex(index.ranks.index)
    if ranks.count() < 2:
        return {**nothing, "rounding": "", "ties": ""}
    found = find_rank_rule(index.scores[ROOT], ranks)
    tried = found.table[found.table["decimals"] <= DIGITS]
    rules = tried[tried["reproduced"] == len(found.units)]
    rules = rules[rules["ties"] != "ordinal"] if (rules["ties"] != "ordinal").any() else rules
    return {
        "rules": len(rules),
        "reproduced": int(tried["reproduced"].max()),
        "fewest": int(rules["decimals"].min()) if len(rules) else None,
        "most": int(rules["decimals"].max()) if len(rules) else None,
        "rounding": " ".join(rules["rounding"].unique()),
        "ties": " ".join(rules["ties"].unique()),
    }


def _without_figures(edition: Edition, index: Index) -> pd.Series | None:
    """Return the ranks without the figures that stand for none; None where there are no such figures."""
    if edition.uncounted is None or not edition.uncounted.missing:
        return None
    table = index.raw.mask(index.raw.isin(edition.uncounted.missing))
    framework = index.recipe.framework.without(*table.columns[table.isna().all()])
    kept = list(framework.indicators)
    recipe = replace(index.recipe, framework=framework)
    return build_index(table[kept], recipe, not_applicable=index.not_applicable[kept]).ranks


def _beside(edition: Edition, index: Index, without: pd.Series) -> pd.DataFrame:
    names = edition.units.loc[index.ranks.index, ["name_zh", "name_en"]]
    return names.assign(rank=index.ranks, rank_without=without).sort_values("rank", kind="stable")


def _refuted(claims: pd.DataFrame) -> Iterator[tuple[Text, Text]]:
    for claim in claims[claims["verdict_rebuilt"] == "contradicted"].to_dict("records"):
        yield (
            Text(claim["claim_zh"], claim["claim"]),
            Text(claim["reason_rebuilt_zh"], claim["reason_rebuilt"]),
        )


def _two_digits(error: float) -> float | None:
    """Return an error to two digits, which do not depend on the machine."""
    if isnan(error):
        return None
    return 0.0 if error < NO_ERROR else float(f"{error:.1e}")
