"""What only somebody at JupyterLab sees: sliders for the weights, bars on long cells, tables that sort themselves."""

from __future__ import annotations

import html
import os
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd

from govtransparency.editions import Edition
from govtransparency.errors import InputError
from govtransparency.framework import ROOT
from govtransparency.index import Index
from govtransparency.ranking import rank_shift
from govtransparency.report.tables import DASH, table_html
from govtransparency.report.text import LAB, STATUS, WHAT_IF, Column, Text, both, chosen_language
from govtransparency.robustness import rescore

if TYPE_CHECKING:
    import ipywidgets

__all__ = ["WeightSliders", "by_hand", "progress", "sortable", "weight_sliders"]

T = TypeVar("T")
STEPS = 1000  # of a slider, from nothing to as much as all weights together


def by_hand() -> bool:
    """Return whether somebody runs the cells: in a kernel that is not told otherwise.

    The runner of the reports sets ``GOVTRANSPARENCY_BY_HAND`` to 0, so that nothing of this module is kept in a report.
    """
    if os.environ.get("GOVTRANSPARENCY_BY_HAND") == "0":
        return False
    from IPython import get_ipython

    return getattr(get_ipython(), "kernel", None) is not None


def progress(items: Mapping[str, T], names: Mapping[str, Text]) -> Iterator[tuple[str, T]]:
    """Go over the items and display how far that is; by plain HTML, of which a saved notebook keeps the last state.

    Parameters
    ----------
    items : mapping
    names : mapping of key to Text
        What to call the item at work; its key where there is none.
    """
    from IPython.display import HTML, display

    start = time.monotonic()
    handle = display(HTML(""), display_id=True)
    for done, (key, item) in enumerate(items.items()):
        name = both(names.get(key, Text(key, key)))
        bar = f'<progress value="{done}" max="{len(items)}"></progress>'
        handle.update(HTML(f'<div class="progress">{bar} {done + 1}/{len(items)} {name}</div>'))
        yield key, item
    said = LAB["done"].format(count=len(items), seconds=f"{time.monotonic() - start:.1f}")
    handle.update(HTML(f'<div class="progress">{both(said)}</div>'))


def sortable(markup: str) -> str:
    """Return tables in HTML as JupyterLab sorts them, by a click on a head or by Enter.

    JupyterLab runs the script in the outputs of cells that its reader has run. In a notebook from elsewhere that is not
    trusted it strips the script, and the tables stay as they are.
    """
    return markup.replace("<th scope=col", "<th tabindex=0 scope=col") + _script()


@cache
def _script() -> str:
    templates = resources.files("govtransparency.report") / "templates"
    parts = [(templates / name).read_text(encoding="utf-8") for name in ("page/sort.js", "lab.js")]
    style = (templates / "lab.css").read_text(encoding="utf-8")
    return f"<style>{style}</style><script>{{\n{''.join(parts)}}}</script>"


