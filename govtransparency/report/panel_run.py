"""One run over all editions of an index as a notebook sees it, and what its page says of the editions."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pandas as pd

from govtransparency.profiles.basis_of_figures import published_of_years, signed_units, with_basis_of_years
from govtransparency.profiles.published_ranks import published_over_years
from govtransparency.profiles.rank_errors import assumed_errors
from govtransparency.report.conclusions import CONCLUSIONS
from govtransparency.report.panel_conclusions import PANEL_CONCLUSIONS
from govtransparency.report.run import Run
from govtransparency.report.tables.stability_tables import errors_note
from govtransparency.status_of_data import attribution_of
from govtransparency.texts.bilingual import Text, as_text, bilingual, run_on, strung, words
from govtransparency.texts.captions import CAPTIONS, Caption
from govtransparency.texts.figure_words import FIGURES
from govtransparency.texts.panel_captions import PANEL_CAPTIONS
from govtransparency.texts.report_words import OVER_THE_YEARS, RANK_ERRORS
from govtransparency.texts.status_words import STATUS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from govtransparency.editions import Edition, Panel
    from govtransparency.profiles.basis_of_figures import Published
    from govtransparency.report.conclusion import Conclusion

__all__ = ["PanelRun", "over_the_years"]


@dataclass(frozen=True)
class PanelRun(Run):
    """One run over all editions of an index: results are held by status of the figures and group.

    Attributes
    ----------
    editions : dict of status to Edition
        The latest of each status.
    panels : dict of status to Panel
        All editions of each status.
    """

    editions: Mapping[str, Edition] = field(default_factory=dict)
    panels: Mapping[str, Panel] = field(default_factory=dict)

    @property
    def attribution(self) -> tuple[Text, ...]:
        """The lines that the licences of the sources of all editions ask for."""
        return attribution_of(*self.panels.values())

    def with_basis(
        self, table: pd.DataFrame, key: Any = None, name: str = "", _since: int | None = None
    ) -> pd.DataFrame:
        """Return a table to be written: each row on units of simulated editions says what is published of it."""
        panel = self.panels.get(key[0] if isinstance(key, tuple) else "simulated")
        figure = "score" if isinstance(key, tuple) and name.startswith("scores") else "rank"
        return table if panel is None else with_basis_of_years(table, panel, figure, stated=self.stated_of_years)

    @cached_property
    def stated_of_years(self) -> dict[int, Published]:
        """The figures of each unit that published facts state, by the year of the simulated edition."""
        drawn = self.panels.get("simulated")
        return {} if drawn is None else published_of_years(drawn)

    @property
    def captions(self) -> Mapping[str, Caption]:
        """The captions that exhibits are looked up in: those of the panel first."""
        return {**CAPTIONS, **PANEL_CAPTIONS}

    @property
    def conclusions(self) -> Mapping[str, Callable[..., Iterable[Conclusion]]]:
        """What can be concluded, by name: of the editions side by side too."""
        return {**CONCLUSIONS, **PANEL_CONCLUSIONS}

    def names_places(self, key: Any) -> bool:
        """Return whether the units of a group may be named at their ranks: as any edition of its status does."""
        return self.panels[key[0]].league if isinstance(key, tuple) else super().names_places(key)

    def group_name(self, key: Any) -> Text:
        """Return what a group of a status is called in the latest edition of that status."""
        if not isinstance(key, tuple):
            return super().group_name(key)
        names = self._edition_of(key).groups.get(key[1])
        return bilingual(names) if names else as_text(key[1])

    def called(self, keys: Iterable[Any]) -> dict[Any, Text]:
        """Return what the groups of the statuses are called, each with its status where there are several."""
        names = {key: self.group_name(key) for key in keys}
        if len(self.panels) == 1:
            return names
        return {
            key: Text(*map("".join, zip(name, _in_brackets(STATUS[key[0]]), strict=True)))
            for key, name in names.items()
        }

    def errors_of(self, key: Any, moves: pd.DataFrame) -> Text:
        """Return where the errors of a group's moves come from, and whether the report assumes them."""
        edition = self.panels[key[0]].editions[moves["to"].max()]
        said = [errors_note(edition, {key[1]: moves})]
        return run_on([*said, RANK_ERRORS["assumed"]] if assumed_errors(edition, key[1]) else said)

    def units_of(self, key: Any) -> pd.DataFrame:
        """Return the units of all editions of a status, with name_zh and name_en; real ones of drawn figures signed."""
        return signed_units(self.panels[key[0]]) if isinstance(key, tuple) else super().units_of(key)

    def published_of(self, key: Any) -> pd.DataFrame:
        """Return the places that published facts give in the simulated editions of a status, units x years."""
        return published_over_years(self.panels[key[0]])

    def _places(self, key: Any) -> dict[str, str]:
        return {"group": key[1], "status": key[0]} if isinstance(key, tuple) else super()._places(key)

    def _groups_of(self, key: Any, caption: Caption) -> list[str]:
        return super()._groups_of(key[1] if isinstance(key, tuple) else key, caption)

    def _edition_of(self, _key: Any) -> Edition:
        return self.editions.get(_key[0] if isinstance(_key, tuple) else _key, self.edition)


def _in_brackets(text: Text) -> Text:
    return FIGURES["some_units"].format(units=text)


def over_the_years(editions: Sequence[Edition]) -> Edition:
    """Return the last of several editions of an index for their common page: with title, about and sources of all.

    Parameters
    ----------
    editions : sequence of Edition
        In the order of their years.
    """
    last, several = editions[-1], len(editions) > 1
    title = bilingual(last.title)
    if several:
        title = OVER_THE_YEARS["title"].format(title=title, first=editions[0].year)
    told = [edition for edition in editions if edition.about]
    paragraphs = []
    for about, same in groupby(told, key=lambda edition: bilingual(edition.about)):
        years = [edition.year for edition in same]
        paragraphs.append(OVER_THE_YEARS["about"].format(years=_span(years), about=about) if several else about)
    about = strung(paragraphs, "\n\n", "\n\n")
    sources = pd.concat([edition.sources for edition in editions]).fillna("").drop_duplicates(ignore_index=True)
    return replace(last, title=title._asdict(), about=about._asdict() if paragraphs else {}, sources=sources)


def _span(years: Sequence[int]) -> Text:
    """Return years that follow on each other, the first and the last of more than two."""
    return words(years) if len(years) < 3 else OVER_THE_YEARS["years"].format(first=years[0], last=years[-1])
