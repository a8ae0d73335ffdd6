"""Confidence sets of the ranks of 120 and of 1,000 units, against the same algorithm pair by pair; errors of scores.

Run: ``python benchmarks/bench_inference.py``. Medians of wall and processor time, the latter to be read where others
use the machine too; the plain way is timed on 120 units alone. The memory is the most that the process has held so far.
"""

import os
import resource
import time
from functools import partial
from statistics import median

import numpy as np
import pandas as pd

import govtransparency as gt
from govtransparency import rank_confidence_sets, tiers, top_set

RESAMPLES = 1000


def timed(function, runs):
    """Return the median wall and processor time of some runs, in seconds, and the last result."""
    walls, cpus = [], []
    for _ in range(runs):
        wall, cpu = time.perf_counter(), time.process_time()
        result = function()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return median(walls), median(cpus), result


def country(units, rng=0):
    """Return scores of so many units, and their standard errors, as spread as those of a real index."""
    generator = np.random.default_rng(rng)
    names = [f"u{number}" for number in range(units)]
    scores = pd.Series(generator.normal(60, 12, units), names)
    return scores, pd.Series(generator.uniform(0.5, 4, units), names)


def plain(scores, errors, level=0.95, rng=0):
    """Return the sets by whole matrices of differences, redrawn at each step, as a plain translation of the paper."""
    x, s = scores.to_numpy(), errors.to_numpy()
    generator, n = np.random.default_rng(rng), len(x)
    difference, spread = x[:, None] - x, np.sqrt(s[:, None] ** 2 + s**2)
    active = ~np.eye(n, dtype=bool)
    while True:
        draws = generator.standard_normal((RESAMPLES, n)) * s
        largest = [np.max(((draw[:, None] - draw) / spread)[active]) for draw in draws]
        found = active & (difference / spread > np.quantile(largest, level))
        if not found.any():
            break
        active &= ~found
        if not active.any():
            break
    above = ~active & ~np.eye(n, dtype=bool)
    return pd.DataFrame({"low": 1 + above.sum(axis=0), "high": n - above.sum(axis=1)}, index=scores.index)


def held():
    """Return the most memory that the process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def common(errors, rng=0):
    """Return a covariance with these variances and more that fifty causes have in common."""
    loads = np.random.default_rng(rng).normal(size=(len(errors), 50)) / 5
    return pd.DataFrame(np.diag(errors**2) + loads @ loads.T, errors.index, errors.index)


def sources():
    """Print what the errors of the scores cost: 120 units, ten pillars of six indicators, 500 resamples."""
    nodes = [gt.Node("index", ""), *(gt.Node(f"p{pillar}", "index") for pillar in range(10))]
    nodes += [gt.Node(f"p{pillar}i{i}", f"p{pillar}", worst=0, best=1) for pillar in range(10) for i in range(6)]
    recipe = gt.Recipe(gt.Framework(nodes))
    units = [f"u{number}" for number in range(120)]
    shares = np.random.default_rng(0).uniform(0.1, 0.9, (120, 60))
    table = pd.DataFrame(shares, units, list(recipe.framework.indicators))
    listed = table.stack().rename_axis(["unit", "indicator"]).rename("mark").reset_index()
    marks = pd.concat([listed.assign(assessor=who, mark=listed["mark"] + 0.05 * who) for who in (0, 1)])
    for name, work in (
        ("choice of indicators", partial(gt.indicator_errors, table, recipe)),
        ("assessors", partial(gt.assessor_errors, marks, recipe)),
        ("sampled items", partial(gt.sampling_errors, table, table * 0 + 40, recipe)),
    ):
        wall, cpu, _ = timed(work, 3)
        print(f"errors of scores, {name:20s}: {wall:6.3f} s, {cpu:6.3f} cpu s")


def main():
    """Print the times, the memory, and how the two ways agree."""
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the start")
    for units, runs in ((120, 9), (1000, 3)):
        scores, errors = country(units)
        for name, given in (("independent errors", errors), ("errors in common", common(errors))):
            for at_once in (True, False):
                work = partial(rank_confidence_sets, scores, given, simultaneous=at_once, resamples=RESAMPLES)
                wall, cpu, sets = timed(work, runs)
                kind = "all at once" if at_once else "each by itself"
                print(f"{units:5d} units, {name:18s}, {kind:14s}: {wall:6.3f} s, {cpu:6.3f} cpu s, {held():4.0f} MB")
        wall, cpu, _ = timed(partial(rank_confidence_sets, scores, errors, df=20), runs)
        print(
            f"{units:5d} units, estimated errors  , all at once   : {wall:6.3f} s, {cpu:6.3f} cpu s, {held():4.0f} MB"
        )
    scores, errors = country(120)
    sets = rank_confidence_sets(scores, errors, resamples=RESAMPLES)
    wall, cpu, theirs = timed(lambda: plain(scores, errors), 3)
    gap = (sets[["low", "high"]] - theirs).abs().to_numpy()
    print(f"  120 units, independent errors, all at once, plain: {wall:6.3f} s, {cpu:6.3f} cpu s")
    print(
        f"  the two ways differ by {gap.max()} places at most, in {np.mean(gap > 0):.1%} of the borders (other draws)"
    )
    print(f"  {tiers(sets).nunique()} tiers; {len(top_set(scores, errors, 10))} units may be among the first 10")
    sources()


if __name__ == "__main__":
    main()
