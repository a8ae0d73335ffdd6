"""A recipe in words: one line for each step, in either language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from govtransparency.errors import InputError, nearest
from govtransparency.methods import ByLevel, ByNode, name_of, short
from govtransparency.texts.bilingual import Text
from govtransparency.texts.method_names import display_name
from govtransparency.texts.recipe_words import COUNTED, ROUNDINGS, STEPS, TIES, WORDS

__all__ = ["describe"]

LANGUAGES = ("zh", "en")


def describe(recipe: Any, language: str) -> str:
    """Return the recipe in words; see `Recipe.describe`."""
    if language not in LANGUAGES:
        raise InputError(f"language {language!r} is unknown; {nearest(language, LANGUAGES)}", title="describe")
    return "\n".join(_Words(recipe, LANGUAGES.index(language)).lines())


class _Words:
    """The words of one language for one recipe."""

    def __init__(self, recipe: Any, place: int) -> None:
        self.recipe, self.place = recipe, place
        self.names = recipe.framework.names(LANGUAGES[place])
        self.colon, self.comma, self.stop = (("：", "、", "；"), (": ", ", ", "; "))[place]

    def lines(self) -> Iterator[str]:
        recipe = self.recipe
        said = {
            "treat": self.stop.join(map(self.method, recipe.treat)) or self.word("none"),
            "normalise": self.choice(recipe.normalise),
            "weight": self.word("weights"),
            "aggregate": self.choice(recipe.aggregate),
            "missing": self.stop.join(self.missing()),
            "rounding": self.word(
                "decimals", decimals=recipe.rank.decimals, rounding=self.named(ROUNDINGS, recipe.rank.rounding)
            ),
            "ties": self.stop.join(self.ties()),
        }
        return (f"{self.named(STEPS, step)}{self.colon}{text}" for step, text in said.items())

    def named(self, words: Mapping[str, Text], key: str) -> str:
        return words[key][self.place]

    def word(self, key: str, **values: object) -> str:
        return WORDS[key][self.place].format(**values)

    def method(self, method: Any) -> str:
        """Return the display name of a method, with its options."""
        if not isinstance(method, partial):
            return display_name(name_of(method))[self.place]
        options = [
            f"{key}={self.method(value) if callable(value) else short(value)}" for key, value in method.keywords.items()
        ]
        return self.word("options", method=self.method(method.func), options=self.comma.join(options))

    def choice(self, choice: Any) -> str:
        """Return the method of all nodes, or of each level or node."""
        if isinstance(choice, ByLevel):
            levels = enumerate(choice.methods, start=1)
            said = [self.word("level", level=level, method=self.method(part)) for level, part in levels]
        elif isinstance(choice, ByNode):
            nodes = choice.methods.items()
            said = [self.word("node", node=self.names[code], method=self.method(part)) for code, part in nodes]
            said.append(self.word("otherwise", method=self.method(choice.otherwise)))
        else:
            said = [self.method(choice)]
        return self.stop.join(said)

    def missing(self) -> Iterator[str]:
        rule = self.recipe.missing
        yield self.word("spread") if rule.score is None else self.word("score", score=f"{rule.score:g}")
        if rule.min_coverage > 0:
            yield self.word("coverage", count=self.named(COUNTED, rule.count), share=_percent(rule.min_coverage))
        for code, share in rule.nodes.items():
            yield self.word("node_coverage", node=self.names[code], share=_percent(share))

    def ties(self) -> Iterator[str]:
        rule = self.recipe.rank
        if rule.second:
            yield self.word("parted", nodes=self.comma.join(self.names[list(rule.second)]))
        yield self.named(TIES, rule.ties)


def _percent(share: float) -> str:
    return f"{100 * share:g}%"
