"""Arithmetic expressions over the columns of a table: read once, computed for all units at a time."""

from __future__ import annotations

import functools
import math
import operator
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from govtransparency.errors import InputError, nearest
from govtransparency.texts.problems import expression_problems as problems

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from govtransparency.texts.bilingual import Text

__all__ = ["Expression", "cut", "parse", "sides", "with_codes"]

FUNCTIONS: dict[str, Callable[..., Any]] = {
    "log": np.log,
    "log10": np.log10,
    "log1p": np.log1p,
    "sqrt": np.sqrt,
    "abs": np.abs,
    "min": lambda *values: functools.reduce(np.minimum, values),
    "max": lambda *values: functools.reduce(np.maximum, values),
}
SEVERAL = ("min", "max")  # all other functions take one value
BINARY: dict[str, tuple[int, Callable[..., Any]]] = {  # how strongly a sign binds, and what it does
    "+": (1, operator.add),
    "-": (1, operator.sub),
    "*": (2, operator.mul),
    "/": (2, operator.truediv),
    "**": (4, operator.pow),
}
UNARY: dict[str, tuple[int, Callable[..., Any]]] = {"+": (3, operator.pos), "-": (3, operator.neg)}
TOKEN = re.compile(
    r"""(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    |(?P<quoted>"(?:[^"]|"")*"|'(?:[^']|'')*')
    |(?P<call>[^\W\d]\w*)\s*\(
    |(?P<name>[^\W\d]\w*)
    |(?P<sign>\*\*|==|\S)""",
    re.VERBOSE,
)
WORD = re.compile(r"[^\W\d]\w*")
HYPHENATED = re.compile(r"[^\W\d]\w*(?:-\w+)+")  # as the name of a column, it must be quoted
WIDE = re.compile(r"""(?P<quoted>"(?:[^"]|"")*"|'(?:[^']|'')*')|“(?P<name>[^”"]*)”|.""", re.DOTALL)
MARKS = str.maketrans("／×÷＋－−＊（），．＝０１２３４５６７８９", "/*/+--*(),.=0123456789")
LONGEST = 50_000  # numbers, names and signs of one expression


@dataclass(frozen=True)
class _Operation:
    """What is done with the last `count` values, and how strongly its sign binds them."""

    strength: int
    function: Callable[..., Any]
    count: int


@dataclass
class _Bracket:
    """An opened parenthesis: where it begins, the function it belongs to, and how many values it has so far."""

    start: int
    function: str | None
    count: int = 1


Step = float | str | _Operation


