"""The description of every table that a run writes into its folder, besides the numbered tables of the report."""

from __future__ import annotations

import re

from govtransparency.data_dictionary.described_file import DescribedFile, Field, Reference
from govtransparency.texts.output_columns import OUTPUT_COLUMNS, OUTPUTS

__all__ = ["OUTPUT_FILES", "output_file"]

_UNIT = Field("unit", "code", required=True, refers_to=Reference("units.csv", "unit"))
_GROUP = Field("group", "code", required=True)
_RANK = Field("rank", "integer", low=1)
_TIER = Field("tier", "integer", low=1)
_STATUS = Field("status", required=True)


def _node(name: str) -> Field:
    return Field(name, "code", required=True, refers_to=Reference("framework.csv", "code"))


def _texts(*names: str) -> tuple[Field, ...]:
    return tuple(Field(name) for name in names)


def _numbers(*names: str) -> tuple[Field, ...]:
    return tuple(Field(name, "number") for name in names)


def _counts(*names: str) -> tuple[Field, ...]:
    return tuple(Field(name, "integer", low=0) for name in names)


def _file(name: str, *fields: Field, key: tuple[str, ...] = (), **other_meanings: str) -> DescribedFile:
    """Return the description of a table; a column whose name means something else elsewhere names its own meaning."""
    meanings = {item.name: OUTPUT_COLUMNS[other_meanings.get(item.name, item.name)] for item in fields}
    return DescribedFile(name, OUTPUTS[name], fields, meanings, key)


_REVIEW = (
    Field("step", "integer", low=1),
    *_texts("step_zh", "step_en", "question_zh", "question_en", "verdict", "verdict_zh", "evidence_zh", "evidence_en"),
)
OUTPUT_FILES = (
    _file("scores.csv", _UNIT, _GROUP, Field("<node>", "number"), _STATUS, key=("unit",)),
    _file(
        "ranks.csv",
        *(_UNIT, _GROUP, *_texts("name_zh", "name_en", "province")),
        *(Field("score", "number"), _RANK, Field("rank_in_province", "integer", low=1), _STATUS),
        *_texts("note_zh", "note_en"),
        key=("unit",),
    ),
    _file("normalised.csv", _GROUP, _UNIT, Field("<indicator>", "number"), key=("unit",)),
    _file(
        "intervals.csv",
        *(_GROUP, _UNIT, _RANK, *_numbers("median", "low", "high"), _TIER, _STATUS),
        key=("unit",),
        low="low_rank",
        high="high_rank",
    ),
    _file(
        "sensitivity.csv",
        *(_GROUP, Field("source", required=True)),
        *(*_numbers("first", "first_low", "first_high", "total", "total_low", "total_high"), _STATUS),
        key=("group", "source"),
        first="first_order",
    ),
    _file(
        "audit.csv",
        *(_GROUP, *_texts("kind", "claim", "claim_zh"), Field("value", "number"), *_texts("sources")),
        *_texts("verdict_record", "reason_record", "reason_record_zh", "verdict_rebuilt"),
        *(Field("rebuilt", "number"), *_texts("reason_rebuilt", "reason_rebuilt_zh")),
        value="claimed_value",
    ),
    *(_file(name, *_REVIEW) for name in ("review.csv", "review_{group}.csv")),
    _file(
        "volatility_{group}.csv",
        *(_UNIT, *_counts("editions")),
        *_numbers("best", "worst", "range", "mean", "sd", "mean_move", "largest"),
        key=("unit",),
    ),
    _file(
        "streaks_{group}.csv",
        *(_UNIT, Field("first", "year"), Field("last", "year"), *_counts("editions", "unpublished")),
        Field("current", "flag"),
        key=("unit", "first"),
        first="first_year",
    ),
    _file(
        "rank_sets_{group}.csv",
        *(_UNIT, _RANK, Field("low", "integer", low=1), Field("high", "integer", low=1), _TIER),
        *(Field("score", "number"), _STATUS),
        key=("unit",),
        low="low_rank",
        high="high_rank",
    ),
    _file(
        "correlations_{group}.csv",
        *(_node("first"), _node("second"), Field("pillar", "code"), Field("within", "flag"), *_counts("units")),
        *_numbers("value", "low", "high", "p_value", "p_adjusted"),
        key=("first", "second"),
        pillar="pair_pillar",
        units="pair_units",
    ),
    _file(
        "importance_{group}.csv",
        *(_node("code"), *_numbers("weight", "correlation", "linear", "smooth")),
        *(*_numbers("relative_weight", "relative_importance", "discrepancy"), Field("silent", "flag")),
        key=("code",),
    ),
    *(_file(f"{name}_{{group}}_{{status}}.csv", _UNIT, key=("unit",)) for name in ("ranks", "scores")),
    *(_file(f"{name}_{{group}}_{{status}}.csv") for name in ("comparisons", "transitions", "moves")),
    _file("weights_{number}.csv"),
)


def output_file(name: str) -> tuple[DescribedFile | None, dict[str, str]]:
    """Return the description of a table that a run wrote, by its name, and what stands in the places of the name.

    Examples
    --------
    >>> described, parts = output_file("rank_sets_city.csv")
    >>> described.name, parts
    ('rank_sets_{group}.csv', {'group': 'city'})
    >>> output_file("mine.csv")
    (None, {})
    """
    for described in OUTPUT_FILES:
        pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(described.name))
        if found := re.fullmatch(pattern, name):
            return described, found.groupdict()
    return None, {}
