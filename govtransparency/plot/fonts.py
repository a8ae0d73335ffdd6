"""What the fonts of figures and pages can show, the sign for what not, and subsets for pages."""

from __future__ import annotations

import base64
import functools
import io
import unicodedata
import warnings
from typing import TYPE_CHECKING

from govtransparency.errors import level_of_reader
from govtransparency.extras import command, is_there, needs
from govtransparency.plot.font_files import (
    DEJAVU,
    MODULE,
    REST,
    SUBSET,
    WEIGHTS,
    build_rest,
    built_files,
    characters_of,
    dejavu_file,
    subset_file,
)
from govtransparency.texts.bilingual import words
from govtransparency.texts.problems import extra_problems as problems

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["FAMILIES", "REPLACED", "all_files", "faces", "glyphless", "visible", "web_fonts"]


FAMILIES = (SUBSET, DEJAVU, *REST)  # in the order in which a character is looked for
REPLACED = "\u25a1"  # a white square, in place of a character that no font has
SPACES = frozenset("\t\n\r")
SIGNS = frozenset(map(chr, (*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2)))  # formats that are seen


def faces(weight: int) -> dict[str, Path]:
    """Return the file of each family that is there, in the order of `FAMILIES`; nothing is built for it."""
    built = {family: path for (family, one), path in built_files().items() if one == weight}
    return {SUBSET: subset_file(weight), DEJAVU: dejavu_file(weight), **built}


def all_files() -> list[Path]:
    """Return the files of all families that are there, in all weights."""
    return [path for weight in WEIGHTS for path in faces(weight).values()]


def _needs_no_glyph(character: str) -> bool:
    """Return whether the character is a break, or only tells how its neighbours are written."""
    if character in SPACES or "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef":
        return True
    return unicodedata.category(character) in ("Cf", "Zl", "Zp") and character not in SIGNS


def glyphless(text: Iterable[str]) -> list[str]:
    """Return the characters of the text that no font can show, in order of code point.

    For a character beyond the Chinese subset and matplotlib's own font, the font that has it is built, once in an
    environment. Where the extra with the sources is not installed, a warning names the characters and the extra.

    Examples
    --------
    >>> glyphless("\u9120\u9091\u533a \u730a\u4ead\u533a \u752a\u76f4 \u03c1 \u0142")
    []
    """
    characters = {character for character in set(text) if not character.isascii() or not character.isprintable()}
    lacking = {one for one in characters - _shown() if not _needs_no_glyph(one)}
    if not lacking:
        return []
    lacking = _beyond_rest(lacking)
    if lacking:
        build_rest(lacking)
        lacking = _beyond_rest(lacking)
    if lacking and not is_there(MODULE):
        _warn("".join(sorted(filter(str.isprintable, lacking))))
    return sorted(lacking)


def _beyond_rest(characters: set[str]) -> set[str]:
    """Return the characters that the rest lacks as far as it is built."""
    return characters.difference(*(characters_of(path) for path in built_files().values()))


@functools.cache
def _shown() -> frozenset[str]:
    """Return the characters that need no other font than those that are always there."""
    return characters_of(subset_file(400)) | characters_of(dejavu_file(400))


@functools.cache  # once for the same characters
def _warn(characters: str) -> None:
    warnings.warn(
        problems.NO_GLYPH.format(characters=words(characters), command=command("report")).en,
        stacklevel=level_of_reader(),
    )


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
    needs("brotli", title="web_fonts")
    rules = []
    for weight in WEIGHTS:
        wanted = set(text if weight == 400 or bold is None else bold)
        wanted = {character for character in wanted if not _needs_no_glyph(character)}
        for family, path in faces(weight).items():
            here = wanted & characters_of(path)
            wanted -= here
            if here:
                data = base64.b64encode(_subset(path, frozenset(here))).decode("ascii")
                rules.append(
                    f"@font-face{{font-family:'{family}';font-weight:{weight};font-display:block;"
                    f"src:url(data:font/woff2;base64,{data}) format('woff2')}}"
                )
    return "\n".join(rules)


@functools.lru_cache(maxsize=8)  # pages that share their letters follow on each other
def _subset(path: Path, characters: frozenset[str]) -> bytes:
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
