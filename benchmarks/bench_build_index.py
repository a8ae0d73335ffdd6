"""`build_index` in three levels against a natural loop over pandas columns, and TOPSIS against packages.

Run: ``python benchmarks/bench_build_index.py``. Medians of several runs, the parties taking turns. The budget on two
cores: 120 units x 60 indicators in 10 ms, 3,000 x 100 in 50 ms for the means; the results are checked to agree.
"""

import time
from functools import partial
from statistics import median

import numpy as np
import pandas as pd

import govtransparency as gt
from govtransparency import Framework, Node, Recipe, build_index

SIZES = ((120, 60, 12), (3000, 100, 20))
RUNS = 11


def tree(indicators, pillars):
    """Return a framework of three levels: 4 domains, so many pillars, so many indicators, a third of them reversed."""
    nodes = [Node("index", ""), *(Node(f"d{number}", "index") for number in range(4))]
    nodes += [Node(f"p{number}", f"d{number % 4}") for number in range(pillars)]
    nodes += [
        Node(f"i{number}", f"p{number % pillars}", weight=1 + number % 2, direction=1 if number % 3 else -1)
        for number in range(indicators)
    ]
    return Framework(nodes)


def by_loops(table, framework, mean):
    """Do the same work the natural way in pandas: min-max each column to 1..100, average each node's children."""
    scores = {}
    for code in framework.indicators:
        column = table[code] * framework.directions[code]
        scores[code] = 1 + 99 * (column - column.min()) / (column.max() - column.min())
    for node in (*framework.pillars, "index"):
        weights = framework.sibling_weights[node]
        children = pd.DataFrame({child: scores[child] for child in weights.index})
        if mean == "geometric_mean":
            scores[node] = np.exp(np.log(children).mul(weights).sum(axis=1) / children.notna().mul(weights).sum(axis=1))
        else:
            scores[node] = children.mul(weights).sum(axis=1) / children.notna().mul(weights).sum(axis=1)
    return pd.DataFrame(scores), scores["index"].round(10).rank(ascending=False, method="min")


def in_turns(parties, runs=RUNS):
    """Return the median time of each party in seconds, and their last results."""
    times: dict = {name: [] for name in parties}
    results = {}
    for _ in range(runs):
        for name, work in parties.items():
            start = time.perf_counter()
            results[name] = work()
            times[name].append(time.perf_counter() - start)
    return {name: median(taken) for name, taken in times.items()}, results


def means(units, table, framework):
    """Print the times of the means, with and without gaps."""
    holes = table.mask(np.random.default_rng(1).random(table.shape) < 0.05)
    for name in ("arithmetic_mean", "geometric_mean", "harmonic_mean", "power_mean"):
        aggregate = partial(gt.power_mean, p=0.5) if name == "power_mean" else getattr(gt, name)
        recipe = Recipe(
            framework,
            normalise=partial(gt.min_max, to=(1, 100)),
            aggregate=aggregate,
            missing=gt.spread_weights(min_coverage=0),
        )
        for what, data in (("whole", table), ("5 % missing", holes)):
            parties = {"ours": partial(build_index, data, recipe)}
            if name in ("arithmetic_mean", "geometric_mean"):
                parties["loops"] = partial(by_loops, data, framework, name)
            seconds, results = in_turns(parties)
            line = f"{units:5d} x {data.shape[1]:3d}  {name:16s} {what:12s} {1000 * seconds['ours']:7.1f} ms"
            if "loops" in results:
                away = (results["loops"][0]["index"] - results["ours"].scores["index"]).abs().max()
                line += f"   pandas loops {1000 * seconds['loops']:7.1f} ms, "
                line += f"{seconds['loops'] / seconds['ours']:5.1f} times ours; differ by {away:.1e}"
            print(line)


def others(units, table, framework):
    """Print the times of other normalisations and of the JRC's outlier rule, column by column against all at once."""
    for normalise in (gt.percentile_rank, gt.z_score, gt.rank_score):
        seconds, _ = in_turns({"ours": partial(build_index, table, Recipe(framework, normalise=normalise))}, 5)
        print(f"{units:5d} x {table.shape[1]:3d}  {normalise.__name__:29s} {1000 * seconds['ours']:7.1f} ms")
    long = np.exp(table / 12)
    flat = Framework([Node("index", ""), *(Node(code, "index") for code in table)])
    parts = [(long[[code]], Framework([Node("index", ""), Node(code, "index")])) for code in long]
    seconds, results = in_turns(
        {
            "table": lambda: gt.jrc_outliers(long, flat),
            "columns": lambda: pd.concat([gt.jrc_outliers(*part) for part in parts], axis=1),
        },
        5,
    )
    print(
        f"{units:5d} x {table.shape[1]:3d}  jrc_outliers                  {1000 * seconds['table']:7.1f} ms   "
        f"one by one {1000 * seconds['columns']:7.1f} ms, {seconds['columns'] / seconds['table']:5.1f} times ours; "
        f"equal {results['table'].equals(results['columns'])}"
    )


def peers(units, table):
    """Print TOPSIS on one level, vectors normalised, against pymcdm and scikit-criteria where installed."""
    weights = pd.Series(1 / table.shape[1], index=table.columns)
    parties = {"ours": lambda: gt.topsis(table, weights)}
    try:
        from pymcdm.methods import TOPSIS
        from pymcdm.normalizations import vector_normalization
    except ImportError:
        print("pymcdm is not installed: no comparison with it")
    else:
        theirs = TOPSIS(vector_normalization)
        kinds = np.ones(table.shape[1])
        parties["pymcdm"] = lambda: theirs(table.to_numpy(), weights.to_numpy(), kinds)
    try:
        import skcriteria
        from skcriteria.agg import topsis
        from skcriteria.pipelines import mkpipe
        from skcriteria.preprocessing.scalers import VectorScaler
    except ImportError:
        print("scikit-criteria is not installed: no comparison with it")
    else:
        matrix = skcriteria.mkdm(table.to_numpy(), [max] * table.shape[1], weights=weights.to_numpy())
        steps = mkpipe(VectorScaler(target="matrix"), topsis.TOPSIS())
        parties["scikit-criteria"] = lambda: steps.evaluate(matrix).e_.similarity
    seconds, results = in_turns(parties)
    line = f"{units:5d} x {table.shape[1]:3d}  topsis                        {1000 * seconds.pop('ours'):7.1f} ms"
    for name, taken in seconds.items():
        off = np.abs(results["ours"].to_numpy() - results[name]).max()
        line += f"   {name} {1000 * taken:.1f} ms; differ by {off:.1e}"
    print(line)


def main():
    """Print all of it for both sizes."""
    for units, indicators, pillars in SIZES:
        rng = np.random.default_rng(0)
        framework = tree(indicators, pillars)
        table = pd.DataFrame(
            rng.uniform(1, 100, (units, indicators)),
            index=[f"u{number}" for number in range(units)],
            columns=list(framework.indicators),
        )
        means(units, table, framework)
        others(units, table, framework)
        peers(units, table)


if __name__ == "__main__":
    main()
