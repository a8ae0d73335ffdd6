"""How much each child counts within its parent.

A weighter takes the framework, and the table where it needs one, and gives the framework with new weights: weights
belong to the framework. Given weights are those of ``framework.csv``, rescaled to sum to 1 among siblings.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from govtransparency.framework import ROOT, Framework

__all__ = ["equal_indicator_weights", "equal_weights", "given_weights"]

Weighter = Callable[[Framework, pd.DataFrame | None], Framework]


def given_weights(framework: Framework, table: pd.DataFrame | None = None) -> Framework:
    """Keep the weights of the framework as they are.

    Parameters
    ----------
    framework : Framework
    table : ignored

    Returns
    -------
    Framework
        The same.
    """
    return framework


def equal_weights(framework: Framework, table: pd.DataFrame | None = None) -> Framework:
    """Give equal weights to the children of every node (Handbook step 6, equal weighting within the structure).

    An indicator in a small pillar then counts for more than one in a large pillar; see `equal_indicator_weights`.

    Parameters
    ----------
    framework : Framework
    table : ignored

    Returns
    -------
    Framework

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("p", "index"), Node("q", "index", weight=9),
    ...                   Node("a", "p"), Node("b", "q"), Node("c", "q")])
    >>> equal_weights(tree).effective_weights.to_dict()
    {'a': 0.5, 'b': 0.25, 'c': 0.25}
    """
    return framework.with_weights({node.code: 1.0 for node in framework.nodes})


def equal_indicator_weights(framework: Framework, table: pd.DataFrame | None = None) -> Framework:
    """Give every indicator the same effective weight: a pillar counts by the number of indicators under it.

    Parameters
    ----------
    framework : Framework
    table : ignored

    Returns
    -------
    Framework

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("p", "index"), Node("q", "index"),
    ...                   Node("a", "p"), Node("b", "q"), Node("c", "q"), Node("d", "q")])
    >>> equal_indicator_weights(tree).effective_weights.to_dict()
    {'a': 0.25, 'b': 0.25, 'c': 0.25, 'd': 0.25}
    """
    sizes = {node.code: float(len(framework.leaves.get(node.code, (node.code,)))) for node in framework.nodes}
    return framework.with_weights(sizes | {ROOT: 1.0})


WEIGHTERS: dict[str, Weighter] = {
    method.__name__: method for method in (given_weights, equal_weights, equal_indicator_weights)
}
