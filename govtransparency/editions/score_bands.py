"""Bands of the index's scores that a publisher names: free, partly free, not free; ratings from 1 to 7."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, get_args

from govtransparency.arguments import is_number, is_whole, shown
from govtransparency.errors import nearest
from govtransparency.methods import Rounding
from govtransparency.ranking import bands
from govtransparency.texts.bilingual import Text
from govtransparency.texts.problems import band_problems as problems

if TYPE_CHECKING:
    import pandas as pd

    from govtransparency.ranking import RankRule

__all__ = ["ScoreBands", "bands_from", "bands_problems"]

KEYS = ("edges", "labels", "decimals", "rounding")
LANGUAGES = ("en", "zh")


@dataclass(frozen=True)
class ScoreBands:
    """The bands of an edition: ``[bands]`` of its ``edition.toml``.

    Attributes
    ----------
    edges : tuple of float
        In increasing order; a score equal to an edge belongs to the band above it.
    labels : tuple of Text
        From the lowest band to the highest, one more than edges.
    decimals : int or None
    rounding : str or None
        How scores are rounded before they are compared with the edges; None is as the recipe's rule ranks them.

    Examples
    --------
    >>> import pandas as pd
    >>> from govtransparency import RankRule
    >>> names = Text("低", "low"), Text("中", "middle"), Text("高", "high")
    >>> three = ScoreBands((35.0, 70.0), names)
    >>> [band.en for band in three.of(pd.Series({"X": 70.0, "Y": 69.9}), RankRule())]
    ['high', 'middle']
    """

    edges: tuple[float, ...]
    labels: tuple[Text, ...]
    decimals: int | None = None
    rounding: Rounding | None = None

    def of(self, scores: pd.Series, rule: RankRule) -> pd.Series:
        """Return the band of each unit.

        Parameters
        ----------
        scores : Series, unit -> score
        rule : RankRule
            The recipe's, for the rounding that the bands do not declare.

        Returns
        -------
        Series, unit -> Text, empty where there is no score
        """
        found = bands(
            scores,
            edges=self.edges,
            decimals=rule.decimals if self.decimals is None else self.decimals,
            rounding=self.rounding or rule.rounding,
        ).astype(float)
        return found.map(lambda band: Text("", "") if math.isnan(band) else self.labels[int(band) - 1])


def bands_from(config: Mapping[str, Any]) -> ScoreBands:
    """Return the bands that a ``[bands]`` without problems declares."""
    labels = [
        Text(label, label) if isinstance(label, str) else Text(label["zh"], label["en"]) for label in config["labels"]
    ]
    edges = tuple(map(float, config["edges"]))
    return ScoreBands(edges, tuple(labels), config.get("decimals"), config.get("rounding"))


def bands_problems(config: Mapping[str, Any]) -> Iterator[Text]:
    """Give what is wrong with a ``[bands]``."""
    for key in config:
        if key not in KEYS:
            yield problems.UNKNOWN.format(key=key, nearest=nearest(key, KEYS))
    wrong = [*_edge_problems(config.get("edges")), *_label_problems(config.get("labels"))]
    yield from wrong
    if not wrong and len(config["labels"]) != len(config["edges"]) + 1:
        labels, edges = len(config["labels"]), len(config["edges"])
        yield problems.COUNT.format(labels=labels, edges=edges, needed=edges + 1)
    if "decimals" in config and not is_whole(config["decimals"]):
        yield problems.DECIMALS.format(value=shown(config["decimals"]))
    roundings = get_args(Rounding)
    if "rounding" in config and config["rounding"] not in roundings:
        yield problems.ROUNDING.format(value=shown(config["rounding"]), nearest=nearest(config["rounding"], roundings))


def _edge_problems(edges: Any) -> Iterator[Text]:
    if not isinstance(edges, list) or not edges or not all(is_number(edge) and math.isfinite(edge) for edge in edges):
        yield problems.EDGES.format(value=shown(edges))
        return
    for low, high in pairwise(edges):
        if not low < high:
            yield problems.ASCENDING.format(low=low, high=high)


def _label_problems(labels: Any) -> Iterator[Text]:
    if not isinstance(labels, list) or not labels:
        yield problems.LABELS.format(value=shown(labels))
        return
    for label in labels:
        if not _is_label(label):
            yield problems.LABEL.format(value=shown(label))


def _is_label(label: Any) -> bool:
    """Return whether a label is a text, or a text in both languages."""
    texts = list(label.values()) if isinstance(label, Mapping) and sorted(label) == list(LANGUAGES) else [label]
    return all(isinstance(text, str) and text.strip() for text in texts)
