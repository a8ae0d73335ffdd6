"""Make the reports of editions from their notebooks, or rebuild them in another folder and compare."""

from __future__ import annotations

import datetime
import shutil
import tempfile
import time
import traceback
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol, get_args

from govtransparency.arguments import Arguments
from govtransparency.build.comparison import changed_surroundings, first_difference
from govtransparency.build.data_package import write_data_package
from govtransparency.build.manifest import PROCESSED, language_of, manifest, write_manifest
from govtransparency.build.notebook_runs import Kernels, execute
from govtransparency.build.reference import compare_reference, reference_folder
from govtransparency.build.staging import AGREEMENT, PANEL, BusyError, Project, RunError, Stage, staged
from govtransparency.editions import Edition, read_edition, readable_panel
from govtransparency.editions.load import edition_folders
from govtransparency.errors import InputError, headed
from govtransparency.extras import EXTRAS, needs
from govtransparency.report.panel_run import over_the_years
from govtransparency.report.render.excel import write_workbook
from govtransparency.report.render.html_report import write_page
from govtransparency.report.render.pdf import write_pdf
from govtransparency.report.render.what_if import write_what_if
from govtransparency.several_indices.compared_indices import indices_of_countries
from govtransparency.several_indices.income import income_of
from govtransparency.texts.bilingual import Shown, Text
from govtransparency.texts.build_words import VERIFIED
from govtransparency.texts.problems import build_problems as problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

__all__ = ["PRODUCTS", "Outcome", "Product", "build_reports", "verify_reports"]


class Product(Protocol):
    """Write a file of the report into its folder, from the notebooks' results."""

    __name__: str

    def __call__(self, folder: Path, edition: Edition, *, language: Shown) -> None: ...


PRODUCTS: tuple[Product, ...] = (write_page, write_pdf, write_what_if, write_workbook)
"""The products of a report, in the order in which they are made."""
ACROSS: dict[str, tuple[Product, ...]] = dict.fromkeys((PANEL, AGREEMENT), (write_page, write_pdf))


@dataclass(frozen=True)
class Outcome:
    """What became of one edition.

    Attributes
    ----------
    index : str
    year : int or 'panel'
    status : int
        0: all well; 1: it failed, or the rebuild differs; 2: bad input.
    message : Text or None
        For the reader, in both languages; None when there is nothing to say.
    """

    index: str
    year: int | str
    status: int
    message: Text | None = None


def build_reports(
    index: str,
    years: Sequence[int | str],
    *,
    project: Project,
    jobs: int = 2,
    products: Sequence[Product] | None = None,
    say: Callable[[str], None] = print,
    language: Shown = "both",
    parameters: Mapping[str, Any] = MappingProxyType({}),
) -> list[Outcome]:
    """Make the reports of some editions, several at a time; one that fails does not stop the others.

    Everything is built in ``outputs/.building/<index>-<year>`` and replaces ``outputs/<index>/<year>`` and
    ``data/processed/<index>/<year>`` only when the run has succeeded; the files of a failed run go to
    ``outputs/_failed``.

    Parameters
    ----------
    index : str
    years : sequence of int, 'panel' or 'agreement'
        ``'panel'`` runs the notebooks over all editions of the index, into ``outputs/<index>/panel``; ``'agreement'``
        those over several indices, into ``outputs/agreement``.
    project : Project
    jobs : int
        The number of editions, and of notebooks of all of them, at a time, 1 or more. No notebook needs another's
        files, and the results do not depend on it.
    products : sequence of Product, optional
        `PRODUCTS` by default.
    say : callable
        Takes a line for each notebook as it ends, and for each report.
    language : {"zh", "en", "both"}
        The language of the figures and the PDF, and the one that the pages show first.
    parameters : mapping
        Of the notebooks over several indices.

    Returns
    -------
    list of Outcome
        In the order of ``years``.

    Raises
    ------
    InputError
        For jobs below 1 and an unknown language.
    """
    with Arguments("build_reports") as check:
        check.count("jobs", jobs)
        check.choice("language", language, get_args(Shown))

    def task(year: int | str, kernels: Kernels) -> Outcome:
        start = time.monotonic()
        with staged(project, index, year) as stage:
            chosen = PRODUCTS if products is None else products
            failed = _build(stage, kernels, chosen, say, language, parameters)
            if failed:
                return failed
            stage.publish()
        where = project.report(index, year).relative_to(project.root)
        say(f"{index} {year}  {where}  {time.monotonic() - start:.1f} s")
        return Outcome(index, year, 0)

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
    """Compare editions with the reference, and rebuild their reports in another folder and compare the two.

    Nothing changes in ``outputs`` and ``data``. A report is rebuilt in its own language, which its manifest states. An
    edition without a report is compared with the reference alone.

    Parameters
    ----------
    index, years, project, jobs, products, say
        As for `build_reports`.

    Returns
    -------
    list of Outcome
        Status 0 and ``identical``; 1 and every file of the reference that differs, or the report's first difference;
        2 where there is neither a report nor a reference.

    Raises
    ------
    InputError
        For jobs below 1.
    """
    with Arguments("verify_reports") as check:
        check.count("jobs", jobs)

    def task(year: int | str, kernels: Kernels) -> Outcome:
        report = project.report(index, year)
        with staged(project, index, year, kind="verifying") as stage:
            found = _compare_with_reference(stage)
            if report.is_dir():
                chosen = PRODUCTS if products is None else products
                failed = _build(stage, kernels, chosen, say, language_of(report), {})
                found.append(failed or _compare(stage))
            if found:
                message = _lines(outcome.message for outcome in found if outcome.message)
                return Outcome(index, year, max(outcome.status for outcome in found), message)
            place = report.relative_to(project.root)
            return Outcome(index, year, 2, problems.NO_REPORT.format(name=stage.name, place=place))

    return _run(index, years, task, jobs)


