"""What the draws and the Sobol' indices cost, against the natural ways to the same numbers in the same run.

Run: ``python benchmarks/bench_robustness.py [name ...]``. Each row is a process of its own, so that no thread of one
way disturbs the next: median wall and processor time of some runs after one to warm up, and the most memory held at
once. A row marked * is timed on a part of the work and extrapolated. The ratios at the end say how many times faster
a row is than the natural way to the same. On a machine that others use too, the processor time is the number to read.
"""

import argparse
import itertools
import os
import platform
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from statistics import median

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_info

import govtransparency as gt
from govtransparency import Framework, Node, RankRule, Recipe
from govtransparency.robustness.monte_carlo import rank_counts
from govtransparency.robustness.monte_carlo.engine import one_blas_thread
from govtransparency.robustness.monte_carlo.rank_counts import count, rank_rows

SEED = 1
FLOORED = partial(gt.geometric_mean, floor=1.0)


def data(units, indicators, pillars=1):
    """Return a table of random values and the recipe of a mean of means."""
    codes = [f"i{number}" for number in range(indicators)]
    table = pd.DataFrame(np.random.default_rng(0).random((units, indicators)), columns=codes)
    groups = [f"p{number}" for number in range(pillars)] if pillars > 1 else []
    leaves = [Node(code, groups[at % pillars] if groups else "index", worst=0, best=1) for at, code in enumerate(codes)]
    return table, Recipe(Framework([Node("index", ""), *(Node(code, "index") for code in groups), *leaves]))


def with_compiler():
    """Import numba where it is installed, so that it is used at any size."""
    if find_spec("numba"):
        import numba  # noqa: F401


def ours(units, indicators, draws):
    """Draw, score, rank, count and note the convergence: all of `uncertainty_analysis`."""
    with_compiler()
    table, recipe = data(units, indicators)
    return lambda: gt.uncertainty_analysis(table, recipe, gt.weights_anywhere(), draws=draws, rng=SEED).counts


def without_compiler(units, indicators, draws):
    """Do the same as where numba is not installed."""
    rank_counts._can_compile = lambda: False
    table, recipe = data(units, indicators)
    return lambda: gt.uncertainty_analysis(table, recipe, gt.weights_anywhere(), draws=draws, rng=SEED).counts


