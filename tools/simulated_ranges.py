"""Write the ranges that the numbers of a simulated edition's report have in other simulations of the same facts.

``python -m tools.simulated_ranges`` draws simulations with the seeds after the editions' own until every fact holds in
twenty, runs the notebooks of the report on each without writing anything, and writes the least and the largest value of
every number that they state of a whole group into ``data/raw/cgti/<year>/ranges.csv``. Reports print them beside the
numbers.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import json
import math
import os
import re
import shutil
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pandas as pd

from govtransparency.build.notebook_runs import FIXED
from govtransparency.build.staging import PANEL, Project
from govtransparency.data_dictionary.input_files import RANGES
from govtransparency.editions import find_root
from govtransparency.errors import InputError
from govtransparency.report.run import Run
from govtransparency.report.stated_in_tables import TABLES, stated_in
from govtransparency.texts.bilingual import Text
from tools.make_data.simulated_editions import INDEX, SIMULATED_YEARS, write_simulated_editions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from govtransparency.plot.figure import Drawing
    from govtransparency.stated_numbers import Stated

    Numbers = dict[tuple[str, str], float]  # by the name of the number and the group

__all__ = ["draw", "listening", "numbers_of", "ranges", "seeds", "write_ranges"]

SIMULATIONS = 20
TOO_FEW = Text(
    "事实全部成立的模拟只有{found}次，不足{asked}次；没有写入任何文件",
    "only {found} of {asked} simulations keep every fact; nothing is written",
)
ALIKE = 1e-9  # relative: what one number may differ by where two sentences state it


@contextlib.contextmanager
def listening() -> Iterator[Numbers]:
    """Let runs draw and write nothing within the block; give the numbers that they state, which fill up meanwhile."""
    heard: Numbers = {}

    def hear(numbers: Iterable[Stated], group: str) -> None:
        for number in numbers:
            known = heard.setdefault((number.name, group), float(number.value))
            if not math.isclose(known, number.value, rel_tol=ALIKE):
                said = f"{known:.15g} in one place and {number.value:.15g} in another"
                raise ValueError(f"{number.name} of {group or 'all groups'} is {said}")

    def conclude(run: Run, what: str, *results: Any) -> None:
        for said in run.conclusions[what](run.edition, *results):
            hear(said.numbers, said.group or "")

    def show(run: Run, exhibit: pd.DataFrame | Drawing, name: str, key: Any, *_: object) -> None:
        numbers = stated_in(name, exhibit) if isinstance(exhibit, pd.DataFrame) else exhibit.statement.numbers
        hear(numbers, run.group_of(key))

    def nothing(*_: object, **__: object) -> None: ...

    with patch.multiple(Run, write=nothing, warn=nothing, say=nothing, conclude=conclude, _show=show):
        yield heard


def numbers_of(index: str, year: int | str, *, root: Path, notebooks: Iterable[Path] | None = None) -> Numbers:
    """Return the numbers that the report of an edition states of its groups, and of all groups together.

    Parameters
    ----------
    index : str
    year : int or ``"panel"``
    root : Path
        ``data/raw``.
    notebooks : iterable of Path, optional
        By default those of the report.

    Returns
    -------
    dict of (name, group) to float
    """
    project = root.parents[1]
    given = {"index": index} | ({} if year == PANEL else {"year": year})
    with contextlib.chdir(project), listening() as heard:
        for path in notebooks or Project(project).notebooks(year):
            _run(path, given)
    return heard


def _run(path: Path, parameters: Mapping[str, object]) -> None:
    """Run the cells of a notebook that its statements need."""
    cells = [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    names: dict[str, object] = {}
    for cell in cells:
        if "parameters" in cell["metadata"].get("tags", []):
            exec("".join(cell["source"]), names)
    names |= parameters
    others = [cell for cell in cells if "parameters" not in cell["metadata"].get("tags", [])]
    for source in needed(["".join(cell["source"]) for cell in others]):
        exec(compile(source, path.name, "exec"), names)


def needed(cells: Sequence[str]) -> list[str]:
    """Return the cells that state numbers, and those that they need, in order.

    A cell states numbers if it concludes, draws a figure or shows a table with such numbers; it needs the cells that
    set or change a name that it uses.

    Examples
    --------
    >>> needed(["a = 1", "b = a + 1", "c = a", "c['x'] = 2", "print(b)", "run.conclude('leans', c)"])
    ['a = 1', 'c = a', "c['x'] = 2", "run.conclude('leans', c)"]
    """
    kept: list[str] = []
    wanted: set[str] = set()
    for cell in reversed(cells):
        tree = ast.parse(cell)
        if _states(tree) or wanted & set(_set_in(tree)):
            kept.append(cell)
            wanted |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return kept[::-1]


def _states(tree: ast.AST) -> bool:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and (
            node.attr.startswith("conclude") or ast.unparse(node.value) == "figures"
        ):
            return True
        if isinstance(node, ast.Constant) and node.value in TABLES:
            return True
    return False


def _set_in(tree: ast.AST) -> Iterator[str]:
    """Give the names that a cell sets, imports or changes an item of."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Subscript | ast.Attribute) and isinstance(node.ctx, ast.Store):
            base: ast.expr = node
            while isinstance(base, ast.Subscript | ast.Attribute):
                base = base.value
            yield from (one.id for one in ast.walk(base) if isinstance(one, ast.Name))
        elif isinstance(node, ast.alias):
            yield (node.asname or node.name).partition(".")[0]


