"""The runner: what a run writes, what a failed, stopped or killed one leaves, and what verify finds."""

import fcntl
import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

from govtransparency.build.manifest import VOLATILE, sha256
from govtransparency.build.notebook_runs import scrub
from govtransparency.build.reports import _compare, build_reports, verify_reports
from govtransparency.build.staging import Project, Stage
from govtransparency.errors import InputError

ROOT = Path(__file__).resolve().parents[2]
PARAMETERS = "index = None\nyear = None\nlanguage = None\noutput = None"
WRITE = """\
# Write the ranks
import os
from pathlib import Path
folder = Path(output)
(folder / "processed").mkdir()
(folder / "ranks.csv").write_text("unit,rank\\nu1,1\\nu2,2\\n", newline="\\n")
(folder / "processed" / "city.csv").write_text("unit,days\\nu1,5\\n", newline="\\n")
print("written to", output, {"a", "b", "c"}, Path.cwd() == Path("data").resolve().parent)"""


def write_notebook(path: Path, *cells: str, parameters: str = PARAMETERS) -> None:
    """Write a notebook of code cells, the first tagged ``parameters``."""
    made = [nbformat.v4.new_code_cell(source) for source in (parameters, *cells)]
    made[0].metadata.tags = ["parameters"]
    path.parent.mkdir(exist_ok=True)
    nbformat.write(nbformat.v4.new_notebook(cells=made), path)


def write_html(folder, edition, *, language):
    (folder / "report.html").write_text(f"<h1>{edition.title['en']}</h1>\n<!-- {language} -->\n", encoding="utf-8")


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def left_over(project: Project) -> list[str]:
    """Return what a run has left in outputs besides reports, remains and locks."""
    outputs = project.root / "outputs"
    folders = [folder for kind in (".building", ".verifying") for folder in (outputs / kind).glob("*")]
    return [str(path) for path in [*folders, *project.root.rglob(".*.old"), *project.root.rglob("*.log")]]


@pytest.fixture
def project(toy_root):
    return Project(toy_root.parents[1])


def a_report(project: Project, year: int = 2024) -> dict[str, bytes]:
    """Put a report and its tables where an earlier run would have, and return the report's files."""
    for folder, name in ((project.report("toy", year), "ranks.csv"), (project.processed("toy", year), "city.csv")):
        folder.mkdir(parents=True)
        (folder / name).write_text("the last good one\n")
    return files(project.report("toy", year))