def _compare_with_reference(stage: Stage) -> list[Outcome]:
    """Compare an edition with its reference, if it has one."""
    index, year, root = stage.index, stage.year, stage.project.root
    folder = reference_folder(root, index, year)
    if not folder.is_dir():
        return []
    try:
        unnamed, excused = compare_reference(root, index, int(year))
    except InputError as error:
        return [Outcome(index, year, 2, _refused(stage, error))]
    if unnamed:
        return [Outcome(index, year, 1, _lines([problems.REFERENCE_DIFFERS.format(name=stage.name), *unnamed]))]
    found = VERIFIED["reference_but" if excused else "reference"]
    message = found.format(name=stage.name, folder=folder.relative_to(root), count=len(excused))
    return [Outcome(index, year, 0, message)]


def _lines(texts: Iterable[Text]) -> Text:
    """Return the texts as lines of one."""
    return Text(*map("\n".join, zip(*texts, strict=True)))


def _refused(stage: Stage, error: InputError) -> Text:
    """Return the whole error, headed by the edition."""
    whole = Text(error.in_language("zh"), error.in_language("en"))
    if error.heading.en == stage.name:
        return whole
    return problems.NAMED.format(name=stage.name, text=whole)


def _compare(stage: Stage) -> Outcome:
    """Compare first the processed tables, then the report, with those of the last run."""
    root, name = stage.project.root, stage.name
    for built, target in stage.targets.items():
        found = first_difference(target, built)
        if found:
            why = changed_surroundings(stage.project.report(stage.index, stage.year), stage.folder)
            changed = [problems.SINCE.format(change=phrase) for phrase in why]
            differs = problems.REPORT_DIFFERS.format(name=name, folder=target.relative_to(root), found=found)
            return Outcome(stage.index, stage.year, 1, _lines([differs, *changed]))
        if built.name == PROCESSED:
            shutil.rmtree(built, ignore_errors=True)
    return Outcome(stage.index, stage.year, 0, VERIFIED["report"].format(name=name))


def _run(
    index: str, years: Sequence[int | str], task: Callable[[int | str, Kernels], Outcome], jobs: int
) -> list[Outcome]:
    """Give each year to a thread; when interrupted, end every kernel, wait for the threads and pass it on."""
    needs(*EXTRAS["report"], title="report")
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
        return Outcome(index, year, 1, error.text)


