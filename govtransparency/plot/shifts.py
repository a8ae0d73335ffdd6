"""How ranks and scores move: between rankings, over the years of a panel, and what explains a change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.index import Index
from govtransparency.plot.canvas import Data, check_canvas, check_named, check_values, drawn_on
from govtransparency.plot.chosen_units import named_units
from govtransparency.plot.unit_lines import draw_lines
from govtransparency.robustness import Ensemble
from govtransparency.status_of_data import attribution_of
from govtransparency.texts.bilingual import Language, Text, as_text, listed, words
from govtransparency.texts.figure_words import TITLES
from govtransparency.texts.problems import plot_problems as problems
from govtransparency.texts.status_words import STATUS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from govtransparency.plot.layout import Names, Status

__all__ = ["panel_lines", "rank_shift"]

Highlight = Literal["movers", "leaders"]
What = Literal["ranks", "scores"]


def rank_shift(  # noqa: PLR0913 (options of a public function, by keyword)
    rankings: pd.DataFrame | Mapping[Any, Any],
    *,
    names: Names = None,
    columns: Sequence[Text | str] | None = None,
    named: int = 8,
    highlight: Highlight | None = None,
    select: Sequence[Any] = (),
    ax: Axes | None = None,
    language: Language = "en",
    title: str | None = None,
    status: Status = None,
) -> Axes:
    """Draw two or more rankings side by side with one line per unit; some units are named, the others grey.

    Parameters
    ----------
    rankings : DataFrame, units x rankings, or mapping of name to Series, Index or Ensemble
        Ranks, NaN where a unit has none; of an ensemble those of its recipe.
    names : mapping or Series of unit to name, or DataFrame with name_zh and name_en, optional
    columns : sequence of str, optional
        What the rankings are called.
    named : int
        The number of units that are named.
    highlight : {"movers", "leaders"}, optional
        Which: those that move furthest from the first ranking to the last, those that gain in blue, those that lose in
        dashed red; or the first units of the last ranking. By default movers between two rankings, leaders of more.
    select : sequence of unit
        Units that are named in any case.
    ax, language, title, status
        As in `ranks`.

    Returns
    -------
    Axes

    Raises
    ------
    InputError
        For fewer than two rankings, unknown units, and other bad arguments.

    Examples
    --------
    >>> import govtransparency as gt
    >>> rankings = pd.DataFrame({"mean": [1, 2, 3], "geometric": [2, 1, 3]}, index=["X", "Y", "Z"])
    >>> print(gt.plot.rank_shift(rankings).get_title(loc="left"))
    2 of 3 units change rank
    2 units are named, the others are grey
    """
    with Arguments("plot.rank_shift") as check:
        ranks = _rankings(check, rankings)
        named = check.count("named", named, least=0)
        if columns is not None and not (isinstance(columns, (list, tuple)) and len(columns) == ranks.shape[1]):
            check.expect("columns", columns, problems.COLUMN_NAMES.format(count=ranks.shape[1]))
        if highlight is not None:
            check.choice("highlight", highlight, get_args(Highlight))
        data = check_canvas(
            check,
            ax,
            language,
            title,
            of=rankings.values() if isinstance(rankings, Mapping) else [rankings],
            names=names,
            status=status,
        )
        if not check.problems:
            check_named(check, names, ranks.index)
            check.labels("select", select, ranks.index)
    movers = (highlight or ("movers" if ranks.shape[1] == 2 else "leaders")) == "movers"
    gained = (ranks.iloc[:, 0] - ranks.iloc[:, -1]).dropna()
    moved = gained[gained != 0].abs().sort_values(ascending=False, kind="stable").index
    leaders = ranks.iloc[:, -1].dropna().sort_values(kind="stable").index
    called = ranks.columns if columns is None else columns
    texts = [one if isinstance(one, Text) else as_text(str(one)) for one in called]
    few, known = ranks.shape[1] <= 4, ranks.dropna(how="all")
    height = 3.9 if movers else 1.1 + 0.2 * max(named + len(select), 10)
    with drawn_on(ax, language, width=5.6 if few else 7.4, height=height) as on:
        chosen = named_units(moved if movers else leaders, on, named, select)
        left = draw_lines(on, ranks, chosen, names, texts, shifts=gained if movers else None)
        count = f"{len(gained):,}"
        if movers:
            heading = TITLES["shift"].format(moved=f"{len(moved):,}", count=count)
        else:
            heading = TITLES["rankings"].format(rankings=ranks.shape[1], count=f"{len(known):,}")
        on.head(title, heading, *_named(chosen, known, left), data=data)
    return on.axes


def _rankings(check: Arguments, rankings: Any) -> pd.DataFrame:
    """Return the ranks as a table, units x rankings."""
    if isinstance(rankings, Mapping):
        columns = {
            name: one.ranks if isinstance(one, Index) else one.reference if isinstance(one, Ensemble) else one
            for name, one in rankings.items()
        }
        if not all(isinstance(one, pd.Series) for one in columns.values()):
            check.expect("rankings", rankings, problems.RANKINGS)
            return pd.DataFrame()
        for name, one in columns.items():
            check.series(f"rankings[{name!r}]", one)
        rankings = pd.DataFrame() if check.problems else pd.DataFrame(columns)
    elif isinstance(rankings, pd.DataFrame):
        rankings = check_values(check, "rankings", rankings, empty=True)
    if not check.problems and (not isinstance(rankings, pd.DataFrame) or rankings.shape[1] < 2):
        check.expect("rankings", rankings, problems.RANKINGS)
    return rankings if isinstance(rankings, pd.DataFrame) else pd.DataFrame()


def panel_lines(  # noqa: PLR0913 (options of a public function, by keyword)
    result: Any,
    *,
    group: str | None = None,
    what: What = "ranks",
    named: int = 8,
    names: Names = None,
    highlight: Highlight = "leaders",
    select: Sequence[Any] = (),
    ax: Axes | None = None,
    language: Language = "en",
    title: str | None = None,
    status: Status = None,
) -> Axes:
    """Draw the ranks or scores of units over the years, which stand at their true distances; some units are named.

    Parameters
    ----------
    result : Panel or DataFrame, units x years
        Ranks or scores, as `what` says; NaN where a unit is not in the year, which leaves a gap in its line.
    group : str, optional
        Of a panel with several groups.
    what : {"ranks", "scores"}
    named : int
        The number of units that are named.
    names : mapping or Series of unit to name, or DataFrame with name_zh and name_en, optional
        By default the panel's own.
    highlight : {"leaders", "movers"}
        Which are named: the leaders of the last year, or those that move furthest from the first year to the last,
        those that gain in blue, those that lose in dashed red.
    select : sequence of unit
        Units that are named in any case.
    ax, language, title, status
        As in `ranks`.

    Returns
    -------
    Axes

    Raises
    ------
    InputError
        For a result of another kind, an unknown group, unknown units, and other bad arguments.

    Examples
    --------
    >>> import govtransparency as gt
    >>> years = pd.DataFrame({2022: [1, 2, 3], 2023: [2, 1, None], 2024: [1, 3, 2]}, index=["X", "Y", "Z"])
    >>> gt.plot.panel_lines(years).get_title(loc="left")
    'Ranks of 3 units, 2022 to 2024'
    """
    panel: list[Text] = []
    with Arguments("plot.panel_lines") as check:
        check.choice("what", what, get_args(What))
        frames = getattr(result, what, None) if isinstance(what, str) and what in get_args(What) else None
        if isinstance(frames, Mapping):
            only = next(iter(frames)) if group is None and len(frames) == 1 else group
            check.choice("group", only, frames)
            values = frames.get(only, pd.DataFrame()) if isinstance(only, str) else pd.DataFrame()
            names = result.units if names is None else names
            panel = [TITLES["status"].format(status=_statuses(result.status[result.status.index.isin(values.columns)]))]
        elif isinstance(result, pd.DataFrame):
            values = check_values(check, "result", result)
            if group is not None:
                check.expect("group", group, problems.NO_GROUP)
        else:
            check.expect("result", result, problems.YEARS)
        named = check.count("named", named, least=0)
        check.choice("highlight", highlight, get_args(Highlight))
        data = check_canvas(check, ax, language, title, of=() if panel else [result], names=names, status=status)
        if not check.problems:
            check_named(check, names, values.index)
            check.labels("select", select, values.index)
    lines = dict.fromkeys((*attribution_of(result), *data.attribution))
    data = Data(data.status or tuple(panel), tuple(lines))
    values, places = _by_year(values)
    known = values.dropna(how="all")
    leaders = values.iloc[:, -1].dropna().sort_values(kind="stable", ascending=what == "ranks").index
    gained = (values.iloc[:, 0] - values.iloc[:, -1]).dropna() * (1 if what == "ranks" else -1)
    movers = gained[gained != 0].abs().sort_values(ascending=False, kind="stable").index
    order, shifts = (movers, gained) if highlight == "movers" else (leaders, None)
    width = 5.6 if values.shape[1] <= 6 else 7.4
    with drawn_on(ax, language, width=width, height=1.1 + 0.2 * max(named + len(select), 10)) as on:
        chosen = named_units(order, on, named, select)
        texts = list(map(as_text, map(str, values)))
        left = draw_lines(on, values, chosen, names, texts, places=places, ranks=what == "ranks", shifts=shifts)
        years = {"first": values.columns[0], "last": values.columns[-1], "count": f"{len(known):,}"}
        said = _named(chosen, known, left)
        on.head(title, TITLES[f"panel_{what}"].format(**years), *said, data=data)
    return on.axes


def _by_year(values: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray | None]:
    """Return the columns in the order of their years, and the years, if they are numbers."""
    years = pd.to_numeric(pd.Series(list(map(str, values))), errors="coerce")
    if years.isna().any() or years.duplicated().any():
        return values, None
    order = np.argsort(years)
    return values.iloc[:, order], years.to_numpy(dtype=float)[order]


def _named(chosen: pd.Index, known: pd.DataFrame, left: int) -> list[Text]:
    """Return what is said of the units that are not named, if there are any."""
    others = len(known.index.difference(chosen))
    if not others:
        return []
    if not left:
        return [TITLES["named"].format(count=len(chosen))]
    return [TITLES["named_some"].format(count=len(chosen), others=f"{others - left:,}")]


def _statuses(status: pd.Series) -> Text:
    """Return each status in words, with its years where there are several."""
    years = status.groupby(status, sort=False).groups
    if len(years) == 1:
        return STATUS[status.iloc[0]]
    return listed(TITLES["status_of"].format(status=STATUS[one], years=words(of)) for one, of in years.items())
