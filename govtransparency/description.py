"""A recipe in words: one line for each step, in either language."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Literal, get_args

from govtransparency.arguments import Arguments, is_number
from govtransparency.methods import ByLevel, ByNode, name_of, options_of, parts, short, spelled
from govtransparency.node_rules import STEPS as NODE_RULES
from govtransparency.texts.bilingual import Language, Text
from govtransparency.texts.method_names import display_name
from govtransparency.texts.recipe_words import (
    COUNTED,
    OPTIONS,
    ROUNDINGS,
    SENTENCES,
    STEPS,
    TIES,
    UNSAID,
    VALUES,
    WORDS,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import pandas as pd

    from govtransparency.node_rules import Rescale

__all__ = ["Description", "Form", "describe", "method_in_words", "steps_of"]

Form = Literal["paragraph", "lines"]
MARKS: dict[Language, tuple[str, str, str]] = {"zh": ("：", "、", "；"), "en": (": ", ", ", "; ")}
BY_GOALPOSTS = {  # of the library's normalisers; a function of one's own is given them too
    "difference_to_best",
    "difference_to_worst",
    "distance_to_target",
    "mazziotta_pareto_scale",
    "min_max",
    "ratio_to_best",
    "ratio_to_worst",
}
UNLESS = {  # options without which a method goes by a rule that `UNSAID` tells
    "winsorise": ("points", "quantiles"),
    "box_cox": ("power",),
    "categorical": ("scores",),
    "impute_panel": ("max_gap",),
    "benefit_of_the_doubt": ("bounds",),
    "rescaled": ("goalposts",),
}
STOPS: dict[Language, tuple[str, str]] = {"zh": ("。", ""), "en": (".", " ")}


def describe(recipe: Any, language: Language, form: Form) -> str:
    """Return the recipe in words; see `Recipe.describe`."""
    with Arguments("Recipe.describe") as check:
        check.choice("language", language, get_args(Language))
        check.choice("form", form, get_args(Form))
    description = Description(recipe, language)
    return "\n".join(description.lines()) if form == "lines" else description.paragraph()


def steps_of(recipe: Any, language: Language) -> dict[str, str]:
    """Return what each step of the recipe does, in words, by the step's key in `STEPS`."""
    return Description(recipe, language).parts()


def method_in_words(method: Any) -> Text:
    """Return what a method is called, with the options that it was given.

    Examples
    --------
    >>> from functools import partial
    >>> from govtransparency import impute_knn
    >>> print(method_in_words(partial(impute_knn, neighbours=5)))
    nearest-neighbour imputation (neighbours: 5)
    """
    options = method.keywords if isinstance(method, partial) else {}
    return Text(*(_Words(language, {}).method(method, options) for language in ("zh", "en")))


class _Words:
    """The words of methods and options in one language."""

    def __init__(self, language: Language, names: Any) -> None:
        self.language, self.names = language, names
        self.colon, self.comma, self.semicolon = MARKS[language]

    def named(self, words: Mapping[str, Text], key: str) -> str:
        return self.own(words[key])

    def word(self, key: str, **values: object) -> str:
        return self.own(WORDS[key].format(**values))

    def own(self, text: Text) -> str:
        return getattr(text, self.language)

    def method(self, method: Any, options: Mapping[str, Any] | None = None) -> str:
        """Return the display name of a method, with its options, by default all."""
        function, every = spelled(method)
        options = every if options is None else options
        name = name_of(function)
        unused = {"direction"} if options.get("direction") == 1 else set()  # indicators are turned before
        unused |= {"rounding"} if "decimals" in options_of(function) and "decimals" not in options else set()
        said = [
            self.word("option", option=self.option(name, key), value=self.value(value, key))
            for key, value in options.items()
            if key not in unused and value is not None
        ]
        if name in UNLESS and all(options.get(key) is None for key in UNLESS[name]):
            said.append(self.named(UNSAID, name))
        shown = self.own(display_name(name))
        return self.word("options", method=shown, options=self.comma.join(said)) if said else shown

    def option(self, method: str, key: str) -> str:
        return self.own(OPTIONS.get(f"{method}.{key}") or OPTIONS.get(key) or Text(key, key))

    def value(self, value: Any, option: str = "") -> str:
        """Return an option's value in words."""
        if isinstance(value, bool):
            return self.word("yes" if value else "no")
        if callable(value):
            return self.method(value)
        if isinstance(value, (tuple, list)):
            pair = len(value) == 2 and all(map(is_number, value))
            items = list(map(self.value, value))
            return self.word("range_to", low=items[0], high=items[1]) if pair else self.comma.join(items)
        if isinstance(value, str):
            known = VALUES.get(f"{option}.{value}")
            return self.names.get(value, value) if known is None else self.own(known)
        return f"{value:g}" if is_number(value) else short(value)


