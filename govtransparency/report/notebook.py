"""What the notebooks call: one run of one edition, its files, and its numbered tables and figures."""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from govtransparency.atomic_files import write_whole
from govtransparency.editions import Edition, find_root, list_editions, read_edition
from govtransparency.errors import InputError, nearest
from govtransparency.index import Index, build_index
from govtransparency.names import node_names
from govtransparency.nodes import ROOT
from govtransparency.plot import theme
from govtransparency.report.render import svg
from govtransparency.report.render.exhibit import exhibit_html, figure_html
from govtransparency.report.render.html_table import columns_of, sortable, table_html
from govtransparency.report.render.html_text import both
from govtransparency.report.tables.code_names import code_names
from govtransparency.texts.bilingual import Column, Shown, Text, bilingual, spelled
from govtransparency.texts.report_words import PARTS
from govtransparency.texts.status_words import STATUS, WARNING

if TYPE_CHECKING:
    from govtransparency.plot.figure import Drawing

__all__ = ["Run", "start"]


NAME = re.compile(r"[a-z0-9][a-z0-9_.\-]*", re.IGNORECASE)


def start(
    index: str | None,
    year: int | str | None,
    output: str | Path | None = None,
    *,
    language: Shown = "both",
    notebook: str = "notebook",
) -> Run:
    """Begin a notebook: check its parameters and load the edition.

    Parameters
    ----------
    index : str
        A folder of ``data/raw``.
    year : int or str
        A folder of that one.
    output : path, optional
        Where results go; by default ``outputs/<index>/<year>`` beside ``data``.
    language : {"zh", "en", "both"}
        Shown first; figures are written in English if it is ``"en"``, else in Chinese.
    notebook : str
        The name of the notebook, whose exhibits of an earlier start are forgotten. The number at its front is the first
        part of the numbers of its exhibits.

    Returns
    -------
    Run

    Raises
    ------
    InputError
        When index or year is not given, with those there are, and for every problem of the edition's files.
    """
    lacking = [name for name, value in (("index", index), ("year", year)) if value is None]
    if lacking:
        there = list_editions().groupby("index", sort=False)["year"].agg(lambda years: ", ".join(map(str, years)))
        listed = "; ".join(f"{name} ({years})" for name, years in there.items())
        raise InputError(
            f"no value for the parameter{'s' * (len(lacking) > 1)} {' and '.join(lacking)}; set them in the first "
            f"cell. There are: {listed}",
            title=notebook,
        )
    assert index is not None and year is not None
    edition = read_edition(index, year)
    project = find_root().parent.parent
    relative = Path(edition.index) / str(edition.year)
    folder = project / "outputs" / relative if output is None else Path(output)
    processed = project / "data" / "processed" / relative if output is None else folder / "processed"
    gc.freeze()  # what is loaded by now stays, and no later collection of garbage need search it
    run = Run(edition, folder, processed, notebook, language)
    run.write(run.exhibits_file, [])
    return run


