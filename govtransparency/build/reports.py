"""Run the notebooks of one or more editions and make their reports, or rebuild them aside and compare."""

from __future__ import annotations

import datetime
import shutil
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from govtransparency.build.comparison import changed_surroundings, first_difference
from govtransparency.build.manifest import PROCESSED, manifest, write_manifest
from govtransparency.build.notebook_runs import Kernels, NotebookError, execute
from govtransparency.build.reference import compare_reference, reference_folder
from govtransparency.build.staging import PANEL, BusyError, Project, Stage, staged
from govtransparency.editions import Edition, list_editions, read_edition
from govtransparency.errors import InputError
from govtransparency.index import build_index
from govtransparency.plot.fonts import font_files
from govtransparency.report.render.excel import write_workbook
from govtransparency.report.render.html_report import write_page
from govtransparency.report.render.pdf import write_pdf
from govtransparency.report.render.what_if import write_what_if
from govtransparency.texts.bilingual import chosen_language

__all__ = ["PRODUCTS", "Outcome", "build_reports", "verify_reports"]


Product = Callable[[Path, Edition], None]
PRODUCTS: tuple[Product, ...] = (write_page, write_pdf, write_what_if, write_workbook)
"""What is made of the notebooks' results, in order: each writes into the folder of the report."""


@dataclass(frozen=True)
class Outcome:
    """What became of one edition.

    Attributes
    ----------
    index : str
    year : int or 'panel'
    status : int
        0: all well; 1: it failed, or the rebuild differs; 2: bad input.
    message : str
        For the reader; empty when there is nothing to say.
    """

    index: str
    year: int | str
    status: int
    message: str


def build_reports(
    index: str,
    years: Sequence[int | str],
    *,
    project: Project,
    jobs: int = 2,
    products: Sequence[Product] | None = None,
    say: Callable[[str], None] = print,
) -> list[Outcome]:
    """Make the reports of some editions, several at a time; one that fails does not stop the others.

    Everything is built in ``outputs/.building/<index>-<year>`` and replaces ``outputs/<index>/<year>`` and
    ``data/processed/<index>/<year>`` only when all is well; what is left of a failed run goes to ``outputs/_failed``.

    Parameters
    ----------
    index : str
    years : sequence of int or 'panel'
        ``'panel'`` runs the notebooks over all editions of the index, into ``outputs/<index>/panel``.
    project : Project
    jobs : int
        Editions, and notebooks of all of them, at a time, 1 or more. No notebook needs another's files, and the results
        do not depend on it.
    products : sequence of callables, optional
        ``(folder, edition) -> None``; `PRODUCTS` by default.
    say : callable
        Takes a line for each notebook as it ends, and for each report.

    Returns
    -------
    list of Outcome
        In the order of ``years``.
    """

    def task(year: int | str, kernels: Kernels) -> Outcome:
        start = time.monotonic()
        with staged(project, index, year) as stage:
            failed = _build(stage, kernels, PRODUCTS if products is None else products, say)
            if failed:
                return failed
            stage.publish()
        where = project.report(index, year).relative_to(project.root)
        say(f"{index} {year}  {where}  {time.monotonic() - start:.1f} s")
        return Outcome(index, year, 0, "")

    return _run(index, years, task, jobs)


def verify_reports(
    index: str,
    years: Sequence[int | str],
    *,
    project: Project,
    jobs: int = 2,
    products: Sequence[Product] | None = None,
    say: Callable[[str], None] = print,
) -> list[Outcome]:
    """Compare editions with the reference, and rebuild their reports aside and compare them with those there are.

    Nothing that is there changes. An edition without a report is compared with the reference alone.

    Parameters
    ----------
    index, years, project, jobs, products, say
        As for `build_reports`.

    Returns
    -------
    list of Outcome
        Status 0 and ``identical``; 1 and every file of the reference that differs, or the report's first difference;
        2 where there is neither a report nor a reference.
    """

    def task(year: int | str, kernels: Kernels) -> Outcome:
        report = project.report(index, year)
        with staged(project, index, year, kind="verifying") as stage:
            found = _compare_with_reference(stage)
            if report.is_dir():
                failed = _build(stage, kernels, PRODUCTS if products is None else products, say)
                found.append(failed or _compare(stage))
            if found:
                message = "\n".join(outcome.message for outcome in found)
                return Outcome(index, year, max(outcome.status for outcome in found), message)
            where = report.relative_to(project.root)
            return Outcome(index, year, 2, f"{index} {year}: no report in {where} yet; make it first")

    return _run(index, years, task, jobs)


def _compare_with_reference(stage: Stage) -> list[Outcome]:
    """Compare an edition with its reference, if it has one."""
    index, year, root = stage.index, stage.year, stage.project.root
    folder = reference_folder(root, index, year)
    if not folder.is_dir():
        return []
    where = folder.relative_to(root)
    try:
        problems, excused = compare_reference(root, index, int(year))
    except InputError as error:
        return [Outcome(index, year, 2, f"{index} {year}: {error}")]
    if problems:
        return [Outcome(index, year, 1, "\n".join([f"{index} {year}: differs from the reference", *problems]))]
    but = f", but for what CHANGELOG.md names in {len(excused)} of its files" if excused else ""
    return [Outcome(index, year, 0, f"{index} {year}: as in {where}{but}")]


