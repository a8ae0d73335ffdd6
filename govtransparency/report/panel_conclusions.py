"""What the comparison of all editions of an index comes to, in sentences for the summary of its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtransparency.editions.ranges_of_numbers import ranges_of
from govtransparency.names import name_of_unit
from govtransparency.profiles.rank_errors import error_source
from govtransparency.report.conclusion import Conclusion
from govtransparency.robustness.stability.movers import BEYOND
from govtransparency.stated_numbers import Stated, Statement
from govtransparency.texts.bilingual import Text, words
from govtransparency.texts.conclusion_words import SENTENCES
from govtransparency.texts.figure_words import FIGURES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import pandas as pd

    from govtransparency.editions import Edition, Panel
    from govtransparency.stated_numbers import Range

    Key = tuple[str, str]

__all__ = ["PANEL_CONCLUSIONS"]


def tiers_of_years(_: Edition, years: Iterable[int]) -> Iterator[Conclusion]:
    """Say which editions show tiers, so that their ranks are not compared; nothing where there are none."""
    if those := list(years):
        yield _concluded("tiers_of_years", "tiers_of_years", years=words(those))


def moved_furthest(
    _: Edition, stayers: Mapping[Key, pd.DataFrame], names: Mapping[Key, Text], units: Mapping[Key, pd.DataFrame]
) -> Iterator[Conclusion]:
    """Say which unit of each group rises and which falls most from the first edition to the last.

    Nothing of simulated editions, which are drawn separately: their changes are no unit's.
    """
    for key, table in stayers.items():
        if key[0] == "simulated":
            continue
        gained = table.iloc[:, 0] - table.iloc[:, -1]
        if gained.max() > 0 > gained.min():
            up, down = (
                FIGURES["lines_mover"].format(unit=name_of_unit(units[key], unit), places=f"{abs(gained[unit]):g}")
                for unit in (gained.idxmax(), gained.idxmin())
            )
            yield _concluded(
                "moved_furthest",
                f"moved_furthest_{'_'.join(key)}",
                group=names[key],
                start=table.columns[0],
                end=table.columns[-1],
                count=len(gained),
                up=up,
                down=down,
            )


def moves_of_years(
    _: Edition,
    ranks: Mapping[Key, pd.DataFrame],
    moves: Mapping[Key, pd.DataFrame],
    names: Mapping[Key, Text],
    panels: Mapping[str, Panel],
) -> Iterator[Conclusion]:
    """Say of each group how many moves between neighbouring editions exceed the errors, or that none are known."""
    for key in ranks:
        name = f"moves_{'_'.join(key)}"
        if key not in moves:
            yield _concluded("errors_unknown", name, group=names[key])
            continue
        latest = panels[key[0]].editions[moves[key]["to"].max()]
        yield _concluded(
            "moves_of_years",
            name,
            ranges=ranges_of(latest, key[1]),
            group=names[key],
            moved=Stated("moves_of_years", int((moves[key]["change"] != 0).sum())),
            beyond=Stated("moves_of_years_beyond_errors", int(moves[key]["verdict"].isin(BEYOND).sum())),
            source=error_source(latest, key[1]),
        )


def _concluded(key: str, name: str, *, ranges: Mapping[str, Range] | None = None, **values: object) -> Conclusion:
    said = Statement(SENTENCES[key].text, values)
    return Conclusion(name, SENTENCES[key].part, said.text(ranges))  # figures state its numbers too, by group


PANEL_CONCLUSIONS: dict[str, Callable[..., Iterable[Conclusion]]] = {
    function.__name__: function for function in (tiers_of_years, moved_furthest, moves_of_years)
}
"""What the notebook on all editions can conclude besides `CONCLUSIONS`, by name."""