def draw(source: Path, target: Path, *, seed: int | None = None, years: Iterable[int] = SIMULATED_YEARS) -> None:
    """Draw the simulated editions with another seed into an empty ``data/raw``.

    Parameters
    ----------
    source : Path
        ``data/raw``, with the facts and the settings.
    target : Path
        The folder that becomes another ``data/raw``.
    seed : int, optional
        By default that of the settings.
    years : iterable of int
    """
    own = target / INDEX
    for part in ("record", "simulation"):
        shutil.copytree(source / INDEX / part, own / part)
    for year in years:
        (own / str(year)).mkdir()
        shutil.copy(source / INDEX / str(year) / "edition.toml", own / str(year))
    if seed is not None:
        settings = own / "simulation" / "simulation.toml"
        text = settings.read_text(encoding="utf-8")
        settings.write_text(re.sub(r"^seed = \d+", f"seed = {seed}", text, flags=re.MULTILINE), encoding="utf-8")
    write_simulated_editions(target, years)


def seeds(source: Path, count: int = 2 * SIMULATIONS) -> range:
    """Return the seeds that are tried: those that follow on that of the settings."""
    text = (source / INDEX / "simulation" / "simulation.toml").read_text(encoding="utf-8")
    (own,) = re.findall(r"^seed = (\d+)", text, flags=re.MULTILINE)
    return range(int(own) + 1, int(own) + 1 + count)


def _numbers_of_simulation(
    source: Path, years: Sequence[int], notebooks: Mapping[int | str, Sequence[Path]], seed: int
) -> dict[int, Numbers] | None:
    """Return the numbers of each year in one simulation, those of the panel with the last; none if a fact fails."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "data" / "raw"
        root.mkdir(parents=True)
        try:
            draw(source, root, seed=seed)
        except InputError:
            return None
        found = {year: numbers_of(INDEX, year, root=root, notebooks=notebooks[year]) for year in years}
        if max(years) == max(SIMULATED_YEARS):
            found[max(years)] |= numbers_of(INDEX, PANEL, root=root, notebooks=notebooks[PANEL])
    return found


def ranges(simulations: Sequence[Numbers]) -> pd.DataFrame:
    """Return the least and the largest value of each number that all simulations state, as ``ranges.csv`` has them.

    Examples
    --------
    >>> ranges([{("tiers", "city"): 7.0}, {("tiers", "city"): 5.0}]).values.tolist()
    [['tiers', 'city', 5.0, 7.0, 2]]
    """
    stated = [key for key in simulations[0] if all(key in numbers for numbers in simulations)]
    rows = [
        (*key, min(values), max(values), len(values))
        for key in sorted(stated)
        if not any(map(math.isnan, values := [numbers[key] for numbers in simulations]))
    ]
    return pd.DataFrame(rows, columns=list(RANGES.columns))


def write_ranges(source: Path, years: Sequence[int] = SIMULATED_YEARS, *, workers: int = 2) -> list[Path]:
    """Write the ``ranges.csv`` of simulated editions, and return the files."""
    project = Project(source.parents[1])
    notebooks: dict[int | str, tuple[Path, ...]] = {year: project.notebooks(year) for year in years}
    notebooks[PANEL] = project.notebooks(PANEL)
    os.environ.update(FIXED)  # as the notebooks of a report have it
    found: list[dict[int, Numbers]] = []
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        simulate = partial(_numbers_of_simulation, source, years, notebooks)
        for seed, numbers in zip(seeds(source), pool.map(simulate, seeds(source)), strict=True):
            found += [numbers] if numbers else []
            print(f"{seed}: {len(found)} of {SIMULATIONS} simulations", file=sys.stderr, flush=True)
            if len(found) == SIMULATIONS:
                pool.shutdown(cancel_futures=True)
                break
    if len(found) < SIMULATIONS:
        raise InputError(TOO_FEW.format(found=len(found), asked=SIMULATIONS), title="simulated_ranges")
    written = []
    for year in years:
        path = source / INDEX / str(year) / RANGES.name
        table = ranges([numbers[year] for numbers in found])
        table.to_csv(path, index=False, lineterminator="\n", encoding="utf-8", float_format="%.15g")
        written.append(path)
    return written


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the files and name them."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.simulated_ranges", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("years", nargs="*", type=int, default=list(SIMULATED_YEARS), help="by default all")
    years = parser.parse_args(arguments).years
    for path in write_ranges(find_root(), sorted(years), workers=os.cpu_count() or 1):
        print(path.relative_to(find_root().parents[1]))


if __name__ == "__main__":
    main()