def _build(
    stage: Stage,
    kernels: Kernels,
    products: Iterable[Product],
    say: Callable[[str], None],
    language: Shown,
    parameters: Mapping[str, Any],
) -> Outcome | None:
    """Fill the stage: notebooks, products, data package, manifest. Return what went wrong, if anything."""
    try:
        _fill(stage, kernels, products, say, language, parameters)
    except InputError as error:
        return Outcome(stage.index, stage.year, 2, _refused(stage, error))
    except Exception as error:
        if kernels.stopped:
            return Outcome(stage.index, stage.year, 1, problems.STOPPED.format(name=stage.name))
        if isinstance(error, RunError):
            what = error.text
        else:
            (stage.folder / "traceback.txt").write_text(traceback.format_exc(), encoding="utf-8")
            what = problems.UNEXPECTED.format(kind=type(error).__name__, message=error)
        place = stage.fail().relative_to(stage.project.root)
        return Outcome(stage.index, stage.year, 1, problems.FAILED.format(name=stage.name, what=what, place=place))
    return None


def check_recipe(edition: Edition) -> None:
    """Build the index of every group once, so that one error lists all that the recipe refuses before anything runs."""
    refused: list[Text] = []
    for group in edition.tables:
        try:
            edition.index_of(group)
        except InputError as error:
            refused += [problems.RECIPE_IN_GROUP.format(group=group, text=text) for text in headed(error)]
    if refused:
        raise InputError(refused, title=problems.RECIPE_OF.format(path=edition.path))


def _fill(
    stage: Stage,
    kernels: Kernels,
    products: Iterable[Product],
    say: Callable[[str], None],
    language: Shown,
    parameters: Mapping[str, Any],
) -> None:
    project, folder = stage.project, stage.folder
    notebooks = project.notebooks(stage.year)
    started = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    edition, about = _subject(stage, parameters)
    shown = edition if stage.year != PANEL else over_the_years(_editions(stage))
    output = folder.relative_to(project.root).as_posix()
    seconds: dict[str, float] = {}

    def run_notebook(path: Path) -> None:
        with kernels.slot:
            start = time.monotonic()
            given = {**about, "language": language, "output": output}
            execute(path, folder / path.name, given, folder=project.root, kernels=kernels)
            seconds[path.name] = round(time.monotonic() - start, 2)
        _say_where_it_belongs(folder / path.name, output, project.report(stage.index, stage.year), project.root)
        say(f"{stage.index} {stage.year}  {path.stem}  {seconds[path.name]:.1f} s")

    with ThreadPoolExecutor(max_workers=len(notebooks)) as pool:
        # The later notebooks take longest; started first, they leave no core idle at the end.
        for done in [pool.submit(run_notebook, path) for path in reversed(notebooks)]:
            done.result()
    for product in ACROSS.get(str(stage.year), products):
        start = time.monotonic()
        product(folder, shown, language=language)
        seconds[product.__name__] = round(time.monotonic() - start, 2)
    write_data_package(folder, shown, root=project.root, year=stage.year)
    run = {"started": started, "seconds": seconds}
    write_manifest(folder, manifest(folder, edition, notebooks, root=project.root, run=run, language=language))


def _subject(stage: Stage, parameters: Mapping[str, Any]) -> tuple[Edition, Mapping[str, Any]]:
    """Return the edition that a report is about, or that stands for several, and what its notebooks are told of it."""
    if stage.year == AGREEMENT:
        indices = indices_of_countries(parameters.get("editions"), root=stage.project.raw)
        income, _ = income_of(
            indices, parameters.get("income"), parameters.get("income_columns"), root=stage.project.raw
        )
        return income.of(indices.edition) if income else indices.edition, parameters
    edition = read_edition(stage.index, _last_year(stage), root=stage.project.raw)
    check_recipe(edition)
    return edition, {"index": edition.index, **({} if stage.year == PANEL else {"year": edition.year})}


def _last_year(stage: Stage) -> int | str:
    """Return the year of a report; of the panel, that of the index's last edition, whose status the panel has."""
    if stage.year != PANEL:
        return stage.year
    folders = edition_folders(stage.project.raw)
    return max(int(folder.name) for folder in folders if folder.parent.name == stage.index)


def _editions(stage: Stage) -> list[Edition]:
    """Return the editions of the index that can be read and rebuilt, in the order of their years."""
    return list(readable_panel(stage.index, root=stage.project.raw)[0].editions.values())


def _say_where_it_belongs(notebook: Path, output: str, report: Path, root: Path) -> None:
    """Write the report's final folder into the notebook in place of the stage that it ran in."""
    text = notebook.read_text(encoding="utf-8")
    notebook.write_text(text.replace(output, report.relative_to(root).as_posix()), encoding="utf-8", newline="\n")
