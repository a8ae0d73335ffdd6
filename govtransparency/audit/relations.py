"""Compare two statements about one group in one year: whether they agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np

from govtransparency.texts.audit_words import CLAIM_EVIDENCE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govtransparency.texts.bilingual import Text

__all__ = ["COUNTS", "DIFFERENT", "HEADLINE", "KINDS", "LOGICAL", "Kind", "Relation", "numbers", "relation"]


Kind = Literal["different values", "logical contradiction", "different figures for one headline"]
KINDS: tuple[Kind, ...] = get_args(Kind)
DIFFERENT, LOGICAL, HEADLINE = KINDS
COUNTS = ("count_below", "count_above", "count_at_least", "share_below", "share_above", "share_at_least")


@dataclass(frozen=True)
class Relation:
    """How one statement relates to another.

    Attributes
    ----------
    agrees : bool
    kind : Kind or None
        Of a contradiction.
    note : Text or None
        Why, where the two sentences alone do not show it.
    """

    agrees: bool
    kind: Kind | None = None
    note: Text | None = None


def relation(a: Mapping[str, Any], b: Mapping[str, Any], sizes: list[float]) -> Relation | None:
    """Return whether two statements about one group agree, and if not how; None where they cannot be compared."""
    kinds = {a["kind"], b["kind"]}
    if kinds <= {*COUNTS}:
        return _counts(a, b, sizes)
    if "size" in kinds and len(kinds) == 2:
        other, size = (a, b) if b["kind"] == "size" else (b, a)
        return _against_size(other, size["value"])
    if a["entity_zh"] != b["entity_zh"] or a["node_zh"] != b["node_zh"]:
        return None
    if kinds <= {"top_count", "top_count_more"}:
        return _top_counts(a, b)
    if "list_position" in kinds and kinds <= {"list_position", "rank"}:
        return _places(a, b)
    return _same(a, b) if a["kind"] == b["kind"] and _equal(a["k"], b["k"]) else None


def _against_size(row: Mapping[str, Any], size: float) -> Relation | None:
    """Compare a count, a share or a rank with the number of units."""
    if row["kind"] in COUNTS:
        return None if numbers(row, size) else Relation(False, LOGICAL, _impossible_share(row, size))
    beyond = row["kind"] == "rank" and not row["node_zh"] and row["relation"] == "=" and row["value"] > size
    return Relation(False, LOGICAL) if beyond else None


def _equal(first: float, second: float) -> bool:
    return first == second or (np.isnan(first) and np.isnan(second))


def _same(a: Mapping[str, Any], b: Mapping[str, Any]) -> Relation | None:
    """Compare two statements of one quantity; two bounds agree where some value satisfies both."""
    low, high = -np.inf, np.inf
    excluded = []
    places = [row["decimals"] for row in (a, b) if row["relation"] == "=" and not np.isnan(row["decimals"])]
    for row in (a, b):
        value = row["value"]
        if row["kind"] in ("score", "average") and len(places) == 2:
            value = round(value, int(min(places)))
        if row["relation"] in ("=", ">=", ">"):
            low = max(low, value)
        if row["relation"] in ("=", "<=", "<"):
            high = min(high, value)
        if row["relation"] in ("<", ">"):
            excluded.append(value)
    if low > high or (low == high and low in excluded):
        return Relation(False, DIFFERENT)
    return Relation(True) if "=" in (a["relation"], b["relation"]) else None


def _top_counts(a: Mapping[str, Any], b: Mapping[str, Any]) -> Relation | None:
    """Compare how many units of a province are among the first k and among the first l."""
    few, many = sorted((a, b), key=lambda row: row["k"])
    if few["k"] == many["k"]:
        bounds = [dict(row, relation=">" if row["kind"] == "top_count_more" else "=") for row in (a, b)]
        return _same(*bounds)
    if "top_count_more" in (a["kind"], b["kind"]):
        return None
    if few["value"] > many["value"] or many["value"] - few["value"] > many["k"] - few["k"]:
        return Relation(False, LOGICAL)
    return Relation(False, HEADLINE)


def _places(a: Mapping[str, Any], b: Mapping[str, Any]) -> Relation | None:
    """Compare a place in a list with a rank or with a place in another list."""
    if a["relation"] != "=" or b["relation"] != "=":
        return None
    listed, other = (a, b) if a["kind"] == "list_position" else (b, a)
    if other["kind"] == "list_position":
        apart = listed["first"] > other["last"] or other["first"] > listed["last"]
        return Relation(False, DIFFERENT) if apart else Relation(True)
    within = listed["first"] <= other["value"] <= listed["last"]
    late = listed["ordered"] and other["value"] > listed["value"]
    return Relation(True) if within and not late else Relation(False, DIFFERENT)


def numbers(row: Mapping[str, Any], size: float) -> list[int]:
    """Return which whole numbers of units, out of `size`, a count or share can mean."""
    if row["kind"].startswith("count_"):
        return [int(row["value"])] if row["value"] <= size else []
    half = 0.5 * 10.0 ** -row["decimals"] + 1e-9
    near = int(row["value"] / 100 * size)
    return [n for n in range(max(near - 1, 0), near + 3) if n <= size and abs(100 * n / size - row["value"]) <= half]


def _impossible_share(row: Mapping[str, Any], size: float) -> Text:
    """Return that no whole number of units gives the share, and the nearest group size with which one does."""
    for other in sorted(range(max(int(size) - 5, 1), int(size) + 6), key=lambda n: abs(n - size)):
        if found := numbers(row, other):
            return CLAIM_EVIDENCE["near_whole_number"].format(size=size, other=other, count=found[0])
    return CLAIM_EVIDENCE["no_whole_number"].format(size=size)


def _below(row: Mapping[str, Any], size: float) -> tuple[tuple[float, int], set[int]]:
    """Return a count as the number of units below a point of the scale: the mark itself, or just above it."""
    side = row["kind"].partition("_")[2]
    point = (row["k"], int(side == "above"))
    return point, {n if side == "below" else int(size) - n for n in numbers(row, size)}


def _counts(a: Mapping[str, Any], b: Mapping[str, Any], sizes: list[float]) -> Relation | None:
    if not sizes:
        return _same(a, b) if a["kind"] == b["kind"] and a["k"] == b["k"] else None
    verdicts: list[bool | None] = []
    for size in sizes:
        (first, low), (second, high) = sorted((_below(a, size), _below(b, size)), key=lambda item: item[0])
        if not low or not high:
            continue
        if low & high and first[0] == second[0]:
            verdicts.append(True)
        elif first == second or min(low) > max(high):
            verdicts.append(False)
        else:
            verdicts.append(None)
    if not verdicts or None in verdicts:
        return None
    return Relation(True) if True in verdicts else Relation(False, LOGICAL)
