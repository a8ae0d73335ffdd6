"""A recipe in words: one line for each step, in either language."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, get_args

from govtransparency.arguments import Arguments
from govtransparency.methods import ByLevel, ByNode, name_of, short
from govtransparency.texts.bilingual import Language, Text
from govtransparency.texts.method_names import display_name
from govtransparency.texts.recipe_words import COUNTED, ROUNDINGS, STEPS, TIES, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["describe"]

MARKS: dict[Language, tuple[str, str, str]] = {"zh": ("：", "、", "；"), "en": (": ", ", ", "; ")}


def describe(recipe: Any, language: Language) -> str:
    """Return the recipe in words; see `Recipe.describe`."""
    with Arguments("Recipe.describe") as check:
        check.choice("language", language, get_args(Language))
    return "\n".join(_Description(recipe, language).lines())


class _Description:
    """The description of one recipe in one language."""

    def __init__(self, recipe: Any, language: Language) -> None:
        self.recipe, self.language = recipe, language
        self.names = recipe.framework.names(language)
        self.colon, self.comma, self.semicolon = MARKS[language]

    def lines(self) -> Iterator[str]:
        recipe = self.recipe
        parts = {
            "treat": self.semicolon.join(map(self.method, recipe.treat)) or self.word("none"),
            "normalise": self.choice(recipe.normalise),
            "weight": self.word("weights"),
            "aggregate": self.choice(recipe.aggregate),
            "missing": self.semicolon.join(self.missing()),
            "rounding": self.word(
                "decimals", decimals=recipe.rank.decimals, rounding=self.named(ROUNDINGS, recipe.rank.rounding)
            ),
            "ties": self.semicolon.join(self.ties()),
        }
        return (f"{self.named(STEPS, step)}{self.colon}{text}" for step, text in parts.items())

    def named(self, words: Mapping[str, Text], key: str) -> str:
        return self.own(words[key])

    def word(self, key: str, **values: object) -> str:
        return self.own(WORDS[key].format(**values))

    def own(self, text: Text) -> str:
        return getattr(text, self.language)

    def method(self, method: Any) -> str:
        """Return the display name of a method, with its options."""
        if not isinstance(method, partial):
            return self.own(display_name(name_of(method)))
        options = [
            f"{key}={self.method(value) if callable(value) else short(value)}" for key, value in method.keywords.items()
        ]
        return self.word("options", method=self.method(method.func), options=self.comma.join(options))

    def choice(self, choice: Any) -> str:
        """Return the method for all nodes, or the methods by level or node."""
        if isinstance(choice, ByLevel):
            levels = enumerate(choice.methods, start=1)
            parts = [self.word("level", level=level, method=self.method(part)) for level, part in levels]
        elif isinstance(choice, ByNode):
            nodes = choice.methods.items()
            parts = [self.word("node", node=self.names[code], method=self.method(part)) for code, part in nodes]
            parts.append(self.word("otherwise", method=self.method(choice.otherwise)))
        else:
            parts = [self.method(choice)]
        return self.semicolon.join(parts)

    def missing(self) -> Iterator[str]:
        rule = self.recipe.missing
        yield self.word("spread") if rule.score is None else self.word("score", score=f"{rule.score:g}")
        if rule.min_coverage > 0:
            yield self.word("coverage", count=self.named(COUNTED, rule.count), share=_percent(rule.min_coverage))
        for code, share in rule.nodes.items():
            yield self.word("node_coverage", node=self.names[code], share=_percent(share))

    def ties(self) -> Iterator[str]:
        rule = self.recipe.rank
        if rule.tie_breakers:
            yield self.word("tie_breakers", nodes=self.comma.join(self.names[list(rule.tie_breakers)]))
        yield self.named(TIES, rule.ties)


def _percent(share: float) -> str:
    return f"{100 * share:g}%"
