"""The report's fonts: Regular and Bold of Noto Sans SC, built once in the environment, and subsets for pages."""

from __future__ import annotations

import base64
import functools
import io
import os
import shutil
import subprocess
import sys
from importlib import metadata, resources
from pathlib import Path
from typing import TYPE_CHECKING

from govtransparency.atomic_files import write_whole
from govtransparency.errors import InputError
from govtransparency.texts.problems import render_problems as problems

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["WEIGHTS", "all_files", "font_files", "glyphless", "web_fonts"]


WEIGHTS = {400: "Regular", 700: "Bold"}
FAMILY, FALLBACK, KOREAN = "Noto Sans SC", "DejaVu Sans", "Noto Sans KR"
SOURCE = "justmytype-intl-cjk"
BUILD = "1"  # raise when `build` changes what it writes
INVISIBLE = frozenset(
    map(chr, [*range(32), 0x7F, 0xAD, *range(0x200B, 0x2010), *range(0x2028, 0x202F), 0xFE0E, 0xFEFF])
)


def font_files() -> dict[int, Path]:
    """Return the TrueType file of each weight, building those that are not there yet.

    The package in requirements.lock has a variable font, whose default instance is Thin: matplotlib would draw that for
    every weight. One static file per weight, with every character of the source, is made once (about ten seconds on two
    cores) in ``share/govtransparency/fonts`` of the environment, in a folder named after the source's version and ours.

    Returns
    -------
    dict of weight (400, 700) to path

    Raises
    ------
    InputError
        When the package with the source is not installed.
    """
    folder = _folder()
    files = {weight: folder / f"NotoSansSC-{style}.ttf" for weight, style in WEIGHTS.items()}
    lacking = [weight for weight, path in files.items() if not path.exists()]
    if lacking:
        source = _source()
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source.with_name("OFL.txt"), folder / "OFL.txt")
        # not `python -m`, which warns of a module that its package has imported already
        call = f"import sys; from {__name__} import build; build(int(sys.argv[1]), sys.argv[2])"
        jobs = [subprocess.Popen([sys.executable, "-c", call, str(weight), files[weight]]) for weight in lacking]
        if failed := [str(files[weight]) for weight, job in zip(lacking, jobs, strict=True) if job.wait()]:
            raise RuntimeError(f"could not build {', '.join(failed)} from {source}")
    return files


def _folder() -> Path:
    try:
        version = metadata.version(SOURCE)
    except metadata.PackageNotFoundError:
        raise InputError(problems.NOT_INSTALLED.format(package=SOURCE), title="fonts") from None
    shared = Path(sys.prefix) / "share"
    if not os.access(shared if shared.exists() else sys.prefix, os.W_OK):
        shared = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    return shared / "govtransparency" / "fonts" / f"{version}-{BUILD}"


def _source(short: str = "NotoSansSC") -> Path:
    """Return the variable font of that name in its package."""
    fonts = Path(str(resources.files("justmytype_intl_cjk"))) / "fonts" / "ofl"
    return fonts / short.lower() / f"{short}[wght].ttf"


def build(weight: int, target: str | Path) -> None:
    """Write the static instance of one weight, whole or not at all."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font = TTFont(_source(), lazy=True, recalcTimestamp=False, recalcBBoxes=False)
    for table in ("BASE", "STAT", "vhea", "vmtx"):  # vertical text and names of instances
        del font[table]
    instancer.instantiateVariableFont(font, {"wght": weight}, inplace=True, optimize=False)
    style = WEIGHTS[weight]
    names = {1: FAMILY, 2: style, 3: f"{FAMILY} {style}", 4: f"{FAMILY} {style}", 6: f"NotoSansSC-{style}"}
    for record in list(font["name"].names):
        if record.nameID in (16, 17, 25) or record.nameID > 255:
            font["name"].removeNames(nameID=record.nameID)
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = 0x20 if weight == 700 else 0x40
    font["head"].macStyle = 1 if weight == 700 else 0
    made = io.BytesIO()
    font.save(made)
    write_whole(Path(target), made.getvalue())


def _faces(weight: int) -> tuple[tuple[str, Path], ...]:
    """Return family and file of the font and of its fallbacks, the last for Korean titles."""
    import matplotlib

    bold = "-Bold" if weight == 700 else ""
    fallback = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / f"DejaVuSans{bold}.ttf"
    return (FAMILY, font_files()[weight]), (FALLBACK, fallback), (KOREAN, _source("NotoSansKR"))


def all_files() -> list[Path]:
    """Return the files of the font and of its fallbacks, in all weights."""
    return [path for weight in WEIGHTS for _, path in _faces(weight)]


@functools.cache
def _characters(path: Path) -> frozenset[str]:
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def glyphless(text: Iterable[str]) -> list[str]:
    """Return the characters of the text that the report's fonts cannot show, in order of code point.

    Examples
    --------
    >>> glyphless("\u9120\u9091\u533a \u730a\u4ead\u533a \u752a\u76f4 \u03c1 \u0142")
    []
    """
    characters = set(text) - INVISIBLE
    for _, path in _faces(400):
        characters -= _characters(path)
    return sorted(characters)


def web_fonts(text: Iterable[str], *, bold: Iterable[str] | None = None) -> str:
    """Return ``@font-face`` rules with the subset of each font, Regular and Bold, that the text needs, as WOFF2.

    Parameters
    ----------
    text : iterable of characters
    bold : iterable of characters, optional
        Those that are ever bold; all by default.

    Returns
    -------
    str
        CSS; nothing for a font of which no character is needed.
    """
    rules = []
    for weight in WEIGHTS:
        wanted = set(text if weight == 400 or bold is None else bold) - INVISIBLE
        for family, path in _faces(weight):
            here = wanted & _characters(path)
            wanted -= here
            if here:
                data = base64.b64encode(_subset(path, here, weight)).decode("ascii")
                rules.append(
                    f"@font-face{{font-family:'{family}';font-weight:{weight};font-display:block;"
                    f"src:url(data:font/woff2;base64,{data}) format('woff2')}}"
                )
    return "\n".join(rules)


def _subset(path: Path, characters: set[str], weight: int) -> bytes:
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    options = subset.Options(hinting=False, notdef_outline=True)
    options.drop_tables += ["FFTM"]
    font = TTFont(path, lazy=True, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(sorted(characters)))
    subsetter.subset(font)
    if "fvar" in font:
        instancer.instantiateVariableFont(font, {"wght": weight}, inplace=True)
    font.flavor = "woff2"
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()
