"""The public record of an index: what its publisher has made public, and the audit of its claims."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import pandas as pd

from govtransparency.tables import read_csv

__all__ = ["Record", "read_record"]


@dataclass(frozen=True)
class Record:
    """What is public of an index, each row with its source; text as transcribed, empty where a file is absent."""

    ranks: pd.DataFrame
    claims: pd.DataFrame
    dimension_scores: pd.DataFrame
    coverage: pd.DataFrame
    frameworks: pd.DataFrame
    self_reported: pd.DataFrame
    sources: pd.DataFrame
    readings: pd.DataFrame


FILES = {"ranks": "published_ranks.csv", "dimension_scores": "published_dimension_scores.csv"}


def read_record(index: str, *, root: Path) -> Record | None:
    """Read ``<root>/<index>/record/*.csv``; None where there is no such folder."""
    folder = Path(root) / index / "record"
    if not folder.is_dir():
        return None
    paths = {item.name: folder / FILES.get(item.name, f"{item.name}.csv") for item in fields(Record)}
    return Record(**{name: read_csv(path) if path.exists() else pd.DataFrame() for name, path in paths.items()})
