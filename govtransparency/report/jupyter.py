"""What only a reader in JupyterLab sees: the progress of long cells, and sliders for the weights."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from govtransparency.errors import InputError
from govtransparency.extras import needs
from govtransparency.ranking import rank_shift
from govtransparency.report.interactive import by_hand, script
from govtransparency.report.render.html_table import focusable, table_html, write
from govtransparency.report.render.html_text import both
from govtransparency.robustness import rescore
from govtransparency.texts.bilingual import Column, Text
from govtransparency.texts.jupyter_words import LAB
from govtransparency.texts.what_if_words import WHAT_IF

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    import ipywidgets

    from govtransparency.report.run import Run

__all__ = ["progress", "weight_sliders"]

T = TypeVar("T")


def progress(items: Collection[T]) -> Iterable[T]:
    """Return the items of a loop, with a progress bar; without one in the run of a report."""
    if not by_hand():
        return items
    needs("tqdm", title="progress")
    from tqdm.notebook import tqdm

    return tqdm(items)


def weight_sliders(run: Run) -> ipywidgets.VBox | None:
    """Return sliders for the weights of the pillars with the ranking under them; None in the run of a report.

    The ranking and the places that each unit gains against the official order are computed by `rescore`. Weights count
    in proportion to each other, and each slider shows its share; within the pillars the official weights apply.

    Parameters
    ----------
    run : Run
        Its edition gives the groups to choose from.

    Returns
    -------
    VBox or None
        Displayed if it is the last value of a cell.
    """
    if not by_hand():
        return None
    needs("ipywidgets", title="weight_sliders")
    import ipywidgets
    from IPython.display import HTML, display

    display(HTML(script()))  # what a widget holds is no output, and its scripts do not run
    boxes = [_sliders_of(run, family) for family in run.edition.families]
    return boxes[0] if len(boxes) == 1 else ipywidgets.VBox(boxes)


def _sliders_of(run: Run, family: Sequence[str]) -> ipywidgets.VBox:
    """Return the sliders and the ranking of the groups that share a framework."""
    import ipywidgets

    framework = run.edition.frameworks[family[0]]
    official = {code: framework.node(code).weight for code in run.top_of(family[0])}
    total = sum(official.values())
    groups = [(_plain(run.groups[group]), group) for group in family]
    group = ipywidgets.Dropdown(options=groups, description=_plain(WHAT_IF["group"]))
    sliders = {
        code: ipywidgets.FloatSlider(
            weight,
            max=total,
            step=total / 1000,
            readout=False,
            continuous_update=False,  # else each weight is set to the nearest step as soon as it is displayed
            description=_plain(run.nodes[code]),
            style={"description_width": "28em"},
            layout={"width": "48em"},
        )
        for code, weight in official.items()
    }
    shares = {code: ipywidgets.Label() for code in sliders}
    moved, ranking = ipywidgets.HTML(), ipywidgets.HTML(layout={"max_height": "28em", "overflow": "auto"})

    def follow(_: object = None) -> None:
        weights = {code: slider.value for code, slider in sliders.items()}
        for code, share in shares.items():
            share.value = f"{weights[code] / sum(weights.values()):.1%}" if any(weights.values()) else ""
        try:
            moved.value, ranking.value = _ranking(run, group.value, weights)
        except InputError as error:
            moved.value, ranking.value = f"<p>{both(error.texts[0])}</p>", ""

    def preset(label: Text, weights: Mapping[str, float]) -> ipywidgets.Button:
        button = ipywidgets.Button(description=_plain(label), layout={"width": "auto"})
        button.on_click(lambda _: [slider.set_trait("value", weights[code]) for code, slider in sliders.items()])
        return button

    for control in (group, *sliders.values()):
        control.observe(follow, "value")
    follow()
    about = LAB["pillars"] if len(official) > 1 else WHAT_IF["single"]
    presets = [preset(LAB["official"], official), preset(LAB["equal"], dict.fromkeys(official, total / len(official)))]
    return ipywidgets.VBox(
        [
            ipywidgets.HTML(f"<p><strong>{both(run.status)}</strong> {both(about)}</p>"),
            ipywidgets.HBox([group, *presets]),
            *(ipywidgets.HBox([slider, shares[code]]) for code, slider in sliders.items()),
            moved,
            ranking,
        ]
    )


def _ranking(run: Run, group: str, weights: Mapping[str, float]) -> tuple[str, str]:
    """Return what the weights change, in a sentence, and the ranking under them; both as HTML."""
    official, found = run.indices[group].ranks, rescore(run.indices[group], weights)
    change = rank_shift(found.ranks, official)
    said = LAB["moved"].format(
        moved=int((change.dropna() != 0).sum()),
        largest=write(change.abs().max(), "rank"),
        rho=write(official.rank().corr(found.ranks.rank()), "correlation"),
    )
    table = run.edition.units.loc[found.units, ["name_zh", "name_en"]].assign(
        rank=found.ranks, official=official, change=change, score=found.scores
    )
    if run.league:
        table = table.sort_values("rank", kind="stable")
    else:
        table = table.drop(columns=["rank", "official"])
    heads = {"official": Column(*LAB["official_rank"], "rank")}
    markup = table_html(table, columns=heads, most=len(table))
    return f"<p>{both(said)}</p>", f'<div class="exhibit jp-RenderedHTMLCommon">{focusable(markup)}</div>'


def _plain(text: Text) -> str:
    return " ".join(dict.fromkeys(text))