def drawn(units, indicators, draws):
    """Return scores x 100 of the units, and a way to draw weights in chunks."""
    x = np.ascontiguousarray(100 * data(units, indicators)[0].to_numpy().T)
    step = max(16, (1 << 20) // units)

    def weights():
        rng = np.random.default_rng(SEED)
        for start in range(0, draws, step):
            yield rng.dirichlet(np.ones(indicators), size=min(step, draws - start))

    return x, weights


def argsort(units, indicators, draws):
    """Do it in vectorised NumPy: chunks of draws, matrix product, argsort, bincount."""
    x, weights = drawn(units, indicators, draws)

    def work():
        counts = np.zeros(units * units, dtype=np.int64)
        places = np.arange(units) * units
        for w in weights():
            np.add.at(counts, (np.argsort(-(w @ x), axis=1) + places).ravel(), 1)
        return counts

    def small():
        counts = np.zeros(units * units, dtype=np.int64)
        places = np.arange(units) * units
        for w in weights():
            counts += np.bincount((np.argsort(-(w @ x), axis=1) + places).ravel(), minlength=units * units)
        return counts

    return small if units <= 1000 else work


def pandas_rank(units, indicators, draws):
    """Do it with pandas: all scores at once, ``rank(axis=1)``, then count."""
    x, weights = drawn(units, indicators, draws)

    def work():
        scores = pd.DataFrame(np.concatenate(list(weights())) @ x)
        ranks = scores.rank(axis=1, ascending=False, method="min").to_numpy(dtype=np.int64) - 1
        return np.bincount((ranks * units + np.arange(units)).ravel(), minlength=units * units)

    return work


def pysensmcda(units, indicators, draws):
    """Do it with pysensmcda: the fastest packaged way there is, with a plain product as its method."""
    from pysensmcda.smaa import rank_acceptability, simulate

    x, _ = drawn(units, indicators, 1)
    matrix, kinds = np.ascontiguousarray(x.T), np.ones(indicators)

    def weighted_sum(matrix, weights, types):
        return matrix @ weights

    def work():
        done = simulate(weighted_sum, matrix, kinds, num_samples=draws, reverse_ranking=True, seed=SEED)
        return rank_acceptability(done)

    return work


def halves(work):
    """Give each of two threads half of 100,000 draws, and add up what they count."""
    with one_blas_thread(), ThreadPoolExecutor(2) as executor:
        return sum(executor.map(work, (range(0, 50_000), range(50_000, 100_000))))


def plain_count(scores):
    """Count ranks by argsort and bincount."""
    cells = np.argsort(-scores, axis=1) + np.arange(120) * 120
    return np.bincount(cells.ravel(), minlength=120 * 120).reshape(120, 120)


def kernel(way, scored=False):
    """Rank 100,000 draws of 120 units on two threads: 60 weights given and the scores made, or the scores given.

    The way is "numba", "numpy" (without the compiler) or "argsort".
    """
    if way == "numba":
        with_compiler()
    elif way == "numpy":
        rank_counts._can_compile = lambda: False
    x, _ = drawn(120, 60, 1)
    w = np.random.default_rng(SEED).dirichlet(np.ones(60), size=100_000)
    given = w @ x if scored else None

    def work(part):
        counts = np.zeros((120, 120), dtype=np.int64)
        room = np.empty((512, 120))
        for start in range(part.start, part.stop, 512):
            rows = slice(start, min(start + 512, part.stop))
            scores = np.matmul(w[rows], x, out=room[: rows.stop - start]) if given is None else given[rows]
            if way == "argsort":
                counts += plain_count(scores)
            else:
                count(scores, RankRule(), counts)
        return counts

    return lambda: halves(work)


class Bare:
    """The same work with nothing around it, on the arrays of one chunk: what the machine can do.

    Ranks are not exact here: scores that tie, or nearly so, come in the order of the units.
    """

    def __init__(self, rng, rows, *, compiled):
        self.rng = rng
        self.x, _ = drawn(120, 60, 1)
        self.weights, self.scores = np.empty((rows, 60)), np.empty((rows, 120))
        self.keys, self.cells = np.empty((rows, 120), dtype=np.int32), np.empty((rows, 120), dtype=np.int64)
        self.counts = np.zeros((120, 120), dtype=np.int64)
        self.units, self.places = np.arange(120, dtype=np.int32), np.arange(120) * 120
        if compiled:
            self.pack, self.count = compiled_pack(self), compiled_count(self)

    def draw(self):
        self.rng.standard_exponential(out=self.weights)
        self.weights *= (1 / (self.weights @ np.ones(60)))[:, None]

    def product(self):
        np.matmul(self.weights, self.x, out=self.scores)

    def pack(self):
        self.scores -= 50.0
        self.scores *= -(2.0**24 - 2) / 50
        np.copyto(self.keys, self.scores, casting="unsafe")
        self.keys <<= 7
        self.keys += self.units

    def sort(self):
        self.keys.sort(axis=1)

    def count(self):
        np.bitwise_and(self.keys, 127, out=self.cells)
        self.cells += self.places
        np.add.at(self.counts.reshape(-1), self.cells.reshape(-1), 1)


PARTS = ("draw", "product", "pack", "sort", "count")


def compiled_pack(bare):
    """Return the packing compiled by numba."""
    from numba import njit

    @njit(nogil=True)
    def pack(scores, keys):
        rows, n = scores.shape
        for row in range(rows):
            for unit in range(n):
                keys[row, unit] = np.int32((scores[row, unit] - 50.0) * (-(2.0**24 - 2) / 50)) * 128 + unit

    return partial(pack, bare.scores, bare.keys)


def compiled_count(bare):
    """Return the counting compiled by numba."""
    from numba import njit

    @njit(nogil=True)
    def count(keys, counts):
        rows, n = keys.shape
        for row in range(rows):
            for place in range(n):
                counts[place, keys[row, place] & 127] += 1

    return partial(count, bare.keys, bare.counts)


def bare_loop(compiled, rows=500):
    """Do all parts one after the other, two threads with half of 100,000 draws each."""
    streams = np.random.SeedSequence(SEED).spawn(2)
    both = [Bare(np.random.Generator(np.random.SFC64(one)), rows, compiled=compiled) for one in streams]

    def work(part):
        bare = both[part.start > 0]
        bare.counts[:] = 0
        for _ in range(len(part) // rows):
            for name in PARTS:
                getattr(bare, name)()
        return bare.counts

    return lambda: halves(work)


def part(name, compiled=False, rows=500):
    """Do one part for 100,000 draws, in chunks that stay near to the core, on one thread."""
    bare = Bare(np.random.Generator(np.random.SFC64(SEED)), rows, compiled=compiled)
    for before in PARTS:
        getattr(bare, before)()
    scores, unsorted = np.matmul(bare.weights, bare.x), np.random.default_rng(SEED).permuted(bare.keys, axis=1)

    def work():
        with one_blas_thread():
            for _ in range(100_000 // rows):
                if name == "pack" and not compiled:
                    np.copyto(bare.scores, scores)  # it works in place
                if name == "sort":
                    np.copyto(bare.keys, unsorted)
                getattr(bare, name)()

    return work


def methods():
    """Return the sources of a full joint analysis."""
    return [
        gt.one_of("normalise", gt.min_max, gt.percentile_rank),
        gt.one_of("aggregate", gt.arithmetic_mean, FLOORED),
        gt.weights_within(0.25),
        gt.without_one_indicator(),
    ]


def joint(draws):
    """Vary normalisation, aggregation, weights and left-out indicator together."""
    table, recipe = data(120, 60, pillars=6)
    return lambda: gt.uncertainty_analysis(table, recipe, methods(), draws=draws, rng=SEED).counts


def rebuilt(draws):
    """Build the whole index anew for each draw."""
    table, recipe = data(120, 60, pillars=6)
    recipes = [
        *recipe.vary(normalise=[gt.min_max, gt.percentile_rank], aggregate=[gt.arithmetic_mean, FLOORED]),
    ]

    def work():
        rng = np.random.default_rng(SEED)
        for _, one in zip(range(draws), itertools.cycle(recipes), strict=False):
            weights = recipe.framework.weights * rng.uniform(0.75, 1.25, len(recipe.framework.weights))
            framework = recipe.framework.with_weights(weights.to_dict()).without(f"i{rng.integers(60)}")
            gt.build_index(table, Recipe(framework, normalise=one.normalise, aggregate=one.aggregate))

    return work


def sobol():
    """Ten sources, ranks of 120 units, N = 8,192, 100 resamples."""
    table, recipe = data(120, 60, pillars=10)
    sources = [gt.weights_within(0.25, nodes=[f"p{number}"]) for number in range(10)]
    return lambda: gt.sensitivity_analysis(table, recipe, sources, samples=8192, rng=SEED, outputs=["rank"]).total


def sobol_loop(outputs):
    """Estimate the same from given ranks, output by output and resample by resample; the model's runs not included."""
    rng = np.random.default_rng(SEED)
    a, b, ab = rng.random((8192, outputs)), rng.random((8192, outputs)), rng.random((10, 8192, outputs))

    def work():
        for output in range(outputs):
            for _ in range(101):
                rows = rng.integers(8192, size=8192)
                one, other = a[rows, output], b[rows, output]
                variance = np.var(np.concatenate([one, other]))
                for factor in range(10):
                    mixed = ab[factor, rows, output]
                    np.mean(other * (mixed - one)) / variance
                    np.mean((one - mixed) ** 2) / 2 / variance

    return work


def salib(outputs):
    """Estimate the same by SALib from given ranks, an output at a time; the model's runs not included."""
    from SALib.analyze.sobol import analyze

    problem = {"num_vars": 10, "names": [f"x{number}" for number in range(10)], "bounds": [[0, 1]] * 10}
    ranks = np.random.default_rng(SEED).random((outputs, 8192 * 12))

    def work():
        for values in ranks:
            analyze(problem, values, calc_second_order=False, num_resamples=100, seed=SEED)

    return work


def one_draw(units, indicators, draws):
    """Score and rank some draws of many units, on one thread."""
    x, _ = drawn(units, indicators, 1)
    w = np.random.default_rng(SEED).dirichlet(np.ones(indicators), size=draws)

    def work():
        step = max(16, (1 << 17) // units)
        with one_blas_thread():
            for start in range(0, draws, step):
                rank_rows(w[start : start + step] @ x, RankRule())

    return work


# name -> (what, make, runs, factor of extrapolation)
ROWS = {
    "small": ("120 x 60, 100,000 weight draws to the 120 x 120 acceptability", partial(ours, 120, 60, 100_000), 7, 1),
    "small-numpy": ("  the same without numba", partial(without_compiler, 120, 60, 100_000), 7, 1),
    "small-argsort": ("  NumPy, chunked dirichlet + argsort + bincount", partial(argsort, 120, 60, 100_000), 7, 1),
    "small-pandas": ("  pandas rank", partial(pandas_rank, 120, 60, 100_000), 3, 1),
    "small-peer": ("  pysensmcda", partial(pysensmcda, 120, 60, 100_000), 7, 1),
    "bare": ("  a bare loop, numba for packing and counting, two threads", partial(bare_loop, True), 7, 1),
    "bare-numpy": ("  a bare loop, NumPy alone, two threads", partial(bare_loop, False), 7, 1),
    **{f"part-{name}": (f"  part, one thread: {name}", partial(part, name), 7, 1) for name in PARTS},
    "part-pack-numba": ("  part, one thread: pack by numba", partial(part, "pack", True), 7, 1),
    "part-count-numba": ("  part, one thread: count by numba", partial(part, "count", True), 7, 1),
    "kernel": ("120 x 60, 100,000 weights given, two threads", partial(kernel, "numba"), 7, 1),
    "kernel-numpy": ("  the same without numba", partial(kernel, "numpy"), 7, 1),
    "kernel-argsort": ("  NumPy argsort + bincount, the same threads", partial(kernel, "argsort"), 7, 1),
    "ranks": ("120 units, 100,000 rows of scores given, two threads", partial(kernel, "numba", True), 7, 1),
    "ranks-numpy": ("  the same without numba", partial(kernel, "numpy", True), 7, 1),
    "ranks-argsort": ("  NumPy argsort + bincount, the same threads", partial(kernel, "argsort", True), 7, 1),
    "large": ("3,000 x 100, 10,000 weight draws", partial(ours, 3000, 100, 10_000), 3, 1),
    "large-numpy": ("  the same without numba", partial(without_compiler, 3000, 100, 10_000), 3, 1),
    "large-argsort": ("  NumPy, chunked argsort + add.at", partial(argsort, 3000, 100, 10_000), 3, 1),
    "large-peer": ("  * pysensmcda", partial(pysensmcda, 3000, 100, 1000), 3, 10),
    "joint": ("joint: methods, weights, left-out indicator, 120 x 60, 10,000 draws", partial(joint, 10_000), 5, 1),
    "joint-loop": ("  * the index built anew for each draw", partial(rebuilt, 40), 3, 250),
    "sobol": ("Sobol', 10 sources, 120 ranks, N = 8,192, 100 resamples", sobol, 3, 1),
    "sobol-loop": ("  * estimates output by output, model not included", partial(sobol_loop, 2), 1, 60),
    "sobol-peer": ("  * SALib, output by output, model not included", partial(salib, 2), 3, 60),
    "draws-10k": ("120 x 60, 10,000 weight draws", partial(ours, 120, 60, 10_000), 5, 1),
    "draws-1M": ("120 x 60, 1,000,000 weight draws", partial(ours, 120, 60, 1_000_000), 1, 1),
    "units-300": ("300 units x 300 indicators, one thread, 2,000 draws", partial(one_draw, 300, 300, 2000), 3, 1),
    "units-3k": ("3,000 units x 300, one thread, 512 draws", partial(one_draw, 3000, 300, 512), 3, 1),
    "units-30k": ("30,000 units x 300, one thread, 64 draws", partial(one_draw, 30_000, 300, 64), 3, 1),
    "units-300k": ("300,000 units x 300, one thread, 32 draws", partial(one_draw, 300_000, 300, 32), 1, 1),
}
AGAINST = {  # the row that a row is compared with
    "small": ("small-argsort", "small-peer", "bare"),
    "small-numpy": ("small-argsort", "small-peer", "bare-numpy"),
    "kernel": ("kernel-argsort",),
    "kernel-numpy": ("kernel-argsort",),
    "ranks": ("ranks-argsort",),
    "ranks-numpy": ("ranks-argsort",),
    "large": ("large-argsort", "large-peer"),
    "large-numpy": ("large-argsort", "large-peer"),
    "joint": ("joint-loop",),
    "sobol": ("sobol-loop", "sobol-peer"),
}
PEERS = {"small-peer": "pysensmcda", "large-peer": "pysensmcda", "sobol-peer": "SALib"}  # rows that need a package
PEERS |= dict.fromkeys(("bare", "part-pack-numba", "part-count-numba"), "numba")


def measure(name):
    """Return the median wall and processor time of a row, in seconds, and the most memory held, in MB."""
    _, make, runs, factor = ROWS[name]
    work = make()
    work()
    walls, cpus = [], []
    for _ in range(runs):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return factor * median(walls), factor * median(cpus), peak


def processor():
    """Return the name of the processor."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    names = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def main():
    """Print a line for each row."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", choices=[*ROWS, []], help="rows to run; all when none is named")
    names = parser.parse_args().names or list(ROWS)
    blas = {(one["internal_api"], one.get("architecture")) for one in threadpool_info() if one["user_api"] == "blas"}
    print(*sorted(map(str, blas)))
    print(processor())
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the start")
    print(f"{'wall s':>9} {'cpu s':>9} {'MB':>6}")
    done = {}
    for name in names:
        if name in PEERS and find_spec(PEERS[name]) is None:
            print(f"{PEERS[name]} is not installed: no comparison with it")
            continue
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor:
            done[name] = wall, cpu, peak = executor.submit(measure, name).result()
        print(f"{wall:9.3f} {cpu:9.3f} {peak:6.0f}  {ROWS[name][0]}", flush=True)
    for name, others in AGAINST.items():
        for other in others:
            if name in done and other in done:
                wall, cpu = (there / here for there, here in zip(done[other][:2], done[name][:2], strict=True))
                print(f"{name} is {wall:.2f} times as fast as {other} by wall, {cpu:.2f} times by processor time")


if __name__ == "__main__":
    main()
