"""The report's fonts, built once in the environment: what they can show, the sign for what not, subsets for pages."""

from __future__ import annotations

import base64
import functools
import io
import os
import shutil
import subprocess
import sys
import unicodedata
from importlib import metadata, resources
from pathlib import Path
from typing import TYPE_CHECKING

from govtransparency.atomic_files import write_whole
from govtransparency.errors import InputError
from govtransparency.texts.problems import render_problems as problems

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["FAMILIES", "REPLACED", "WEIGHTS", "all_files", "font_files", "glyphless", "visible", "web_fonts"]


WEIGHTS = {400: "Regular", 700: "Bold"}
DEJAVU = "DejaVu Sans"  # of matplotlib: Arabic, Hebrew, Georgian, symbols
BUILT = ("Noto Sans SC", "Noto Sans KR", "Noto Sans TC", "Noto Sans JP")  # of SOURCE, each for what those before lack
FAMILIES = (BUILT[0], DEJAVU, *BUILT[1:])  # in the order in which a character is looked for
SOURCE = "justmytype-intl-cjk"
BUILD = "2"  # raise when `build` changes what it writes
REPLACED = "\u25a1"  # a white square, in place of a character that no font has
SPACES = frozenset("\t\n\r")
SIGNS = frozenset(map(chr, (*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2)))  # formats that are seen


def font_files() -> dict[tuple[str, int], Path]:
    """Return the TrueType file of each family and weight, building those that are not there yet.

    The package in requirements.lock has variable fonts, whose default instance is Thin: matplotlib would draw that for
    every weight. One static file per weight, with every character of Noto Sans SC and what the other families add, is
    made once (about 15 seconds on two cores) in ``share/govtransparency/fonts`` of the environment, in a folder named
    after the source's version and ours.

    Returns
    -------
    dict of family and weight (400, 700) to path

    Raises
    ------
    InputError
        When the package with the source is not installed.
    """
    folder = _folder()
    files = {
        (family, weight): folder / f"{_short(family)}-{style}.ttf"
        for weight, style in WEIGHTS.items()
        for family in BUILT
    }
    lacking = [weight for weight in WEIGHTS if not all(files[family, weight].exists() for family in BUILT)]
    if lacking:
        source = _source(BUILT[0])
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source.with_name("OFL.txt"), folder / "OFL.txt")
        # not `python -m`, which warns of a module that its package has imported already
        call = f"import sys; from {__name__} import build; build(int(sys.argv[1]), sys.argv[2])"
        jobs = [subprocess.Popen([sys.executable, "-c", call, str(weight), str(folder)]) for weight in lacking]
        if failed := [WEIGHTS[weight] for weight, job in zip(lacking, jobs, strict=True) if job.wait()]:
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


def _short(family: str) -> str:
    return family.replace(" ", "")


def _source(family: str) -> Path:
    """Return the variable font of a family in its package."""
    fonts = Path(str(resources.files("justmytype_intl_cjk"))) / "fonts" / "ofl"
    return fonts / _short(family).lower() / f"{_short(family)}[wght].ttf"


def _dejavu(weight: int) -> Path:
    import matplotlib

    bold = "-Bold" if weight == 700 else ""
    return Path(matplotlib.get_data_path()) / "fonts" / "ttf" / f"DejaVuSans{bold}.ttf"


def build(weight: int, folder: str | Path) -> None:
    """Write the static instances of one weight, each file whole; of later families only what those before lack."""
    there = set(_characters(_dejavu(weight)))
    for family in BUILT:
        source = _source(family)
        own = _characters(source)
        target = Path(folder) / f"{_short(family)}-{WEIGHTS[weight]}.ttf"
        write_whole(target, _instance(source, family, weight, None if family == BUILT[0] else own - there))
        there |= own


def _instance(source: Path, family: str, weight: int, characters: frozenset[str] | None) -> bytes:
    """Return the static instance of one weight of a font, with some of its characters or all."""
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font = TTFont(source, lazy=True, recalcTimestamp=False, recalcBBoxes=False)
    for table in ("BASE", "STAT", "vhea", "vmtx"):  # vertical text and names of instances
        del font[table]
    if characters is not None:
        subsetter = subset.Subsetter(subset.Options(notdef_outline=True, name_IDs=["*"]))
        subsetter.populate(unicodes=map(ord, characters))
        subsetter.subset(font)
    instancer.instantiateVariableFont(font, {"wght": weight}, inplace=True, optimize=False)
    style = WEIGHTS[weight]
    names = {1: family, 2: style, 3: f"{family} {style}", 4: f"{family} {style}", 6: f"{_short(family)}-{style}"}
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
    return made.getvalue()


def _faces(weight: int) -> tuple[tuple[str, Path], ...]:
    """Return family and file of the font and of its fallbacks, in the order of `FAMILIES`."""
    files = font_files()
    return tuple((family, _dejavu(weight) if family == DEJAVU else files[family, weight]) for family in FAMILIES)


def all_files() -> list[Path]:
    """Return the files of the font and of its fallbacks, in all weights."""
    return [path for weight in WEIGHTS for _, path in _faces(weight)]


@functools.cache
def _characters(path: Path) -> frozenset[str]:
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        return frozenset(filter(_in_use, map(chr, font.getBestCmap())))


def _in_use(character: str) -> bool:
    """Return whether the character has a meaning of its own; an archivable PDF holds no others."""
    return unicodedata.category(character) not in ("Cc", "Co", "Cn")


@functools.cache
def _shown() -> frozenset[str]:
    """Return the characters that the report's fonts can show."""
    return frozenset().union(*(_characters(path) for _, path in _faces(400)))


def _needs_no_glyph(character: str) -> bool:
    """Return whether the character is a break, or only tells how its neighbours are written."""
    if character in SPACES or "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef":
        return True
    return unicodedata.category(character) in ("Cf", "Zl", "Zp") and character not in SIGNS


def glyphless(text: Iterable[str]) -> list[str]:
    """Return the characters of the text that the report's fonts cannot show, in order of code point.

    Examples
    --------
    >>> glyphless("\u9120\u9091\u533a \u730a\u4ead\u533a \u752a\u76f4 \u03c1 \u0142")
    []
    """
    characters = {character for character in set(text) if not character.isascii() or not character.isprintable()}
    return sorted(character for character in characters - _shown() if not _needs_no_glyph(character))


def visible(text: str) -> str:
    r"""Return a text as the report shows it: a sign in place of each character that none of its fonts has.

    Examples
    --------
    >>> visible("\u0e01 Rue de l'E\u0301glise \U0001f3db")
    "□ Rue de l'Église □"
    """
    composed = unicodedata.normalize("NFC", text).replace("\ufeff", "\u2060")  # the same, but legal in a PDF
    return composed.translate(dict.fromkeys(map(ord, glyphless(composed)), REPLACED))


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
        wanted = set(text if weight == 400 or bold is None else bold)
        wanted = {character for character in wanted if not _needs_no_glyph(character)}
        for family, path in _faces(weight):
            here = wanted & _characters(path)
            wanted -= here
            if here:
                data = base64.b64encode(_subset(path, here)).decode("ascii")
                rules.append(
                    f"@font-face{{font-family:'{family}';font-weight:{weight};font-display:block;"
                    f"src:url(data:font/woff2;base64,{data}) format('woff2')}}"
                )
    return "\n".join(rules)


def _subset(path: Path, characters: set[str]) -> bytes:
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(hinting=False, notdef_outline=True)
    options.drop_tables += ["FFTM"]
    font = TTFont(path, lazy=True, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(sorted(characters)))
    subsetter.subset(font)
    font.flavor = "woff2"
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()
