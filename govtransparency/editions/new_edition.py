"""Make the folder of a new index: an example to begin with, or editions guessed from files."""

from __future__ import annotations

import datetime
import os
import re
import shutil
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from govtransparency.editions.coin_tool import coin_tool_draft, is_coin_tool
from govtransparency.editions.edition_draft import write_draft, write_record
from govtransparency.editions.example_edition import example_draft
from govtransparency.editions.guessed_table import guessed_drafts, year_of_file
from govtransparency.editions.levels_draft import is_table_of_levels, levels_draft
from govtransparency.editions.load import read_edition
from govtransparency.editions.report_codes import group_code_problems
from govtransparency.editions.root import nearest_project
from govtransparency.editions.toml_lines import TomlLines
from govtransparency.errors import Attempts, InputError
from govtransparency.index import build_index
from govtransparency.texts import new_edition_words as words
from govtransparency.texts.bilingual import Shown, Text
from govtransparency.texts.bilingual import words as listed
from govtransparency.texts.problems import new_edition_problems as problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govtransparency.editions.edition_draft import Draft

__all__ = ["new_editions", "root_for_new"]

NAME = re.compile(r"[^\W_][\w-]{0,59}")
YEAR = re.compile(r"[12]\d{3}", re.ASCII)


def root_for_new(folder: Path | None = None) -> Path:
    """Return ``data/raw`` at or above a folder, by default the working folder; where there is none, the one to be made.

    Parameters
    ----------
    folder : Path, optional
    """
    return (nearest_project(folder) or folder or Path.cwd()) / "data" / "raw"


def new_editions(
    name: str,
    *,
    root: Path,
    files: Sequence[Path] = (),
    years: Sequence[str] = (),
    groups: Sequence[str] = (),
    language: Shown = "both",
) -> list[Path]:
    """Write the folder of a new index; it is there whole, and its editions can be built, or not at all.

    Parameters
    ----------
    name : str
        Of the index, and of its folder below the root.
    root : Path
        ``data/raw``.
    files : sequence of Path
        Tables with a row for each unit and a column for each indicator, or workbooks of the COIN Tool. Without any, an
        example is written.
    years : sequence of str
        Of the editions. By default those of the files, this year where they name none.
    groups : sequence of str
        Of the example, the codes of its groups; with files, the column that tells groups apart.
    language : {"zh", "en", "both"}
        Of the comments.

    Returns
    -------
    list of Path
        The folders of the editions.

    Raises
    ------
    InputError
        If the folder exists, a file cannot be read, or the editions could not be built; nothing is written then.
    """
    wrong = [] if NAME.fullmatch(name) else [problems.NAME.format(name=name)]
    wrong += [problems.YEAR.format(year=year) for year in years if not YEAR.fullmatch(year)]
    target = root / name
    if not wrong and os.path.lexists(target):
        wrong.append(problems.EXISTS.format(folder=target))
    if files and len(groups) > 1:
        wrong.append(problems.ONE_GROUP_COLUMN.format(count=len(groups)))
    codes = list(dict.fromkeys(groups))
    wrong += [] if files else group_code_problems(codes, TomlLines(""))
    title = f"new {name}"
    if wrong:
        raise InputError(wrong, title=title)
    asked = [int(year) for year in dict.fromkeys(years)]
    if files:
        drafts = _drafts_of_files(name, files, asked, groups[0] if groups else None, language)
    else:
        given = dict.fromkeys(asked, words.YEAR["given"])
        drafts = [
            example_draft(name, year, comment, codes)
            for year, comment in (given or {datetime.date.today().year: words.YEAR["today"]}).items()
        ]
    _write(name, drafts, target, language)
    return [target / str(draft.year) for draft in drafts]


def _drafts_of_files(
    name: str, files: Sequence[Path], years: Sequence[int], group: str | None, language: Shown
) -> list[Draft]:
    """Return the drafts of all files, by year; of several files, each is of years of its own."""
    wrong: list[Text] = []
    attempt = Attempts(wrong)
    drafts: dict[int, Draft] = {}
    for path in files:
        own = years if len(files) == 1 else ()
        for draft in attempt(partial(_drafts_of_file, path, name, own, group, language)) or ():
            if draft.year in drafts:
                first = drafts[draft.year].received
                wrong.append(problems.SAME_YEAR.format(first=first, second=path, year=draft.year))
            drafts.setdefault(draft.year, draft)
    if not wrong:
        there = listed(sorted(drafts))
        wrong += [problems.YEAR_OF_NO_FILE.format(year=year, years=there) for year in years if year not in drafts]
    if wrong:
        raise InputError(wrong, title=f"new {name}")
    return [drafts[year] for year in sorted(drafts) if not years or year in years]


def _drafts_of_file(path: Path, name: str, years: Sequence[int], group: str | None, language: Shown) -> list[Draft]:
    of_levels = is_table_of_levels(path)
    if not of_levels and not is_coin_tool(path):
        return guessed_drafts(path, name, years=years, group=group, language=language)
    if len(years) > 1:
        raise InputError(problems.NO_YEAR_COLUMN.format(file=path.name), title=str(path))
    if group is not None:
        raise InputError(problems.LEVELS_GROUPS if of_levels else problems.COIN_GROUPS, title=str(path))
    year, comment = (years[0], words.YEAR["given"]) if years else year_of_file(path)
    return [(levels_draft if of_levels else coin_tool_draft)(path, name, year, comment)]


def _write(name: str, drafts: Sequence[Draft], target: Path, language: Shown) -> None:
    """Write all files aside, try to build the editions, and put the folder in its place."""
    aside = None
    try:
        beside = next(folder for folder in target.parents if folder.exists())
        aside = Path(tempfile.mkdtemp(prefix=".new-", dir=beside))
        for draft in drafts:
            write_draft(draft, name, aside / name / str(draft.year), language)
        write_record(drafts, aside / name / "record", language)
        _try(name, drafts, aside)
        target.parent.mkdir(parents=True, exist_ok=True)
        (aside / name).rename(target)
    except OSError as error:
        raise InputError(
            problems.CANNOT_WRITE.format(folder=target, reason=error.strerror), title=f"new {name}"
        ) from error
    finally:
        if aside is not None:
            shutil.rmtree(aside, ignore_errors=True)


def _try(name: str, drafts: Sequence[Draft], aside: Path) -> None:
    """Read and build the editions; an error names files as they would have been."""
    try:
        for draft in drafts:
            edition = read_edition(name, draft.year, root=aside)
            for table in edition.tables.values():
                build_index(table, edition.recipe)
    except InputError as error:
        here = f"{aside}{os.sep}"
        raise InputError(
            [Text(text.zh.replace(here, ""), text.en.replace(here, "")) for text in error.texts],
            title=f"new {name}",
        ) from error
