"""One run over all editions of an index as a notebook sees it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from govtransparency.report.run import Run
from govtransparency.status_of_data import attribution_of
from govtransparency.texts.bilingual import Text, as_text, bilingual
from govtransparency.texts.captions import CAPTIONS, PANEL_CAPTIONS, Caption

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from govtransparency.editions import Edition, Panel

__all__ = ["PanelRun"]


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

    @property
    def captions(self) -> Mapping[str, Caption]:
        """The captions that exhibits are looked up in: those of the panel first."""
        return {**CAPTIONS, **PANEL_CAPTIONS}

    def group_name(self, key: Any) -> Text:
        """Return what a group of a status is called in the latest edition of that status."""
        if not isinstance(key, tuple):
            return super().group_name(key)
        names = self._edition_of(key).groups.get(key[1])
        return bilingual(names) if names else as_text(key[1])

    def units_of(self, key: Any) -> pd.DataFrame:
        """Return the units of all editions of a status, with name_zh and name_en."""
        return self.panels[key[0]].units if isinstance(key, tuple) else super().units_of(key)

    def _places(self, key: Any) -> dict[str, str]:
        return {"group": key[1], "status": key[0]} if isinstance(key, tuple) else super()._places(key)

    def _edition_of(self, _key: Any) -> Edition:
        return self.editions.get(_key[0] if isinstance(_key, tuple) else _key, self.edition)
