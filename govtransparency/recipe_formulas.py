"""A recipe as a table: what is done at each step, the formula that is used, the files that hold the numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from govtransparency.description import Description
from govtransparency.methods import name_of, parts, spelled
from govtransparency.normalisation.normalise_table import method_at
from govtransparency.normalisation.rank_based import classes
from govtransparency.texts.bilingual import Language, Text
from govtransparency.texts.formula_words import (
    AT_MOST_ONE,
    CAPPED,
    CLASS,
    DIRECTIONS,
    FORMULAS,
    HIGHEST_CLASS,
    LOGARITHMS,
    OWN_DIRECTION,
    OWN_FUNCTION,
    PLACES,
    SIGN_OF_X,
    STEP_FORMULAS,
)
from govtransparency.texts.recipe_words import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govtransparency.methods import Method

__all__ = ["steps_in_words"]

PERCENTILES = {  # by the definition of a percentile rank
    "fraction": "100 × r ÷ n",
    "inclusive": "100 × (r − 1) ÷ (n − 1)",
    "exclusive": "100 × r ÷ (n + 1)",
    "midpoint": "100 × (r − 1/2) ÷ n",
    "below": "100 × (r − 1) ÷ n",
    "tukey": "100 × (r − 1/3) ÷ (n + 1/3)",
    "blom": "100 × (r − 3/8) ÷ (n + 1/4)",
}
LANGUAGES: tuple[Language, Language] = ("zh", "en")


def steps_in_words(recipe: Any) -> Iterator[tuple[Text, Text, Text, Text]]:
    """Give of each step of a recipe its name, what is done with every parameter, the formula and the files.

    Formula and files are empty where there are none.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe
    >>> tree = Framework([Node("index", ""), Node("a", "index")])
    >>> [formula.en for step, _, formula, _ in steps_in_words(Recipe(tree)) if step.en == "Normalisation"]
    ['100 × (x − worst) ÷ (best − worst); at least 0, at most 100']
    """
    formulas = [_Formulas(recipe, language) for language in LANGUAGES]
    told = [one.told() for one in formulas]
    for step in told[0]:
        yield (
            STEPS[step],
            Text(*(words[step] for words in told)),
            Text(*(one.formula(step) for one in formulas)),
            PLACES.get(step, Text("", "")),
        )


class _Formulas(Description):
    """The formulas of one recipe in one language."""

    def formula(self, step: str) -> str:
        """Return the formula of a step; nothing where it has none."""
        missing, rank = self.recipe.missing, self.recipe.rank
        if step in ("normalise", "aggregate"):
            choice = getattr(self.recipe, step)
            known = {self.method_formula(method) for method in parts(choice)}
            return known.pop() if len(known) == 1 else self.choice(choice, self.method_formula)
        if step == "directions":
            return self.semicolon.join(self.directions())
        if step == "weight":
            return self.step_formula("equal" if missing.equal else "spread")
        if step == "missing":
            return self.step_formula(missing.count)
        if step == "rounding":
            at = STEP_FORMULAS["whole" if rank.rounding == "down" else "half"]
            return self.own(STEP_FORMULAS["rounding"].format(decimals=rank.decimals, at=at))
        return self.step_formula(rank.ties) if step == "ties" else ""

    def step_formula(self, key: str) -> str:
        return self.own(STEP_FORMULAS[key])

    def directions(self) -> Iterator[str]:
        """Give what the methods do with indicators of which smaller values score higher."""
        framework, normalise = self.recipe.framework, self.recipe.normalise
        turned = framework.directions.index[framework.directions.eq(-1)]
        said = {code: self.own(_direction(method_at(code, framework, normalise))) for code in turned}
        for words in dict.fromkeys(said.values()):
            nodes = self.comma.join(self.names[[code for code in turned if said[code] == words]])
            yield words if len(set(said.values())) == 1 else self.word("node", node=nodes, method=words)

    def method_formula(self, method: Method) -> str:
        """Return the formula of a method with the values of its options in it."""
        function, options = spelled(method)
        name = name_of(function)
        if (known := _row(FORMULAS, name, options)) is None:
            return self.own(OWN_FUNCTION.format(name=name))
        places: dict[str, str] = {}
        for key, value in options.items():
            wraps = callable(value) and key == "aggregate"
            places[key] = self.method_formula(value) if wraps else self.value(value, key)
        if "definition" in options:
            places["percentile"] = PERCENTILES[options["definition"]]
        if name == "categorical":
            places["classes"] = self.classes(options)
        if name == "above_below_mean":
            places |= zip(("below", "near", "above"), map(self.value, options["scores"]), strict=True)
        if "to" in options:
            low, high = options["to"]
            places |= {"low": f"{low:g}", "high": f"{high:g}", "end": f"{high:g}", "width": f"{high - low:g}"}
            places |= {"start": f"{low:g} + " if low else "", "times": f"{high - low:g} × " if high - low != 1 else ""}
        if "sd" in options:
            mean, sd = options["mean"], options["sd"]
            places |= {"from": f"{mean:g} + " if mean else "", "per_sd": f"{sd:g} × " if sd != 1 else ""}
        limits = (CAPPED.format(**places) if "to" in options else AT_MOST_ONE) if options.get("cap") else Text("", "")
        logarithms = LOGARITHMS if options.get("log") else Text("", "")
        words = "".join(map(self.own, (known.format(**places), limits, logarithms)))
        return re.sub(r"(?<!\w)-(?=[\d.])", "\N{MINUS SIGN}", words)

    def classes(self, options: Mapping[str, Any]) -> str:
        """Return the scores of the classes of a categorical scale, the lowest first."""
        edges, scores = classes(options["quantiles"], options.get("scores"))
        lower = [
            CLASS.format(edge=f"{100 * edge:.12g}", score=f"{score:.12g}")
            for edge, score in zip(edges, scores, strict=False)
        ]
        return self.comma.join(map(self.own, [*lower, HIGHEST_CLASS.format(score=f"{scores[-1]:.12g}")]))


def _direction(method: Method) -> Text:
    """Return what a method does with an indicator of which smaller values score higher."""
    function, options = spelled(method)
    name = name_of(function)
    return _row(DIRECTIONS, name, options) or (SIGN_OF_X if name in FORMULAS else OWN_DIRECTION)


def _row(words: Mapping[str, Text], name: str, options: Mapping[str, Any]) -> Text | None:
    """Return the words of a method, those for one of its options first."""
    own = [words[row] for key, value in options.items() if (row := f"{name}({key}={value})") in words]
    return own[0] if own else words.get(name)
