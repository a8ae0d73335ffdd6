"""How an answer to an exercise is judged: right, near, wrong and why, or not an answer of the kind asked for."""

from __future__ import annotations

import html
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import pandas as pd

from govtransparency.arguments import is_number
from govtransparency.errors import InputError
from govtransparency.texts.bilingual import Language, Text, words
from govtransparency.texts.exercise_words import EXPECTED, HINTS, MISTAKES, NEAR, RIGHT, VERDICTS
from govtransparency.texts.problems import exercise_problems as problems

if TYPE_CHECKING:
    from collections.abc import Callable

    from govtransparency.index import Index

__all__ = ["Choice", "Codes", "Exercise", "Found", "Number", "Points", "Verdict", "Whole", "is_open", "judge"]

Grade = Literal["right", "near", "wrong", "unread", "open"]
SIGNS = {"right": "\N{CHECK MARK}", "near": "\N{ALMOST EQUAL TO}", "wrong": "\N{MULTIPLICATION SIGN}"}
COLOURS = {"right": "#1b7f4d", "near": "#9a6700", "wrong": "#b3261e"}
SHOWN = 60  # characters of an answer that cannot be read


@dataclass(frozen=True, repr=False)
class Verdict:
    """What is said of an answer; a notebook and a prompt show it in the reader's language.

    Attributes
    ----------
    exercise : str
    grade : {"right", "near", "wrong", "unread", "open"}
        "unread" for what is not of the kind asked for, "open" where there is no answer yet.
    text : Text
    language : {"zh", "en"}
    """

    exercise: str
    grade: Grade
    text: Text
    language: Language = "en"

    @property
    def said(self) -> str:
        """The verdict in the reader's language, with its sign."""
        text = self.text.zh if self.language == "zh" else self.text.en
        return f"{SIGNS.get(self.grade, '?')} {text}"

    def __repr__(self) -> str:
        return self.said

    def _repr_html_(self) -> str:
        colour = COLOURS.get(self.grade, "#6e7781")
        style = f"border-left:4px solid {colour};padding:2px 10px"
        return f'<div style="{style}" lang="{self.language}">{html.escape(self.said)}</div>'


class Found(NamedTuple):
    """A grade with what is said of it: how an answer is near, or which mistake gives it."""

    grade: Grade
    what: Text | None = None
    mistake: str = ""


def finite(answer: Any) -> float | None:
    """Return a finite number as a float, and None for anything else."""
    try:
        number = float(answer) if is_number(answer) else math.nan
    except OverflowError:  # a whole number of more than 308 digits
        return None
    return number if math.isfinite(number) else None


@dataclass(frozen=True)
class Number:
    """A number is asked for, to some decimals; `within` is how far it may be off where it is drawn at random."""

    decimals: int = 2
    share: bool = False
    within: float = 0.0

    def expected(self, index: Index) -> Text:  # noqa: ARG002 (every kind is asked with the index)
        return EXPECTED["share" if self.share else "number"].format(decimals=self.decimals)

    def read(self, answer: Any, index: Index) -> float | None:  # noqa: ARG002
        return finite(answer)

    def same(self, a: float, b: float) -> bool:
        return abs(a - b) <= max(0.5 * 10**-self.decimals, self.within) + 1e-9

    def near(self, given: float, right: float) -> Text | None:
        if self.share and self.same(given / 100, right):
            return NEAR["percent"]
        if self.same(-given, right):
            return NEAR["sign"]
        if self.within:
            return NEAR["drawn"] if abs(given - right) <= 2 * self.within else None
        early = abs(given - round(right, self.decimals - 1)) < 1e-9  # rounded to one decimal fewer
        return NEAR["rounded"] if early or abs(given - right) <= 1.5 * 10**-self.decimals else None


@dataclass(frozen=True)
class Whole:
    """A count or a rank is asked for."""

    def expected(self, index: Index) -> Text:  # noqa: ARG002
        return EXPECTED["whole"]

    def read(self, answer: Any, index: Index) -> int | None:  # noqa: ARG002
        number = finite(answer)
        return int(number) if number is not None and number.is_integer() else None

    def same(self, a: int, b: int) -> bool:
        return a == b

    def near(self, given: int, right: int) -> Text | None:
        return NEAR["one_off"] if abs(given - right) == 1 else None


@dataclass(frozen=True)
class Codes:
    """Several codes are asked for, of units or of indicators, in any order."""

    of: Literal["units", "indicators"]

    def known(self, index: Index) -> list[str]:
        return list(map(str, index.table.index if self.of == "units" else index.table.columns))

    def expected(self, index: Index) -> Text:
        known = self.known(index)
        return EXPECTED["codes"].format(example=known[:2], known=words(known))

    def read(self, answer: Any, index: Index) -> frozenset[str] | None:
        if isinstance(answer, Mapping) or not pd.api.types.is_list_like(answer):
            return None
        known = {code.casefold(): code for code in self.known(index)}
        given = [known.get(str(code).strip().casefold()) for code in answer]
        return None if None in given else frozenset(code for code in given if code)

    def same(self, a: frozenset[str], b: frozenset[str]) -> bool:
        return a == b

    def near(self, given: frozenset[str], right: frozenset[str]) -> Text | None:
        off = {(0, 1): "one_lacking", (1, 0): "one_too_many", (1, 1): "one_exchanged"}
        key = off.get((len(given - right), len(right - given)))
        return NEAR[key] if key and given & right else None


