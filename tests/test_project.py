"""What stands in several files of the project is the same in each, and what is made is not in the repository."""

import itertools
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from conftest import needed
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PYTHONS = ("3.11", "3.12", "3.13")
RUN_FOLDERS = ("outputs", "data/processed")  # written by runs alone


def requirements() -> list[Requirement]:
    """Return every requirement of pyproject.toml: the library's, its extras' and its development's."""
    lists = [
        PROJECT["project"]["dependencies"],
        *PROJECT["project"]["optional-dependencies"].values(),
        *PROJECT["dependency-groups"].values(),
    ]
    found = [Requirement(text) for items in lists for text in items]
    return [requirement for requirement in found if requirement.name != PROJECT["project"]["name"]]


def pins() -> list[tuple[Requirement, str]]:
    """Return each pin of the lock and the text of its hashes."""
    entries = re.findall(r"^([^\s#].*?) \\\n((?:    --hash=.*\n)+)", LOCK, re.MULTILINE)
    return [(Requirement(pin), hashes) for pin, hashes in entries]


def locked(name: str, python: str) -> list[str]:
    """Return the versions that the lock gives a package on one Python on Linux."""
    place = {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "sys_platform": "linux",
        "platform_system": "Linux",
        "platform_machine": "x86_64",
        "os_name": "posix",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "extra": "",
    }
    return [
        str(pin.specifier).removeprefix("==")
        for pin, _ in pins()
        if canonicalize_name(pin.name) == canonicalize_name(name) and (pin.marker is None or pin.marker.evaluate(place))
    ]


def test_every_line_of_the_lock_is_a_pin_with_hashes():
    tops = [line for line in LOCK.splitlines() if line and not line.startswith((" ", "#"))]
    assert len(pins()) == len(tops) > 100
    for pin, hashes in pins():
        assert re.fullmatch(r"==[\w.+!]+", str(pin.specifier)), pin
        for line in hashes.splitlines():
            assert re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?", line), f"{pin}: {line}"


@pytest.mark.parametrize("python", PYTHONS)
def test_the_lock_satisfies_every_requirement(python):
    problems = [
        f"{requirement}: the lock has {found or 'nothing'}"
        for requirement in requirements()
        if len(found := locked(requirement.name, python)) != 1 or found[0] not in requirement.specifier
    ]
    assert problems == [], "run make lock"


def test_jupyterlab_is_at_least_4():
    (found,) = locked("jupyterlab", "3.11")
    assert Version(found) >= Version("4")


def test_the_lock_names_no_host():
    code = [line for line in LOCK.splitlines() if not line.lstrip().startswith("#")]
    assert not [line for line in code if re.search(r"://|@|--?(?:index|extra|find|trusted)|(?:\d+\.){3}\d+:", line)]
    assert "://" not in LOCK


