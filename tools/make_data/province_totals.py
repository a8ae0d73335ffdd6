"""Editions of totals only: provinces year by year, from the third-party panel in the public record."""

from __future__ import annotations

import shutil
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

import pandas as pd

from govtransparency.errors import InputError
from govtransparency.files.table_files import read_csv
from govtransparency.record.read_record import Record, read_record

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["PANEL_YEARS", "write_province_totals"]

INDEX = "cgti"
GROUP = "province"
PANEL_YEARS = (2011, 2012, 2013, 2014, 2015, 2017, 2018, 2019, 2020, 2021)
SOURCE_COLUMNS = {
    "source_id": "source",
    "title": "title",
    "url": "url",
    "publisher": "publisher",
    "date": "published_on",
    "what_it_gives": "note",
}
REPEATED = """
[declarations.repeated]
en = "Values that are the same, to the last decimal, in another year of the panel and may be copy errors: {en}."
zh = "与面板中另一年度完全相同、可能为抄录错误的数值：{zh}。"
"""
ABSENT = """
[declarations.missing]
en = "The panel has no value for {en}; it is left out of the ranking by name. {stated_en}"
zh = "面板中没有{zh}的数值，故在排名中注明剔除。{stated_zh}"
"""
STATED = {
    True: ("All 31 provinces were assessed.", "当年评估了全部31个省级政府。"),
    False: (
        "How many provinces were assessed is not in the record; all 31 are listed here.",
        "公开记录未载当年评估的省级政府个数，此处列出全部31个。",
    ),
}


def write_province_totals(root: str | Path, years: Iterable[int] = PANEL_YEARS) -> list[Path]:
    """Write the editions of totals only, the same bytes at every call.

    Parameters
    ----------
    root : path
        ``data/raw``, with ``cgti/record`` (the panel) and ``cgti/panel`` (names, framework, what the editions say).
    years : iterable of int

    Returns
    -------
    list of Path
        The files written: edition, framework, units, sheet and sources of each year.

    Raises
    ------
    InputError
        For a year without a panel, and a province or value of the panel that cannot be read.
    """
    root = Path(root)
    record = read_record(INDEX, root=root)
    if record is None:
        raise InputError("no public record, so no panel", title=str(root / INDEX / "record"))
    inputs = root / INDEX / "panel"
    provinces = read_csv(inputs / "provinces.csv").set_index("name_zh", drop=False)
    panel = _panel(record)
    if unknown := sorted(set(panel["entity_zh"]) - set(provinces.index)):
        raise InputError(
            [f"{name!r} of the panel is not in provinces.csv" for name in unknown], title="third-party panel"
        )
    inferred = _inferred(root / INDEX / "record" / "inferred_capital_city_scores.csv")
    written: list[Path] = []
    for year in years:
        own = panel[panel["report_year"] == str(year)].set_index("entity_zh")["score"]
        if own.empty:
            there = ", ".join(sorted(set(panel["report_year"])))
            raise InputError(f"the panel has no province in {year}; it has {there}", title="third-party panel")
        written += _write_year(year, own, pd.concat([panel, inferred]), record, provinces, inputs)
    return written


def _panel(record: Record) -> pd.DataFrame:
    ranks = record.ranks
    mine = (ranks["score_basis"] == "third_party_dataset") & (ranks["group"] == GROUP) & (ranks["score"] != "")
    return ranks.loc[mine, ["report_year", "entity_zh", "score", "source_id"]]


def _inferred(path: Path) -> pd.DataFrame:
    """Return the panel's rows of years in which only cities were assessed, for the comparison of values alone."""
    if not path.exists():
        return pd.DataFrame(columns=["report_year", "entity_zh", "score", "source_id"])
    table = read_csv(path).rename(columns={"province_zh": "entity_zh"})
    return table[["report_year", "entity_zh", "score", "source_id"]]


