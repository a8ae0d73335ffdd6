"""Exercises of the tutorials: `check` says whether an answer is right, near or wrong, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from govtransparency.arguments import Arguments
from govtransparency.exercises.answers import Verdict, is_open, judge
from govtransparency.exercises.right_answers import EXERCISES
from govtransparency.index import Index
from govtransparency.texts.bilingual import Language, quoted
from govtransparency.texts.problems import exercise_problems as problems

__all__ = ["EXERCISES", "Verdict", "check", "solution"]


def check(exercise: str, answer: Any, index: Index, *, language: Language = "en") -> Verdict:
    """Say whether an answer to an exercise of a tutorial is right, near or wrong, and why.

    Parameters
    ----------
    exercise : str
        Its name, such as ``"own.weight"``.
    answer : number, str, list or dict
        As the exercise asks; None as long as there is no answer.
    index : Index
        The one that the tutorial builds; the right answer is computed from it.
    language : {"en", "zh"}
        Of the verdict.

    Returns
    -------
    Verdict

    Raises
    ------
    InputError
        For an unknown exercise or language, for what is no index, and where there is an answer, for an index that is
        not the tutorial's and has nothing to compare it with. A wrong answer is none of these.

    Examples
    --------
    >>> import govtransparency as gt
    >>> edition = gt.read_edition("tai", 2001)
    >>> index = gt.build_index(edition.tables["country"], edition.recipe)
    >>> check("question.tie", ["FIN", "USA"], index).grade
    'wrong'
    >>> check("question.tie", None, index).grade
    'open'
    """
    with Arguments("exercises.check") as arguments:
        arguments.choice("exercise", exercise, EXERCISES)
        arguments.instance("index", index, Index)
        arguments.choice("language", language, get_args(Language))
        if not is_open(answer):
            check_codes(arguments, exercise, index)
    grade, text = judge(EXERCISES[exercise], answer, index)
    return Verdict(exercise, grade, text, language)


def solution(exercise: str, index: Index) -> Any:
    """Return the right answer to an exercise, for who teaches with it.

    Parameters
    ----------
    exercise : str
    index : Index

    Returns
    -------
    number, str, list or dict

    Raises
    ------
    InputError
        For an unknown exercise, for what is no index, and for one with which the exercise has no answer.

    Examples
    --------
    >>> import govtransparency as gt
    >>> edition = gt.read_edition("tai", 2001)
    >>> index = gt.build_index(edition.tables["country"], edition.recipe)
    >>> check("question.tie", solution("question.tie", index), index).grade
    'right'
    """
    with Arguments("exercises.solution") as arguments:
        arguments.choice("exercise", exercise, EXERCISES)
        arguments.instance("index", index, Index)
        check_codes(arguments, exercise, index)
    answer, _ = EXERCISES[exercise].right(index, title="exercises.solution")
    return answer


def check_codes(arguments: Arguments, exercise: Any, index: Any) -> None:
    """Refuse an index that is without what the exercise asks about."""
    asked = EXERCISES.get(exercise) if isinstance(exercise, str) else None
    if asked and isinstance(index, Index) and (codes := asked.lacks(index)):
        arguments.refuse(problems.LACKS.format(exercise=exercise, codes=quoted(codes)))
