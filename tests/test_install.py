"""The wheel in fresh environments: alone on each Python, at the lowest versions, and with the extra for reports.

What uv downloads it keeps, so that another run takes seconds. The reports' packages are those of requirements.lock.
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.conftest import skip_or_fail

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PYTHONS = ("3.11", "3.12", "3.13")
LOWEST = PYTHONS[0]
FILES = ("pyproject.toml", "setup.py", "README.md", "LICENSE", "LICENSE-DATA")
FOLDERS = ("govtransparency", "notebooks", "data/raw/tai")
PLOT = """
import io
import govtransparency as gt
edition = gt.read_edition("tai", 2001)
picture = io.BytesIO()
edition.index_of("country").plot(names=edition, language="zh").figure.savefig(picture, format="png")
assert picture.getvalue().startswith(b"\\x89PNG")
"""

pytestmark = pytest.mark.slow


@cache
def interpreter(version: str) -> str | None:
    """Return a Python of the version that is installed here and runs."""
    homes = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    there = [shutil.which(f"python{version}"), *sorted(map(str, homes.glob(f"{version}.*/bin/python{version}")))]
    if sys.version_info[:2] == tuple(map(int, version.split("."))):
        there.insert(0, sys.executable)
    return next((path for path in there if path and run(path, "-c", "import venv", check=False).returncode == 0), None)


def run(*command: object, check: bool = True, **options: object) -> subprocess.CompletedProcess:
    """Run a command with nothing of this environment's Python in its own."""
    kept = {
        name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV", "MPLBACKEND")
    }
    done = subprocess.run(
        [str(word) for word in command],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=kept,
        **options,
    )
    assert not check or done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="session")
def uv(tmp_path_factory):
    """Return the command of uv, fetched where it is not installed; it asks the same package index as pip."""
    index = run(sys.executable, "-m", "pip", "config", "get", "global.index-url", check=False).stdout.strip()
    os.environ.setdefault("UV_DEFAULT_INDEX", os.environ.get("PIP_INDEX_URL", index))
    if not os.environ["UV_DEFAULT_INDEX"]:
        del os.environ["UV_DEFAULT_INDEX"]
    if find_spec("uv"):
        return [sys.executable, "-m", "uv"]
    place = tmp_path_factory.mktemp("uv")
    run(sys.executable, "-m", "pip", "install", "--quiet", "--target", place, "uv")
    return [place / "bin" / "uv"]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory):
    """Return the wheel, built from a copy of what goes into it."""
    copy = tmp_path_factory.mktemp("source")
    for name in FILES:
        shutil.copy(ROOT / name, copy / name)
    for name in FOLDERS:
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    made = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", made, copy)
    (path,) = made.glob("*.whl")
    return path


@pytest.fixture
def installed(uv, wheel, tmp_path):
    """Return a function that installs requirements and the wheel for a Python, and returns the environment's folder."""

    def install(version: str, *options: object, requirements: list[str]) -> Path:
        python = interpreter(version)
        if python is None:
            skip_or_fail(f"Python {version} is not installed here, and the wheel was not tried with it")
        place = tmp_path / "environment"
        run(*uv, "venv", "--quiet", "--python", python, place)
        pip = [*uv, "pip", "install", "--quiet", "--python", place]
        run(*pip, *options, *requirements)
        run(*pip, "--no-deps", wheel)
        return place

    return install


def requirements_of(*extras: str) -> list[str]:
    """Return the requirements of the library and of some extras, those that extras take from others too."""
    found = list(PROJECT["dependencies"])
    for extra in extras:
        for text in PROJECT["optional-dependencies"][extra]:
            nested = re.fullmatch(r"govtransparency\[(.*)\]", text)
            found += requirements_of(*nested[1].split(",")) if nested else [text]
    return sorted(set(found))


def packages_in(environment: Path) -> list[Path]:
    return sorted(environment.glob("lib/python*/site-packages/*.dist-info"))


@pytest.mark.parametrize("python", PYTHONS)
def test_the_wheel_alone_runs_the_example_of_the_readme_in_an_empty_folder(installed, python, tmp_path):
    environment = installed(python, requirements=requirements_of())
    assert len(packages_in(environment)) <= 35
    size = sum(path.stat().st_size for path in environment.rglob("*") if path.is_file())
    assert size <= 450e6
    folder = tmp_path / "empty"
    folder.mkdir()
    block = "".join(re.findall(r"^```python\n(.*?)^```", README, re.DOTALL | re.MULTILINE))
    said = "\nimport sys; print(*index.ranks.sort_values().index[:3], gt.__version__, 'sklearn' in sys.modules)"
    done = run(environment / "bin" / "python", "-W", "error", "-c", block + said, cwd=folder)
    assert done.stdout == f"FIN USA SWE {PROJECT['version']} False\n"
    assert run(environment / "bin" / "govtransparency", "--version").stdout == f"govtransparency {PROJECT['version']}\n"
    first = run(environment / "bin" / "python", "-W", "error", "-c", PLOT, cwd=folder)
    assert first.stderr == ""
    assert list(folder.iterdir()) == []
    refused = run(environment / "bin" / "govtransparency", "report", "--index", "tai", "2001", cwd=folder, check=False)
    assert refused.returncode == 2
    assert refused.stderr.count('run: pip install "govtransparency[report]"') == 1


def test_the_lowest_versions_that_are_asked_for_are_enough(installed, tmp_path):
    tools = ["hypothesis>=6.120", "ipython>=8.30", "pytest>=8.3"]
    needed = [*requirements_of("stats", "excel"), *tools]
    environment = installed(LOWEST, "--resolution", "lowest-direct", requirements=needed)
    floors = dict(re.findall(r"^([\w-]+)>=([\d.]+)$", "\n".join(needed), re.MULTILINE))
    found = dict(path.name.removesuffix(".dist-info").split("-") for path in packages_in(environment))
    assert [
        name for name, floor in floors.items() if not f"{found[name.replace('-', '_')]}.".startswith(f"{floor}.")
    ] == []
    for name in ("normalisation/*.py", "treatment/*.py", "aggregation/test_outranking.py", "examples.py"):
        for path in (ROOT / "tests").glob(name):
            copy = tmp_path / path.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
    run(environment / "bin" / "python", "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "tests", cwd=tmp_path)


def test_with_its_extra_a_new_index_and_its_report_are_made_in_an_empty_folder(installed, tmp_path):
    constraints = tmp_path / "constraints.txt"
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    constraints.write_text(re.sub(r" \\\n(?:    --hash=.*\n)+", "\n", lock), encoding="utf-8")
    environment = installed("3.11", "--constraint", constraints, requirements=requirements_of("report"))
    folder = tmp_path / "empty"
    folder.mkdir()
    program = environment / "bin" / "govtransparency"
    made = run(program, "new", "openness", "--years", "2024", cwd=folder)
    assert made.stdout.startswith("data/raw/openness/2024\n")
    run(program, "report", "--index", "openness", "2024", cwd=folder)
    report = folder / "outputs" / "openness" / "2024"
    assert {"report.html", "report.pdf", "what-if.html", "results.xlsx", "manifest.json"} <= {
        path.name for path in report.iterdir()
    }
    assert str(tmp_path) not in (report / "manifest.json").read_text(encoding="utf-8")
    assert not list((environment / "share").rglob("*.ttf"))  # no font was built for it
    assert sorted(path.name for path in folder.iterdir()) == ["data", "outputs"]
