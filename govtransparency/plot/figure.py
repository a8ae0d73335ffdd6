"""A figure with all its texts in Chinese and in English; importing it loads matplotlib."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.text import Annotation
from matplotlib.transforms import ScaledTranslation

from govtransparency.plot import fonts, simulated_look, theme
from govtransparency.plot.line_breaks import wrapped
from govtransparency.stated_numbers import Statement
from govtransparency.texts.bilingual import Language, Text, width_of

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["STAMP", "Drawing", "Picture", "visible_words"]

STAMP = 7.0  # points, of the line along the lower edge
EDGE = 0.07  # inches
HEADING: dict[str, Any] = {
    "fontsize": 10, "fontweight": "bold", "color": theme.INK, "linespacing": 1.3, "parse_math": False
}  # fmt: skip
CREDIT: dict[str, Any] = {"fontsize": 7, "color": theme.MUTED, "linespacing": 1.3, "parse_math": False}


class Drawing(Figure):
    """A matplotlib figure, outside pyplot, whose texts can be switched between the languages.

    It is laid out and drawn in the report's style, whatever matplotlib's settings are at that time.

    Parameters
    ----------
    width, height : float
        In inches.
    language : {"zh", "en"}
        The language of the texts at first.

    Attributes
    ----------
    statement : Statement
        What it finds, as a clause without a full stop that names no unit; in English it begins with a small letter.
    alt : Text
        What the figure shows, for those who cannot see it.
    heat : bool
        Whether its pixels run from paper to ink, so that a dark page must invert them.
    simulated : bool
        Whether its data are drawn by a program, which it then says inside its axes.
    background : str
        The colour behind the drawing in a file: none, so that a page shows through it.
    """

    @theme.style()
    def __init__(self, width: float, height: float, *, language: Language = "zh") -> None:
        super().__init__(figsize=(width, height), layout="constrained")
        self.language = language
        self.statement = Statement(Text("", ""))
        self.alt = Text("", "")
        self.heat = False
        self.simulated = False
        self.background = "none"
        self._wording: dict[object, tuple[Callable[..., Any], Any, Any]] = {}
        self._head = 0.0  # inches

    @property
    def finding(self) -> Text:
        """What it finds, without ranges."""
        return self.statement.text()

    def finds(self, template: Text, ranged: Text | None = None, /, **values: object) -> None:
        """Say what the figure finds: the arguments are those of `Statement`."""
        self.statement = Statement(template, values, ranged)

    def say(self, setter: Callable[[Any], Any], zh: Any, en: Any, *, at: object = None) -> None:
        """Give the text of the language to the setter, now and whenever the language changes.

        What was said before at the same object, such as the labels of an axis, is forgotten.
        """
        zh, en = visible_words(zh), visible_words(en)
        self._wording[object() if at is None else at] = (setter, zh, en)
        setter(en if self.language == "en" else zh)

    @theme.style()
    def speak(self, language: Language) -> None:
        """Switch every text to ``"zh"`` or ``"en"``; nothing else changes."""
        self.language = language
        for setter, zh, en in self._wording.values():
            setter(en if language == "en" else zh)

    @theme.style()
    def stamp(self, text: Text) -> None:
        """Write the status of the data along the lower edge, so that the drawing shows it wherever it is used."""
        label = self.supxlabel(" ", x=0.01, ha="left", fontsize=STAMP, color=theme.MUTED, linespacing=1.3)
        label.set_parse_math(False)  # a dollar sign in a title opens no formula
        lines = [wrapped(words, 0.98 * self.get_figwidth(), STAMP) for words in text]
        self.grow(max(words.count("\n") for words in lines))
        self.say(label.set_text, *lines)

    @theme.style()
    def head(self, title: Text, below: Text) -> None:
        """Write a title and, small beneath it, what the figure is of, above what is drawn, which keeps its room."""
        width = self.get_figwidth() - 2 * EDGE
        corner = self.transFigure + ScaledTranslation(EDGE, -EDGE, self.dpi_scale_trans)
        heading = self.text(0, 1, " ", va="top", transform=corner, **HEADING)
        credit = Annotation(" ", (0, 0), (0, -2), xycoords=heading, textcoords="offset points", va="top", **CREDIT)
        self.add_artist(credit)
        high = np.zeros(2)  # inches, in either language
        for label, text, look in ((heading, title, HEADING), (credit, below, CREDIT)):
            lines = [wrapped(words, width, look["fontsize"]) for words in text]
            self.say(label.set_text, *lines)
            high += [(1 + words.count("\n")) * 1.35 * look["fontsize"] / 72 for words in lines]
        self._head = 2 * EDGE + float(high.max())
        self.set_figheight(self.get_figheight() + self._head)

    def grow(self, lines: int) -> None:
        """Make the figure higher by so many lines of small print, which leave what is drawn the room it has."""
        self.set_figheight(self.get_figheight() + lines * 1.3 * STAMP / 72)

    @theme.style()
    def settle(self) -> None:
        """Lay the figure out once for both languages and for all files made of it, with room for either text."""
        for setter, zh, en in self._wording.values():
            setter(_roomier(zh, en))
        top = 1 - self._head / self.get_figheight()
        engine = ConstrainedLayoutEngine(h_pad=0.04, w_pad=0.05, rect=(0, 0, 1, top))
        self.set_layout_engine(engine)
        for _ in range(2):  # names at the ends of lines stand at a share of the width, which the first layout changes
            engine.execute(self)
        self.set_layout_engine(None)  # any engine, even the empty one, makes each file draw the figure twice
        for legend in self.legends:
            legend.set_bbox_to_anchor((0, 0, 1, top), self.transFigure)
        if self.simulated:
            simulated_look.sign(self)

    @theme.style(strict=False)
    def arrange(self) -> None:
        """Lay the figure out in its language, as it would be when drawn."""
        self.get_layout_engine().execute(self)  # type: ignore[union-attr]

    @theme.style(strict=False)
    def draw(self, renderer: Any) -> None:
        """Draw the figure."""
        super().draw(renderer)

    @theme.style(strict=False)
    def savefig(self, fname: Any, **options: Any) -> None:
        """Write the figure to a file, the same bytes each time; a salt of SVG in matplotlib's settings counts."""
        import matplotlib

        salt = matplotlib.rcParams["svg.hashsalt"] or "govtransparency"
        with matplotlib.rc_context({"svg.hashsalt": salt}):
            super().savefig(fname, **{"facecolor": self.background} | options)


class Picture(Axes):
    """The axes of a drawing that has no others; a notebook shows the whole drawing in their place."""

    def _repr_png_(self) -> tuple[bytes, dict[str, int]]:
        drawing = self.get_figure(root=True)
        return theme.png(drawing), {"width": round(96 * drawing.get_figwidth())}  # type: ignore[arg-type, union-attr]


def visible_words(words: Any) -> Any:
    """Return a text, or each of a list of texts, with a sign for what the fonts lack, and a space for a tab."""
    return fonts.visible(words.replace("\t", " ")) if isinstance(words, str) else list(map(visible_words, words))


def _roomier(zh: Any, en: Any) -> Any:
    """Return the wider of two texts, in as many lines as the taller; of two lists of texts, that of each pair."""
    if not isinstance(zh, str):
        return [_roomier(*pair) for pair in zip(zh, en, strict=True)]
    lines = max(zh.count("\n"), en.count("\n"))
    wider = max(zh, en, key=width_of)
    return wider + "\n" * (lines - wider.count("\n"))
