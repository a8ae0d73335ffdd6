"""The files of the figures' fonts: a Chinese subset that comes with the package, and the rest, built when needed."""

from __future__ import annotations

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
from govtransparency.extras import EXTRAS, is_there

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = [
    "DEJAVU",
    "MODULE",
    "REST",
    "SUBSET",
    "WEIGHTS",
    "build_rest",
    "built_files",
    "characters_of",
    "dejavu_file",
    "source_of",
    "static_font",
    "subset_file",
]


WEIGHTS = {400: "Regular", 700: "Bold"}
SUBSET = "Noto Sans SC Subset"  # in the package; made by tools/chinese_font.py
DEJAVU = "DejaVu Sans"  # of matplotlib: Arabic, Hebrew, Georgian, symbols
CHINESE = "Noto Sans SC"
REST = {f"{source} Rest": source for source in (CHINESE, "Noto Sans KR", "Noto Sans TC", "Noto Sans JP")}
"""By family: the font that it is built from, with the characters alone that all before lack."""
MODULE = "justmytype_intl_cjk"  # which has them
BUILD = "3"  # raise when `static_font` changes what it writes


def subset_file(weight: int) -> Path:
    """Return the file of the Chinese subset."""
    return Path(str(resources.files(__package__))) / "chinese_font" / _file_name(SUBSET, weight)


def dejavu_file(weight: int) -> Path:
    """Return the file of the font that matplotlib brings."""
    import matplotlib

    bold = "-Bold" if weight == 700 else ""
    return Path(matplotlib.get_data_path()) / "fonts" / "ttf" / f"DejaVuSans{bold}.ttf"


def source_of(family: str) -> Path:
    """Return the variable font of a family in its package."""
    fonts = Path(str(resources.files(MODULE))) / "fonts" / "ofl"
    return fonts / _short(family).lower() / f"{_short(family)}[wght].ttf"


def built_files() -> dict[tuple[str, int], Path]:
    """Return the files of the rest that have been built, by family and weight (400, 700)."""
    folder = _folder()
    found = {} if folder is None else {family: _targets(folder, family) for family in REST}
    return {
        (family, weight): path
        for family, paths in found.items()
        if all(path.exists() for path in paths.values())
        for weight, path in paths.items()
    }


def build_rest(characters: Collection[str]) -> None:
    """Build each family of the rest that has one of the characters, unless it is there or its source is not installed.

    The sources are variable fonts, whose default instance is Thin: matplotlib would draw that for every weight. One
    static file for each weight is made once (up to half a minute on two cores) in ``share/govtransparency/fonts`` of
    the environment, in a folder named after the source's version, ours and the subset.
    """
    folder = _folder()
    if folder is None:
        return
    there = {family for family, _ in built_files()}
    for family in [name for name, own in _own_characters().items() if name not in there and own & set(characters)]:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source_of(CHINESE).with_name("OFL.txt"), folder / "OFL.txt")
        # not `python -m`, which warns of a module that its package has imported already
        call = f"import sys; from {__name__} import build; build(sys.argv[1], int(sys.argv[2]), sys.argv[3])"
        jobs = [
            subprocess.Popen([sys.executable, "-c", call, family, str(weight), str(target)])
            for weight, target in _targets(folder, family).items()
        ]
        if sum(job.wait() for job in jobs):
            raise RuntimeError(f"could not build {family} from {MODULE}")


def build(family: str, weight: int, target: str) -> None:
    """Write the file of a family of the rest in one weight, whole."""
    write_whole(Path(target), static_font(source_of(REST[family]), family, weight, _own_characters()[family]))


@functools.cache
def _own_characters() -> dict[str, frozenset[str]]:
    """Return what each family of the rest has that those before lack."""
    there = set(characters_of(subset_file(400)) | characters_of(dejavu_file(400)))
    own = {}
    for family, source in REST.items():
        own[family] = characters_of(source_of(source)) - there
        there |= own[family]
    return own


def static_font(source: Path, family: str, weight: int, characters: frozenset[str]) -> bytes:
    """Return the static instance of one weight of a variable font, with some of its characters, under another name."""
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font = TTFont(source, lazy=True, recalcTimestamp=False, recalcBBoxes=False)
    for table in ("BASE", "STAT", "vhea", "vmtx"):  # vertical text and names of instances
        del font[table]
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


@functools.cache
def characters_of(path: Path) -> frozenset[str]:
    """Return the characters that a font has and that have a meaning of their own; an archivable PDF holds no others."""
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        characters = map(chr, font.getBestCmap())
    return frozenset(one for one in characters if unicodedata.category(one) not in ("Cc", "Co", "Cn"))


def _targets(folder: Path, family: str) -> dict[int, Path]:
    """Return the file of each weight of a family of the rest."""
    return {weight: folder / _file_name(family, weight) for weight in WEIGHTS}


@functools.cache
def _folder() -> Path | None:
    """Return where the rest is built; None where its sources are not installed."""
    if not is_there(MODULE):
        return None
    version = metadata.version(EXTRAS["report"][MODULE])
    shared = Path(sys.prefix) / "share"
    if not os.access(shared if shared.exists() else sys.prefix, os.W_OK):
        shared = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    count = len(characters_of(subset_file(400)))  # the rest is what the subset lacks
    return shared / "govtransparency" / "fonts" / f"{version}-{BUILD}-{count}"


def _file_name(family: str, weight: int) -> str:
    return f"{_short(family)}-{WEIGHTS[weight]}.ttf"


def _short(family: str) -> str:
    return family.replace(" ", "")