def test_a_report_is_built_built_again_and_verified(toy_root, monkeypatch):
    home = toy_root.parents[1]
    project = Project(home / "my {project} 一")
    project.root.mkdir()
    shutil.move(home / "data", project.root / "data")
    write_notebook(project.root / "notebooks" / "1_data.ipynb", WRITE)
    write_notebook(project.root / "notebooks" / "9_all_panel.ipynb", "raise SystemError('not of one edition')")
    startup = home / "ipython" / "profile_default" / "startup" / "00.py"
    startup.parent.mkdir(parents=True)
    startup.write_text("import builtins\nbuiltins.open = None\n")
    monkeypatch.setenv("IPYTHONDIR", str(home / "ipython"))
    options = {"project": project, "products": (write_html,)}

    lines: list[str] = []
    (outcome,) = build_reports("toy", [2024], say=lines.append, **options)
    assert (outcome.status, outcome.message) == (0, None)
    assert lines[0].startswith("toy 2024  1_data  ")
    assert lines[1].startswith("toy 2024  outputs/toy/2024  ")
    report, processed = project.report("toy", 2024), project.processed("toy", 2024)
    first = files(report)
    received = [f"inputs/2024/{path.name}" for path in sorted((project.raw / "toy" / "2024").iterdir())]
    assert sorted(first) == [
        *("1_data.ipynb", "datapackage.json", *received, "manifest.json", "ranks.csv", "report.html")
    ]
    assert files(processed) == {"city.csv": b"unit,days\nu1,5\n"}
    assert b"written to outputs/toy/2024 {" in first["1_data.ipynb"]
    assert b".building" not in first["1_data.ipynb"]
    assert b"} True" in first["1_data.ipynb"]  # ran in the project's folder
    assert left_over(project) == []

    manifest = json.loads(first["manifest.json"])
    assert (manifest["index"], manifest["year"], manifest["status"]) == ("toy", 2024, "simulated")
    assert {entry["path"]: entry["sha256"] for entry in manifest["inputs"]} == {
        path.relative_to(project.root).as_posix(): sha256(path)
        for path in [*(project.raw / "toy" / "2024").iterdir(), project.root / "notebooks" / "1_data.ipynb"]
    }
    assert {entry["path"]: entry["size"] for entry in manifest["outputs"]} == {
        name: len(content) for name, content in first.items() if name != "manifest.json"
    }
    assert [entry["path"] for entry in manifest["processed"]] == ["city.csv"]
    assert "commit" not in manifest["code"]

    (report / "stale.csv").write_text("of the last run")
    (outcome,) = build_reports("toy", [2024], jobs=1, say=lines.append, **options)
    second = files(report)
    assert outcome.status == 0
    again = json.loads(second.pop("manifest.json"))
    del first["manifest.json"]
    assert second == first
    assert {key for key in manifest if manifest[key] != again[key]} <= set(VOLATILE)

    (outcome,) = verify_reports("toy", [2024], say=lines.append, **options)
    assert (outcome.status, outcome.message.en) == (0, "toy 2024: identical")
    (report / "ranks.csv").write_text("unit,rank\nu1,1\nu2,3\n")
    kept = files(report)
    (outcome,) = verify_reports("toy", [2024], say=lines.append, **options)
    assert outcome.status == 1
    assert outcome.message.en == (
        "toy 2024: differs: outputs/toy/2024/ranks.csv: row 3 (u2), column 'rank': the report has 3, the rebuild 2"
    )
    assert files(report) == kept
    assert left_over(project) == []

    (report / "ranks.csv").write_bytes(first["ranks.csv"])
    package = (report / "datapackage.json").read_text(encoding="utf-8")
    (report / "datapackage.json").write_text(package.replace('"integer"', '"number"'), encoding="utf-8")
    (outcome,) = verify_reports("toy", [2024], say=lines.append, **options)
    assert outcome.status == 1
    assert outcome.message.en == (
        "toy 2024: differs: outputs/toy/2024/datapackage.json: resources[1].schema.fields[5].type: "
        "the report has number, the rebuild integer"
    )


def test_a_report_is_rebuilt_in_its_own_language_whatever_the_environment_says(project, monkeypatch):
    write_notebook(project.root / "notebooks" / "1_data.ipynb", WRITE, "print('shown in', language)")
    monkeypatch.setenv("LANG", "zh")
    quiet = {"project": project, "products": (write_html,), "say": lambda line: None}
    (outcome,) = build_reports("toy", [2024], language="en", **quiet)
    assert outcome.status == 0
    report = project.report("toy", 2024)
    assert json.loads((report / "manifest.json").read_text())["parameters"]["language"] == "en"
    assert "shown in en" in (report / "1_data.ipynb").read_text(encoding="utf-8")
    assert "<!-- en -->" in (report / "report.html").read_text(encoding="utf-8")
    (outcome,) = verify_reports("toy", [2024], **quiet)
    assert (outcome.status, outcome.message.zh) == (0, "toy 2024：完全一致")
    (outcome,) = build_reports("toy", [2024], **quiet)
    assert "<!-- both -->" in (report / "report.html").read_text(encoding="utf-8")


def test_papermill_is_silent_only_while_a_notebook_runs(project, caplog):
    write_notebook(project.root / "notebooks" / "1_data.ipynb", WRITE)
    logger = logging.getLogger("papermill")
    before = (logger.level, list(logger.filters), logging.getLogger().level)
    with caplog.at_level(logging.INFO):
        (outcome,) = build_reports("toy", [2024], project=project, products=(), say=lambda line: None)
    assert outcome.status == 0
    assert [record for record in caplog.records if record.name == "papermill"] == []
    assert (logger.level, list(logger.filters), logging.getLogger().level) == before


