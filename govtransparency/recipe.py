"""`Recipe`: the choices that make an index."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from govtransparency.aggregation import arithmetic_mean
from govtransparency.aggregation import sum as sum_of_scores
from govtransparency.arguments import Arguments
from govtransparency.description import Form, describe
from govtransparency.errors import Attempts, InputError, nearest
from govtransparency.framework import Framework
from govtransparency.methods import ByLevel, ByNode, by_node, to_spec
from govtransparency.node_rules import STEPS as NODE_RULES
from govtransparency.node_rules import plain, read_rule, rule_at, without_nodes
from govtransparency.nodes import ROOT
from govtransparency.normalisation import min_max
from govtransparency.ranking import RankRule
from govtransparency.recipe_checks import recipe_problems
from govtransparency.recipe_data import steps_from
from govtransparency.schema import CURRENT
from govtransparency.texts.problems import argument_problems
from govtransparency.texts.problems import recipe_problems as problems
from govtransparency.treatment import MissingRule, spread_weights

if TYPE_CHECKING:
    from govtransparency.texts.bilingual import Language, Text

__all__ = ["Recipe"]


@dataclass(frozen=True)
class Recipe:
    """The choices that make an index. Immutable: `dataclasses.replace` or `vary` give others.

    Parameters
    ----------
    framework : Framework
        Tree, directions, weights, goalposts.
    treat : sequence of treatments
        ``(table, framework) -> table``, applied in order.
    normalise : normaliser, or `by_node` of normalisers
    aggregate : aggregator, or `by_level` or `by_node` of aggregators
    missing : MissingRule
        From `spread_weights`, `equal_shares`, `require_all` or `missing_score`.
    rank : RankRule
    of : "indicators", optional
        Aggregate a node from all indicators under it, each with its own weight, instead of from its children.
    fallback : mapping of code to code, optional
        ``{"c": "d"}``: where c is missing, d, aggregated to the same node, stands in for it with the weight of c.
    rescale : mapping, optional
        ``{"to": 100, "by": "best"}``: after aggregation the best unit scores 100 and the others in proportion; by
        ``"range"``, the worst scores 0.
    range_of : str, optional
        Rescale by the best score, or the range, of this node instead of the node's own; alone, as by range to 100.
    zero_if : "missing" or mapping of code to number or "missing", optional
        ``"missing"``: a missing child makes the score 0; ``{"c": 0}``: a score of c of at most 0 does;
        ``{"c": "missing"}``: a missing c does.

    Raises
    ------
    InputError
        Listing every choice that is not a method, has no name (a lambda), is for an unknown node or level, or that the
        tree or another choice does not allow.

    Notes
    -----
    The last five are rules of publishers (`docs/publishers.md`), for the index and all pillars, or `by_node`.

    Examples
    --------
    >>> from govtransparency import Framework, Node, z_score
    >>> recipe = Recipe(Framework([Node("index", ""), Node("a", "index")]), normalise=z_score)
    >>> recipe.to_dict()["normalise"]["sd"], recipe.missing.min_coverage
    (10.0, 0.65)
    """

    framework: Framework
    treat: tuple[Any, ...] = ()
    normalise: Any = min_max
    aggregate: Any = arithmetic_mean
    missing: MissingRule = field(default_factory=spread_weights)
    rank: RankRule = field(default_factory=RankRule)
    of: Any = None
    fallback: Any = None
    rescale: Any = None
    range_of: Any = None
    zero_if: Any = None

    def __post_init__(self) -> None:
        with Arguments("recipe") as check:
            steps = (self.treat,) if callable(self.treat) else self.treat
            if isinstance(steps, str) or not isinstance(steps, Iterable):
                check.expect("treat", steps, argument_problems.FUNCTIONS)
                steps = ()
            object.__setattr__(self, "treat", tuple(steps))
            check.instance("framework", self.framework, Framework)
            check.instance("missing", self.missing, MissingRule)
            check.instance("rank", self.rank, RankRule)
        found: list[Text] = []
        attempt = Attempts(found)
        for step in NODE_RULES:
            object.__setattr__(self, step, attempt(partial(read_rule, step, getattr(self, step))))
        if found := recipe_problems(self, found):
            raise InputError(found, title="recipe")

    def members(self, code: str) -> tuple[str, ...]:
        """Return the nodes that a node is aggregated from: its children, or all indicators under it.

        Parameters
        ----------
        code : str
            A pillar, or ``index``.

        Returns
        -------
        tuple of str
        """
        children = self.framework.children(code)
        return self.framework.leaves[code] if children and rule_at(self.of, code) else children

    @cached_property
    def averaged(self) -> Framework:
        """The tree of what counts in the index: a node's children are the nodes that it is aggregated from."""
        if self.of is None:
            return self.framework
        parents, waiting = {ROOT: ""}, [ROOT]
        while waiting:
            code = waiting.pop()
            below = self.members(code)
            parents |= dict.fromkeys(below, code)
            waiting += [child for child in below if self.framework.children(child)]
        return Framework(
            replace(node, parent=parents[node.code]) for node in self.framework.nodes if node.code in parents
        )

    def sums(self, code: str) -> bool:
        """Return whether the score of a node is a sum, in which weights count as given, not as shares.

        Parameters
        ----------
        code : str
            A pillar, or ``index``.

        Returns
        -------
        bool
        """
        return _sums(self.aggregator(code))

    def aggregator(self, code: str) -> Any:
        """Return the aggregator that computes the score of a node.

        Parameters
        ----------
        code : str
            A pillar, or ``index``.

        Returns
        -------
        aggregator

        Raises
        ------
        InputError
            For an unknown code and an indicator, which has none.
        """
        if not self.framework.children(code):
            raise InputError(problems.NOT_AGGREGATED.format(code=code), title="Recipe.aggregator")
        if isinstance(self.aggregate, ByLevel):
            return self.aggregate.methods[self.framework.heights[code] - 1]
        if isinstance(self.aggregate, ByNode):
            return self.aggregate.methods.get(code, self.aggregate.otherwise)
        return self.aggregate

    def without(self, *codes: str) -> Recipe:
        """Return the recipe without some nodes; every other node keeps its method and its rule.

        Parameters
        ----------
        *codes : str
            Indicators or pillars. The nodes under them, and pillars left empty, are removed too.

        Returns
        -------
        Recipe

        Raises
        ------
        KeyError
            For an unknown code.
        InputError
            If no indicator would be left.

        Examples
        --------
        >>> from govtransparency import Framework, Node
        >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
        >>> Recipe(tree, rank=RankRule(tie_breakers=("a", "b"))).without("a").rank.tie_breakers
        ('b',)
        """
        framework = self._with_totals(self.framework.without(*codes))
        left = {node.code for node in framework.nodes}
        aggregate, normalise = self.aggregate, self.normalise
        if isinstance(aggregate, (ByLevel, ByNode)):
            own = {node: self.aggregator(node) for node in (*framework.pillars, ROOT)}
            aggregate = by_node(own, otherwise=own[ROOT])
        if isinstance(normalise, ByNode):
            named = {node: method for node, method in normalise.methods.items() if node in left}
            normalise = by_node(named, otherwise=normalise.otherwise)
        required = {node: share for node, share in self.missing.nodes.items() if node in left}
        return replace(
            self,
            framework=framework,
            aggregate=aggregate,
            normalise=normalise,
            missing=replace(self.missing, nodes=required),
            rank=replace(self.rank, tie_breakers=tuple(node for node in self.rank.tie_breakers if node in left)),
            **{step: without_nodes(getattr(self, step), step, left) for step in NODE_RULES},
        )

    def without_each(self, codes: Iterable[str]) -> dict[str, Recipe]:
        """Return the recipe without each of some nodes, save those whose range others take and those that hold all.

        Parameters
        ----------
        codes : iterable of str
            Indicators or pillars.

        Returns
        -------
        dict of code to Recipe
            In the order of the codes.

        Raises
        ------
        InputError
            For unknown codes.
        """
        with Arguments("Recipe.without_each") as check:
            codes = check.labels("codes", codes, [node.code for node in self.framework.nodes])
        found = {}
        for code in codes:
            with suppress(InputError):
                found[code] = self.without(code)
        return found

    def _with_totals(self, framework: Framework) -> Framework:
        """Return some of the nodes with weights that keep the total of each sum."""
        left = {node.code: node.weight for node in framework.nodes}
        weights: dict[str, float] = {}
        for code in filter(self.sums, (*framework.pillars, ROOT)):
            before = {node: self.framework.node(node).weight for node in self.members(code)}
            own = {node: left[node] for node in before if node in left}
            grown = math.fsum(before.values()) / math.fsum(own.values())
            weights |= {node: weight * grown for node, weight in own.items()}
        return framework.with_weights(weights) if weights else framework

    def vary(self, **choices: Iterable[Any]) -> list[Recipe]:
        """Return a recipe for every combination of the choices, the last varying fastest.

        Parameters
        ----------
        **choices : iterable
            The alternatives for each step, by its name.

        Returns
        -------
        list of Recipe

        Raises
        ------
        InputError
            For unknown steps, and for steps without alternatives.

        Examples
        --------
        >>> from govtransparency import Framework, Node, geometric_mean, z_score
        >>> recipe = Recipe(Framework([Node("index", ""), Node("a", "index")]))
        >>> len(recipe.vary(normalise=[min_max, z_score], aggregate=[arithmetic_mean, geometric_mean]))
        4
        """
        valid = [item.name for item in fields(self)]
        with Arguments("Recipe.vary") as check:
            for step, values in choices.items():
                if step not in valid:
                    check.refuse(problems.UNKNOWN_STEP.format(step=step, nearest=nearest(step, valid)))
                if isinstance(values, str) or not isinstance(values, Iterable):
                    check.expect(step, values, problems.ALTERNATIVES)
            alternatives = {} if check.problems else {step: list(values) for step, values in choices.items()}
            for step in (step for step, values in alternatives.items() if not values):
                check.refuse(problems.NO_ALTERNATIVES.format(step=step))
        return [
            replace(self, **dict(zip(alternatives, combination, strict=True)))
            for combination in itertools.product(*alternatives.values())
        ]

    def describe(self, language: Language = "en", *, form: Form = "paragraph") -> str:
        """Return the recipe in words: a paragraph for the methods section of a paper, or one line for each step.

        Parameters
        ----------
        language : {"en", "zh"}
        form : {"paragraph", "lines"}

        Returns
        -------
        str
            Treatment, normalisation, which goalposts are fixed and which indicators are turned, weights, aggregation,
            missing data, rounding and ties, each method with its options, those left at their defaults too. A method of
            your own is called by its name.

        Raises
        ------
        InputError
            For another language or form.

        Examples
        --------
        >>> from functools import partial
        >>> from govtransparency import Framework, Node
        >>> tree = Framework([Node("index", ""), Node("a", "index")])
        >>> print(Recipe(tree, normalise=partial(min_max, to=(1, 100))).describe(form="lines"))  # doctest: +ELLIPSIS
        Treatment: none
        Normalisation: min-max (scale: 1 to 100, capped: yes, of logarithms: no)
        Goalposts: the worst and best values of the sample
        Smaller values score higher: none
        Weights: given by the framework
        Aggregation: arithmetic mean
        Missing data: a missing value's weight is shared by its siblings in proportion; ... else there is no score
        Rounding: decimals when ranking: 10; halves to the even digit
        Ties: tied units share the best rank (1, 2, 2, 4)
        """
        return describe(self, language, form)

    def to_dict(self) -> dict[str, Any]:
        """Return the recipe as plain data, ready for ``recipe.json``; `from_dict` reads it back.

        Returns
        -------
        dict
            Its first key is ``schema``, the number of this form. Options left at their defaults are spelled out.
        """
        tree = self.framework.to_frame()
        nodes = tree.astype(object).where(tree.notna(), None).to_dict("records")
        return {
            "schema": CURRENT,
            "framework": nodes,
            "treat": [to_spec(step) for step in self.treat],
            "normalise": to_spec(self.normalise),
            "aggregate": to_spec(self.aggregate),
            "missing": self.missing.to_dict(),
            "rank": self.rank.to_dict(),
            **{step: plain(rule) for step in NODE_RULES if (rule := getattr(self, step)) is not None},
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], framework: Framework | None = None) -> Recipe:
        """Return the recipe that plain data describes, as in ``recipe.json`` or the ``[recipe]`` of an edition.

        Parameters
        ----------
        data : mapping
            Any of the keys that `to_dict` writes; a missing key takes its default. Data with a framework are a whole
            ``recipe.json``: without ``schema`` they are of an older schema, and read with a `SchemaNotice`.
        framework : Framework, optional
            Instead of ``data["framework"]``.

        Returns
        -------
        Recipe

        Raises
        ------
        InputError
            Listing every unknown key, method and option, with the nearest valid one; or for a newer schema.
        """
        with Arguments("Recipe.from_dict") as check:
            if not isinstance(data, Mapping):
                check.expect("data", data, problems.DATA)
            if framework is not None:
                check.instance("framework", framework, Framework)
        return cls(**steps_from(data, [item.name for item in fields(cls)], framework))


def _sums(aggregator: Any) -> bool:
    """Return whether an aggregator is the sum, or does something more to one."""
    return aggregator is sum_of_scores or (
        isinstance(aggregator, partial) and any(map(_sums, aggregator.keywords.values()))
    )
