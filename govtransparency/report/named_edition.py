"""An edition as a notebook sees it: its indices, groups and units under their names in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from govtransparency.editions.edition import alike
from govtransparency.names import name_of_unit, node_names, with_node_names
from govtransparency.nodes import ROOT
from govtransparency.profiles.basis_of_figures import NAMED_UNITS, published_figures, signed_names, with_basis
from govtransparency.profiles.published_ranks import names_for_figures
from govtransparency.report.tables.code_names import in_words
from govtransparency.texts.bilingual import Text, as_text, bilingual
from govtransparency.texts.status_words import STATUS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import pandas as pd

    from govtransparency.editions import Edition
    from govtransparency.framework import Framework
    from govtransparency.index import Index

__all__ = ["NamedEdition"]


@dataclass(frozen=True)
class NamedEdition:
    """An edition, its indices, and what its groups, nodes and units are called.

    Attributes
    ----------
    edition : Edition
    """

    edition: Edition

    @property
    def seed(self) -> int:
        """The seed of every random draw: the edition's."""
        return self.edition.seed

    @cached_property
    def indices(self) -> dict[str, Index]:
        """The official index of each group, in the edition's order."""
        return {group: self.edition.index_of(group) for group in self.edition.tables}

    @cached_property
    def ranked(self) -> dict[str, Index]:
        """The official index of each group in which at least two units have a rank, so that ranks can be compared."""
        return {group: index for group, index in self.indices.items() if index.ranks.count() > 1}

    @cached_property
    def groups(self) -> dict[str, Text]:
        """The name of each group."""
        return {group: bilingual(names) for group, names in self.edition.groups.items()}

    @cached_property
    def nodes(self) -> dict[str, Text]:
        """What each node of the frameworks is called."""
        return self.edition.nodes

    @cached_property
    def names(self) -> pd.DataFrame:
        """What figures call the units: name_zh, name_en, and for simulated figures the published place, if any."""
        return names_for_figures(self.edition)

    @cached_property
    def stated(self) -> dict[str, dict[str, float]]:
        """The figures of each unit that published facts state."""
        return published_figures(self.edition)

    @cached_property
    def units(self) -> pd.DataFrame:
        """The units as tables call them: in a simulated edition with a sign after the name of a real body."""
        return self.edition.units.assign(**signed_names(self.edition))

    def signed(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return a table with the units' names as `units` has them, in whichever column it names units."""
        if self.edition.status != "simulated":
            return table
        names = {
            f"{column}_{language}": dict(
                zip(self.edition.units[f"name_{language}"], self.units[f"name_{language}"], strict=True)
            )
            for column in NAMED_UNITS
            for language in ("zh", "en")
        }
        return table.assign(**{column: table[column].replace(names[column]) for column in table if column in names})

    @property
    def by_framework(self) -> dict[str | None, list[str]]:
        """The groups that share a framework, under their first; under None where all groups do.

        What is shown by this key has the names of the groups in its caption where there are several frameworks.
        """
        return _by_first(self.edition.families)

    @property
    def by_recipe(self) -> dict[str | None, list[str]]:
        """The groups that share a recipe, as `by_framework`."""
        return _by_first(alike(self.edition.recipes))

    @property
    def largest(self) -> dict[str | None, str]:
        """The group with the most units among those that share a framework."""
        sizes = {group: len(table) for group, table in self.edition.tables.items()}
        return {key: max(groups, key=sizes.__getitem__) for key, groups in self.by_framework.items()}

    def framework_of(self, key: str | None) -> Framework:
        """Return the framework of a group, or of all groups under None."""
        return self.edition.framework if key is None else self.edition.frameworks[key]

    def averaged_of(self, key: str | None) -> Framework:
        """Return the tree as it is averaged, of the recipe of a group or, under None, of the first group."""
        return self.edition.recipes[next(iter(self.edition.recipes)) if key is None else key].averaged

    def trees_of(self, key: str | None) -> tuple[Framework, Framework]:
        """Return the framework of a group, or of all under None, as it is written and as it is averaged."""
        return self.framework_of(key), self.averaged_of(key)

    def top_of(self, group: str) -> list[str]:
        """Return the children of the index in a group's framework."""
        return list(self.edition.frameworks[group].children(ROOT))

    @property
    def league(self) -> bool:
        """Whether the edition shows a league table; one that shows tiers names no places."""
        return self.edition.league

    def names_places(self, _key: Any) -> bool:
        """Return whether the units of a group may be named at their ranks."""
        return self.league

    @property
    def status(self) -> Text:
        """What the figures of the edition are, in a few words."""
        return STATUS[self.edition.status]

    @property
    def attribution(self) -> tuple[Text, ...]:
        """The lines that go with every table and figure, as the licences of the sources ask."""
        return self.edition.attribution

    def name(self, unit: str) -> Text:
        """Return what a unit is called."""
        return name_of_unit(self.edition.units, unit)

    def group_name(self, key: Any) -> Text:
        """Return what a group is called; of another key, the key itself."""
        return self.groups.get(key, as_text(str(key)))

    def units_of(self, key: Any) -> pd.DataFrame:
        """Return the units that the figures of a group are about, with name_zh and name_en."""
        return self._edition_of(key).units

    def named(self, values: Mapping[Any, Any], groups: Collection[Any] | None = None) -> dict[Text, Any]:
        """Return what is held by group, or by some groups, under their names, as figures with a panel per group do."""
        return {self.group_name(key): value for key, value in values.items() if groups is None or key in groups}

    def with_names(self, table: pd.DataFrame, group: Any = None) -> pd.DataFrame:
        """Return a table indexed by nodes with their names in front: as the group calls them, if it is of one."""
        frameworks = self.edition.frameworks
        return with_node_names(table, node_names(frameworks[group]) if group in frameworks else self.nodes)

    def with_intervals(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return a table of ranks and intervals with the units' names, ordered by rank; none without a rank."""
        names = self.edition.units[["name_zh", "name_en"]]
        kept = table.dropna(subset="rank").sort_values("rank", kind="stable")
        return kept[["rank"]].join(names).join(kept[["low", "high", "tier"]])

    def in_words(self, table: pd.DataFrame, column: str) -> pd.DataFrame:
        """Return a table with names in place of codes: of its groups, and in the sentences of one column."""
        return in_words(table, column, self.edition)

    def with_basis(
        self, table: pd.DataFrame, _key: Any = None, _name: str = "", since: int | None = None
    ) -> pd.DataFrame:
        """Return a table to be written: in a simulated edition each row on units says what is published of it."""
        return with_basis(table, self.edition, since, stated=self.stated)

    def _edition_of(self, _key: Any) -> Edition:
        """Return the edition that the figures of a group come from."""
        return self.edition


def _by_first(families: list[tuple[str, ...]]) -> dict[str | None, list[str]]:
    return {None if len(families) == 1 else family[0]: list(family) for family in families}