def test_wrong_arguments_of_the_runner_are_one_error(project):
    with pytest.raises(InputError) as caught:
        build_reports("toy", [2024], project=project, jobs=0, language="zn")
    assert caught.value.problems == (
        "jobs = 0: expected a whole number of at least 1",
        "language = 'zn' is unknown; valid: zh, en, both",
    )
    assert "jobs = 0：应为不小于1的整数" in caught.value.in_language("zh")
    with pytest.raises(InputError, match="jobs = True: expected a whole number"):
        verify_reports("toy", [2024], project=project, jobs=True)


def test_one_of_several_editions_fails_the_others_stand(project):
    for year in (2022, 2023):
        shutil.copytree(project.raw / "toy" / "2024", project.raw / "toy" / str(year))
        toml = project.raw / "toy" / str(year) / "edition.toml"
        toml.write_text(toml.read_text(encoding="utf-8").replace("year = 2024", f"year = {year}"), encoding="utf-8")
    write_notebook(
        project.root / "notebooks" / "1_data.ipynb",
        WRITE,
        "# Divide by what is left\n1 / (2024 - year)",
        "print('not reached')",
    )

    def fails_in_2023(folder, edition, *, language):
        write_html(folder, edition, language=language)
        if edition.year == 2023:
            raise OSError("the disk is full")

    last = {year: a_report(project, year) for year in (2022, 2023, 2024)}
    earlier = project.root / "outputs" / "_failed" / "toy-2024"
    earlier.mkdir(parents=True)
    (earlier / "old.txt").write_text("of an earlier failure")
    lines: list[str] = []
    outcomes = build_reports(
        "toy", [2024, 2022, 2023], project=project, jobs=2, products=(fails_in_2023,), say=lines.append
    )

    assert [(outcome.year, outcome.status) for outcome in outcomes] == [(2024, 1), (2022, 0), (2023, 1)]
    assert outcomes[0].message.en == (
        "toy 2024: failed: 1_data.ipynb, code cell 3 of 4 (# Divide by what is left): "
        "ZeroDivisionError: division by zero\n  what was made is in outputs/_failed/toy-2024"
    )
    assert outcomes[2].message.en == (
        "toy 2023: failed: OSError: the disk is full (see traceback.txt)\n"
        "  what was made is in outputs/_failed/toy-2023"
    )
    assert outcomes[0].message.zh == (
        "toy 2024：生成失败：1_data.ipynb，第3个代码单元格（共4个，# Divide by what is left）："
        "ZeroDivisionError: division by zero\n  已生成的文件保留在 outputs/_failed/toy-2024"
    )
    for year in (2023, 2024):
        assert files(project.report("toy", year)) == last[year]
        assert files(project.processed("toy", year)) == {"city.csv": b"the last good one\n"}
    made = [name for name in sorted(files(project.report("toy", 2022))) if not name.startswith("inputs/")]
    assert made == ["1_data.ipynb", "datapackage.json", "manifest.json", "ranks.csv", "report.html"]
    failed = project.root / "outputs" / "_failed"
    assert {"1_data.ipynb", "ranks.csv", "processed/city.csv"} <= set(files(failed / "toy-2024"))
    assert not (failed / "toy-2024" / "old.txt").exists()
    assert "ZeroDivisionError" in (failed / "toy-2024" / "1_data.ipynb").read_text(encoding="utf-8")
    assert "fails_in_2023" in (failed / "toy-2023" / "traceback.txt").read_text(encoding="utf-8")
    assert list((project.root / "outputs" / ".building").iterdir()) == []
    assert [line for line in lines if "outputs/" in line] == [line for line in lines if "outputs/toy/2022" in line]


@pytest.mark.slow
def test_a_kernel_that_dies_is_started_once_more_and_then_named(project):
    write_notebook(
        project.root / "notebooks" / "1_data.ipynb",
        "from pathlib import Path\nwith Path('tries.txt').open('a') as file:\n    _ = file.write('x')",
        "import os\nos._exit(3)",
    )
    last = a_report(project)
    (outcome,) = build_reports("toy", [2024], project=project, products=(), say=lambda line: None)
    assert outcome.status == 1
    assert "failed: 1_data.ipynb, code cell 3 of 3 (import os): " in outcome.message.en
    assert "ernel died" in outcome.message.en
    assert (project.root / "tries.txt").read_text() == "xx"
    assert files(project.report("toy", 2024)) == last


