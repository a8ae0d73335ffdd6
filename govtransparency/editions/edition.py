"""`Edition`: one year of one index, as it was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd

from govtransparency.applicability import cells_of
from govtransparency.arguments import Arguments
from govtransparency.data.reading_notes import reading_table
from govtransparency.data_dictionary.input_files import CORRECTIONS, RANGES
from govtransparency.editions.attribution import attribution_lines
from govtransparency.editions.config import SEED, Status
from govtransparency.errors import AbsentValueError
from govtransparency.index import Index, build_index
from govtransparency.names import node_names
from govtransparency.nodes import ROOT
from govtransparency.status_of_data import with_status
from govtransparency.texts.bilingual import Text, bilingual, joined, words
from govtransparency.texts.problems import edition_problems as problems

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from govtransparency.data.indicator_columns import Scale
    from govtransparency.editions.doubtful_units import Doubt
    from govtransparency.editions.official_ranks import Uncounted
    from govtransparency.editions.score_bands import ScoreBands
    from govtransparency.framework import Framework
    from govtransparency.recipe import Recipe
    from govtransparency.record.read_record import Record

__all__ = ["Edition", "alike"]

T = TypeVar("T")


@dataclass(frozen=True)
class Edition:
    """One year of one index.

    Attributes
    ----------
    index : str
    year : int
    status : {"official", "published", "third-party", "self-reported", "own", "simulated"}
        What the figures are.
    title, about : dict of language to text
    groups : dict of code to {language: name}
        In the order of ``edition.toml``.
    units : DataFrame, indexed by unit
        Columns group, name_en, name_zh and whatever else ``units.csv`` has, as text.
    tables : dict of group to DataFrame, units x indicators
    not_applicable : dict of group to DataFrame of bool
        Of the same shapes: where a unit cannot have a value, as a sheet declares or all its marks that are not empty
        say.
    variables : DataFrame, units x raw variables; without columns where there are none
    scales : dict of text to Scale
        The possible values, by the text of a unit of measurement.
    marks : DataFrame or None
        All assessors' marks, as from `govtransparency.read_marks`.
    identities : DataFrame
        The result of `check_identities`.
    sources : DataFrame
    reading : DataFrame
        What was done when the sheets were read, one row each: file, where_zh, where_en, note_zh, note_en, count.
    doubtful : tuple of (file, where, Text)
        Names and codes that may be wrong, and units without a row, as `govtransparency.doubts` tells them.
    declarations : dict of name to {language: text}
        Choices the edition declares, such as which of two contradictory sources it follows.
    display : dict
        What the report shows: ``table``, either ``league`` (the default: every unit at its rank) or ``tiers``
        (intervals of rank and groups of units that cannot be told apart, without ranks).
    recipes : dict of group to Recipe
        The official ones; groups that share all choices share one recipe.
    unused : DataFrame
        group, indicator, values: how many values the sheets give to units of a group whose framework is without the
        indicator.
    record : Record or None
        What the publisher has made public.
    path : Path
        Its folder.
    files : tuple of Path
        Every file that was read.
    bands : ScoreBands or None
        Names of ranges of the index's scores, which the ranking shows.
    seed : int
        Of every random draw of a report; 2024 where ``edition.toml`` declares no seed.
    official : DataFrame or None
        rank and score of each unit that the publisher gives one, from the file that ``[record]`` names.
    contact : dict of language to text
        To whom to write about a figure; empty where ``edition.toml`` has no ``[contact]``.
    corrections : DataFrame
        date, unit, figure, before, after, reason: what was corrected since the edition was published.
    uncounted : Uncounted or None
        Why the official ranks do not count among those rebuilt exactly, where ``[record]`` says so.
    ranges : DataFrame
        statement, group, low, high, simulations: of a simulated edition, between which values the numbers that reports
        state lie in other simulations of the same facts.

    Examples
    --------
    >>> from govtransparency import read_edition
    >>> edition = read_edition("tai", 2001)
    >>> edition.status, edition.tables["country"].shape, len(edition.framework.indicators)
    ('official', (23, 8), 8)
    >>> edition.recipes["country"] is edition.recipe
    True
    """

    index: str
    year: int
    status: Status
    title: Mapping[str, str]
    about: Mapping[str, str]
    groups: Mapping[str, Mapping[str, str]]
    units: pd.DataFrame
    tables: Mapping[str, pd.DataFrame]
    variables: pd.DataFrame
    marks: pd.DataFrame | None
    identities: pd.DataFrame
    sources: pd.DataFrame
    recipes: Mapping[str, Recipe]
    unused: pd.DataFrame
    record: Record | None
    path: Path
    files: tuple[Path, ...]
    reading: pd.DataFrame = field(default_factory=lambda: reading_table([]))
    doubtful: tuple[Doubt, ...] = ()
    declarations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    display: Mapping[str, Any] = field(default_factory=dict)
    scales: Mapping[str, Scale] = field(default_factory=dict)
    bands: ScoreBands | None = None
    seed: int = SEED
    not_applicable: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    official: pd.DataFrame | None = None
    contact: Mapping[str, str] = field(default_factory=dict)
    corrections: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(CORRECTIONS.columns)))
    uncounted: Uncounted | None = None
    ranges: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(RANGES.columns)))

    def __post_init__(self) -> None:
        cells = {group: cells_of(table, self.not_applicable.get(group)) for group, table in self.tables.items()}
        object.__setattr__(self, "not_applicable", cells)
        tables = {group: with_status(table, self.status, self.attribution) for group, table in self.tables.items()}
        object.__setattr__(self, "tables", tables)

    @property
    def attribution(self) -> tuple[Text, ...]:
        """The lines that the licences of its sources ask for wherever its figures are shown; none where none asks."""
        return attribution_lines(self.sources)

    @property
    def league(self) -> bool:
        """Whether a report shows every unit at its rank; one that shows tiers gives no ranks."""
        return self.display.get("table", "league") == "league"

    @property
    def frameworks(self) -> dict[str, Framework]:
        """The framework of each group, with the weights of its recipe."""
        return {group: recipe.framework for group, recipe in self.recipes.items()}

    @property
    def framework(self) -> Framework:
        """The framework of all groups; an InputError says to use `frameworks` where groups differ."""
        return self._of_all("framework", self.frameworks)

    @property
    def recipe(self) -> Recipe:
        """The recipe of all groups; an InputError says to use `recipes` where groups differ."""
        return self._of_all("recipe", self.recipes)

    @property
    def one_recipe(self) -> bool:
        """Whether all groups share one recipe."""
        return len(alike(self.recipes)) == 1

    @property
    def families(self) -> list[tuple[str, ...]]:
        """The groups that share a framework, together; in the order of ``edition.toml``."""
        return alike(self.frameworks)

    @property
    def nodes(self) -> dict[str, Text]:
        """What each node of the frameworks is called; the index as the edition where its groups call it differently."""
        names = [node_names(self.frameworks[family[0]]) for family in self.families]
        roots = {own[ROOT] for own in names}
        union = {code: name for own in names for code, name in own.items()}
        return union if len(roots) == 1 else union | {ROOT: bilingual(self.title)}

    def index_of(self, group: str) -> Index:
        """Return the official index of a group: its table under its recipe.

        Parameters
        ----------
        group : str

        Returns
        -------
        Index
        """
        with Arguments("index_of") as check:
            check.choice("group", group, self.tables)
        return build_index(self.tables[group], self.recipes[group], not_applicable=self.not_applicable[group])

    def _of_all(self, name: str, by_group: Mapping[str, T]) -> T:
        families = alike(by_group)
        if len(families) > 1:
            listed = joined(*map(words, families))
            own = problems.GROUPS_DIFFER.format(name=name, groups=listed, group=families[0][0])
            raise AbsentValueError(own, title=f"{self.index} {self.year}")
        return by_group[families[0][0]]


def alike(by_group: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """Return the groups with equal values together, each in the place of its first."""
    families: list[list[str]] = []
    for group, value in by_group.items():
        family = next((family for family in families if by_group[family[0]] == value), None)
        if family is None:
            families.append([group])
        else:
            family.append(group)
    return list(map(tuple, families))