@dataclass(frozen=True)
class Run:
    """One run of one edition, as one notebook sees it.

    Attributes
    ----------
    edition : Edition
    folder : Path
        Where results go.
    processed : Path
        Where the validated tables go: ``data/processed/<index>/<year>``, or the folder ``processed`` of the output when
        one is given, from where the runner moves it.
    notebook : str
        Its name, without the ending.
    language : {"zh", "en", "both"}
        Shown first; figures are written in English if it is ``"en"``, else in Chinese.
    """

    edition: Edition
    folder: Path
    processed: Path
    notebook: str
    language: Shown = "both"

    @property
    def seed(self) -> int:
        """The seed of every random draw: the edition's."""
        return self.edition.seed

    @cached_property
    def indices(self) -> dict[str, Index]:
        """The official index of each group, in the edition's order."""
        recipe = self.edition.recipe
        return {group: build_index(table, recipe) for group, table in self.edition.tables.items()}

    @cached_property
    def groups(self) -> dict[str, Text]:
        """The name of each group."""
        return {group: bilingual(names) for group, names in self.edition.groups.items()}

    @cached_property
    def nodes(self) -> dict[str, Text]:
        """What each node of the framework is called."""
        return node_names(self.edition.framework)

    @property
    def top(self) -> list[str]:
        """The children of the index."""
        return list(self.edition.framework.children(ROOT))

    @property
    def league(self) -> bool:
        """Whether the edition shows a league table; one that shows tiers names no places."""
        return self.edition.league

    def name(self, unit: str) -> Text:
        """Return what a unit is called."""
        return Text(*self.edition.units.loc[unit, ["name_zh", "name_en"]])

    def spell(self, text: Text) -> Text:
        """Put names in place of the codes of nodes, groups, units, methods and statuses in what the library says.

        In English only codes in quotation marks are taken for codes: many are words.
        """
        return spelled(text, code_names(self.edition))

    def columns(self, kind: str) -> dict[str, Column]:
        """Return headings for columns that are named after the groups."""
        return {group: Column(*name, kind) for group, name in self.groups.items()}

    def node_columns(self, kind: str) -> dict[str, Column]:
        """Return headings for columns that are named after nodes of the framework."""
        return {code: Column(*name, kind) for code, name in self.nodes.items()}

    def contributions(self, group: str) -> pd.DataFrame:
        """Return what each child of the index contributes to each score: units x children, adding up to the score.

        Where a child is missing, its weight is spread over those that are there.
        """
        scores = self.indices[group].scores
        weights = scores[self.top].notna() * self.edition.framework.weights[self.top]
        parts = scores[self.top] * weights.div(weights.sum(axis=1), axis=0)
        return parts[scores[ROOT].notna()]

    def with_names(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return a table indexed by nodes with their names in front."""
        names = pd.DataFrame(
            [self.nodes[code] for code in table.index], columns=["indicator_zh", "indicator_en"], index=table.index
        )
        return names.join(table)

    def with_intervals(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return a table of ranks and intervals with the units' names, ordered by rank; none without a rank."""
        names = self.edition.units[["name_zh", "name_en"]]
        kept = table.dropna(subset="rank").sort_values("rank", kind="stable")
        return kept[["rank"]].join(names).join(kept[["low", "high", "tier"]])

    @property
    def status(self) -> Text:
        """What the figures of the edition are, in a few words."""
        return STATUS[self.edition.status]

    @property
    def exhibits_file(self) -> str:
        """Where the exhibits of the notebook are listed, seen from the folder."""
        return f"exhibits/{self.notebook}.json"

    @property
    def exhibits(self) -> list[dict[str, Any]]:
        """The tables and figures shown so far, as they are listed in the file."""
        return json.loads((self.folder / self.exhibits_file).read_text(encoding="utf-8"))

    def write(self, name: str, value: pd.DataFrame | pd.Series | Mapping[str, Any] | list[Any]) -> None:
        """Write a result: a table as CSV, anything else as JSON, in full precision, the same bytes each time.

        Parameters
        ----------
        name : str
            Its path in the folder, such as ``ranks.csv``.
        value : DataFrame, Series, mapping or list
            The index of a table is written if it has a name.

        Raises
        ------
        InputError
            For a path that leads out of the folder, or whose ending does not fit the value.
        """
        _write(self.folder, name, value)

    def write_processed(self, name: str, frame: pd.DataFrame) -> None:
        """Write a validated table for others to start from; as `write`, into the folder `processed`."""
        _write(self.processed, name, frame)

    def warn(self) -> None:
        """Display what the figures of the edition are; every notebook begins with it."""
        _display(
            f'<aside class="status {self.edition.status}"><strong>{both(self.status)}</strong> '
            f"{both(WARNING[self.edition.status])}</aside>"
        )

    def conclude(
        self, text: Text, *, name: str, part: str, group: str | None = None, brief: Text | None = None
    ) -> None:
        """Display a sentence made of results, and list it for the summary at the head of the report.

        Parameters
        ----------
        text : Text
        name : str
            Its name among the exhibits; said again under the same name, it takes the place of the first.
        part : {"assessed", "ranking", "changes", "robust"}
            Of the summary.
        group : str, optional
            The group that the sentence is about. The summary has a table with a row a group and a column a part, and
            shows `brief` there in place of the sentence; the last brief of a group and part is the one shown.
        brief : Text, optional
        """
        if part not in PARTS:
            raise InputError(f"part {part!r} is unknown; {nearest(part, PARTS)}", title="conclude")
        entry: dict[str, Any] = {
            "id": name,
            "kind": "conclusion",
            "part": part,
            "text": text._asdict(),
            "notebook": self.notebook,
        }
        if group is not None:
            entry |= {"group": self.groups[group]._asdict(), "brief": brief._asdict() if brief else None}
        self._list(entry)
        _display(f'<p class="conclusion">{both(text)}</p>')

    def say(self, text: Text) -> None:
        """Display a paragraph made of results, which only the notebook and the body of the report carry."""
        _display(f"<p>{both(text)}</p>")

    def show(
        self,
        exhibit: pd.DataFrame | Drawing,
        *,
        name: str,
        title: Text,
        note: Text | None = None,
        columns: Mapping[str, Column | Text] | None = None,
        rows: int | None = None,
        most: int = 120,
        summary: bool = False,
    ) -> None:
        """Display a numbered table or figure and list it among the exhibits.

        Parameters
        ----------
        exhibit : DataFrame or Drawing
            A table is also written whole to ``tables/<name>.csv``; a figure to ``figures/<name>.svg`` and ``.png``, in
            English if the run's language is ``"en"``, else in Chinese.
        name : str
            Its name among the exhibits; shown again under the same name, it takes the place of the first.
        title, note : Text
        columns : mapping of name to Column or Text, optional
            Headings for columns that the catalogue does not know.
        rows : int, optional
            How many rows to display at once; the page folds the others away. All by default.
        most : int
            How many rows to display at all; the file has every one.
        summary : bool
            Whether the page shows it in its summary too.
        """
        if not NAME.fullmatch(name):
            raise InputError(f"exhibit {name!r}: expected letters, digits, '_', '-' or '.'", title="show")
        kind = "table" if isinstance(exhibit, pd.DataFrame) else "figure"
        entry: dict[str, Any] = {
            "id": name,
            "kind": kind,
            "number": self._number(name, kind),
            "title": title._asdict(),
            "note": note._asdict() if note else None,
            "status": self.edition.status,
            "notebook": self.notebook,
            "summary": summary,
        }
        if isinstance(exhibit, pd.DataFrame):
            entry["file"] = f"tables/{name}.csv"
            entry["rows"] = rows
            entry["most"] = most
            entry["columns"] = [{"name": key} | item._asdict() for key, item in columns_of(exhibit, columns).items()]
            self.write(entry["file"], exhibit)
            body = f'<div class="scroll">{sortable(table_html(exhibit, columns=columns, rows=rows, most=most))}</div>'
        else:
            entry["file"] = f"figures/{name}.svg"
            entry["alt"] = exhibit.alt._asdict()
            body = self._draw(exhibit, name)
        self._list(entry)
        _display(exhibit_html(entry, body))

    def _number(self, name: str, kind: str) -> str:
        """Return the exhibit's place among those of its kind, after the notebook's own number."""
        same = [item["id"] for item in self.exhibits if item["kind"] == kind]
        place = same.index(name) + 1 if name in same else len(same) + 1
        return ".".join([*re.findall(r"^\d+", self.notebook), str(place)])

    def _list(self, entry: dict[str, Any]) -> None:
        listed = self.exhibits
        names = [item["id"] for item in listed]
        if entry["id"] in names:
            listed[names.index(entry["id"])] = entry
        else:
            listed.append(entry)
        self.write(self.exhibits_file, listed)

    def _draw(self, drawing: Drawing, name: str) -> str:
        """Write the files of a figure and return it as HTML, in both languages."""
        drawing.stamp(self.status)
        drawn = figure_html(drawing, name)
        drawing.speak("en" if self.language == "en" else "zh")
        write_whole(self.folder / f"figures/{name}.svg", svg.svg(drawing, text=False).encode("utf-8"))
        write_whole(self.folder / f"figures/{name}.png", theme.png(drawing))
        return drawn


def _display(markup: str) -> None:
    from IPython.display import HTML, display

    display(HTML(markup))


def _write(folder: Path, name: str, value: Any) -> None:
    path = folder / name
    if Path(name).is_absolute() or ".." in Path(name).parts:
        raise InputError(f"{name!r} leads out of the folder of the run", title="write")
    table = isinstance(value, (pd.DataFrame, pd.Series))
    if path.suffix != (".csv" if table else ".json"):
        expected = ".csv" if table else ".json"
        raise InputError(f"{name!r}: a {type(value).__name__} goes into a {expected} file", title="write")
    if table:
        frame = value.to_frame() if isinstance(value, pd.Series) else value
        text = frame.to_csv(index=any(label is not None for label in frame.index.names), lineterminator="\n")
    else:
        text = json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    write_whole(path, text.encode("utf-8"))