def test_environment_yml_is_what_make_lock_writes():
    made = subprocess.run(
        [sys.executable, ROOT / "tools" / "environment.py"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    assert text == made.stdout, "run make lock"
    *conda, last = yaml.safe_load(text)["dependencies"]
    names = {canonicalize_name(Requirement(item).name) for item in (*conda, *last["pip"]) if item != "-e ."}
    assert names == {canonicalize_name(requirement.name) for requirement in requirements()} | {"python"}
    assert "-e ." in last["pip"]


def test_the_version_is_that_of_the_citation_and_is_stated_nowhere_else():
    version = PROJECT["project"]["version"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == version
    assert f"{citation['license']} AND OFL-1.1" == PROJECT["project"]["license"]  # of the Chinese font
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    stated = re.compile(rf"""version\w*\s*[:=]+\s*["']{re.escape(version)}["']""", re.IGNORECASE)
    found = [
        path for path in sorted((ROOT / "govtransparency").rglob("*.py")) if stated.search(path.read_text("utf-8"))
    ]
    assert found == []


def test_ci_runs_every_test_once():
    makefile, ci = ((ROOT / name).read_text(encoding="utf-8") for name in ("Makefile", ".ci/run"))
    options = PROJECT["tool"]["pytest"]["ini_options"]
    (ordinary,) = re.findall("-m '(.*?)'", options["addopts"])
    chosen = {"test": ordinary}
    for target in ("test-slow", "test-browser"):
        recipe = re.search(rf"^{target}: .*\n((?:\t.*\n)+)", makefile, re.MULTILINE)[1]
        (chosen[target],) = (quoted or word for quoted, word in re.findall(r" -q.* -m (?:'(.*?)'|(\w+))", recipe))
    assert [target for target in chosen if f"\nmake {target}\n" not in ci] == []
    names = [marker.partition(":")[0] for marker in options["markers"]]
    for marks in itertools.product([False, True], repeat=len(names)):
        runs = [
            target for target, expression in chosen.items() if eval(expression, dict(zip(names, marks, strict=True)))
        ]
        assert len(runs) == 1, marks


def test_the_help_names_every_command_and_three_before_all_others():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    commands = re.search(r"^\.PHONY: ((?:.*\\\n)*.*)$", makefile, flags=re.MULTILINE)[1].replace("\\", " ").split()
    done = subprocess.run(
        ["make", "-C", ROOT, "--no-print-directory", "help"], capture_output=True, text=True, check=True
    )
    named = set(re.findall(r"(?<=make )[a-z-]+|(?<=, )test-browser", done.stdout))
    assert named == set(commands) - {"help"}
    first, *groups = done.stdout.split("\n\n")
    assert len(first.splitlines()) == 3 and len(groups) == 4


def test_what_is_made_is_not_in_the_repository():
    made = (*RUN_FOLDERS, ".venv", "data/external")
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"/.venv/", "/data/external/", *(f"/{name}/*" for name in RUN_FOLDERS)} <= set(ignored)
    if not (ROOT / ".git").exists():
        pytest.skip("the files are no git repository: what is committed cannot be listed")
    command = [needed("git", "what is committed cannot be listed"), "-C", ROOT, "ls-files", *made]
    committed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert committed == [f"{name}/README.md" for name in sorted(RUN_FOLDERS)]


def test_clean_removes_what_runs_wrote_and_keeps_what_says_so(tmp_path):
    (tmp_path / "Makefile").write_text((ROOT / "Makefile").read_text(encoding="utf-8"), encoding="utf-8")
    for name in ("govtransparency", "tests", "tools/__pycache__", "site"):
        (tmp_path / name).mkdir(parents=True)
    kept = [tmp_path / name / "README.md" for name in RUN_FOLDERS]
    for readme in kept:
        report = readme.parent / "an index" / "2024"
        report.mkdir(parents=True)
        for path in (readme, report / "README.md", report / "ranks.csv", readme.parent / ".an index-2024.lock"):
            path.touch()
    command = [needed("make", "what it removes cannot be seen"), "clean"]
    for _ in range(2):
        subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
        assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == sorted([tmp_path / "Makefile", *kept])
    assert [name for name in ("site", "tools/__pycache__") if (tmp_path / name).exists()] == []


def files_made_by(notebook: str, readme: Path) -> set[str]:
    """Return the files that the tables of a README say a notebook makes, each ``{field}`` as ``<field>``."""
    rows = [line.split("|") for line in readme.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    return {name for row in rows if row[2].strip() == f"`{notebook}`" for name in re.findall("`(.+?)`", row[1])}


@pytest.mark.parametrize("notebook", sorted((ROOT / "notebooks").glob("[0-9]*.ipynb")), ids=lambda path: path.stem)
def test_the_files_that_a_notebook_writes_are_those_that_the_readme_of_their_folder_names(notebook):
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    for folder, call, place in (("outputs", "write", ""), ("data/processed", "write_processed", "<index>/<year>/")):
        names = re.findall(rf'\brun\.{call}\(\s*f?"(.+?)"', code)
        assert len(names) == len(re.findall(rf"\brun\.{call}\(", code))
        written = {place + re.sub(r"\{(\w+)\}", r"<\1>", name) for name in names}
        assert files_made_by(notebook.stem, ROOT / folder / "README.md") == written


def test_make_without_a_year_lists_the_editions_and_sets_nothing_up(tmp_path):
    (tmp_path / "Makefile").write_text((ROOT / "Makefile").read_text(encoding="utf-8"), encoding="utf-8")
    for name in ("toy/2023", "toy/2024", "other/1999", "toy/record"):
        (tmp_path / "data" / "raw" / name).mkdir(parents=True)
    command = [needed("make", "its messages cannot be read"), "report", "YEAR="]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "usage: make report YEAR=2024" in done.stderr
    assert "INDEX=toy  YEAR: 2023 2024\n" in done.stderr
    assert "INDEX=other  YEAR: 1999\n" in done.stderr
    assert "record" not in done.stderr
    assert not (tmp_path / ".venv").exists()


COMMAND = '#!/bin/sh\necho "$@"\n'
REPORT = "-m govtransparency report --index cgti --jobs 2"


@pytest.fixture
def make(tmp_path, monkeypatch):
    """Return a function that runs make where the environment is set up and Python prints its arguments."""
    (tmp_path / "Makefile").write_text((ROOT / "Makefile").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").write_text(COMMAND, encoding="utf-8")
    (tmp_path / ".venv" / "bin" / "python").chmod(0o755)
    for name in ("requirements.lock", "pyproject.toml", ".venv/.ready"):
        (tmp_path / name).touch()
    program = needed("make", "what it passes on cannot be seen")
    for name in ("LANG", "MAKEFLAGS", "MAKELEVEL", "INDEX", "YEAR", "UNIT", "MONTH", "JOBS"):  # as make exports them
        monkeypatch.delenv(name, raising=False)

    def run(*arguments):
        return subprocess.run([program, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False)

    return run


@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_lang_given_to_make_is_the_language_of_what_is_written(make, language):
    assert make("report", "YEAR=2024", f"LANG={language}").stdout == f"{REPORT} --language {language} -- 2024\n"
    for arguments in (["panel"], ["profile", "UNIT=x", "YEAR=2024"], ["bulletin", "MONTH=2024-06"]):
        assert f"--language {language}" in make(*arguments, f"LANG={language}").stdout
    assert "--language" not in make("verify", "YEAR=2024", f"LANG={language}").stdout  # a report has its own


@pytest.mark.parametrize("language", ["zn", "", "zh en", "en_US.UTF-8", "ZH"])
def test_any_other_lang_given_to_make_is_refused(make, language):
    done = make("report", "YEAR=2024", f"LANG={language}")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"LANG={language}: expected LANG=zh, LANG=en or LANG=both" in done.stderr


@pytest.mark.parametrize("locale", ["zh", "zn", "en_US.UTF-8", "zh_CN.UTF-8"])
def test_a_locale_of_the_environment_is_no_choice_of_the_report(make, monkeypatch, locale):
    monkeypatch.setenv("LANG", locale)
    assert make("report", "YEAR=2024").stdout == f"{REPORT} -- 2024\n"


@pytest.mark.parametrize(("target", "given"), [("profile", "UNIT="), ("profile", "UNIT=x"), ("bulletin", "MONTH=")])
def test_make_profile_and_bulletin_say_what_they_need_and_set_nothing_up(tmp_path, target, given):
    (tmp_path / "Makefile").write_text((ROOT / "Makefile").read_text(encoding="utf-8"), encoding="utf-8")
    command = [needed("make", "its messages cannot be read"), target, given, "YEAR="]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert f"usage: make {target} " in done.stderr
