"""A plugin of pytest: the property tests alone, each with so many times the examples it asks for, and counted."""

from __future__ import annotations

import json
from collections import Counter
from functools import wraps
from pathlib import Path

import pytest
from hypothesis import is_hypothesis_test, settings

CASES: Counter[str] = Counter()
FAILED: list[str] = []


def pytest_addoption(parser):
    parser.addoption("--times", type=float, default=1.0, help="how many times the examples each test asks for")
    parser.addoption("--figures", type=Path, help="folder that gets the counts, a file a process")


def pytest_collection_modifyitems(config, items):
    properties = [item for item in items if is_hypothesis_test(getattr(item, "obj", None))]
    config.hook.pytest_deselected(items=[item for item in items if item not in properties])
    items[:] = properties
    for test in {item.obj: None for item in properties}:
        _search_longer(getattr(test, "__func__", test), config.getoption("times"))


def _search_longer(test, times: float) -> None:
    """Give a test so many times its examples, drawn anew from the seed, and count those that run."""
    asked = test._hypothesis_internal_use_settings
    test._hypothesis_internal_use_settings = settings(
        asked, max_examples=max(1, round(asked.max_examples * times)), derandomize=False, database=None
    )
    body = test.hypothesis.inner_test
    name = f"{body.__module__}.{body.__qualname__}"

    @wraps(body)
    def counted(*args, **kwargs):
        CASES[name] += 1
        return body(*args, **kwargs)

    test.hypothesis.inner_test = counted


def pytest_runtest_logreport(report):
    if report.failed:
        FAILED.append(report.nodeid)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session):
    folder = session.config.getoption("figures")
    if folder is not None:
        worker = getattr(session.config, "workerinput", {}).get("workerid", "main")
        (folder / f"{worker}.json").write_text(json.dumps({"cases": CASES, "failed": FAILED}))
