"""Build the files of a release, after checks that what names its version agrees: ``make release VERSION=0.1.0``.

The version stands in ``pyproject.toml``, ``CITATION.cff`` and ``CHANGELOG.md``, with one date in the last two. The
source archive and the wheel are built twice, each time from a copy of the last commit, and kept in ``dist/`` if the
bytes of both builds are equal. Nothing is published and nothing is tagged.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from govtransparency.errors import InputError
from govtransparency.texts.bilingual import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["build", "disagreements", "release"]

ROOT = Path(__file__).resolve().parent.parent
VERSION = r"\d+\.\d+\.\d+(?:(?:a|b|rc)\d+)?"
FORM = Text(
    "版本“{version}”：应为 1.2.3 或 1.2.3rc1 的形式", "version {version!r}: expected the form 1.2.3 or 1.2.3rc1"
)
OTHER_VERSION = Text(
    "{file}：版本为“{found}”，应为“{version}”；请改成一致",
    "{file}: version {found!r}, expected {version!r}; make them agree",
)
NO_HEADING = Text(
    "CHANGELOG.md：没有“## [{version}] - 年-月-日”一行；请把“## [Unreleased]”之下的内容移至其下",
    "CHANGELOG.md: no line '## [{version}] - YYYY-MM-DD'; move what stands under '## [Unreleased]' below it",
)
UNRELEASED = Text(
    "CHANGELOG.md：“## [Unreleased]”之下仍有内容；请移至“## [{version}]”之下",
    "CHANGELOG.md: there are lines under '## [Unreleased]'; move them below '## [{version}]'",
)
OTHER_DATE = Text(
    "CITATION.cff：date-released 为“{found}”，CHANGELOG.md 为“{date}”；请改成一致",
    "CITATION.cff: date-released is {found!r}, CHANGELOG.md has {date!r}; make them agree",
)
UNCOMMITTED = Text("{file}：尚未提交；请先提交或还原", "{file}: not committed; commit it or take it back")
LAST = 10  # lines of what a failed build said
NOT_BUILT = Text(
    "生成失败（返回值{code}）；最后的输出为：\n    {said}",
    "the build failed (exit status {code}); the last that it said:\n    {said}",
)
UNEQUAL = Text("{file}：两次生成的字节不同；没有保留", "{file}: two builds differ in their bytes; it is not kept")


def disagreements(version: str, root: Path = ROOT) -> list[Text]:
    """Return every place that does not name the version, or another date."""
    problems = [] if re.fullmatch(VERSION, version) else [FORM.format(version=version)]
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    citation = (root / "CITATION.cff").read_text(encoding="utf-8")
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    for file, found in (("pyproject.toml", project), ("CITATION.cff", _value(citation, "version"))):
        if found != version:
            problems.append(OTHER_VERSION.format(file=file, found=found, version=version))
    heading = re.search(rf"^## \[{re.escape(version)}\] - (\d{{4}}-\d\d-\d\d)$", changelog, flags=re.MULTILINE)
    if heading is None:
        return [*problems, NO_HEADING.format(version=version)]
    if re.search(r"^## \[Unreleased\]\n+(?!## )\S", changelog, flags=re.MULTILINE):
        problems.append(UNRELEASED.format(version=version))
    if (found := _value(citation, "date-released")) != heading[1]:
        problems.append(OTHER_DATE.format(found=found, date=heading[1]))
    return problems


def _value(citation: str, key: str) -> str:
    found = re.search(rf"^{key}: *[\"']?([^\"'\n]*)", citation, flags=re.MULTILINE)
    return found[1].strip() if found else ""


def uncommitted(root: Path = ROOT) -> list[Text]:
    """Return the files that differ from the last commit, or are not in it."""
    listed = _git(root, "status", "--porcelain").decode().splitlines()
    return [UNCOMMITTED.format(file=line[3:]) for line in listed]


def build(target: Path, root: Path = ROOT) -> list[Path]:
    """Build the source archive and the wheel of the last commit into an empty folder, dated by that commit.

    Returns
    -------
    list of Path
        The archive, the wheel.

    Raises
    ------
    InputError
        If nothing can be built, with the last lines of what the build said.
    """
    moment = int(_git(root, "log", "-1", "--format=%ct"))
    with tempfile.TemporaryDirectory() as private:
        source = Path(private) / "source"
        with tarfile.open(fileobj=io.BytesIO(_git(root, "archive", "HEAD"))) as committed:
            committed.extractall(source, filter="data")
        steps = (
            "import sys; from setuptools import build_meta; to = sys.argv[1]\n"  # which `build_meta` changes
            "build_meta.build_sdist(to); build_meta.build_wheel(to)"
        )
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", steps, str(target)],
            cwd=source,
            env={**os.environ, "SOURCE_DATE_EPOCH": str(moment)},
            check=False,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
        )
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip()).splitlines()[-LAST:]
        raise InputError(NOT_BUILT.format(code=done.returncode, said="\n    ".join(said)), title="build")
    (archive,), (wheel,) = target.glob("*.tar.gz"), target.glob("*.whl")
    archive.write_bytes(_same_each_time(archive.read_bytes(), moment))
    return [archive, wheel]


def _same_each_time(archive: bytes, moment: int) -> bytes:
    """Return a source archive in the order of its names, without the time and the person that packed it."""
    packed, raw = io.BytesIO(), io.BytesIO()
    with tarfile.open(fileobj=io.BytesIO(archive)) as old, tarfile.open(fileobj=raw, mode="w") as new:
        for member in sorted(old.getmembers(), key=lambda one: one.name):
            member.mtime, member.uid, member.gid, member.uname, member.gname = moment, 0, 0, "", ""
            member.pax_headers = {}
            new.addfile(member, old.extractfile(member) if member.isfile() else None)
    with gzip.GzipFile(fileobj=packed, mode="wb", filename="", mtime=moment) as stream:
        stream.write(raw.getvalue())
    return packed.getvalue()


def release(version: str, root: Path = ROOT) -> list[Path]:
    """Check and build a release, and return its files in ``dist/``: the archive, the wheel, their SHA-256.

    Raises
    ------
    InputError
        Naming every disagreement and every file that is not committed; and for builds that differ, of which nothing is
        kept.
    """
    problems = [*disagreements(version, root), *uncommitted(root)]
    if problems:
        raise InputError(problems, title=f"release {version}")
    with tempfile.TemporaryDirectory() as private:
        places = [Path(private) / name for name in ("one", "other")]
        for place in places:
            place.mkdir()
        for one, other in zip(*(build(place, root) for place in places), strict=True):
            if one.read_bytes() != other.read_bytes():
                problems.append(UNEQUAL.format(file=one.name))
        if problems:
            raise InputError(problems, title=f"release {version}")
        kept = root / "dist"
        kept.mkdir(exist_ok=True)
        files = [Path(shutil.copy(path, kept / path.name)) for path in sorted(places[0].iterdir())]
    sums = kept / "SHA256SUMS"
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    sums.write_text("".join(lines), encoding="utf-8")
    return [*files, sums]


def _git(root: Path, *arguments: str) -> bytes:
    return subprocess.run(["git", "-C", root, *arguments], check=True, capture_output=True).stdout


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the release and name its files."""
    parser = argparse.ArgumentParser(prog="python -m tools.release", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("version")
    try:
        files = release(parser.parse_args(arguments).version)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    for path in files:
        print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
