"""Weights from data, 3,000 units on 100 indicators, against pymcdm where it has the method; and what the rest cost.

Run: ``python benchmarks/bench_weighting.py``, with pymcdm importable for the comparison. Medians; the weights of both
are checked to agree.
"""

import time
from statistics import median

import numpy as np
import pandas as pd

import govtransparency as gt
from govtransparency import Framework, Node

UNITS, INDICATORS, RUNS = 3000, 100, 3


def timed(function, runs=RUNS):
    """Return the median time of some runs, in seconds, and the last result."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        result = function()
        times.append(time.perf_counter() - start)
    return median(times), result


def main():
    """Print the times, their ratios and the largest difference of the weights."""
    rng = np.random.default_rng(0)
    codes = [f"i{number}" for number in range(INDICATORS)]
    values = np.exp(0.5 * rng.normal(size=(UNITS, 1)) + 0.5 * rng.normal(size=(UNITS, INDICATORS)))
    table = pd.DataFrame(values, columns=codes)
    framework = Framework([Node("index", ""), *(Node(code, "index") for code in codes)])
    try:
        from pymcdm import weights as peer
    except ImportError:
        peer = None
        print("pymcdm is not installed: our times only")
    kinds = np.ones(INDICATORS)
    low, high = values.min(axis=0), values.max(axis=0)
    scaled = (values - low) / (high - low)
    theirs = {
        "entropy_weights": lambda: peer.entropy_weights(values),
        "critic_weights": lambda: peer.critic_weights(scaled),
        "merec_weights": lambda: peer.merec_weights(values, kinds),
        "sd_weights": lambda: peer.standard_deviation_weights(scaled),
    }
    outcome = pd.Series(values.mean(axis=1) + rng.normal(size=UNITS) / 1000, index=table.index)
    ours = {
        **{name: getattr(gt, name) for name in theirs},
        "cv_weights": gt.cv_weights,
        "pca_weights": gt.pca_weights,
        "regression_weights": lambda tree, data: gt.regression_weights(tree, data, outcome=outcome, normalise=None),
        "unobserved_components_weights": gt.unobserved_components_weights,
    }
    for name, weigher in ours.items():
        seconds, weighted = timed(lambda weigher=weigher: weigher(framework, table))
        line = f"{name:32s} {1000 * seconds:8.1f} ms"
        if peer is not None and name in theirs:
            peer_seconds, expected = timed(theirs[name])
            away = np.abs(weighted.weights[codes].to_numpy() - expected).max()
            line += f"   pymcdm {1000 * peer_seconds:8.1f} ms, {peer_seconds / seconds:6.2f} times ours"
            line += f"; differ by {away:.1e}"
        print(line)
    part = table.iloc[:, :20]
    small = Framework([Node("index", ""), *(Node(code, "index") for code in part)])
    seconds, _ = timed(lambda: gt.importance_weights(small, part, least=0.001))
    print(f"importance_weights, {UNITS} x 20{1000 * seconds:17.1f} ms")
    alike = pd.DataFrame(rng.normal(size=(300, 1)) + 0.3 * rng.normal(size=(300, 40)), columns=codes[:40])
    forty = Framework([Node("index", ""), *(Node(code, "index") for code in alike)])
    seconds, _ = timed(lambda: gt.importance_weights(forty, alike, least=0.001))
    print(f"importance_weights, 300 x 40, all alike{1000 * seconds:11.1f} ms")
    few = table.iloc[:300, :10]
    for bounds in (None, (0.05, 0.2)):
        seconds, _ = timed(lambda bounds=bounds: gt.benefit_of_the_doubt(few, bounds=bounds), 3)
        print(f"benefit_of_the_doubt, 300 x 10, bounds {bounds}: {seconds:.2f} s")


if __name__ == "__main__":
    main()
