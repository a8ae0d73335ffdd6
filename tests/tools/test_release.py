"""A release is built where version and date agree everywhere, twice, with equal bytes."""

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from govtransparency.errors import InputError
from tools.release import build, disagreements, release

ROOT = Path(__file__).resolve().parents[2]
CHANGELOG = "# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2026-05-06\n\n### Added\n\n- A thing.\n"
CITATION = "cff-version: 1.2.0\nversion: 0.2.0\ndate-released: 2026-05-06\n"


@pytest.fixture
def root(tmp_path):
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\nversion = "0.2.0"\n', encoding="utf-8")
    (tmp_path / "CITATION.cff").write_text(CITATION, encoding="utf-8")
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG, encoding="utf-8")
    return tmp_path


def change(root, name, old, new):
    text = (root / name).read_text(encoding="utf-8")
    assert old in text
    (root / name).write_text(text.replace(old, new), encoding="utf-8")


def said(root, version="0.2.0"):
    return [text.en for text in disagreements(version, root)]


def test_nothing_is_said_where_all_agrees(root):
    assert said(root) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "problem"),
    [
        ("pyproject.toml", "0.2.0", "0.1.0", "pyproject.toml: version '0.1.0', expected '0.2.0'; make them agree"),
        ("CITATION.cff", "n: 0.2.0", "n: 0.2", "CITATION.cff: version '0.2', expected '0.2.0'; make them agree"),
        (
            "CITATION.cff",
            "date-released: 2026-05-06\n",
            "",
            "CITATION.cff: date-released is '', CHANGELOG.md has '2026-05-06'; make them agree",
        ),
        (
            "CHANGELOG.md",
            "[0.2.0]",
            "[0.1.0]",
            "CHANGELOG.md: no line '## [0.2.0] - YYYY-MM-DD'; move what stands under '## [Unreleased]' below it",
        ),
        (
            "CHANGELOG.md",
            "[Unreleased]\n",
            "[Unreleased]\n\n- Another.\n",
            "CHANGELOG.md: there are lines under '## [Unreleased]'; move them below '## [0.2.0]'",
        ),
    ],
)
def test_each_disagreement_is_named(root, name, old, new, problem):
    change(root, name, old, new)
    assert said(root) == [problem]


def test_every_disagreement_is_named_at_once(root):
    assert said(root, "v1") == [
        "version 'v1': expected the form 1.2.3 or 1.2.3rc1",
        "pyproject.toml: version '0.2.0', expected 'v1'; make them agree",
        "CITATION.cff: version '0.2.0', expected 'v1'; make them agree",
        "CHANGELOG.md: no line '## [v1] - YYYY-MM-DD'; move what stands under '## [Unreleased]' below it",
    ]


def git(root, *arguments):
    given = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", root, *given, *arguments], check=True, capture_output=True)


@pytest.fixture
def clone(tmp_path):
    """Return a repository of the project's files that agree on a version."""
    root = tmp_path / "clone"
    for name in ("govtransparency", "notebooks", "data/raw/tai"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    for name in ("pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE", "LICENSE-DATA"):
        shutil.copy(ROOT / name, root / name)
    version = (ROOT / "CITATION.cff").read_text(encoding="utf-8").split("\nversion: ")[1].split("\n")[0]
    (root / "CITATION.cff").write_text(CITATION.replace("0.2.0", version), encoding="utf-8")
    (root / "CHANGELOG.md").write_text(CHANGELOG.replace("0.2.0", version), encoding="utf-8")
    (root / ".gitignore").write_text("/dist/\n", encoding="utf-8")
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "All")
    return root, version


def test_a_failed_build_is_one_error_with_what_the_build_said(root, tmp_path):
    (root / "setup.py").write_text('raise SystemExit("no compiler here")\n', encoding="utf-8")
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "All")
    target = tmp_path / "built"
    target.mkdir()
    with pytest.raises(InputError) as caught:
        build(target, root)
    assert caught.value.title == "build"
    (said,) = caught.value.texts
    assert said.en.startswith("the build failed (exit status 1); the last that it said:\n    ")
    assert said.zh.startswith("生成失败（返回值1）；最后的输出为：\n    ")
    assert said.en.endswith("no compiler here") and said.en.count("\n") <= 10


@pytest.mark.slow
def test_a_release_is_built_from_the_commit_with_the_same_bytes_each_time(clone, tmp_path):
    root, version = clone
    files = release(version, root)
    names = [f"govtransparency-{version}-py3-none-any.whl", f"govtransparency-{version}.tar.gz", "SHA256SUMS"]
    assert [path.name for path in files] == names
    sums = dict(line.split("  ")[::-1] for line in files[2].read_text(encoding="utf-8").splitlines())
    again = tmp_path / "again"
    again.mkdir()
    for path in build(again, root):
        assert sums[path.name] == hashlib.sha256(path.read_bytes()).hexdigest()
    change(root, "README.md", "\n", "\n\n")
    with pytest.raises(InputError) as caught:
        release(version, root)
    assert [text.en for text in caught.value.texts] == ["README.md: not committed; commit it or take it back"]
    assert sorted(path.name for path in (root / "dist").iterdir()) == sorted(names)
