"""A recipe as a table: what is done at each step, the formula that is used, the files that hold the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govtransparency.description import Description
from govtransparency.methods import name_of, parts, spelled
from govtransparency.texts.bilingual import Language, Text
from govtransparency.texts.formula_words import CAPPED, FORMULAS, OWN_FUNCTION, PLACES, STEP_FORMULAS
from govtransparency.texts.recipe_words import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterator

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
            return self.step_formula("directions") if self.recipe.framework.directions.eq(-1).any() else ""
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

    def method_formula(self, method: Method) -> str:
        """Return the formula of a method with the values of its options in it."""
        function, options = spelled(method)
        name = name_of(function)
        if (known := FORMULAS.get(name)) is None:
            return self.own(OWN_FUNCTION.format(name=name))
        places: dict[str, str] = {}
        for key, value in options.items():
            wraps = callable(value) and key == "aggregate"
            places[key] = self.method_formula(value) if wraps else self.value(value, key)
        if name == "percentile_rank":
            places["percentile"] = PERCENTILES[options["definition"]]
        if "to" in options:
            low, high = options["to"]
            places |= {"low": f"{low:g}", "high": f"{high:g}", "end": f"{high:g}", "width": f"{high - low:g}"}
            places |= {"start": f"{low:g} + " if low else "", "times": f"{high - low:g} × " if high - low != 1 else ""}
        capped = self.own(CAPPED.format(**places)) if options.get("cap") and "to" in options else ""
        return self.own(known.format(**places)) + capped