@dataclass(frozen=True)
class Expression:
    """An expression as the steps of its computation: a number, the name of a column, or what is done with the last."""

    text: str
    steps: tuple[Step, ...]

    @functools.cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns it uses, each once."""
        return tuple(dict.fromkeys(step for step in self.steps if isinstance(step, str)))

    @functools.cached_property
    def hyphenated(self) -> frozenset[str]:
        """The differences written without blanks, which may be meant as the names of columns."""
        unquoted = TOKEN.sub(lambda token: " " if token["quoted"] else token[0], self.text)
        return frozenset(HYPHENATED.findall(unquoted))

    def renamed(self, new: Callable[[str], str]) -> Expression:
        """Return the expression over other columns: for each name the new one."""
        return Expression(self.text, tuple(new(step) if isinstance(step, str) else step for step in self.steps))

    def values(self, columns: Mapping[str, np.ndarray], count: int) -> np.ndarray:
        """Return its value for each of `count` units: NaN where a column it uses is missing."""
        stack: list[Any] = []
        with np.errstate(all="ignore"):
            for step in self.steps:
                if isinstance(step, str):
                    stack.append(columns[step])
                elif isinstance(step, float):
                    stack.append(np.float64(step))
                else:
                    stack[-step.count :] = [step.function(*stack[-step.count :])]
        result = np.array(np.broadcast_to(stack.pop(), count), dtype=float)
        for name in self.columns:  # NaN to the power of 0 is 1
            result[np.isnan(columns[name])] = math.nan
        return result


def parse(text: str) -> Expression:
    """Read an expression: numbers, columns, ``+ - * / **``, parentheses and functions.

    The name of a column that is not one word of letters, digits and underscores stands in quotation marks, of either
    kind; the same mark within the name is written twice. Outside of names, full-width digits and marks and ``× ÷`` are
    read as their ASCII forms.

    Raises
    ------
    InputError
        With the first place that cannot be read, or else all functions and numbers that there are not.

    Examples
    --------
    >>> parse('2 * "Goal 1" - days').columns
    ('Goal 1', 'days')
    >>> parse("（办结数 ÷ 申请数）× １００").columns
    ('办结数', '申请数')
    """
    text = WIDE.sub(_narrow, text)
    tokens = list(TOKEN.finditer(text))
    if len(tokens) > LONGEST:
        raise InputError(problems.TOO_LONG.format(count=len(tokens), most=LONGEST))
    reader = _Reader(text)
    for token in tokens:
        reader.take(token)
    return reader.finished()


class _Reader:
    """Dijkstra's shunting yard: without recursion, so that no expression is too deep."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.steps: list[Step] = []
        self.waiting: list[_Operation | _Bracket] = []
        self.wants_value = True
        self.wrong: list[Text] = []

    def take(self, token: re.Match[str]) -> None:
        """Take the next token, or raise an error that says what should stand in its place."""
        part, last = token[0], self.waiting[-1] if self.waiting else None
        if not self.wants_value:
            self._take_sign(token)
        elif token["call"] or part == "(":
            self.waiting.append(_Bracket(token.start(), token["call"]))
        elif part in UNARY:
            self.waiting.append(_Operation(*UNARY[part], 1))
        elif part == ")" and isinstance(last, _Bracket) and last.function and last.count == 1:
            last.count = 0
            self._close(token, last)
        elif token["sign"]:
            raise self._unexpected(token)
        else:
            self.steps.append(self._number(part) if token["number"] else _name(part))
            self.wants_value = False

    def _take_sign(self, token: re.Match[str]) -> None:
        """Take the sign after a value."""
        part = token["sign"]
        if part in BINARY:
            strength, function = BINARY[part]
            self._settle(strength + (part == "**"))  # a power of a power is computed from the right
            self.waiting.append(_Operation(strength, function, 2))
            self.wants_value = True
            return
        if part not in (",", ")"):
            raise self._unexpected(token)
        self._settle(0)
        bracket = self.waiting[-1] if self.waiting else None
        if not isinstance(bracket, _Bracket) or (part == "," and bracket.function is None):
            raise self._unexpected(token)
        if part == ")":
            self._close(token, bracket)
        else:
            bracket.count += 1
            self.wants_value = True

    def _settle(self, strength: int) -> None:
        """Write down the operations that bind at least so strongly, back to the last open parenthesis."""
        while self.waiting and isinstance(last := self.waiting[-1], _Operation) and last.strength >= strength:
            self.steps.append(last)
            self.waiting.pop()

    def _close(self, token: re.Match[str], bracket: _Bracket) -> None:
        """Close the last open parenthesis and, where it is a function's, call it."""
        self.waiting.pop()
        name, call = bracket.function, self.text[bracket.start : token.end()]
        self.wants_value = False
        if name is None:
            return
        if name not in FUNCTIONS:
            self.wrong.append(problems.NO_FUNCTION.format(name=name, nearest=nearest(name, FUNCTIONS)))
        elif bracket.count < 1 or (bracket.count > 1 and name not in SEVERAL):
            takes = problems.SEVERAL_VALUES if name in SEVERAL else problems.ONE_VALUE
            self.wrong.append(takes.format(name=name, call=cut(call)))
        else:
            self.steps.append(_Operation(0, FUNCTIONS[name], bracket.count))

    def _number(self, part: str) -> float:
        number = float(part)
        if math.isinf(number):
            self.wrong.append(problems.TOO_LARGE.format(number=cut(part)))
        return number

    def _unexpected(self, token: re.Match[str]) -> InputError:
        expected = problems.VALUE if self.wants_value else problems.SIGN
        said = problems.UNEXPECTED.format(found=cut(token[0]), place=token.start() + 1, expected=expected)
        return InputError(said if token[0] in (",", ")", "(", "==", *BINARY) else problems.QUOTE.format(problem=said))

    def finished(self) -> Expression:
        """Return the expression, or raise an error with what is wrong with it."""
        self._settle(0)
        if self.wants_value:
            raise InputError(problems.UNFINISHED.format(expected=problems.VALUE))
        if self.waiting:
            raise InputError(problems.UNFINISHED.format(expected=problems.CLOSING))
        if self.wrong:
            raise InputError(self.wrong)
        return Expression(self.text, tuple(self.steps))


def sides(text: str) -> list[str]:
    """Return the parts of a text between the signs ``==``, those within quotation marks apart."""
    text = WIDE.sub(_narrow, text)
    places = [token.span() for token in TOKEN.finditer(text) if token[0] == "=="]
    starts, ends = [0, *(end for _, end in places)], [*(start for start, _ in places), len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


def with_codes(text: str, codes: Mapping[str, str]) -> str:
    """Return an expression with the code of each column in place of its name.

    Examples
    --------
    >>> with_codes("（办结数＋1）/ 'asked in all'", {"办结数": "x", "asked in all": "y 2"})
    '(x+1)/ "y 2"'
    """

    def code(token: re.Match[str]) -> str:
        name = _name(token[0]) if token["name"] or token["quoted"] else ""
        if name not in codes:
            return token[0]
        own = codes[name]
        return own if WORD.fullmatch(own) else '"' + own.replace('"', '""') + '"'

    narrow = WIDE.sub(_narrow, text)
    new = TOKEN.sub(code, narrow)
    return text if new == narrow else new


def _name(part: str) -> str:
    """Return the name of a column without its quotation marks."""
    mark = part[0]
    return part[1:-1].replace(mark * 2, mark) if mark in "\"'" else part


def _narrow(found: re.Match[str]) -> str:
    """Return what stands outside of quoted names in ASCII marks."""
    return f'"{found["name"]}"' if found["name"] is not None else found["quoted"] or found[0].translate(MARKS)


def cut(text: str) -> str:
    """Return a text in at most 80 characters, as a message shows it."""
    return text if len(text) <= 80 else f"{text[:77]}..."
