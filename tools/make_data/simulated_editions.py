"""Simulated editions: assessors' sheets from a seed, with every published fact of their year reproduced exactly."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.audit.rebuilt_facts import check_facts
from govtransparency.editions.load import read_edition
from govtransparency.errors import InputError
from govtransparency.files.table_files import read_csv
from govtransparency.framework_file import read_framework
from govtransparency.recipe import Recipe
from govtransparency.record.facts import facts, unread
from govtransparency.record.read_record import Record, read_record
from tools.make_data.simulated_marks import draw_marks
from tools.make_data.simulated_scores import draw_pillars, draw_totals
from tools.make_data.simulated_units import choose_units

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govtransparency.framework import Framework

__all__ = ["SIMULATED_YEARS", "write_simulated_editions"]

INDEX = "cgti"
SIMULATED_YEARS = (2022, 2023, 2024)
ILLUSTRATION = {
    "source": "simulation",
    "title": "Framework below the five pillars, weights, goalposts and marks of this edition: drawn from a seed",
    "url": "",
    "publisher": "govtransparency",
    "published_on": "",
    "note": "illustrative; ../simulation/README.md says how",
}


def write_simulated_editions(root: str | Path, years: Iterable[int] = SIMULATED_YEARS) -> list[Path]:
    """Write the sheets of the simulated editions, the same bytes at every call, and check every fact of their years.

    Parameters
    ----------
    root : path
        ``data/raw``, with ``cgti/record`` (the facts), ``cgti/simulation`` (framework, panel, settings) and a
        ``cgti/<year>/edition.toml`` for each year.
    years : iterable of int

    Returns
    -------
    list of Path
        The files written: framework, units, sources, and a sheet of marks a group.

    Raises
    ------
    InputError
        When an input is missing or wrong, or a fact does not hold in what was written; all that fail are listed.
    """
    root = Path(root)
    record = read_record(INDEX, root=root)
    if record is None:
        raise InputError("no public record, so nothing to reproduce", title=str(root / INDEX / "record"))
    written: list[Path] = []
    for year in years:
        written += _write_year(root, year, record)
        _verify(root, year)
    return written


def _write_year(root: Path, year: int, record: Record) -> list[Path]:
    inputs, folder = root / INDEX / "simulation", root / INDEX / str(year)
    framework = read_framework(inputs / "framework.csv")
    settings = tomllib.loads((inputs / "simulation.toml").read_text(encoding="utf-8"))
    items = read_csv(inputs / "indicators.csv").set_index("indicator").loc[list(framework.indicators)]
    config = tomllib.loads((folder / "edition.toml").read_text(encoding="utf-8"))
    missing = Recipe.from_dict(config["recipe"], framework).missing
    groups = config["groups"]
    if missed := unread(record, year, groups=groups):
        raise InputError(missed, title=f"record of {year}")
    stated = facts(record, year, groups=groups)
    units = choose_units(stated, year, read_csv(inputs / "panel.csv"), read_csv(inputs / "names.csv"))
    shutil.copyfile(inputs / "framework.csv", folder / "framework.csv")
    tables = {"units": units, "sources": _sources(stated, record)}
    for group, members in units.groupby("group", sort=False):
        totals = draw_totals(members, stated, year, settings)
        pillars = draw_pillars(members, totals, stated, year, framework, settings)
        forced = _forced(members, pillars, stated, framework)
        tables[str(group)] = draw_marks(members, pillars, forced, year, framework, items, settings, missing=missing)
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n", encoding="utf-8")
    return [folder / f"{name}.csv" for name in ("framework", *tables)]


def _forced(units: pd.DataFrame, pillars: pd.DataFrame, stated: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Return the marks that facts pin, units x indicators, NaN elsewhere."""
    forced = pd.DataFrame(np.nan, index=units["unit"], columns=list(framework.indicators))
    code = {name: code for code, name in framework.names("zh").items()}
    unit = dict(zip(units["name_zh"], units["unit"], strict=True))
    own = stated[stated["group"] == units["group"].iloc[0]]
    for row in own[own["kind"] == "mark"].to_dict("records"):
        forced.loc[unit[row["entity_zh"]], code[row["node_zh"]]] = row["value"]
    for row in own[own["kind"] == "yes_share"].to_dict("records"):
        yes = round(row["value"] / 100 * len(units))
        placeholders = units.loc[units["pinned_by"] == "", "unit"]
        weakest = pillars.loc[placeholders].mean(axis=1).sort_values(kind="stable").index[: len(units) - yes]
        forced[code[row["node_zh"]]] = (~forced.index.isin(weakest)).astype(float)
    return forced


def _sources(stated: pd.DataFrame, record: Record) -> pd.DataFrame:
    """Return the sources of the year's facts, in the columns of ``sources.csv``."""
    used = set(" ".join(stated["source_id"]).split())
    table = record.sources[record.sources["source_id"].isin(used)]
    table = table.rename(columns={"source_id": "source", "date": "published_on", "what_it_gives": "note"})
    table["url"] = table["url"].where(table["url"].str.startswith("http"), "")
    return pd.concat([pd.DataFrame([ILLUSTRATION]), table[list(ILLUSTRATION)]])


def _verify(root: Path, year: int) -> None:
    edition = read_edition(INDEX, year, root=root)
    checked = check_facts(edition, {group: edition.index_of(group) for group in edition.tables})
    failed = checked[~checked["holds"]]
    if len(failed):
        raise InputError(
            [
                "{group}: {fact}: rebuilt {rebuilt:g}, expected {expected:g}".format_map(row)
                for row in failed.to_dict("records")
            ],
            title=f"{INDEX} {year}: facts that do not hold",
        )
