"""Run one notebook by papermill: parameters checked, a kernel of the same Python, the same bytes each time."""

from __future__ import annotations

import ast
import json
import logging
import os
import signal
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govtransparency.build.staging import RunError
from govtransparency.errors import InputError, nearest
from govtransparency.texts.problems import build_problems as problems

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from govtransparency.texts.bilingual import Text

__all__ = ["Kernels", "NotebookError", "execute", "parameters_of", "scrub"]


CELL_TIMEOUT = 600  # seconds
START_TIMEOUT = 120
# One thread per kernel and one order of sets, so that no number depends on the machine's cores or on chance.
FIXED = {
    "PYTHONHASHSEED": "0",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "MPLBACKEND": "agg",
    "JUPYTER_PREFER_ENV_PATH": "1",
    "GOVTRANSPARENCY_REPORT": "1",  # not run by hand: see report/interactive.py
}
PACKAGE = Path(__file__).resolve().parents[2]


class NotebookError(RunError):
    """A notebook that did not run to its end; the text names the notebook, the cell and the error."""


class Kernels:
    """The kernels of one run and their environment; all can be ended at once, from any thread.

    Parameters
    ----------
    private : Path
        A folder for the files of Jupyter itself. The settings, start-up files and history of the
        user's own IPython are not used.
    at_a_time : int

    Attributes
    ----------
    slot : context manager
        To hold while a notebook runs, so that no more than `at_a_time` do.
    """

    def __init__(self, private: Path, *, at_a_time: int) -> None:
        self.slot = threading.Semaphore(at_a_time)
        inherited = {name: value for name, value in os.environ.items() if name != "JUPYTER_PATH"}
        paths = [str(PACKAGE), *filter(None, [os.environ.get("PYTHONPATH")])]
        self.environment = {
            **inherited,
            **FIXED,
            "PYTHONPATH": os.pathsep.join(paths),
            "IPYTHONDIR": str(private / "ipython"),
            "JUPYTER_RUNTIME_DIR": str(private / "runtime"),
        }
        self.stopped = False
        self._managers: list[Any] = []
        self._lock = threading.Lock()

    def add(self, manager: Any) -> None:
        """Add a started kernel, or end it if all have been told to end."""
        with self._lock:
            self._managers.append(manager)
            if self.stopped:
                _kill(manager)

    def stop(self) -> None:
        """End all kernels now, with every process they have started, and let no other start."""
        with self._lock:
            self.stopped = True
            for manager in self._managers:
                _kill(manager)


def _kill(manager: Any) -> None:
    process = getattr(manager.provisioner, "process", None)
    if process is not None and process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)  # each kernel leads its own session


def _manager_class(kernels: Kernels, log: Path) -> type:
    """Return a class of kernel managers that start this Python, whatever kernels Jupyter knows of on this machine."""
    from ipykernel.kernelspec import get_kernel_dict
    from jupyter_client.kernelspec import KernelSpec
    from jupyter_client.manager import AsyncKernelManager

    class Manager(AsyncKernelManager):
        def __init__(self, **options: Any) -> None:
            super().__init__(**options)
            self.transport_encryption = "auto"  # without it ipykernel prints a warning for each kernel

        @property
        def kernel_spec(self) -> KernelSpec:
            return KernelSpec(**get_kernel_dict())

        async def start_kernel(self, **options: Any) -> None:  # type: ignore[override] # as in its own class
            with log.open("wb") as file:
                await super().start_kernel(env=kernels.environment, stdout=file, stderr=file, **options)
            kernels.add(self)

    return Manager


def parameters_of(path: Path) -> tuple[str, ...]:
    """Return the names that are given a value in the notebook's cell tagged ``parameters``.

    Raises
    ------
    InputError
        When that cell is not Python.
    """
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    tagged = [cell for cell in cells if "parameters" in cell["metadata"].get("tags", [])]
    try:
        lines = [line for cell in tagged[:1] for line in ast.parse("".join(cell["source"])).body]
    except SyntaxError as error:
        problem = problems.NOT_PYTHON.format(line=error.lineno, reason=error.msg)
        raise InputError(problem, title=str(path)) from error
    named = [node for line in lines if isinstance(line, ast.Assign | ast.AnnAssign) for node in ast.walk(line)]
    return tuple(node.id for node in named if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))


