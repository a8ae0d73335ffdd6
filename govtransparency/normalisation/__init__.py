"""Bring indicators onto one scale, higher always being better.

A normaliser is a function ``(values, goalposts, *, options) -> values``. It works on one indicator (a Series and a pair
of goalposts) or on a whole table at once (a DataFrame and a DataFrame of goalposts), and gives back what it was given.
Missing values stay missing and are not counted. A recipe's index calls it through `normalise`, which knows the
framework's directions and goalposts.

Every normaliser of the library takes these options in addition to its own:

direction : {1, -1}, or Series of them
    -1 where less is better. Values, goalposts and reference are always given raw; the method applies the direction.
    `normalise` passes the framework's directions.
log : bool
    Take the natural logarithm of values, goalposts and reference first, before the direction is applied.
within : Series unit -> group
    Normalise each group separately (in an edition's file ``"units:column"``). By default all units are pooled.
reference : DataFrame, or list of DataFrames
    Raw values of other units or years whose mean, extremes, order and so on replace those of the values (in an
    edition's file ``"edition:year"``; a list is pooled). Needed for panels: scores of two years are comparable only if
    both are measured against the same reference. Goalposts, where given, take precedence over it. `build_index` applies
    the recipe's treatments to it, as to the table. With `within`, the groups of its units are its own column of the
    same name, or are looked up by the units' names; units without a group do not count.
decimals, rounding : int, {"half_even", "half_up", "down"}
    Round the normalised values. Only to rebuild an index whose publisher does so: rounding inside an index creates
    ties.
"""

from typing import TYPE_CHECKING

from govtransparency.methods import methods_in

if TYPE_CHECKING:  # the methods found below too, for editors and type checkers
    from govtransparency.normalisation.distance_to_reference import *
    from govtransparency.normalisation.linear_scales import *
    from govtransparency.normalisation.normalise_table import *
    from govtransparency.normalisation.normaliser_decorator import *
    from govtransparency.normalisation.normaliser_sample import *
    from govtransparency.normalisation.rank_based import *
else:
    from govtransparency.normalisation.normalise_table import normalise
    from govtransparency.normalisation.normaliser_decorator import normaliser
    from govtransparency.normalisation.normaliser_sample import Sample

NORMALISERS = methods_in(__name__, "normalise")
globals().update(NORMALISERS)
