"""Bring indicators onto one scale, higher always meaning more transparent.

A normaliser is a function ``(values, goalposts, *, options) -> values``. It works on one indicator (a Series and a pair
of goalposts) or on a whole table at once (a DataFrame and a DataFrame of goalposts), and gives back what it was given.
Missing values stay missing and count for nothing. The index of a recipe calls it through `normalise`, which knows the
framework's directions and goalposts.

Every normaliser of the library takes these options besides its own:

direction : {1, -1}, or Series of them
    -1 where less is better. Values, goalposts and reference are always given raw; the method turns them. `normalise`
    passes the framework's directions.
log : bool
    Take the natural logarithm of values, goalposts and reference first, before the direction counts.
within : Series unit -> group
    Normalise each group by itself (in an edition's file ``"units:column"``). Without it all units are pooled.
reference : DataFrame, or list of DataFrames
    Raw values of other units or years whose mean, extremes, order and so on count in place of the values' own (in an
    edition's file ``"edition:year"``; a list is pooled). Needed for panels: scores of two years compare only if both
    were measured against the same. Goalposts, where given, go before it. In `build_index` it passes through the
    recipe's treatments, as the table does. With `within`, its units' groups are its own column of the same name, or
    looked up by the units' names; units of none of the groups do not count.
decimals, rounding : int, {"half_even", "half_up", "down"}
    Round the normalised values. Only to rebuild an index whose publisher does so: rounding inside an index invents
    ties.
"""

from typing import TYPE_CHECKING

from govtransparency.methods import methods_in

if TYPE_CHECKING:  # the methods found below too, for editors and type checkers
    from govtransparency.normalisation.distance_to_reference import *
    from govtransparency.normalisation.linear_scales import *
    from govtransparency.normalisation.normalise_table import *
    from govtransparency.normalisation.normaliser_decorator import *
    from govtransparency.normalisation.rank_based import *
else:
    from govtransparency.normalisation.normalise_table import normalise
    from govtransparency.normalisation.normaliser_decorator import Sample, normaliser

NORMALISERS = methods_in(__name__, "normalise")
globals().update(NORMALISERS)
