"""The catalogue of bad inputs: a sound edition with all kinds of files, and the faults of the ``*.toml`` files here."""

from __future__ import annotations

import csv
import hashlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from conftest import EDITION, FRAMEWORK, SOURCES, UNITS

from tests.faults.table_writers import file_of

HERE = Path(__file__).parent
DECLARED = """\
[[sheets]]
file = "marks.csv"
kind = "marks"

[[sheets]]
original = "shares.csv"
unit = "place"
where = { state = "final" }

[scales]
"""
YEAR, INDEX = "data/raw/toy/2024", "data/raw/toy"
SOUND = {
    f"{YEAR}/framework.csv": FRAMEWORK,
    f"{YEAR}/units.csv": UNITS,
    f"{YEAR}/sources.csv": SOURCES,
    f"{YEAR}/sheet.csv": "unit,policies,days\nu1,20,5\nu2,12,8\nu3,7,10\nu4,15,20\nu5,3,25\nu6,,15\n",
    f"{YEAR}/marks.csv": "unit,indicator,assessor,mark,observed_on\n"
    + "".join(f"u{n},site,{who},{(n + k) % 2},2024-0{n}-11\n" for n in range(1, 7) for k, who in enumerate("AB")),
    f"{YEAR}/edition.toml": EDITION.replace("[scales]\n", DECLARED),
    f"{INDEX}/record/published_ranks.csv": "report_year,group,entity_zh,province_zh,rank,rank_is_ordered,score,"
    "source_id,list_position,note,rank_basis,score_basis\n"
    "2024,city,玩具市一,North,1,true,98.6,paper,1,,stated,printed\n"
    "2024,city,玩具市二,North,2,true,80.4,paper,2,,stated,printed\n",
    f"{INDEX}/record/claims.csv": "report_year,entity_zh,group,claim_type,value,detail,source_id\n"
    "2024,玩具市一,city,rank,1,,paper\n",
    f"{INDEX}/record/coverage.csv": "report_year,group,n_assessed,source_id,note\n2024,city,6,paper,\n",
    f"{INDEX}/record/sources.csv": "source_id,url,title,publisher,date,what_it_gives\n"
    "paper,https://example.org/a?b=1,A paper,A publisher,2024-05,All of it\n",
    f"{INDEX}/originals.toml": 'base = "https://example.org/data"\n[sha256]\n"shares.csv" = "{hash}"\n',
    "data/external/toy/shares.csv": "place,state,share,rank\n"
    + "".join(f"Toy city {n},final,{100 - n},{n}\nToy city {n},draft,50,\n" for n in range(1, 7))
    + "Toy city 1,old,,\n",
}
ORIGINAL = "data/external/toy/shares.csv"


@dataclass(frozen=True)
class Fault:
    """One bad input.

    Parameters
    ----------
    what : str
    file : str
        The end of the path of the file that is damaged.
    problems : list of str
        The whole English text of each problem told, in order. In those of a sheet in several forms ``sheet.*`` stands
        for its name, ``{B3 policies}`` for the place of a cell, and ``{line 3}`` for a line, which Parquet counts
        without the header.
    replace : list of str
        Old and new text, in turn.
    text, bytes : str, optional
        The whole new content; the bytes in hexadecimal digits.
    add : str
        What comes after the old content.
    remove : bool
        Whether there is no such file.
    encoding : str
        In which the file is written.
    declare : str
        What ``edition.toml`` says of ``sheet.csv`` besides.
    edition, framework : list of str
        Old and new text, in turn, of these files.
    forms : list of str
        The kinds of file in which the sheet is written.
    """

    what: str
    problems: list[str]
    file: str = "sheet.csv"
    replace: list[str] = field(default_factory=list)
    text: str | None = None
    bytes: str | None = None
    add: str = ""
    remove: bool = False
    encoding: str = "utf-8"
    declare: str = ""
    edition: list[str] = field(default_factory=list)
    framework: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=lambda: ["csv"])

    def expected(self, form: str) -> list[str]:
        """Return the problems told where the sheet is a file of that form."""

        text, book, typed = (form in forms for forms in (("csv", "tsv"), ("xlsx", "ods"), ("parquet",)))

        def place(found: re.Match) -> str:
            cell, line, column = found.groups()
            if text:
                return f"line {line}"
            return f"cell {cell}{line} (column '{column}')" if book else f"row {int(line) - 1}, column '{column}'"

        def line(found: re.Match) -> str:
            return f"line {int(found[1]) - typed}"

        named = [said.replace("sheet.*", f"sheet.{form}") for said in self.problems]
        placed = [re.sub(r"\{([A-Z])(\d+) (\w+)\}", place, said) for said in named]
        return [re.sub(r"\{line (\d+)\}", line, said) for said in placed]

    def files(self, form: str) -> dict[str, bytes]:
        """Return the files of the edition with the fault, the sheet in that form."""
        record = self.file.startswith("record/")  # read for its own faults only, since that takes a while
        files = {name: text.encode() for name, text in SOUND.items() if record or "/record/" not in name}
        path = next(name for name in SOUND if name.endswith(f"/{self.file}"))
        if self.remove:
            del files[path]
        elif self.bytes is not None:
            files[path] = bytes.fromhex(self.bytes)
        else:
            text = SOUND[path] if self.text is None else self.text
            files[path] = (changed(text, self.replace) + self.add).encode(self.encoding)
        for name, changes in (("edition", self.edition), ("framework", self.framework)):
            key = next(key for key in files if key.endswith(("edition.toml", "framework.csv")) and f"/{name}." in key)
            files[key] = changed(files[key].decode(), changes).encode()
        toml = f"{YEAR}/edition.toml"
        if toml in files and (self.declare or form != "csv"):
            entry = f'file = "sheet.{form}"\n{self.declare}'
            files[toml] = changed(files[toml].decode(), ['file = "sheet.csv"', entry]).encode()
        if form != "csv":
            rows = [*csv.reader(files.pop(f"{YEAR}/sheet.csv").decode().splitlines())]
            files[f"{YEAR}/sheet.{form}"] = file_of(rows, form)
        pins = f"{INDEX}/originals.toml"
        if pins in files:
            there = hashlib.sha256(files.get(ORIGINAL, SOUND[ORIGINAL].encode())).hexdigest()
            files[pins] = files[pins].replace(b"{hash}", there.encode())
        return files


def changed(text: str, pairs: list[str]) -> str:
    """Return a text with the first of each old text replaced by the new one after it."""
    for old, new in zip(pairs[::2], pairs[1::2], strict=True):
        assert old in text, f"{old!r} does not stand in the file"
        text = text.replace(old, new, 1)
    return text


def faults() -> Iterator[Fault]:
    """Give every fault of the catalogue."""
    for path in sorted(HERE.glob("*.toml")):
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["faults"]:
            yield Fault(**entry)
