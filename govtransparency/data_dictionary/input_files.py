"""The description of every file that an edition is read from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtransparency.data_dictionary.described_file import DescribedFile, Field, Reference
from govtransparency.texts import input_columns as texts
from govtransparency.texts.record_words import STATEMENTS
from govtransparency.texts.stated_words import STATED

if TYPE_CHECKING:
    from govtransparency.texts.bilingual import Text

__all__ = [
    "CORRECTIONS",
    "FRAMEWORK",
    "LONG_SHEET",
    "MARKS",
    "RANGES",
    "RECORD",
    "SET_ASIDE",
    "SOURCES",
    "SOURCES_USED",
    "UNITS",
    "WIDE_SHEET",
]


SET_ASIDE = "set_aside"  # the kind of a reading: a statement that is not followed
BASES = (
    "stated",
    "printed",
    "from_printed_scores",
    "decoded",
    "computed_from_statement",
    "third_party_dataset",
)
CLAIM_TYPES = (
    "rank",
    "rank_from_last",
    "rank_within_province",
    "score",
    "average",
    "dimension_score",
    "share",
    "streak_years",
    "only_in_top_k_from_province",
)
QUALIFIERS = ("exact", "about", "more than", "at least", "less than", "at most")


def _file(
    name: str, *fields: Field, meanings: dict[str, Text], key: tuple[str, ...] = (), title: str | None = None
) -> DescribedFile:
    return DescribedFile(name, texts.FILES[title or name.removesuffix(".csv")], fields, meanings, key)


FRAMEWORK = _file(
    "framework.csv",
    Field("code", "code", needed=True, required=True, roles=("code", "indicator code")),
    Field("parent", "code", needed=True, refers_to=Reference("framework.csv", "code"), roles=("parent",)),
    Field("name_en", roles=("name_en",)),
    Field("name_zh", roles=("name", "indicator")),
    Field("weight", "number", above=0, roles=("weight",)),
    Field("direction", "integer", one_of=("1", "-1"), roles=("direction",)),
    Field("worst", "number", roles=("worst",)),
    Field("best", "number", roles=("best",)),
    Field("unit", roles=("unit of measurement",)),
    Field("note", roles=("note",)),
    meanings=texts.FRAMEWORK,
    key=("code",),
)
UNITS = _file(
    "units.csv",
    Field("unit", "code", needed=True, required=True, roles=("unit", "place", "code")),
    Field("group", "code", required=True, roles=("group",)),
    Field("name_en", roles=("name_en",)),
    Field("name_zh", roles=("name",)),
    Field("formerly", roles=("formerly",)),
    meanings=texts.UNITS,
    key=("unit",),
)
SOURCES = _file(
    "sources.csv",
    Field("source", "code", required=True, roles=("source",)),
    Field("title", roles=("title", "name")),
    Field("url", "address", roles=("url",)),
    Field("publisher", roles=("publisher",)),
    Field("published_on", "date", roles=("published_on",)),
    Field("licence", "licence", roles=("licence",)),
    Field("note", roles=("note",)),
    meanings=texts.SOURCES,
    key=("source",),
)
SOURCES_USED = _file(
    "sources_used.csv",
    Field("source", "code", needed=True, required=True, roles=("source",)),
    Field("name", needed=True, required=True, roles=("name",)),
    Field("index", "code"),
    Field("used_for_en"),
    Field("used_for_zh"),
    Field("title", needed=True, required=True, roles=("title",)),
    Field("url", "address", needed=True, required=True, roles=("url",)),
    meanings=texts.SOURCES_USED,
    key=("source",),
)

CORRECTIONS = _file(
    "corrections.csv",
    Field("date", "day", needed=True, required=True),
    Field("unit", "code", needed=True, required=True, refers_to=Reference("units.csv", "unit")),
    Field("figure", "code", needed=True, required=True),
    Field("before", "number", needed=True),
    Field("after", "number", needed=True),
    Field("reason", needed=True, required=True),
    meanings=texts.CORRECTIONS,
    key=("date", "unit", "figure"),
)

RANGES = _file(
    "ranges.csv",
    Field("statement", needed=True, required=True, one_of=tuple(STATED)),
    Field("group", "code", needed=True),
    Field("low", "number", needed=True, required=True),
    Field("high", "number", needed=True, required=True),
    Field("simulations", "integer", needed=True, required=True, low=2),
    meanings=texts.RANGES,
    key=("statement", "group"),
    title="simulated_ranges",
)

_UNIT = Field(
    "unit",
    "code",
    needed=True,
    required=True,
    refers_to=Reference("units.csv", "unit"),
    roles=("unit", "place"),
)
_INDICATOR = Field("indicator", "code", needed=True, required=True, roles=("indicator", "indicator code"))
WIDE_SHEET = _file("wide_sheet", _UNIT, Field("<indicator>", "number"), meanings=texts.WIDE_SHEET, key=("unit",))
LONG_SHEET = _file(
    "long_sheet",
    _UNIT,
    _INDICATOR,
    Field("value", "number", needed=True, roles=("value",)),
    meanings=texts.LONG_SHEET,
    key=("unit", "indicator"),
)
MARKS = _file(
    "marks",
    _UNIT,
    _INDICATOR,
    Field("assessor", "code", needed=True, required=True, roles=("assessor",)),
    Field("mark", "number", needed=True, roles=("mark",)),
    Field("observed_on", "day", roles=("observed_on",)),
    meanings=texts.MARKS,
    key=("unit", "indicator", "assessor"),
)

_YEAR = Field("report_year", "year", needed=True, required=True, roles=("year",))
_GROUP = Field("group", "code", needed=True, required=True, roles=("group",))
_ENTITY = Field("entity_zh", needed=True, required=True, roles=("unit", "place"))
_SOURCE = Field(
    "source_id",
    "code",
    needed=True,
    required=True,
    refers_to=Reference("record/sources.csv", "source_id"),
    roles=("source",),
)


def _text(name: str, *roles: str, required: bool = False) -> Field:
    return Field(name, needed=True, required=required, roles=roles)


RECORD = {  # by the name of the table of `Record`, or of the file that only derives from it
    "ranks": _file(
        "published_ranks.csv",
        _YEAR,
        _GROUP,
        _ENTITY,
        _text("province_zh", "province"),
        Field("rank", "integer", needed=True, low=1, roles=("rank",)),
        Field("rank_is_ordered", "boolean", needed=True),
        Field("score", "number", needed=True, roles=("score",)),
        _SOURCE,
        Field("list_position", "integer", needed=True, low=1),
        _text("note", "note"),
        Field("rank_basis", needed=True, one_of=BASES),
        Field("score_basis", needed=True, one_of=BASES),
        meanings=texts.RANKS,
        key=("report_year", "group", "entity_zh", "source_id"),
        title="ranks",
    ),
    "claims": _file(
        "claims.csv",
        Field("report_year", "year", needed=True, roles=("year",)),
        _text("entity_zh", "unit", "place"),
        _GROUP,
        Field("claim_type", needed=True, required=True, one_of=CLAIM_TYPES),
        _text("value"),
        _text("detail"),
        _SOURCE,
        meanings=texts.CLAIMS,
        key=("report_year", "entity_zh", "group", "claim_type", "value", "detail", "source_id"),
    ),
    "dimension_scores": _file(
        "published_dimension_scores.csv",
        _YEAR,
        _GROUP,
        _ENTITY,
        _text("dimension_zh", required=True),
        Field("score", "number", needed=True, required=True),
        Field("weight", "share", needed=True, above=0),
        _SOURCE,
        meanings=texts.DIMENSION_SCORES,
        key=("report_year", "group", "entity_zh", "dimension_zh", "source_id"),
        title="dimension_scores",
    ),
    "coverage": _file(
        "coverage.csv",
        _YEAR,
        _GROUP,
        Field("n_assessed", "integer", needed=True, required=True, low=1),
        _SOURCE,
        _text("note", "note"),
        meanings=texts.COVERAGE,
        key=("report_year", "group", "source_id"),
    ),
    "frameworks": _file(
        "frameworks.csv",
        _YEAR,
        _GROUP,
        Field("level", "integer", needed=True, required=True, low=0),
        Field("code", "code", needed=True),
        Field("parent_code", "code", needed=True),
        _text("name_zh", required=True),
        Field("weight", "share", needed=True, above=0),
        _SOURCE,
        meanings=texts.RECORDED_FRAMEWORKS,
        key=("report_year", "group", "name_zh", "source_id"),
    ),
    "self_reported": _file(
        "self_reported.csv",
        _YEAR,
        _ENTITY,
        _text("indicator_zh", required=True),
        _text("indicator_en"),
        _text("value", required=True),
        Field("qualifier", needed=True, one_of=QUALIFIERS),
        _SOURCE,
        _text("note", "note"),
        meanings=texts.SELF_REPORTED,
        key=("report_year", "entity_zh", "indicator_zh", "source_id"),
    ),
    "sources": _file(
        "sources.csv",
        Field("source_id", "code", needed=True, required=True, roles=("source",)),
        Field("url", "address", needed=True, roles=("url",)),
        _text("title", "title"),
        _text("publisher", "publisher"),
        Field("date", "date", needed=True, roles=("published_on",)),
        _text("what_it_gives"),
        meanings=texts.RECORD_SOURCES,
        key=("source_id",),
        title="record_sources",
    ),
    "readings": _file(
        "readings.csv",
        _YEAR,
        Field("kind", needed=True, required=True, one_of=(*STATEMENTS, SET_ASIDE)),
        _GROUP,
        _text("entity_zh", "unit", "place"),
        _text("node_zh"),
        Field("value", "number", needed=True),
        Field("k", "number", needed=True),
        _text("of", required=True),
        _SOURCE,
        _text("reading"),
        meanings=texts.READINGS,
        key=("report_year", "kind", "group", "entity_zh", "node_zh", "k", "of", "source_id"),
    ),
    "derived_province_ranks": _file(
        "derived_province_ranks.csv",
        _YEAR,
        _text("province_zh", required=True),
        Field("score", "number", needed=True, required=True),
        Field("derived_rank", "integer", needed=True, required=True, low=1),
        Field("n_in_panel", "integer", needed=True, required=True, low=1),
        _SOURCE,
        meanings=texts.DERIVED_RANKS,
        key=("report_year", "province_zh"),
    ),
    "inferred_capital_city_scores": _file(
        "inferred_capital_city_scores.csv",
        _YEAR,
        _text("city_zh", required=True),
        _text("province_zh", required=True),
        Field("score", "number", needed=True, required=True),
        _text("status"),
        _SOURCE,
        meanings=texts.INFERRED_SCORES,
        key=("report_year", "city_zh"),
    ),
}
