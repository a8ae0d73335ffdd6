"""What is published and what is drawn in the tables of a simulated edition, said in each row of a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from govtransparency.names import with_sign
from govtransparency.nodes import ROOT
from govtransparency.profiles.record_of_unit import published_ranks_of_year
from govtransparency.record.facts import facts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from govtransparency.editions import Edition, Panel

    Published = Mapping[str, Mapping[str, float]]  # of each unit, by the name of the figure
    Cells = Mapping[str, Iterable[str]]  # what is published of a row, and the columns that show it

__all__ = [
    "NAMED_UNITS",
    "published_figures",
    "published_of_years",
    "real_names",
    "signed_names",
    "signed_units",
    "with_basis",
    "with_basis_of_years",
]

DRAWN, PUBLISHED = "drawn", "published"
SIMULATED = "simulated"
NAMED_UNITS = ("name", "mover", "leader", "gainer", "loser")  # columns, each with _zh and _en, that name units
REBUILT = "rebuilt"  # the column of audits that the drawn figures give beside a published claim
AUDITED = f"{PUBLISHED}: claim; {DRAWN}: {REBUILT}"
COLUMNS = {
    "rank": "rank",
    "list_position": "list position",
    "score": "score",
    "rank_within_province": "rank_in_province",
}
PLACES = ("rank", "list position", "rank_in_province")  # published only where the row has the value that is stated
SHOWN_IN = {"rank": ("rank", "after"), "list position": ("rank",), "score": ("score", ROOT)}
EARLIER = ("previous", "before")  # columns of the rank in the edition before, where tables have a `change`


def published_figures(edition: Edition, year: int | None = None) -> dict[str, dict[str, float]]:
    """Return which figures of each unit a published fact of the year states, and their values.

    Parameters
    ----------
    edition : Edition
    year : int, optional
        By default that of the edition.

    Returns
    -------
    dict of unit to dict of name to value
        "rank" (as `published_ranks` gives it), "score", "rank_in_province", "list position", and the codes of pillars
        whose score is published. Of several values the first that is stated counts.
    """
    if edition.record is None:
        return {}
    codes = {name.zh: code for code, name in edition.nodes.items()}
    keys = zip(edition.units["group"], edition.units["name_zh"], strict=True)
    units = dict(zip(keys, edition.units.index, strict=True))
    year = edition.year if year is None else year
    found = {unit: {"rank": rank} for unit, rank in published_ranks_of_year(edition, year).items()}
    for fact in facts(edition.record, year, groups=edition.groups).to_dict("records"):
        unit, node = units.get((fact["group"], fact["entity_zh"])), fact["node_zh"]
        figure = COLUMNS.get(fact["kind"]) if not node else codes.get(node) if fact["kind"] == "score" else None
        if unit is not None and figure is not None:
            found.setdefault(unit, {}).setdefault(figure, fact["value"])
    return found


def real_names(edition: Edition) -> pd.Series:
    """Return whether each unit bears the name of a government, not of a placeholder."""
    if "pinned_by" not in edition.units:
        return pd.Series(True, index=edition.units.index)
    return edition.units["pinned_by"].fillna("") != ""


def signed_names(edition: Edition) -> pd.DataFrame:
    """Return name_zh and name_en of all units, in a simulated edition with its sign after real names."""
    names = edition.units[["name_zh", "name_en"]]
    return names if edition.status != SIMULATED else with_sign(names, real_names(edition))


def signed_units(panel: Panel) -> pd.DataFrame:
    """Return the units of a panel, in one of simulated editions with their sign after real names."""
    if set(panel.status) != {SIMULATED}:
        return panel.units
    real = pd.concat([real_names(edition) for edition in panel.editions.values()]).groupby(level=0).any()
    return panel.units.assign(**with_sign(panel.units, real.reindex(panel.units.index, fill_value=False)))


def with_basis(
    table: pd.DataFrame, edition: Edition, since: int | None = None, *, stated: Published | None = None
) -> pd.DataFrame:
    """Return a table of a simulated edition with a last column that says what its figures of units rest on.

    Parameters
    ----------
    table : DataFrame
        Units in the index or in a column ``unit``, or named in a column of `NAMED_UNITS`, or an audit of published
        claims. Another table is returned as it is.
    edition : Edition
    since : int, optional
        The year whose ranks a table of changes compares with.
    stated : dict, optional
        What `published_figures` returns for the edition, where it is known already.

    Returns
    -------
    DataFrame
        ``basis`` is "drawn", "published", or "published: rank, score; drawn: the rest" where facts state some of the
        row's numbers. A rank or a listed place counts where it is the one that is stated.
    """
    if edition.status != SIMULATED:
        return table
    known = published_figures(edition) if stated is None else stated
    earlier = [column for column in EARLIER if column in table and "change" in table]
    before = published_ranks_of_year(edition, since) if earlier and since is not None else {}

    def published(unit: Any, row: pd.Series) -> Cells:
        cells = {column: [column] for column in earlier if row[column] == before.get(unit)}
        return cells | {name: _columns_of(name, value, row) for name, value in known.get(unit, {}).items()}

    return _with_basis(table, published)


def published_of_years(panel: Panel) -> dict[int, Published]:
    """Return what `published_figures` returns for each edition of a panel, by year."""
    return {year: published_figures(edition) for year, edition in panel.editions.items()}


def with_basis_of_years(
    table: pd.DataFrame, panel: Panel, figure: str = "rank", *, stated: Mapping[int, Published] | None = None
) -> pd.DataFrame:
    """Return a table on several simulated editions as `with_basis` returns one of a single edition.

    Parameters
    ----------
    table : DataFrame
        Its columns are years, or it has the years of each row in ``from`` and ``to`` and the ranks in ``before`` and
        ``after``, or the year of each row of an audit in ``year``.
    panel : Panel
        Of one status.
    figure : {"rank", "score"}
        What the columns of years hold.
    stated : dict, optional
        What `published_of_years` returns for the panel, where it is known already.
    """
    if set(panel.status) != {SIMULATED}:
        return table
    known = published_of_years(panel) if stated is None else stated

    def published(unit: Any, row: pd.Series) -> Cells:
        if figure == "score":
            return {str(year): [str(year)] for year in known if "score" in known[year].get(unit, {}) and year in row}
        cells: list[tuple[Any, Any]] = [(year, year) for year in known if year in row]
        cells += [(column, row[of]) for column, of in (("before", "from"), ("after", "to")) if of in row]
        return {str(name): [str(name)] for name, year in cells if row[name] == known[year].get(unit, {}).get("rank")}

    if REBUILT in table and "year" in table:
        return table.assign(basis=table["year"].isin(list(known)).map({True: AUDITED, False: ""}))
    return _with_basis(table, published)


def _with_basis(table: pd.DataFrame, published: Callable[[Any, pd.Series], Cells]) -> pd.DataFrame:
    if "unit" in table or "unit" in table.index.names:
        units = table["unit"] if "unit" in table else table.index.get_level_values("unit")
        numbers = {str(name) for name in table.select_dtypes("number")} - {"from", "to"}
        rows = zip(units, table.iterrows(), strict=True)
        return table.assign(basis=[_basis(published(unit, row), numbers) for unit, (_, row) in rows])
    if REBUILT in table:
        return table.assign(basis=AUDITED)
    if any(f"{named}_zh" in table for named in NAMED_UNITS):
        return table.assign(basis=DRAWN)
    return table


def _columns_of(figure: str, value: float, row: pd.Series) -> list[str]:
    """Return the columns of a row that show a published figure; of `PLACES` only those with its value."""
    there = [column for column in SHOWN_IN.get(figure, (figure,)) if column in row]
    shown = [column for column in there if column != "after" or "change" in row]
    return [column for column in shown if row[column] == value] if figure in PLACES else shown


def _basis(published: Cells, numbers: set[str]) -> str:
    """Return what a row rests on, from what is published of it and its columns of numbers."""
    there = {name: {*columns} & numbers for name, columns in published.items()}
    named = [name for name, columns in there.items() if columns]
    if not named:
        return DRAWN
    covered = {column for columns in there.values() for column in columns}
    return PUBLISHED if covered == numbers else f"{PUBLISHED}: {', '.join(named)}; {DRAWN}: the rest"
