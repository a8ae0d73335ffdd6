"""The indices that are compared: those whose units are countries, matched by ISO 3166."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from govtransparency.editions import STATUSES, Edition, read_edition
from govtransparency.editions.config import COUNTRIES, SEED, parse_toml
from govtransparency.editions.load import edition_folders, edition_path
from govtransparency.errors import InputError
from govtransparency.ranking import column_ranks
from govtransparency.several_indices.country_codes import country_codes
from govtransparency.texts.agreement_words import ABOUT, COUNTRY, TITLE
from govtransparency.texts.bilingual import Text, bilingual, in_columns, listed, quoted
from govtransparency.texts.problems import agreement_problems as problems
from govtransparency.texts.problems.error_problems import HEADED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from govtransparency.index import Index

__all__ = ["ComparedIndices", "OneIndex", "indices_of_countries"]


@dataclass(frozen=True)
class OneIndex:
    """A group of an edition whose units are countries.

    Attributes
    ----------
    edition : Edition
    group : str
    built : Index
    codes : Series, unit -> code of three letters
    unmatched : dict of unit to Text
        Why the others have no code.
    """

    edition: Edition
    group: str
    built: Index
    codes: pd.Series
    unmatched: Mapping[str, Text]

    @property
    def name(self) -> str:
        """The name of its column: index and year, and the group where the edition has several."""
        parts = (self.edition.index, str(self.edition.year), *([self.group] if len(self.edition.tables) > 1 else []))
        return " ".join(parts)

    @property
    def title(self) -> Text:
        """What the edition is called, and the group where it has several."""
        title = bilingual(self.edition.title)
        group = bilingual(self.edition.groups[self.group])
        return title if len(self.edition.tables) == 1 else HEADED.format(title=title, text=group)

    def by_country(self, table: pd.DataFrame | pd.Series) -> pd.DataFrame | pd.Series:
        """Return the rows of units as rows of countries."""
        return table.loc[self.codes.index].set_axis(pd.Index(self.codes, name="country"))


@dataclass(frozen=True)
class ComparedIndices:
    """The indices that are compared.

    Attributes
    ----------
    indices : dict of name to OneIndex
    left_out : DataFrame
        edition, reason_zh, reason_en: the indices of countries that cannot be read.
    """

    indices: Mapping[str, OneIndex]
    left_out: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["edition", "reason_zh", "reason_en"]))

    @cached_property
    def ranks(self) -> pd.DataFrame:
        """The ranks by the publishers' own rules, countries x indices; NaN where an index has no such country."""
        columns = {name: one.by_country(one.built.ranks) for name, one in self.indices.items()}
        return pd.DataFrame(columns).rename_axis("country").sort_index()

    @cached_property
    def countries(self) -> pd.DataFrame:
        """The names of the countries, as the first index that has them calls them: name_zh, name_en."""
        named = pd.concat([one.by_country(one.edition.units) for one in self.indices.values()])
        return named.loc[~named.index.duplicated(), ["name_zh", "name_en"]].sort_index()

    @property
    def titles(self) -> dict[str, Text]:
        """What each index is called."""
        return {name: one.title for name, one in self.indices.items()}

    @property
    def unmatched(self) -> pd.DataFrame:
        """The units without a country: index, unit, name and reason in both languages."""
        rows = [
            {"index": name, "unit": unit, **one.edition.units.loc[unit, ["name_zh", "name_en"]], **_reason(reason)}
            for name, one in self.indices.items()
            for unit, reason in one.unmatched.items()
        ]
        return pd.DataFrame(rows, columns=["index", "unit", "name_zh", "name_en", "reason_zh", "reason_en"])

    @property
    def alone(self) -> pd.Series:
        """The index of each country that no other index has."""
        ranked = self.ranks.notna()
        return ranked[ranked.sum(axis=1) == 1].idxmax(axis=1)

    @property
    def edition(self) -> Edition:
        """All that they hold as one edition without figures of its own: its status is the last of theirs."""
        editions = [one.edition for one in self.indices.values()]
        newest = max(editions, key=lambda edition: edition.year)
        titles = listed(self.titles.values())
        return replace(
            newest,
            index="agreement",
            title=TITLE._asdict(),
            about=ABOUT.format(count=len(self.indices), titles=titles)._asdict(),
            status=max((edition.status for edition in editions), key=STATUSES.index),
            groups={COUNTRIES: COUNTRY._asdict()},
            units=self.countries,
            tables={},
            not_applicable={},
            recipes={},
            record=None,
            official=None,
            sources=pd.concat([edition.sources for edition in editions], ignore_index=True)
            .fillna("")
            .drop_duplicates("source"),
            declarations={},
            display={},
            bands=None,
            contact={},
            seed=SEED,
            uncounted=None,
            files=tuple(dict.fromkeys(path for edition in editions for path in edition.files)),
        )

    def standings(self, names: Sequence[str]) -> pd.DataFrame:
        """Return where the countries that all these indices have stand among each other: 1 the first, 0 the last."""
        shared = self.ranks[list(names)].dropna()
        places = column_ranks(shared.to_numpy(), ties="average")
        return pd.DataFrame((len(shared) - places) / (len(shared) - 1), shared.index, shared.columns)