def execute(path: Path, target: Path, parameters: Mapping[str, Any], *, folder: Path, kernels: Kernels) -> None:
    """Run a notebook and write it, executed, scrubbed of what differs from run to run.

    Parameters
    ----------
    path, target : Path
        Absolute. The target is written while the notebook runs; a failed one stays as papermill leaves it.
    parameters : mapping
    folder : Path
        Where the notebook runs.
    kernels : Kernels

    Raises
    ------
    InputError
        When the notebook does not know a parameter: papermill would warn and go on with the default.
    NotebookError
        When a cell fails or takes more than ten minutes, or the kernel dies twice.
    """
    known = parameters_of(path)
    if unknown := [name for name in parameters if name not in known]:
        raise InputError(
            [problems.NO_PARAMETER.format(name=name, nearest=nearest(name, known)) for name in unknown],
            title=str(path),
        )
    try:
        _attempt(path, target, parameters, folder, kernels)
    except RuntimeError as error:
        if "Kernel died" not in str(error) or kernels.stopped:
            raise _failure(path, target, str(error)) from error
        try:
            _attempt(path, target, parameters, folder, kernels)
        except RuntimeError as again:
            raise _failure(path, target, str(again)) from again
    text = json.dumps(
        scrub(json.loads(target.read_text(encoding="utf-8"))), ensure_ascii=False, indent=1, sort_keys=True
    )
    target.write_text(text + "\n", encoding="utf-8", newline="\n")
    _log(target).unlink()


def _attempt(path: Path, target: Path, parameters: Mapping[str, Any], folder: Path, kernels: Kernels) -> None:
    import papermill
    from nbclient.exceptions import CellTimeoutError

    try:
        with _silent(logging.getLogger("papermill")):
            papermill.execute_notebook(
                _braced(path),
                _braced(target),
                parameters=dict(parameters),
                kernel_name="python3",
                language="python",
                progress_bar=False,
                start_timeout=START_TIMEOUT,
                execution_timeout=CELL_TIMEOUT,
                kernel_manager_class=_manager_class(kernels, _log(target)),
                coalesce_streams=True,
                resources={"metadata": {"path": str(folder)}},  # papermill's own cwd would move all threads
            )
    except papermill.PapermillExecutionError as error:
        raise _failure(path, target, f"{error.ename}: {error.evalue}") from error
    except CellTimeoutError as error:
        raise _failure(path, target, problems.CELL_TIMEOUT.format(seconds=CELL_TIMEOUT)) from error


def _log(target: Path) -> Path:
    """Return the file of what a kernel itself prints; it is kept when the notebook failed."""
    return target.with_suffix(".log")


def _failure(path: Path, target: Path, what: Text | str) -> NotebookError:
    """Return the error that names the notebook and, if it is known, the failing cell."""
    cell = _failing_cell(target)
    template = problems.NOTEBOOK_CELL if cell else problems.NOTEBOOK
    return NotebookError(template.format(file=path.name, what=what, **cell))


def _failing_cell(target: Path) -> dict[str, Any]:
    """Return the number of the code cell at which the executed notebook stopped, their count and its first line."""
    try:
        cells = json.loads(target.read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError, KeyError):
        return {}
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    own = [cell for cell in code if "injected-parameters" not in cell["metadata"].get("tags", [])]
    ran = [cell for cell in own if cell["metadata"].get("papermill", {}).get("start_time")]
    if not ran:
        return {}
    source = "".join(ran[-1]["source"]).strip().splitlines() or [""]
    return {"number": own.index(ran[-1]) + 1, "count": len(own), "line": source[0][:80]}


@contextmanager
def _silent(logger: logging.Logger) -> Generator[None]:
    """Let the logger say nothing within the block; several threads may be in one at the same time."""

    def nothing(_record: logging.LogRecord) -> bool:
        return False

    logger.addFilter(nothing)
    try:
        yield
    finally:
        logger.removeFilter(nothing)


def _braced(path: Path) -> str:
    """Return the path as papermill reads it: it takes what is between braces for a parameter."""
    return str(path).replace("{", "{{").replace("}", "}}")


def scrub(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return an executed notebook without times, random ids and versions, so that two runs give the same bytes."""
    metadata = {key: value for key, value in notebook["metadata"].items() if key != "papermill"}
    if "language_info" in metadata:
        metadata["language_info"] = {key: value for key, value in metadata["language_info"].items() if key != "version"}
    cells = []
    for number, cell in enumerate(notebook["cells"], 1):
        kept = {key: value for key, value in cell["metadata"].items() if key not in ("papermill", "execution")}
        cells.append(cell | {"id": f"cell-{number}", "metadata": kept})
    return notebook | {"metadata": metadata, "cells": cells}