@dataclass(frozen=True)
class WeightSliders:
    """Sliders for the weights of the pillars, and the ranking that follows; made by `weight_sliders`.

    Attributes
    ----------
    index : Index
    edition : Edition or None
    sliders : dict of pillar to slider
        From 0 to the sum of the official weights; empty where there is nothing to weigh.
    presets : dict of name to button
        ``official`` and ``equal``.
    box : ipywidgets.VBox
        All of it, as a notebook displays it.
    """

    index: Index
    edition: Edition | None
    sliders: dict[str, ipywidgets.FloatSlider]
    presets: dict[str, ipywidgets.Button]
    box: ipywidgets.VBox

    @property
    def weights(self) -> pd.Series:
        """The weights set, pillar to share; they sum to 1. NaN where all are 0."""
        set_to = pd.Series({code: slider.value for code, slider in self.sliders.items()}, name="weight", dtype=float)
        return set_to / set_to.sum()

    @property
    def table(self) -> pd.DataFrame:
        """The ranking under the weights set, best first.

        Returns
        -------
        DataFrame, indexed by unit
            name_zh, name_en, rank, official (rank under the official weights), change (places gained), score; without
            ranks, and in the order of the data, for an edition that shows tiers and names no places.

        Raises
        ------
        InputError
            Where all weights are 0.
        """
        found = rescore(self.index, {code: slider.value for code, slider in self.sliders.items()})
        official = self.index.ranks
        table = pd.DataFrame(
            {
                "rank": found.ranks,
                "official": official,
                "change": rank_shift(found.ranks, official),
                "score": found.scores,
            }
        ).reindex(self.index.scores.index)
        table = _names(table.index, self.edition).join(table)
        if not _league(self.edition):
            return table.drop(columns=["rank", "official"])
        return table.sort_values("rank", kind="stable")

    def apply(self, preset: str) -> None:
        """Set the sliders to a preset: ``official`` or ``equal``."""
        self.presets[preset].click()

    def _ipython_display_(self) -> None:
        from IPython.display import HTML, display

        display(HTML(_script()), self.box)


def weight_sliders(index: Index, *, edition: Edition | None = None, language: str | None = None) -> WeightSliders:
    """Return sliders for the weights of the pillars with the ranking under them, for a notebook run by hand.

    Beside each slider stands the share of its weight; the ranking, with the places each unit gains on the official
    order, follows by `rescore`. Weights within the pillars stay the official ones.

    Parameters
    ----------
    index : Index
    edition : Edition, optional
        Of the index: gives the units' names and says what the figures are.
    language : {"zh", "en", "both"}, optional
        By default the environment's ``LANG`` if it is one of the three, else both.

    Returns
    -------
    WeightSliders
        Displayed where it ends a cell. Of an index with a single child, and of one whose weights decide who is scored,
        it has the official ranking, no sliders, and the reason.

    Raises
    ------
    InputError
        For a language that is none of the three.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe, build_index
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [0.0, 10.0, 6.0], "b": [10.0, 0.0, 6.0]}, index=["X", "Y", "Z"])
    >>> tried = weight_sliders(build_index(table, Recipe(tree)))
    >>> tried.sliders["b"].value = 0.0
    >>> tried.weights.to_dict(), tried.table["change"].to_dict()
    ({'a': 1.0, 'b': 0.0}, {'Y': 1, 'Z': -1, 'X': -1})
    """
    import ipywidgets

    language = language or chosen_language()
    if language not in ("zh", "en", "both"):
        raise InputError(f"language {language!r}: expected zh, en or both", title="weight_sliders")
    framework = index.recipe.framework
    say = _speaker(language)
    official = {code: framework.node(code).weight for code in framework.children(ROOT)}
    total = sum(official.values())
    equal = dict.fromkeys(official, total / len(official))
    problem = _why_not(index, official)
    names = {code: say(Text(framework.names("zh")[code], framework.names("en")[code])) for code in official}
    sliders = {
        code: ipywidgets.FloatSlider(
            value=weight,
            min=0.0,
            max=total,
            step=total / STEPS,
            readout=False,
            description=_plain(names[code]),
            style={"description_width": "initial"},
            layout={"width": "30em"},
        )
        for code, weight in ({} if problem else official).items()
    }
    shares = {code: ipywidgets.Label() for code in sliders}
    presets = {
        name: ipywidgets.Button(description=_plain(say(LAB[name])), layout={"width": "auto"})
        for name in (("official", "equal") if sliders else ())
    }
    summary, ranking = ipywidgets.HTML(), ipywidgets.HTML()
    rows = [ipywidgets.HBox([slider, shares[code]]) for code, slider in sliders.items()]
    scrolled = ipywidgets.Box([ranking], layout={"max_height": "28em", "overflow": "auto"})
    about = ipywidgets.HTML(_status(edition, say))
    box = ipywidgets.VBox([about, ipywidgets.HBox(list(presets.values())), *rows, summary, scrolled])
    made = WeightSliders(index, edition, sliders, presets, box)

    def follow(_: object = None) -> None:
        for code, share in made.weights.items():
            shares[code].value = "" if pd.isna(share) else f"{share:.1%}"
        try:
            table = made.table
        except InputError:
            summary.value, ranking.value = _paragraph(say(WHAT_IF["refused"])), ""
            return
        summary.value = _paragraph(say(problem or _moved(table["change"], index, made)))
        ranking.value = _exhibit(table, say)

    def preset(weights: Mapping[str, float]) -> Callable[[object], None]:
        def choose(_: object) -> None:
            for slider in sliders.values():
                slider.unobserve(follow, "value")
            for code, slider in sliders.items():
                slider.value = weights[code]
                slider.observe(follow, "value")
            follow()

        return choose

    for slider in sliders.values():
        slider.observe(follow, "value")
    for name, button in presets.items():
        button.on_click(preset({"official": official, "equal": equal}[name]))
    follow()
    return made