@dataclass(frozen=True)
class Choice:
    """One of some sentences is asked for, by its letter; each wrong one is a mistake of its own."""

    letters: str = "abc"

    def expected(self, index: Index) -> Text:  # noqa: ARG002
        return EXPECTED["choice"].format(letters=words(self.letters))

    def read(self, answer: Any, index: Index) -> str | None:  # noqa: ARG002
        letter = answer.strip().casefold() if isinstance(answer, str) else ""
        return letter if len(letter) == 1 and letter in self.letters else None

    def same(self, a: str, b: str) -> bool:
        return a == b

    def near(self, given: str, right: str) -> Text | None:  # noqa: ARG002
        return None


@dataclass(frozen=True)
class Points:
    """Points for each indicator are asked for that give a unit a rank: near where it is second, not first."""

    first: Callable[[pd.Series, Index], int]  # the rank of the unit with these weights

    def expected(self, index: Index) -> Text:
        codes = list(index.table.columns)
        equal = dict.fromkeys(codes, 100 // len(codes))
        return EXPECTED["points"].format(example=equal)

    def read(self, answer: Any, index: Index) -> int | None:
        codes = list(index.table.columns)
        if not isinstance(answer, (Mapping, pd.Series)) or set(answer.keys()) != set(codes):
            return None
        points = [answer[code] for code in codes]
        if not all(is_number(item) and item >= 0 for item in points) or abs(sum(points) - 100) > 1e-6:
            return None
        return self.first(pd.Series(points, index=codes, dtype=float) / 100, index)

    def same(self, a: int, b: int) -> bool:
        return a == b

    def near(self, given: int, right: int) -> Text | None:
        return NEAR["second"] if given == right + 1 else None


Kind = Number | Whole | Codes | Choice | Points


@dataclass(frozen=True)
class Exercise:
    """A question of a tutorial: its kind, the right answer and known mistakes, computed from the tutorial's index."""

    name: str
    kind: Kind
    solve: Callable[[Index], Any]
    mistakes: Mapping[str, Callable[[Index], Any]] = field(default_factory=dict)
    units: tuple[str, ...] = ()  # that it asks about
    indicators: tuple[str, ...] = ()
    pillars: tuple[str, ...] = ()

    def lacks(self, index: Index) -> list[str]:
        """Return the codes that it asks about and that the index is without."""
        there = (index.ranks.dropna().index, index.table.columns, index.recipe.framework.pillars)
        asked = (self.units, self.indicators, self.pillars)
        return [code for codes, known in zip(asked, there, strict=True) for code in codes if code not in known]

    def right(self, index: Index, *, title: str) -> tuple[Any, Any]:
        """Return the right answer, as it is given and as it is compared; InputError where the index has none."""
        kind: Any = self.kind
        answer = self.solve(index)
        read = None if answer is None else kind.read(answer, index)
        if read is None:
            raise InputError(problems.NO_ANSWER.format(exercise=self.name), title=title)
        return answer, read


def is_open(answer: Any) -> bool:
    """Return whether there is no answer yet."""
    return answer is None or answer is Ellipsis


def judge(exercise: Exercise, answer: Any, index: Index) -> tuple[Grade, Text]:
    """Return the grade of an answer, and what is said of it."""
    kind: Any = exercise.kind
    if is_open(answer):
        return "open", VERDICTS["open"].format(expected=kind.expected(index))
    given = kind.read(answer, index)
    if given is None:
        said = {"answer": repr(answer)[:SHOWN], "expected": kind.expected(index)}
        return "unread", VERDICTS["unread"].format(**said)
    found = _found(exercise, given, index)
    if found.grade == "right":
        return "right", VERDICTS["right"].format(why=RIGHT[exercise.name])
    if found.mistake:
        return "wrong", VERDICTS["wrong"].format(why=MISTAKES[f"{exercise.name}.{found.mistake}"])
    return found.grade, VERDICTS[found.grade].format(what=found.what, why=HINTS[exercise.name])


def _found(exercise: Exercise, given: Any, index: Index) -> Found:
    kind: Any = exercise.kind
    _, right = exercise.right(index, title="exercises.check")
    if kind.same(given, right):
        return Found("right")
    for mistake, value in exercise.mistakes.items():
        wrong = kind.read(value(index), index)
        if wrong is not None and kind.same(given, wrong):
            return Found("wrong", mistake=mistake)
    near = kind.near(given, right)
    return Found("near", near) if near else Found("wrong")