class Description(_Words):
    """The description of one recipe in one language."""

    def __init__(self, recipe: Any, language: Language) -> None:
        super().__init__(language, recipe.framework.names(language))
        self.recipe = recipe

    def lines(self) -> Iterator[str]:
        return (f"{self.named(STEPS, step)}{self.colon}{text}" for step, text in self.told().items())

    def paragraph(self) -> str:
        """Return the steps as sentences one after the other."""
        framework, (stop, space) = self.recipe.framework, STOPS[self.language]
        size = {"indicators": len(framework.indicators), "pillars": len(framework.pillars)}
        sentences = [self.named(SENTENCES, "framework" if framework.pillars else "flat").format(**size)]
        for step, text in self.told().items():
            key = "untreated" if step == "treat" and not self.recipe.treat else step
            known = self.own(SENTENCES[key]) if key in SENTENCES else f"{self.named(STEPS, step)}{self.colon}{{what}}"
            sentences.append(known.format(what=text))
        return space.join(f"{sentence}{stop}" for sentence in sentences)

    def told(self) -> dict[str, str]:
        """Return what each step does and, after the normalisation, what it takes from the framework."""
        taken = {"goalposts": self.semicolon.join(self.goalposts())} if _use_goalposts(self.recipe.normalise) else {}
        taken["directions"] = self.nodes(self.recipe.framework.directions.eq(-1)) or self.word("none")
        steps = self.parts()
        return {"treat": steps.pop("treat"), "normalise": steps.pop("normalise"), **taken, **steps}

    def parts(self) -> dict[str, str]:
        """Return what each step of the recipe does."""
        recipe = self.recipe
        return {
            "treat": self.semicolon.join(map(self.method, recipe.treat)) or self.word("none"),
            "normalise": self.choice(recipe.normalise),
            "weight": self.word("weights"),
            "aggregate": self.choice(recipe.aggregate),
            **{
                step: self.choice(rule, getattr(self, step))
                for step in NODE_RULES
                if (rule := getattr(recipe, step)) is not None
            },
            "missing": self.semicolon.join(self.missing()),
            "rounding": self.word(
                "decimals", decimals=recipe.rank.decimals, rounding=self.named(ROUNDINGS, recipe.rank.rounding)
            ),
            "ties": self.semicolon.join(self.ties()),
        }

    def nodes(self, chosen: pd.Series) -> str:
        """Return the names of the indicators where a column is true."""
        return self.comma.join(self.names[chosen.index[chosen]])

    def goalposts(self) -> Iterator[str]:
        """Give which indicators have fixed goalposts, and which those of the sample."""
        fixed = self.recipe.framework.goalposts.notna().sum(axis=1)
        for count, key in ((2, "fixed"), (1, "half_fixed"), (0, "sample")):
            if fixed.eq(count).all() and count != 1:
                yield self.word(f"all_{key}")
            elif fixed.eq(count).any():
                yield self.word(key, nodes=self.nodes(fixed.eq(count)))

    def choice(self, choice: Any, words: Callable[[Any], str] | None = None) -> str:
        """Return the method or rule for all nodes, or those by level or node, each in words."""
        words = words or self.method
        if isinstance(choice, ByLevel):
            levels = enumerate(choice.methods, start=1)
            parts = [self.word("level", level=level, method=words(part)) for level, part in levels]
        elif isinstance(choice, ByNode):
            nodes = choice.methods.items()
            parts = [self.word("node", node=self.names[code], method=words(part)) for code, part in nodes]
            parts.append(self.word("otherwise", method=words(choice.otherwise)))
        else:
            parts = [words(choice)]
        return self.semicolon.join(parts)

    def of(self, rule: str | None) -> str:
        return self.word(rule or "children")

    def fallback(self, rule: tuple[tuple[str, str], ...] | None) -> str:
        pairs = [self.word("stand_in", node=self.names[code], other=self.names[other]) for code, other in rule or ()]
        return self.comma.join(pairs) or self.word("none")

    def rescale(self, rule: Rescale | None) -> str:
        return self.word("none") if rule is None else self.word(rule.by, to=f"{rule.to:g}")

    def range_of(self, rule: str | None) -> str:
        return self.word("none") if rule is None else self.word("scale_of", node=self.names[rule])

    def zero_if(self, rule: str | tuple[tuple[str, float | str], ...] | None) -> str:
        if isinstance(rule, str):
            return self.word("zero_missing")
        parts = [
            self.word("zero_missing_node", node=self.names[code])
            if isinstance(limit, str)
            else self.word("zero_limit", node=self.names[code], limit=f"{limit:g}")
            for code, limit in rule or ()
        ]
        return self.comma.join(parts) or self.word("none")

    def missing(self) -> Iterator[str]:
        rule = self.recipe.missing
        without_score = self.word("equal") if rule.equal else self.word("spread")
        if rule.min_coverage == 1 and rule.count == "indicators" and not rule.nodes and rule.score is None:
            yield self.word("complete")
            return
        yield without_score if rule.score is None else self.word("score", score=f"{rule.score:g}")
        if rule.min_coverage > 0:
            key = "coverage" if self.recipe.framework.pillars else "coverage_flat"
            yield self.word(key, count=self.named(COUNTED, rule.count), share=_percent(rule.min_coverage))
        for code, share in rule.nodes.items():
            yield self.word("node_coverage", node=self.names[code], share=_percent(share))

    def ties(self) -> Iterator[str]:
        rule = self.recipe.rank
        if rule.tie_breakers:
            yield self.word("tie_breakers", nodes=self.comma.join(self.names[list(rule.tie_breakers)]))
        yield self.named(TIES, rule.ties)


def _use_goalposts(normalise: Any) -> bool:
    """Return whether some method of the normalisation uses goalposts, or may."""
    functions = [spelled(method)[0] for method in parts(normalise)]
    return any(name_of(one) in BY_GOALPOSTS or not hasattr(one, "step") for one in functions)


def _percent(share: float) -> str:
    return f"{100 * share:g}%"