def indices_of_countries(editions: Sequence[str] | None = None, *, root: str | Path | None = None) -> ComparedIndices:
    """Read the indices whose units are countries, as ``units_are = "countries"`` declares a group of theirs.

    Parameters
    ----------
    editions : sequence of str, optional
        Such as ``"egdi/2014"``, or ``"egdi"`` for the latest. By default the latest of every index; one whose files
        are not there is then left out, and named.
    root : path, optional
        ``data/raw``.

    Returns
    -------
    ComparedIndices

    Raises
    ------
    InputError
        For an edition named that is not there, is not of countries or cannot be read; for two units that are one
        country; and for fewer than two indices, with those left out.
    """
    named = editions or [folder.parent.name for folder in edition_folders(root) if _groups(folder)]
    found: dict[str, OneIndex] = {}
    refused: list[Text] = []
    left_out = []
    for folder in dict.fromkeys(_folder(name, root) for name in named):
        try:
            found |= {one.name: one for one in _read(folder, root)}
        except InputError as error:
            title = f"{folder.parent.name} {folder.name}"
            refused += [problems.OF_EDITION.format(edition=title, problem=text) for text in error.texts]
            left_out.append({"edition": title, **_reason(error.texts[0])})
    if refused and editions:
        raise InputError(refused, title="agreement")
    if len(found) < 2:
        there = quoted(found) if found else problems.NONE
        raise InputError([problems.FEW_INDICES.format(indices=there), *refused], title="agreement")
    return ComparedIndices(found, pd.DataFrame(left_out, columns=["edition", "reason_zh", "reason_en"]))


def _folder(name: str, root: str | Path | None) -> Path:
    """Return the folder of an edition that is named with its year, or else of the latest of countries."""
    index, _, year = name.partition("/")
    if year:
        return edition_path(index, year, root=root)
    years = [folder for folder in edition_folders(root) if folder.parent.name == index]
    of_countries = [folder for folder in years if _groups(folder)] or years
    if not of_countries:
        return edition_path(index, "", root=root)  # says which there are
    return max(of_countries, key=lambda folder: int(folder.name))


def _groups(folder: Path) -> list[str]:
    """Return the groups of an edition whose units are countries; none where the file cannot be read."""
    try:
        groups = parse_toml(folder / "edition.toml").get("groups", {})
    except InputError:
        return []
    entries = groups.items() if isinstance(groups, Mapping) else ()
    return [code for code, entry in entries if isinstance(entry, Mapping) and entry.get("units_are") == COUNTRIES]


def _read(folder: Path, root: str | Path | None) -> list[OneIndex]:
    groups = _groups(folder)
    if not groups:
        raise InputError(problems.NOT_OF_COUNTRIES.format(known=COUNTRIES))
    edition = read_edition(folder.parent.name, folder.name, root=root)
    return [_one(edition, group) for group in groups]


def _one(edition: Edition, group: str) -> OneIndex:
    built = edition.index_of(group)
    codes, unmatched = country_codes(edition.units.loc[built.ranks.index])
    twice = codes[codes.duplicated(keep=False)]
    if len(twice):
        raise InputError(
            problems.ONE_COUNTRY.format(code=code, units=quoted(units))
            for code, units in twice.groupby(twice).groups.items()
        )
    return OneIndex(edition, group, built, codes, unmatched)


def _reason(text: Text) -> dict[str, str]:
    return {name: values[0] for name, values in in_columns("reason", [text]).items()}
