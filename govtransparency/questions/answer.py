"""What the answer to a question has besides its tables: a few sentences, and the status of its figures."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from govtransparency.questions.names_and_status import said
from govtransparency.texts.bilingual import run_on

if TYPE_CHECKING:
    from govtransparency.editions import Edition
    from govtransparency.texts.bilingual import Text

__all__ = ["Answer"]


@dataclass(frozen=True, eq=False)
class Answer(ABC):
    """An answer with the editions that its figures are of, where these are given, and their status and attribution."""

    editions: tuple[Edition, ...] = field(default=(), kw_only=True)
    status: tuple[str, ...] = field(default=(), kw_only=True)
    attribution: tuple[Text, ...] = field(default=(), kw_only=True)

    @property
    @abstractmethod
    def sentences(self) -> list[Text]:
        """The answer in a few sentences, each in both languages."""

    @property
    def text(self) -> Text:
        """The sentences one after the other, with the status of the figures where it is known."""
        return said(run_on(self.sentences), self.status)
