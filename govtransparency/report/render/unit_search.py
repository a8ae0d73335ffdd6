"""The search for a unit in the report, and the lines of its card, which a script writes from compact data."""

from __future__ import annotations

import base64
import gzip
import json
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from govtransparency.names import name_of_unit
from govtransparency.nodes import ROOT
from govtransparency.profiles.basis_of_figures import real_names, signed_names
from govtransparency.report.render import page_parts
from govtransparency.report.render.html_text import both
from govtransparency.report.result_files import card_file
from govtransparency.texts.status_words import BADGE
from govtransparency.texts.unit_search_words import UNIT_SEARCH

if TYPE_CHECKING:
    from pathlib import Path

    from govtransparency.editions import Edition

__all__ = ["CARDS_FILE", "UnitSearch"]

CARDS_FILE = "cards.json"
SCRIPT = "unit_search.js"


class UnitSearch(NamedTuple):
    """The parts of a page that look a unit up: nothing where the run has no cards.

    Attributes
    ----------
    markup : str
        The section with the field.
    data : str
        The cards and the names, as a script element that holds JSON, compressed by gzip and in base64.
    script : str
    """

    markup: str = ""
    data: str = ""
    script: str = ""

    @classmethod
    def of_run(cls, folder: Path, edition: Edition) -> UnitSearch:
        """Return the search of a run: over the units in its file ``cards.json``, with the errors of its other files.

        Parameters
        ----------
        folder : Path
            Of the run: ``cards.json``, group -> unit -> `govtransparency.questions.card_data.card_data`, and for the
            95 % sets of ranks ``rank_sets_<group>.csv``.
        edition : Edition
        """
        file = folder / CARDS_FILE
        cards = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        if not cards:
            return cls()
        for group, units in cards.items():
            sets = folder / f"rank_sets_{group}.csv"
            if sets.exists():
                table = pd.read_csv(sets, dtype={"unit": str}).set_index("unit")
                for unit in table.index.intersection(list(units)):
                    units[unit]["errors"] = [float(table.at[unit, end]) for end in ("low", "high")]
        words = json.dumps(_data(cards, edition), ensure_ascii=False, separators=(",", ":"))
        packed = base64.b64encode(gzip.compress(words.encode(), mtime=0)).decode()
        return cls(
            _section(edition),
            f'<script type="application/gzip" id="cards">{packed}</script>',
            page_parts.template(SCRIPT),
        )


def _data(cards: dict[str, Any], edition: Edition) -> dict[str, Any]:
    nodes, signed = edition.nodes, signed_names(edition)
    real = real_names(edition) & (edition.status == "simulated")
    known = [unit for units in cards.values() for unit in units]
    used = {name for units in cards.values() for card in units.values() for name in _nodes(card) if name != ROOT}
    return {
        "words": {key: list(text) for key, text in UNIT_SEARCH.items()},
        "simulated": edition.status == "simulated",
        "league": edition.league,
        "whole": ROOT,
        "index": edition.index,
        "year": edition.year,
        "names": {unit: list(dict.fromkeys(name_of_unit(edition.units, unit))) for unit in known},
        "signed": {unit: list(name_of_unit(signed, unit)) for unit in known if real[unit]},
        "files": {unit: name for unit in known if (name := card_file(unit)) != unit},
        "nodes": {code: list(nodes[code]) for code in sorted(used)},
        "sources": _sources(cards, edition),
        "cards": cards,
    }


def _sources(cards: dict[str, Any], edition: Edition) -> dict[str, list[str]]:
    """Return the title and the address of the sources that the cards name; no address where that is a file's name."""
    if edition.record is None:
        return {}
    known = edition.record.sources.drop_duplicates("source_id").set_index("source_id")[["title", "url"]].fillna("")
    facts = (fact for units in cards.values() for card in units.values() for fact in card.get("published", []))
    used = sorted({fact[3] for fact in facts} & {*known.index})
    return {code: [title, url if url.startswith("http") else ""] for code, title, url in known.loc[used].itertuples()}


def _nodes(card: dict[str, Any]) -> list[str]:
    """Return the nodes that the lines of a card name."""
    stated = [node for fact in card.get("published", []) for node in fact[4:]]
    return [*card.get("gain", [])[:1], *card.get("lose", [])[1:2], *card.get("gain_together", [])[:1], *stated]


def _section(edition: Edition) -> str:
    badge = f'<span class="badge {edition.status}">{both(BADGE[edition.status])}</span>'
    label = both(UNIT_SEARCH["label"])
    return (
        f'<section id="unit">\n<h2>{both(UNIT_SEARCH["heading"])} {badge}</h2>\n'
        f'<p><label for="unit-name">{label}</label> <input type="search" id="unit-name" autocomplete="off"></p>\n'
        f'<div id="unit-found" aria-live="polite"></div>\n</section>'
    )