def _write_year(
    year: int, own: pd.Series, panel: pd.DataFrame, record: Record, provinces: pd.DataFrame, inputs: Path
) -> list[Path]:
    folder = inputs.parent / str(year)
    folder.mkdir(exist_ok=True)
    in_year = record.coverage[(record.coverage["report_year"] == str(year)) & (record.coverage["group"] == GROUP)]
    assessed = set(in_year["n_assessed"])
    members = provinces.loc[own.index] if assessed == {str(len(own))} else provinces
    members = members.sort_values("unit")
    printed = _printed(record, year)
    tables = {
        "units": pd.DataFrame(
            {"unit": members["unit"], "group": GROUP, "name_zh": members["name_zh"], "name_en": members["name_en"]}
        ),
        "province": pd.DataFrame({"unit": members["unit"], "total": own.reindex(members.index).fillna("")}),
        "sources": _sources(record, year),
    }
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n", encoding="utf-8")
    shutil.copyfile(inputs / "framework.csv", folder / "framework.csv")
    tested = _tested(year, own, printed)
    fill = {
        "year": str(year),
        "size": str(len(members)),
        "tested_en": tested[0],
        "tested_zh": tested[1],
        "absent": _absent(members, own, assessed),
        "repeated": _repeated(year, own, panel, provinces),
    }
    text = Template((inputs / "edition.toml.in").read_text(encoding="utf-8")).substitute(fill)
    (folder / "edition.toml").write_text(text.rstrip("\n") + "\n", encoding="utf-8", newline="\n")
    return [folder / name for name in ("edition.toml", "framework.csv", *(f"{name}.csv" for name in tables))]


def _printed(record: Record, year: int) -> dict[str, set[float]]:
    """Return the scores of provinces that others than third parties give for the year."""
    ranks = record.ranks
    rows = ranks[
        (ranks["report_year"] == str(year))
        & (ranks["group"] == GROUP)
        & (ranks["score_basis"] != "third_party_dataset")
        & (ranks["score"] != "")
    ]
    found: dict[str, set[float]] = {}
    for name, score in zip(rows["entity_zh"], rows["score"], strict=True):
        found.setdefault(name, set()).add(float(score))
    return found


def _absent(members: pd.DataFrame, own: pd.Series, assessed: set[str]) -> str:
    """Declare the members that the panel has no value for."""
    absent = members.loc[~members.index.isin(own.index)]
    if absent.empty:
        return ""
    en, zh = STATED[assessed == {str(len(members))}]
    return ABSENT.format(en=_list(absent["name_en"]), zh="、".join(absent.index), stated_en=en, stated_zh=zh)


def _tested(year: int, own: pd.Series, printed: dict[str, set[float]]) -> tuple[str, str]:
    """Say how far scores printed elsewhere bear the panel out in the year."""
    if not printed:
        return (
            f"No score printed or stated elsewhere tests the values of {year}.",
            f"{year}年的数值没有任何另行公布的得分可供核对。",
        )
    agree = sum(scores == {float(own.get(name, "nan"))} for name, scores in printed.items())
    return (
        f"{len(printed)} of the {len(own)} values of {year} can be tested by a score printed or stated elsewhere; "
        f"{agree} agree.",
        f"{year}年的{len(own)}个数值中有{len(printed)}个可用另行公布的得分核对，其中{agree}个一致。",
    )


def _repeated(year: int, own: pd.Series, panel: pd.DataFrame, provinces: pd.DataFrame) -> str:
    """Declare the values that a province has in another year too, as text equal to the last decimal."""
    rows = [
        (str(name), score, sorted(others))
        for name, score in own.items()
        if (
            others := set(
                panel.loc[
                    (panel["entity_zh"] == name)
                    & (panel["score"].map(float) == float(score))
                    & (panel["report_year"] != str(year)),
                    "report_year",
                ]
            )
        )
    ]
    if not rows:
        return ""
    return REPEATED.format(
        en="; ".join(f"{provinces.at[name, 'name_en']} {score}, also in {_list(years)}" for name, score, years in rows),
        zh="；".join(f"{name}{score}（另见{'、'.join(years)}年）" for name, score, years in rows),
    )


def _sources(record: Record, year: int) -> pd.DataFrame:
    """Return the panel's source and those of the scores that test it."""
    ranks = record.ranks
    used = ranks[(ranks["report_year"] == str(year)) & (ranks["group"] == GROUP) & (ranks["score"] != "")]
    table = record.sources[record.sources["source_id"].isin(set(used["source_id"]))]
    return table[list(SOURCE_COLUMNS)].rename(columns=SOURCE_COLUMNS)


def _list(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