def _compare(stage: Stage) -> Outcome:
    """Compare the processed tables first, then the report, with what stands in their places."""
    root, name = stage.project.root, f"{stage.index} {stage.year}"
    for built, target in stage.targets.items():
        found = first_difference(target, built)
        if found:
            why = changed_surroundings(stage.project.report(stage.index, stage.year), stage.folder)
            changed = [f"  since the report was made: {phrase}" for phrase in why]
            message = "\n".join([f"{name}: differs: {target.relative_to(root)}/{found}", *changed])
            return Outcome(stage.index, stage.year, 1, message)
        if built.name == PROCESSED:
            shutil.rmtree(built, ignore_errors=True)
    return Outcome(stage.index, stage.year, 0, f"{name}: identical")


def _run(
    index: str, years: Sequence[int | str], task: Callable[[int | str, Kernels], Outcome], jobs: int
) -> list[Outcome]:
    """Give each year to a thread; when interrupted, end every kernel, wait for the threads and pass it on."""
    font_files()  # built once, not by every kernel of a first run
    outcomes: dict[int | str, Outcome] = {}
    with tempfile.TemporaryDirectory(prefix="govtransparency-") as private:
        kernels = Kernels(Path(private), at_a_time=jobs)
        with ThreadPoolExecutor(max_workers=jobs) as pool:
            try:
                futures: dict[Future[Outcome], int | str] = {
                    pool.submit(_guarded, task, index, year, kernels): year for year in years
                }
                for future in as_completed(futures):
                    outcomes[futures[future]] = future.result()
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                kernels.stop()
                raise
    return [outcomes[year] for year in years]


def _guarded(task: Callable[[int | str, Kernels], Outcome], index: str, year: int | str, kernels: Kernels) -> Outcome:
    try:
        return task(year, kernels)
    except BusyError as error:
        return Outcome(index, year, 1, str(error))


def _build(stage: Stage, kernels: Kernels, products: Iterable[Product], say: Callable[[str], None]) -> Outcome | None:
    """Fill the stage: notebooks, products, manifest. Return what went wrong, if anything."""
    name = f"{stage.index} {stage.year}"
    try:
        _fill(stage, kernels, products, say)
    except InputError as error:
        return Outcome(stage.index, stage.year, 2, f"{name}: {error}")
    except Exception as error:
        if kernels.stopped:
            return Outcome(stage.index, stage.year, 1, f"{name}: stopped")
        known = isinstance(error, NotebookError)
        if not known:
            (stage.folder / "traceback.txt").write_text(traceback.format_exc(), encoding="utf-8")
        what = str(error) if known else f"{type(error).__name__}: {error} (see traceback.txt)"
        remains = stage.fail().relative_to(stage.project.root)
        return Outcome(stage.index, stage.year, 1, f"{name}: failed: {what}\n  what was made stands in {remains}")
    return None


def check_recipe(edition: Edition) -> None:
    """Build the index of every group once, so that one error lists what the recipe cannot take before anything runs."""
    problems: list[str] = []
    for group, table in edition.tables.items():
        try:
            build_index(table, edition.recipe)
        except InputError as error:
            problems += [f"group {group!r}, {error.title}: {problem}" for problem in error.problems]
    if problems:
        raise InputError(problems, title=f"{edition.path}, recipe of edition.toml")


def _fill(stage: Stage, kernels: Kernels, products: Iterable[Product], say: Callable[[str], None]) -> None:
    project, folder = stage.project, stage.folder
    notebooks = project.notebooks(stage.year)
    if not notebooks:
        raise InputError(f"no notebooks in {project.root / 'notebooks'}; expected 1_data.ipynb and so on")
    started = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    edition = read_edition(stage.index, _last_year(stage), root=project.raw)
    check_recipe(edition)
    output = folder.relative_to(project.root).as_posix()
    seconds: dict[str, float] = {}

    def run_notebook(path: Path) -> None:
        with kernels.slot:
            start = time.monotonic()
            years = {} if stage.year == PANEL else {"year": edition.year}
            parameters = {"index": edition.index, **years, "language": chosen_language(), "output": output}
            execute(path, folder / path.name, parameters, folder=project.root, kernels=kernels)
            seconds[path.name] = round(time.monotonic() - start, 2)
        _say_where_it_belongs(folder / path.name, output, project.report(stage.index, stage.year), project.root)
        say(f"{stage.index} {stage.year}  {path.stem}  {seconds[path.name]:.1f} s")

    with ThreadPoolExecutor(max_workers=len(notebooks)) as pool:
        # The later notebooks take longest; begun first, they leave no core idle at the end.
        for done in [pool.submit(run_notebook, path) for path in reversed(notebooks)]:
            done.result()
    for product in (write_page,) if stage.year == PANEL else products:
        start = time.monotonic()
        product(folder, edition)
        seconds[product.__name__] = round(time.monotonic() - start, 2)
    run = {"started": started, "seconds": seconds}
    write_manifest(folder, manifest(folder, edition, notebooks, root=project.root, run=run))


def _last_year(stage: Stage) -> int | str:
    """Return the year of a report; of the panel, that of the index's last edition, whose status the panel bears."""
    if stage.year != PANEL:
        return stage.year
    there = list_editions(stage.project.raw)
    return int(there.loc[there["index"] == stage.index, "year"].max())


def _say_where_it_belongs(notebook: Path, output: str, report: Path, root: Path) -> None:
    """Put the report's final place in the notebook, in the stead of the stage that it ran in."""
    text = notebook.read_text(encoding="utf-8")
    notebook.write_text(text.replace(output, report.relative_to(root).as_posix()), encoding="utf-8", newline="\n")
