"""Run a study on several workers; the results do not depend on their number."""

from __future__ import annotations

import math
import os
from collections import deque
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from govtransparency.checked_calls import arguments_checked
from govtransparency.robustness.monte_carlo.cases import SAMPLE, Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from govtransparency.robustness.monte_carlo.study import Study

__all__ = ["run", "spread"]

Result = TypeVar("Result")
Counts = TypeVar("Counts", bound=Tally)


def run(
    study: Study,
    make: Callable[[Study], Counts],
    *,
    executor: Executor | None = None,
    seen: Callable[[Counts, int], None] | None = None,
    segments: int | None = None,
) -> Counts:
    """Count over all draws.

    Parameters
    ----------
    study : Study
    make : callable
        Makes an empty tally.
    executor : concurrent.futures.Executor, optional
        Where the segments of the draws are computed; threads of this process when None.
    seen : callable, optional
        Called after each segment, in the order of the draws, with the tally so far and the number of draws in it.
    segments : int, optional
        How many parts the work is divided into. It changes no result.

    Returns
    -------
    Tally
        Of all draws.
    """
    samples = math.ceil(study.draws / SAMPLE)
    steps = math.ceil(samples / study.span)
    count = max(1, min(steps, segments or _segments(study)))
    edges = [round(part * steps / count) * study.span for part in range(count + 1)]
    starts, stops = edges[:-1], [min(edge, samples) for edge in edges[1:]]
    arguments = [(study, make, first, last) for first, last in zip(starts, stops, strict=True)]
    total: Counts | None = None
    for stop, part in zip(stops, spread(_segment, arguments, executor), strict=True):
        if total is None:
            total = part
        else:
            total.merge(part)
        if seen is not None:
            seen(total, min(stop * SAMPLE, study.draws))
    assert total is not None
    return total


def spread(
    function: Callable[..., Result], arguments: Sequence[tuple[Any, ...]], executor: Executor | None
) -> Iterator[Result]:
    """Call the function with each tuple of arguments, in parallel, and yield the results in the order of the tuples.

    Parameters
    ----------
    function : callable
    arguments : sequence of tuple
    executor : concurrent.futures.Executor, optional
        Threads of this process when None.
    """
    with _one_blas_thread(), ExitStack() as stack:
        if executor is None:
            executor = stack.enter_context(ThreadPoolExecutor(min(4, os.cpu_count() or 1)))
        futures = deque(executor.submit(_in_worker, function, *one) for one in arguments)
        try:
            while futures:
                yield futures.popleft().result()
        finally:
            for future in futures:
                future.cancel()


def _segments(study: Study) -> int:
    """Return a number of parts that keeps many workers busy without many large counts in memory at once."""
    size = len(study.units) * len(study.ranks) * 8
    samples = math.ceil(study.draws / SAMPLE)
    return int(min(max(4, (1 << 28) // size), max(8, min(64, samples // 6))))


@cache
def _blas() -> Any:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def _one_blas_thread() -> Any:
    """Limit the matrix products to one thread: it is the workers that run in parallel."""
    return _blas().limit(limits=1, user_api="blas")


def _in_worker(function: Callable[..., Result], *arguments: Any) -> Result:
    """Call the function as the one who spreads it would: a worker has neither his limit nor his context."""
    with _one_blas_thread(), arguments_checked():
        return function(*arguments)


def _segment(study: Study, make: Callable[[Study], Counts], first: int, last: int) -> Counts:
    tally = make(study)
    for batch in study.batches(first, last):
        tally.add(batch)
    return tally