def _why_not(index: Index, official: Mapping[str, float]) -> Text | None:
    """Return why no weights can be tried on the index, if so."""
    if len(official) < 2:
        return LAB["nothing"]
    try:
        rescore(index, official)
    except InputError:
        return LAB["weighed"]
    return None


def _moved(change: pd.Series, index: Index, made: WeightSliders) -> Text:
    now = rescore(index, {code: slider.value for code, slider in made.sliders.items()}).ranks
    rho = index.ranks.rank().corr(now.rank())
    return LAB["moved"].format(
        moved=int((change.dropna() != 0).sum()),
        largest=f"{change.abs().max():g}" if change.notna().any() else DASH,
        rho=DASH if pd.isna(rho) else f"{rho:.3f}",
    )


def _league(edition: Edition | None) -> bool:
    return edition is None or edition.display.get("table", "league") == "league"


def _names(units: pd.Index, edition: Edition | None) -> pd.DataFrame:
    if edition is not None:
        return edition.units.loc[units, ["name_zh", "name_en"]]
    return pd.DataFrame({"name_zh": units.astype(str), "name_en": units.astype(str)}, index=units)


def _speaker(language: str) -> Callable[[Text], Text]:
    """Return a function that keeps of a text the language chosen, or both."""
    at = {"zh": (0, 0), "en": (1, 1), "both": (0, 1)}[language]
    return lambda text: Text(text[at[0]], text[at[1]])


def _plain(text: Text) -> str:
    return " ".join(dict.fromkeys(text))


def _paragraph(text: Text) -> str:
    return f"<p>{both(text)}</p>"


def _status(edition: Edition | None, say: Callable[[Text], Text]) -> str:
    status = LAB["no_status"] if edition is None else STATUS[edition.status]
    return f"<p><strong>{both(say(status))}</strong> {both(say(LAB['only_pillars']))}</p>"


def _exhibit(table: pd.DataFrame, say: Callable[[Text], Text]) -> str:
    """Return the ranking as HTML; the unit, which heads the row, comes first."""
    heads = {
        "name": Column(*say(WHAT_IF["unit"])),
        "rank": Column(*say(WHAT_IF["rank"]), "rank"),
        "official": Column(*say(LAB["official_rank"]), "rank"),
        "change": Column(*say(WHAT_IF["change"]), "shift"),
        "score": Column(*say(WHAT_IF["score"]), "score"),
    }
    spoken = [say(Text(*pair)) for pair in zip(table["name_zh"], table["name_en"], strict=True)]
    shown = table.assign(name_zh=[text.zh for text in spoken], name_en=[text.en for text in spoken])
    markup = table_html(shown, columns=heads, most=len(shown))
    return f'<div class="exhibit">{markup.replace("<th scope=col", "<th tabindex=0 scope=col")}</div>'
