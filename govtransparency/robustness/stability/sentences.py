"""How sentences write numbers and p-values, and a sentence in the language asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from govtransparency.arguments import Arguments
from govtransparency.texts.bilingual import Language, decimal

if TYPE_CHECKING:
    from govtransparency.texts.bilingual import Text

__all__ = ["in_language", "p_value_words"]


def in_language(text: Text, language: Language) -> str:
    """Return the text in one language."""
    with Arguments("sentence") as check:
        check.choice("language", language, get_args(Language))
    return getattr(text, language)


def p_value_words(p_value: float) -> str:
    """Return a p-value as it follows the letter p: ``= 0.012``, or ``< 0.001`` where it is less."""
    return "< 0.001" if p_value < 0.0005 else f"= {decimal(p_value, 3)}"
