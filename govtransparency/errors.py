"""The error for bad input: it lists every problem found, in both languages."""

from __future__ import annotations

import difflib
import sys
from typing import TYPE_CHECKING, Any, get_args

from govtransparency.texts.bilingual import Language, Text, as_text, quoted, words
from govtransparency.texts.problems import argument_problems
from govtransparency.texts.problems import error_problems as problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = [
    "AbsentValueError",
    "Attempts",
    "InputError",
    "brief",
    "closest",
    "first_of",
    "headed",
    "lacking",
    "level_of_reader",
    "nearest",
    "valid_names",
]

LISTED = 30  # how many valid names a suggestion lists
FIRST = 10  # how many names or values of one kind a problem lists
LONGEST = 80  # characters of a name in a message


class InputError(ValueError):
    """Bad input, with every problem listed.

    Parameters
    ----------
    problems : Text or str, or iterable of them
        One sentence per problem: what is wrong, where, what was expected, what to do. The library's own come from
        ``govtransparency.texts.problems``; a plain string reads the same in both languages.
    title : Text or str, optional
        What was being read or built.

    Attributes
    ----------
    texts : tuple of Text
        The problems in both languages.
    heading : Text
        The title in both languages.

    Examples
    --------
    >>> raise InputError(["row 2: no code"], title="framework.csv")
    Traceback (most recent call last):
        ...
    govtransparency.errors.InputError: framework.csv: 1 problem
      - row 2: no code
    """

    def __init__(self, problems: Iterable[Text | str] | Text | str, *, title: Text | str = "") -> None:
        given = (problems,) if isinstance(problems, (Text, str)) else tuple(problems)
        self.texts = tuple(as_text(problem) for problem in given)
        self.heading = as_text(title)
        super().__init__(self.in_language("en"))

    @property
    def problems(self) -> tuple[str, ...]:
        """The problems in English."""
        return tuple(text.en for text in self.texts)

    @property
    def title(self) -> str:
        """The title in English."""
        return self.heading.en

    def in_language(self, language: Language) -> str:
        """Return the whole message in one language; ``str(error)`` is the English one.

        Parameters
        ----------
        language : {"zh", "en"}

        Returns
        -------
        str
        """
        if not (isinstance(language, str) and language in get_args(Language)):
            near = nearest(language, get_args(Language))
            raise InputError(argument_problems.UNKNOWN.format(name="language", value=repr(language), nearest=near))
        key = "one" if len(self.texts) == 1 else "several"
        count = problems.COUNT[key].format(count=len(self.texts))
        head = problems.HEADED.format(title=self.heading, text=count) if self.heading.en else count
        return "\n  - ".join(getattr(text, language) for text in (head, *self.texts))

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.texts, self.heading)


class AbsentValueError(InputError, AttributeError):
    """What a property of this very value cannot give: `hasattr` says so, and what looks for attributes passes on."""


def _rebuild(kind: type[InputError], texts: tuple[Text, ...], heading: Text) -> InputError:
    return kind(texts, title=heading)


def nearest(name: object, valid: Iterable[object]) -> Text:
    """Suggest the nearest valid name, for the end of a sentence about an unknown one.

    Parameters
    ----------
    name : object
        The unknown name.
    valid : iterable
        The valid names.

    Returns
    -------
    Text
        ``did you mean 'x'? valid: ...``; only the valid names if none is similar, and that there is none if so.

    Examples
    --------
    >>> print(nearest("min_mx", ["min_max", "z_score"]))
    did you mean 'min_max'? valid: min_max, z_score
    """
    names = [str(item) for item in valid]
    close, listed = closest(name, names), valid_names(names)
    return listed if close is None else problems.MEANT.format(name=brief(close), valid=listed)


def valid_names(valid: Iterable[object]) -> Text:
    """Return the first valid names, for the end of a sentence about an unknown one."""
    names = [str(item) for item in valid]
    if not names:
        return problems.NONE_VALID
    template = problems.VALID["cut" if len(names) > LISTED else "all"]
    return template.format(names=words(map(brief, names[:LISTED])), count=len(names))


def brief(name: str) -> str:
    """Return a name as a message shows it, cut where it is longer than a line.

    Examples
    --------
    >>> len(brief("a" * 10_000)), brief("budget")
    (80, 'budget')
    """
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}\u2026"


def first_of(names: Iterable[object]) -> Text:
    """Return the first names or values of a list, each once, and how many there are."""
    there = list(dict.fromkeys(map(str, names)))
    shown = quoted(there[:FIRST])
    return shown if len(there) <= FIRST else problems.AND_MORE.format(listed=shown, count=len(there))


def closest(name: object, valid: Iterable[object]) -> str | None:
    """Return the valid name most similar to an unknown one, ignoring case; None if none is similar."""
    folded = {str(item).casefold(): str(item) for item in reversed(list(valid))}
    found = difflib.get_close_matches(str(name).casefold(), folded, n=1)
    return folded[found[0]] if found else None


def lacking(required: Iterable[str], given: Iterable[str], valid: Iterable[str]) -> list[str]:
    """Return the required names that are not given, without those that a misspelt name is meant to be."""
    there, known = list(given), list(valid)
    meant = {closest(name, known) for name in there if name not in known}
    return [name for name in required if name not in there and name not in meant]


class Attempts:
    """Run steps and collect the problems of those that fail, so that one error can list them all."""

    def __init__(self, problems: list[Any]) -> None:
        self.problems = problems

    def __call__(self, step: Callable[[], Any]) -> Any:
        try:
            return step()
        except InputError as error:
            self.problems += headed(error)
            return None


def headed(error: InputError) -> list[Text]:
    """Return the problems of an error, each headed by the error's title, to be listed in another error."""
    if not error.heading.en:
        return list(error.texts)
    return [problems.HEADED.format(title=error.heading, text=text) for text in error.texts]


def level_of_reader() -> int:
    """Return the ``stacklevel`` at which a warning given by the calling function names the line outside the library."""
    frame, level = sys._getframe(1), 1  # noqa: SLF001 (as pandas and warnings find it)
    while frame.f_back is not None and frame.f_globals.get("__name__", "").partition(".")[0] == __package__:
        frame, level = frame.f_back, level + 1
    return level
