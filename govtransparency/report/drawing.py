"""A figure that says everything in Chinese and in English; imported where it is drawn, for it costs matplotlib."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from govtransparency.report import style
from govtransparency.report.text import Text

__all__ = ["Drawing"]


class Drawing(Figure):
    """A matplotlib figure, outside pyplot, whose texts can be switched between the languages.

    Parameters
    ----------
    width, height : float
        In inches.

    Attributes
    ----------
    alt : Text
        What the figure shows, for those who cannot see it.
    heat : bool
        Whether its pixels run from paper to ink, so that a dark page must turn them round.
    """

    def __init__(self, width: float, height: float) -> None:
        style.use()
        super().__init__(figsize=(width, height), layout="constrained")
        self.alt = Text("", "")
        self.heat = False
        self._wording: list[tuple[Callable[..., Any], Any, Any]] = []

    def say(self, setter: Callable[[Any], Any], zh: Any, en: Any) -> None:
        """Give the Chinese to the setter now, and the one or the other whenever the language changes."""
        self._wording.append((setter, zh, en))
        setter(zh)

    def speak(self, language: str) -> None:
        """Switch every text to ``"zh"`` or ``"en"``."""
        for setter, zh, en in self._wording:
            setter(en if language == "en" else zh)
        self.settle()

    def stamp(self, text: Text) -> None:
        """Say along the lower edge what the figures are, so that the drawing carries it wherever it goes."""
        self.say(self.supxlabel(" ", x=0.01, ha="left", fontsize=6.5, color=style.MUTED).set_text, *text)

    def settle(self) -> None:
        """Lay the figure out for the texts it has now, once for all files that are made of it."""
        engine = ConstrainedLayoutEngine(h_pad=0.04, w_pad=0.05)
        self.set_layout_engine(engine)
        engine.execute(self)
        self.set_layout_engine(None)  # any engine, even the empty one, makes each file draw the figure twice
