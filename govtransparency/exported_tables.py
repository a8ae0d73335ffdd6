"""Tables as LaTeX and as Markdown, each with its caption and the status of its figures."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, TypeAlias, TypeGuard, get_args

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.status_of_data import attribution_of, check_status, status_of
from govtransparency.texts.bilingual import Language, Text, as_text, listed, run_on
from govtransparency.texts.columns import COLUMNS
from govtransparency.texts.export_words import BOOLEAN, NEEDS
from govtransparency.texts.problems import argument_problems as problems
from govtransparency.texts.status_words import STATUS

if TYPE_CHECKING:
    from collections.abc import Iterable

    # a name of its own, because a table that is printed may have labels and values that none may have to compute with
    Printed: TypeAlias = pd.DataFrame | pd.Series

__all__ = ["to_latex", "to_markdown"]

DASH = "\u2013"
LATEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "`": r"\textasciigrave{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"{\ttfamily\char34}",  # \textquotedbl is not in LaTeX's own font encoding
    **{sign: f"{{{sign}}}" for sign in "[]*"},  # after a line's end they would belong to it
}
NOT_IN_LABELS = re.compile(r"[\\{}%#~^$&,\s]|^$")
LIGATURES = re.compile("(?<=-)(?=-)|(?<=,)(?=,)|(?<=')(?=')")  # where LaTeX would join two signs to one


@checked
def to_latex(
    table: Printed,
    *,
    caption: Text | str = "",
    status: Any = None,
    label: str | None = None,
    decimals: int = 2,
    language: Language = "en",
) -> str:
    r"""Return a table as LaTeX, to be written to a file and read by ``\input``.

    Parameters
    ----------
    table : DataFrame or Series
        Its index is written too, unless it only counts the rows. Of two columns ``x_zh`` and ``x_en``, that of the
        language is written.
    caption : str, optional
    status : str, Edition or several of them, optional
        What the figures are: "official", "published", "third-party", "self-reported", "own" or "simulated", or that of
        an edition or index. It stands under the table in words. By default that of the table (``table.attrs``).
    label : str, optional
        For ``\ref``: without spaces and signs that mean something in LaTeX.
    decimals : int
        Of numbers that are not all whole.
    language : {"en", "zh"}
        Of headings and status. Chinese needs the package ctex, or xeCJK.

    Returns
    -------
    str
        A ``table`` with rules of the package booktabs.

    Raises
    ------
    InputError
        For another status, label or language, and what is no table or has no column.

    Examples
    --------
    >>> table = pd.DataFrame({"rank": [1, 2], "score": [62.5, 60.0]}, index=pd.Index(["A&B", "C"], name="unit"))
    >>> print(to_latex(table, caption="Ranks", status="simulated"))
    % needs \usepackage{booktabs}
    \begin{table}
    \caption{Ranks}
    \begin{tabular}{lrr}
    \toprule
    Unit & Rank & Score \\
    \midrule
    A\&B & 1 & 62.50 \\
    C & 2 & 60.00 \\
    \bottomrule
    \end{tabular}
    \par\footnotesize Simulated figures, not real results.
    \end{table}
    """
    heads, rows, numeric, said = _written("to_latex", table, caption, status, decimals, language, label)
    lines = [f"% {getattr(NEEDS, language)}", r"\begin{table}"]
    lines += [f"\\caption{{{_escaped(_said(caption, language))}}}"] if _said(caption, language) else []
    lines += [f"\\label{{{label}}}"] if label else []
    lines += [f"\\begin{{tabular}}{{{''.join('r' if number else 'l' for number in numeric)}}}", r"\toprule"]
    lines += [_latex_row(heads), r"\midrule", *map(_latex_row, rows), r"\bottomrule", r"\end{tabular}"]
    lines += [rf"\par\footnotesize {_escaped(said)}"] if said else []
    return "\n".join([*lines, r"\end{table}"])


@checked
def to_markdown(
    table: Printed,
    *,
    caption: Text | str = "",
    status: Any = None,
    decimals: int = 2,
    language: Language = "en",
) -> str:
    r"""Return a table as Markdown, with its caption above it and the status of its figures below.

    Parameters
    ----------
    table, caption, status, decimals, language
        As for `to_latex`.

    Returns
    -------
    str

    Raises
    ------
    InputError
        For another status or language, and what is no table.

    Examples
    --------
    >>> table = pd.DataFrame({"rank": [1, 2], "score": [62.5, None]}, index=pd.Index(["A|B", "C"], name="unit"))
    >>> print(to_markdown(table, caption="Ranks", status="official"))
    **Ranks**
    <BLANKLINE>
    | Unit | Rank | Score |
    | :--- | ---: | ---: |
    | A\|B | 1 | 62.50 |
    | C | 2 | – |
    <BLANKLINE>
    *Official figures.*
    """
    heads, rows, numeric, said = _written("to_markdown", table, caption, status, decimals, language)
    above = _plain(_said(caption, language).strip())  # a space within the stars would let them stand as stars
    lines = [f"**{above}**", ""] if above else []
    lines += [_markdown_row(map(_plain, heads)), _markdown_row("---:" if number else ":---" for number in numeric)]
    lines += map(_markdown_row, (map(_plain, row) for row in rows))
    lines += ["", f"*{said}*"] if said else []
    return "\n".join(lines)


def _written(
    title: str,
    table: Printed,
    caption: Text | str,
    status: Any,
    decimals: int,
    language: Language,
    label: Any = None,
) -> tuple[list[str], list[list[str]], list[bool], str]:
    """Return headings and cells as they are to be read, which columns hold numbers, and what is said of the status."""
    with Arguments(title) as check:
        if not isinstance(table, pd.DataFrame | pd.Series):
            check.expect("table", table, problems.EXPORTED)
        elif isinstance(table, pd.DataFrame) and not table.shape[1] and _only_counts(table.index):
            check.refuse(problems.NO_COLUMNS)
        if not isinstance(caption, Text):
            check.instance("caption", caption, str)
        statuses = check_status(check, status_of(table) if status is None else status)
        lines = attribution_of(table, *(status if isinstance(status, list | tuple) else [status]))
        if label is not None and (not isinstance(label, str) or NOT_IN_LABELS.search(label)):
            check.expect("label", label, problems.LABEL)
        check.count("decimals", decimals, least=0, most=15)
        check.choice("language", language, get_args(Language))
    frame = table.to_frame() if isinstance(table, pd.Series) else table
    heads = [_name(label) for label in frame]
    columns = [frame.iloc[:, place] for place in range(frame.shape[1])]
    if not _only_counts(frame.index):
        index = [frame.index.get_level_values(place).to_series() for place in range(frame.index.nlevels)]
        heads = [*map(_name, frame.index.names), *heads]
        columns = [*index, *columns]
    shown = _of_language(heads, language)
    cells = [_cells(columns[place], decimals, language) for place in shown]
    numeric = [
        pd.api.types.is_numeric_dtype(columns[place]) and not pd.api.types.is_bool_dtype(columns[place])
        for place in shown
    ]
    rows = list(map(list, zip(*cells, strict=True)))
    return [_heading(name, language) for name in shown.values()], rows, numeric, _sentence(statuses, lines, language)


def _only_counts(index: pd.Index) -> bool:
    return isinstance(index, pd.RangeIndex) and index.name is None


def _name(label: object) -> str:
    """Return what a column or a level of the index is called, in one line."""
    if isinstance(label, tuple):
        return ", ".join(str(part) for part in label if str(part))
    return "" if label is None else str(label)


def _of_language(heads: list[str], language: Language) -> dict[int, str]:
    """Return the columns that are written, by place: of one for each language that of the language alone."""
    other = "en" if language == "zh" else "zh"
    pairs = {name[:-3] for name in heads if name.endswith("_zh") and f"{name[:-3]}_en" in heads}
    paired = {f"{name}_{language}": name for name in pairs}
    dropped = {f"{name}_{other}" for name in pairs}
    return {place: paired.get(name, name) for place, name in enumerate(heads) if name not in dropped}


def _heading(name: str, language: Language) -> str:
    found = COLUMNS.get(name)
    return getattr(found, language) if found else name


def _cells(column: pd.Series, decimals: int, language: Language) -> list[str]:
    """Return the cells of a column: numbers with the same decimals, none where all are whole."""
    numbers = [value for value in column if _is_real(value) and math.isfinite(value)]
    digits = 0 if all(float(value).is_integer() for value in numbers) else decimals

    def text(value: object) -> str:
        if isinstance(value, Text):
            return getattr(value, language)
        if pd.api.types.is_scalar(value) and pd.isna(value):
            return DASH
        if pd.api.types.is_bool(value):
            return getattr(BOOLEAN[bool(value)], language)
        return f"{value:z.{digits}f}" if _is_real(value) else str(value)  # z: no minus before what is rounded to 0

    return list(map(text, column))


def _is_real(value: object) -> TypeGuard[float]:
    """Return whether the value is a number with decimals, of Python or of NumPy in any precision."""
    return isinstance(value, float | np.floating)


def _said(caption: Text | str, language: Language) -> str:
    return getattr(as_text(caption), language)


def _sentence(statuses: tuple[str, ...], attribution: tuple[Text, ...], language: Language) -> str:
    words = getattr(listed(STATUS[status] for status in statuses), language)
    first = [Text(f"{words}。", f"{words[0].upper()}{words[1:]}.")] if words else []
    return getattr(run_on([*first, *attribution]), language)


def _latex_row(cells: Iterable[str]) -> str:
    return " & ".join(map(_escaped, cells)) + r" \\"


def _escaped(text: str) -> str:
    r"""Return a text as LaTeX prints it.

    Examples
    --------
    >>> print(_escaped("50% of $5_a\\b"))
    50\% of \$5\_a\textbackslash{}b
    """
    apart = LIGATURES.split(re.sub(r"\s+", " ", text))
    return "{}".join("".join(LATEX.get(sign, sign) for sign in piece) for piece in apart)


def _markdown_row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _plain(cell: str) -> str:
    """Return a cell of Markdown in which no sign means anything."""
    return re.sub(r"([\\`*_\[\]<>|#~&$])", r"\\\1", re.sub(r"\s+", " ", cell))
