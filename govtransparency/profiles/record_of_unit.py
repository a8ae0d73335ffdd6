"""What is public about one unit, in words, with the titles and addresses of the sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from govtransparency.audit.rebuilt_facts import statement_text
from govtransparency.files.plain_numbers import to_number
from govtransparency.record.facts import followed
from govtransparency.record.statements import statements
from govtransparency.texts.bilingual import Text
from govtransparency.texts.record_words import NOT_IN_PLACE, OWN_FIGURES, QUALIFIED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govtransparency.editions import Edition
    from govtransparency.record.read_record import Record

__all__ = [
    "FACTS",
    "Stated",
    "published_facts",
    "published_ranks",
    "published_ranks_of_year",
    "record_of_unit",
    "stated_of_group",
]

COLUMNS = ["year", "statement_zh", "statement_en", "source", "title", "link", "kind"]
TEN_THOUSAND = 10_000
FACTS = ("rank", "rank_within_province", "list_position", "score")  # the kinds that say where a unit stands

Stated = dict[int, pd.DataFrame]  # year -> statements


def stated_of_group(edition: Edition, group: str) -> Stated:
    """Return what sources state about a group, year -> statements; empty without a record."""
    if edition.record is None:
        return {}
    return {year: statements(edition.record, year, groups=[group]) for year in _years(edition.record)}


def record_of_unit(edition: Edition | None, unit: Any, stated: Stated | None = None) -> pd.DataFrame:
    """Return every statement of the record about a unit, of all years, and its self-reported figures.

    Parameters
    ----------
    edition : Edition or None
    unit : unit
    stated : dict, optional
        What `stated_of_group` returns for the unit's group, where it is known already.

    Returns
    -------
    DataFrame, one row per statement, the newest first
        year; statement_zh, statement_en; source, its code; title and link of the source, blank where it has no address;
        kind, ``published`` or ``self-reported``.
    """
    if edition is None or edition.record is None:
        return pd.DataFrame(columns=COLUMNS)
    record, (name, group) = edition.record, edition.units.loc[unit, ["name_zh", "group"]]
    stated = stated_of_group(edition, group) if stated is None else stated
    about = record.sources.drop_duplicates("source_id").set_index("source_id")
    rows = [*_published(edition, record, name, stated), *_own_figures(record, name)]
    found = pd.DataFrame(rows, columns=["year", "statement_zh", "statement_en", "source", "kind"]).drop_duplicates()
    for column, own in (("title", "title"), ("link", "url")):
        known = about.get(own, pd.Series(dtype=object)).to_dict()
        found[column] = [_several(known, sources) for sources in found["source"]]
    found["link"] = [link if link.startswith("http") else "" for link in found["link"]]  # else a file's name
    return found.sort_values("year", ascending=False, kind="stable", ignore_index=True)[COLUMNS]


def published_ranks(edition: Edition, group: str, stated: Stated) -> dict[str, pd.Series]:
    """Return the ranks on the index that sources state of the units of a group, year -> rank.

    The first that is stated and not set aside counts; where none is, the place in a list that states its order.

    Parameters
    ----------
    edition : Edition
    group : str
    stated : dict
        From `stated_of_group`.
    """
    codes = _codes(edition, group)
    found: dict[str, dict[int, float]] = {}
    for year, facts in _followed(edition, stated).items():
        whole = facts[(facts["relation"] == "=") & (facts["node_zh"] == "")]
        for kind in ("rank", "list_position"):
            ranks = whole[(whole["kind"] == kind) & (whole["ordered"] | (kind == "rank"))]
            for name, value in zip(ranks["entity_zh"], ranks["value"], strict=True):
                if name in codes:
                    found.setdefault(codes[name], {}).setdefault(year, float(value))
    return {unit: pd.Series(ranks, name="rank") for unit, ranks in found.items()}


def _codes(edition: Edition, group: str) -> dict[str, str]:
    """Return the code of each unit of a group, by the name under which the record states it."""
    mine = edition.units[edition.units["group"] == group]
    return dict(zip(mine["name_zh"], map(str, mine.index), strict=True))


def published_ranks_of_year(edition: Edition, year: int) -> dict[str, float]:
    """Return the rank of each unit of all groups that `published_ranks` gives for a year."""
    if edition.record is None:
        return {}
    found: dict[str, float] = {}
    for group in edition.tables:
        ranks = published_ranks(edition, group, {year: statements(edition.record, year, groups=[group])})
        found |= {unit: float(of_years[year]) for unit, of_years in ranks.items()}
    return found


def published_facts(edition: Edition, group: str, stated: Stated) -> dict[str, list[tuple[Any, ...]]]:
    """Return the ranks, listed places and scores that sources state of the units of a group, the newest first.

    Parameters
    ----------
    edition : Edition
    group : str
    stated : dict
        From `stated_of_group`.

    Returns
    -------
    dict of unit to list of tuples
        year, kind (of `FACTS`), value, the code of the source; for a score on a node its code too. A place in a list
        is left out beside an equal rank of the year, and what the readings of the record set aside.
    """
    codes = _codes(edition, group)
    nodes = {text.zh: code for code, text in edition.nodes.items()} | {"": ""}
    found: dict[str, dict[tuple[Any, ...], tuple[Any, ...]]] = {}
    for year, facts in sorted(_followed(edition, stated).items(), reverse=True):
        known = facts[(facts["relation"] == "=") & facts["kind"].isin(FACTS) & facts["entity_zh"].isin(list(codes))]
        for fact in sorted(known.to_dict("records"), key=lambda fact: FACTS.index(fact["kind"])):
            node, of_unit = nodes.get(fact["node_zh"]), found.setdefault(codes[fact["entity_zh"]], {})
            if node is None or (node and fact["kind"] != "score"):
                continue
            key = (year, "rank" if fact["kind"] == "list_position" else fact["kind"], fact["value"], node)
            of_unit.setdefault(
                key, (year, fact["kind"], fact["value"], fact["source_id"].split()[0], *([node] * bool(node)))
            )
    return {unit: list(own.values()) for unit, own in found.items() if own}


def _followed(edition: Edition, stated: Stated) -> Stated:
    """Return what sources state, by year, without what the readings set aside."""
    return {} if edition.record is None else {year: followed(edition.record, year, stated[year]) for year in stated}


def _several(known: Mapping[str, str], sources: str) -> str:
    """Return what is known of the first of the sources that a statement names."""
    return next((known[source] for source in sources.split() if known.get(source)), "")


def _years(record: Record) -> list[int]:
    stated = (record.ranks, record.claims, record.readings)
    return sorted({int(year) for table in stated for year in table["report_year"] if year})


def _published(edition: Edition, record: Record, name: str, stated: Stated) -> Iterator[tuple[Any, ...]]:
    own = {int(year) for year in record.self_reported.loc[record.self_reported["entity_zh"] == name, "report_year"]}
    units = {node.name_zh: node.unit for tree in edition.frameworks.values() for node in tree.nodes}
    for year, facts in stated.items():
        for fact in facts[facts["entity_zh"] == name].to_dict("records"):
            if fact["kind"] != "mark":
                yield (year, *statement_text(fact, edition), fact["source_id"], "published")
            elif year not in own:  # a mark is a figure of the unit's own, which is told in its own words
                said = statement_text(fact, edition)
                if units.get(fact["node_zh"]) == "yes/no":
                    node = Text(fact["node_zh"], _english(edition, fact["node_zh"]))
                    said = (OWN_FIGURES["yes"] if fact["value"] else NOT_IN_PLACE).format(indicator=node)
                yield (year, *said, fact["source_id"], "self-reported")


def _english(edition: Edition, name: str) -> str:
    return next((text.en for text in edition.nodes.values() if text.zh == name), name)


def _own_figures(record: Record, name: str) -> Iterator[tuple[Any, ...]]:
    own = record.self_reported[record.self_reported["entity_zh"] == name]
    for row in own.to_dict("records"):
        indicator = Text(row["indicator_zh"], row["indicator_en"])
        yield (
            int(row["report_year"]),
            *_in_words(indicator, row["value"], row["qualifier"]),
            row["source_id"],
            "self-reported",
        )


def _in_words(indicator: Text, value: str, qualifier: str) -> Text:
    """Return a figure with its qualifier, as each language says it.

    Examples
    --------
    >>> _in_words(Text("\u6536\u5f55\u6587\u4ef6", "items"), "16000", "more than").en
    'items: more than 16,000'
    """
    if value in ("yes", "no"):
        return (OWN_FIGURES["yes"] if value == "yes" else NOT_IN_PLACE).format(indicator=indicator)
    number = to_number(value)
    shown = Text(value, value) if number is None else Text(_in_chinese(number), f"{number:,.10g}")
    template = QUALIFIED.get(qualifier.strip().casefold(), QUALIFIED["exact"])
    return OWN_FIGURES["value"].format(indicator=indicator, value=template.format(value=shown))


def _in_chinese(number: float) -> str:
    """Return a number, in units of ten thousand where that is shorter.

    Examples
    --------
    >>> _in_chinese(350), _in_chinese(16000) == "1.6" + chr(0x4E07)
    ('350', True)
    """
    if number >= TEN_THOUSAND and number % (TEN_THOUSAND / 100) == 0:
        return f"{number / TEN_THOUSAND:g}万"
    return f"{number:.10g}"