def test_a_notebook_that_does_not_know_a_parameter_is_refused(project):
    write_notebook(project.root / "notebooks" / "1_data.ipynb", WRITE, parameters="index = None\nyaer = None")
    last = a_report(project)
    (outcome,) = build_reports("toy", [2024], project=project, products=(), say=lambda line: None)
    assert outcome.status == 2
    assert "1_data.ipynb: 3 problems" in outcome.message.en
    assert "no parameter 'year' in its cell tagged 'parameters'" in outcome.message.en
    assert "'yaer'" in outcome.message.en
    assert "no parameter 'output' in its cell tagged 'parameters'" in outcome.message.en
    write_notebook(project.root / "notebooks" / "1_data.ipynb", WRITE, parameters="index = None\nyear =")
    (outcome,) = build_reports("toy", [2024], project=project, products=(), say=lambda line: None)
    assert outcome.status == 2
    assert (
        "1_data.ipynb: 1 problem\n  - its cell tagged 'parameters' is not valid Python: line 2: " in outcome.message.en
    )
    assert files(project.report("toy", 2024)) == last
    assert left_over(project) == []


def test_an_edition_that_is_being_built_is_left_alone(project):
    write_notebook(project.root / "notebooks" / "1_data.ipynb", WRITE)
    last = a_report(project)
    building = project.root / "outputs" / ".building" / "toy-2024"
    building.mkdir(parents=True)
    (building / "of the other run").touch()
    with (project.root / "outputs" / ".toy-2024.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for run in (build_reports, verify_reports):
            (outcome,) = run("toy", [2024], project=project, products=(), say=lambda line: None)
            assert outcome.status == 1
            assert outcome.message.en == "toy 2024 is being built by another run; wait for it, or end it"
    assert (building / "of the other run").exists()
    assert files(project.report("toy", 2024)) == last


def test_the_processed_tables_are_compared_before_the_report(project):
    a_report(project)
    stage = Stage(project, "toy", 2024, project.root / "outputs" / ".verifying" / "toy-2024")
    (stage.folder / "processed").mkdir(parents=True)
    (stage.folder / "ranks.csv").write_text("the rebuild's\n")
    (stage.folder / "processed" / "city.csv").write_text("the rebuild's\n")
    for folder in (stage.folder, project.report("toy", 2024)):
        made_by = {"python": "3.12" if folder == stage.folder else "3.11"}
        (folder / "manifest.json").write_text(json.dumps({"environment": made_by}))
    differs = _compare(stage)
    assert (differs.status, differs.message.en) == (
        1,
        "toy 2024: differs: data/processed/toy/2024/city.csv: row 1, column 1: "
        "the report has the last good one, the rebuild the rebuild's\n"
        "  since the report was made: environment.python was 3.11, is 3.12",
    )
    (stage.folder / "processed" / "city.csv").write_text("the last good one\n")
    assert "differs: outputs/toy/2024/ranks.csv: row 1, column 1: " in _compare(stage).message.en


def test_verify_without_a_report(project):
    (outcome,) = verify_reports("toy", [2024], project=project, say=lambda line: None)
    assert outcome.status == 2
    assert outcome.message.en == "toy 2024: no report in outputs/toy/2024 yet; make it first"
    assert left_over(project) == []


def wait_for(condition) -> None:
    """Wait until the condition holds; a minute is a failure."""
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "it has not come about within a minute"
        time.sleep(0.05)


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def listen() -> None:
    """Let an interrupt be heard, which what runs behind a shell's ``&`` is started to ignore."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to see whether a kernel has ended")
@pytest.mark.parametrize(
    ("number", "status"),
    [pytest.param(signal.SIGTERM, 143, marks=pytest.mark.slow), (signal.SIGINT, 130), (signal.SIGKILL, -9)],
)
def test_a_run_that_is_stopped_leaves_the_last_good_report(project, number, status):
    notebook = project.root / "notebooks" / "1_data.ipynb"
    write_notebook(
        notebook,
        WRITE,
        "import subprocess, time\nchild = subprocess.Popen(['sleep', '300'])\n"
        "_ = Path('pids.part').write_text(f'{os.getpid()} {child.pid}')\nos.replace('pids.part', 'pids')\n"
        "time.sleep(300)",
    )
    last = a_report(project)
    pids = project.root / "pids"
    run = subprocess.Popen(
        [sys.executable, "-m", "govtransparency", "report", "2024", "--index", "toy"],
        cwd=project.root,
        env=os.environ | {"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=listen,
    )
    try:
        wait_for(lambda: pids.exists() or run.poll() is not None)
        assert run.poll() is None, run.communicate()
        kernel, child = map(int, pids.read_text().split())
        os.killpg(run.pid, number)
        _, said = run.communicate(timeout=60)
    finally:
        if run.poll() is None:
            os.killpg(run.pid, signal.SIGKILL)
    assert run.returncode == status
    wait_for(lambda: not alive(kernel))
    assert files(project.report("toy", 2024)) == last
    assert files(project.processed("toy", 2024)) == {"city.csv": b"the last good one\n"}
    if number == signal.SIGKILL:
        assert left_over(project) != []
        if alive(child):
            os.kill(child, signal.SIGKILL)
        write_notebook(notebook, WRITE)
        (outcome,) = build_reports("toy", [2024], project=project, products=(), say=lambda line: None)
        assert outcome.status == 0
        assert (project.report("toy", 2024) / "ranks.csv").read_text() == "unit,rank\nu1,1\nu2,2\n"
    else:
        assert said == "stopped; the last good reports are unchanged\n"
        wait_for(lambda: not alive(child))
    assert left_over(project) == []


def test_a_report_taken_away_by_a_killed_run_is_given_back(project):
    last = a_report(project)
    report, processed = project.report("toy", 2024), project.processed("toy", 2024)
    report.rename(report.with_name(".2024.old"))
    shutil.copytree(processed, processed.with_name(".2024.old"))
    (processed / "city.csv").write_text("the new one\n")
    write_notebook(project.root / "notebooks" / "1_data.ipynb", parameters="year =")
    (outcome,) = build_reports("toy", [2024], project=project, products=(), say=lambda line: None)
    assert "is not valid Python" in outcome.message.en
    assert files(report) == last
    assert files(processed) == {"city.csv": b"the new one\n"}
    assert left_over(project) == []


def test_a_report_that_cannot_be_put_in_place_leaves_the_last_one(project, monkeypatch):
    last = a_report(project)
    stage = Stage(project, "toy", 2024, project.root / "outputs" / ".building" / "toy-2024")
    stage.folder.mkdir(parents=True)
    replace = os.replace

    def refuse(source, target):
        if Path(source) == stage.folder:
            raise PermissionError("not yours")
        replace(source, target)

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(PermissionError):
        stage.publish()
    assert files(project.report("toy", 2024)) == last


def test_scrubbed_notebooks_have_no_times_ids_or_versions():
    cell = {"id": "random", "cell_type": "code", "source": "1", "outputs": [], "execution_count": 1}
    marks = {"tags": ["parameters"], "papermill": {"duration": 0.1}, "execution": {"iopub.status.busy": "now"}}
    notebook = {
        "metadata": {"papermill": {"start_time": "now"}, "language_info": {"name": "python", "version": "3.11.9"}},
        "cells": [cell | {"metadata": marks}, cell | {"metadata": {}}],
        "nbformat": 4,
    }
    assert scrub(notebook) == {
        "metadata": {"language_info": {"name": "python"}},
        "cells": [
            cell | {"id": "cell-1", "metadata": {"tags": ["parameters"]}},
            cell | {"id": "cell-2", "metadata": {}},
        ],
        "nbformat": 4,
    }
    assert cell["id"] == "random"
