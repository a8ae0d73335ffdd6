"""One run of one edition as a notebook sees it: names, files, conclusions, and numbered tables and figures."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from govtransparency.atomic_files import write_whole
from govtransparency.editions.edition import alike
from govtransparency.errors import InputError
from govtransparency.names import name_of_unit, node_names, with_node_names
from govtransparency.nodes import ROOT
from govtransparency.plot import theme
from govtransparency.plot.figure_frame import framed
from govtransparency.profiles.basis_of_figures import with_basis
from govtransparency.profiles.published_ranks import names_for_figures
from govtransparency.report.conclusion import Conclusion
from govtransparency.report.conclusions import CONCLUSIONS
from govtransparency.report.filled_captions import filled, filled_caption, looked_up
from govtransparency.report.interactive import sortable
from govtransparency.report.render import svg
from govtransparency.report.render.exhibit import exhibit_html, figure_html
from govtransparency.report.render.html_table import columns_of, table_html
from govtransparency.report.render.html_text import both
from govtransparency.report.render.score_digits import with_note_on_scores
from govtransparency.report.result_files import result_text
from govtransparency.report.stated_in_tables import stated_in, with_ranges
from govtransparency.report.tables.code_names import in_words
from govtransparency.report.tables.stability_tables import with_unit_names
from govtransparency.status_of_data import head_of
from govtransparency.texts.bilingual import Shown, Text, as_text, bilingual, listed
from govtransparency.texts.captions import CAPTIONS, Caption
from govtransparency.texts.conclusion_words import PARAGRAPHS
from govtransparency.texts.problems import notebook_problems as problems
from govtransparency.texts.report_words import OF_GROUPS, PAGE, PARTS
from govtransparency.texts.status_words import STATUS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from govtransparency.editions import Edition
    from govtransparency.framework import Framework
    from govtransparency.index import Index
    from govtransparency.plot.figure import Drawing

__all__ = ["Run"]


NAME = re.compile(r"[a-z0-9][a-z0-9_.\-]*", re.IGNORECASE)


@dataclass(frozen=True)
class Run:
    """One run of one edition, as one notebook sees it.

    Attributes
    ----------
    edition : Edition
    folder : Path or None
        Where results go; None if nothing is to be written.
    notebook : str
        Its name, without the ending.
    language : {"zh", "en", "both"}
        Shown first; figures are written in English if it is ``"en"``, else in Chinese.
    exhibits : list of dict
        The tables, figures and conclusions so far, as they are listed in the file `exhibits_file`.
    """

    edition: Edition
    folder: Path | None
    notebook: str
    language: Shown = "both"
    exhibits: list[dict[str, Any]] = field(default_factory=list, repr=False, compare=False)

    @property
    def seed(self) -> int:
        """The seed of every random draw: the edition's."""
        return self.edition.seed

    @cached_property
    def indices(self) -> dict[str, Index]:
        """The official index of each group, in the edition's order."""
        return {group: self.edition.index_of(group) for group in self.edition.tables}

    @cached_property
    def ranked(self) -> dict[str, Index]:
        """The official index of each group in which at least two units have a rank, so that ranks can be compared."""
        return {group: index for group, index in self.indices.items() if index.ranks.count() > 1}

    @cached_property
    def groups(self) -> dict[str, Text]:
        """The name of each group."""
        return {group: bilingual(names) for group, names in self.edition.groups.items()}

    @cached_property
    def nodes(self) -> dict[str, Text]:
        """What each node of the frameworks is called."""
        return self.edition.nodes

    @cached_property
    def names(self) -> pd.DataFrame:
        """What figures call the units: name_zh, name_en, and for simulated figures the published place, if any."""
        return names_for_figures(self.edition)

    @property
    def by_framework(self) -> dict[str | None, list[str]]:
        """The groups that share a framework, under their first; under None where all groups do.

        What is shown by this key has the names of the groups in its caption where there are several frameworks.
        """
        return _by_first(self.edition.families)

    @property
    def by_recipe(self) -> dict[str | None, list[str]]:
        """The groups that share a recipe, as `by_framework`."""
        return _by_first(alike(self.edition.recipes))

    @property
    def largest(self) -> dict[str | None, str]:
        """The group with the most units among those that share a framework."""
        sizes = {group: len(table) for group, table in self.edition.tables.items()}
        return {key: max(groups, key=sizes.__getitem__) for key, groups in self.by_framework.items()}

    def framework_of(self, key: str | None) -> Framework:
        """Return the framework of a group, or of all groups under None."""
        return self.edition.framework if key is None else self.edition.frameworks[key]

    def averaged_of(self, key: str | None) -> Framework:
        """Return the tree as it is averaged, of the recipe of a group or, under None, of the first group."""
        return self.edition.recipes[next(iter(self.edition.recipes)) if key is None else key].averaged

    def top_of(self, group: str) -> list[str]:
        """Return the children of the index in a group's framework."""
        return list(self.edition.frameworks[group].children(ROOT))

    @property
    def league(self) -> bool:
        """Whether the edition shows a league table; one that shows tiers names no places."""
        return self.edition.league

    def names_places(self, _key: Any) -> bool:
        """Return whether the units of a group may be named at their ranks."""
        return self.league

    @property
    def status(self) -> Text:
        """What the figures of the edition are, in a few words."""
        return STATUS[self.edition.status]

    @property
    def attribution(self) -> tuple[Text, ...]:
        """The lines that go with every table and figure, as the licences of the sources ask."""
        return self.edition.attribution

    @property
    def exhibits_file(self) -> str:
        """Where the exhibits of the notebook are listed, seen from the folder."""
        return f"exhibits/{self.notebook}.json"

    def name(self, unit: str) -> Text:
        """Return what a unit is called."""
        return name_of_unit(self.edition.units, unit)

    def group_of(self, key: Any) -> str:
        """Return the code of the group that an exhibit is about; nothing where it is about all."""
        return "" if key is None else self._places(key)["group"]

    def group_name(self, key: Any) -> Text:
        """Return what a group is called; of another key, the key itself."""
        return self.groups.get(key, as_text(str(key)))

    def units_of(self, key: Any) -> pd.DataFrame:
        """Return the units that the figures of a group are about, with name_zh and name_en."""
        return self._edition_of(key).units

    def named(self, values: Mapping[Any, Any], groups: Collection[Any] | None = None) -> dict[Text, Any]:
        """Return what is held by group, or by some groups, under their names, as figures with a panel per group do."""
        return {self.group_name(key): value for key, value in values.items() if groups is None or key in groups}

    def with_names(self, table: pd.DataFrame, group: Any = None) -> pd.DataFrame:
        """Return a table indexed by nodes with their names in front: as the group calls them, if it is of one."""
        frameworks = self.edition.frameworks
        return with_node_names(table, node_names(frameworks[group]) if group in frameworks else self.nodes)

    def with_intervals(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return a table of ranks and intervals with the units' names, ordered by rank; none without a rank."""
        names = self.edition.units[["name_zh", "name_en"]]
        kept = table.dropna(subset="rank").sort_values("rank", kind="stable")
        return kept[["rank"]].join(names).join(kept[["low", "high", "tier"]])

    def in_words(self, table: pd.DataFrame, column: str) -> pd.DataFrame:
        """Return a table with names in place of codes: of its groups, and in the sentences of one column."""
        return in_words(table, column, self.edition)

    def write(
        self,
        name: str,
        value: pd.DataFrame | pd.Series | Mapping[Any, Any] | list[Any],
        *,
        processed: bool = False,
        ranks: Collection[Any] | None = None,
    ) -> None:
        """Write a result, if the run has a folder: a table as CSV, anything else as JSON.

        Numbers are written in full precision, and the same values give the same bytes.

        Parameters
        ----------
        name : str
            Its path in the folder, such as ``ranks.csv``. A name with a place in braces, ``ranks_{group}.csv``, takes a
            mapping of group to value and writes one file per group.
        value : DataFrame, Series, mapping or list
            The index of a table is written if it has a name.
        processed : bool
            Whether it goes to the folder `processed` of the folder, for others to start from.
        ranks : collection, optional
            The columns of a table that hold ranks, if not those that the report always writes as ranks.

        Raises
        ------
        InputError
            For a path that leads out of the folder, or whose ending does not fit the value.
        """
        if "{" in name:
            for key, one in value.items():  # type: ignore[union-attr]
                self.write(name.format(**self._places(key)), one, processed=processed, ranks=ranks)
            return
        whole = value if processed or not isinstance(value, pd.DataFrame) else self.with_basis(value)
        text = result_text(name, whole, ranks=ranks, attribution=self.attribution)
        if self.folder is not None:
            write_whole(self.folder / ("processed" if processed else "") / name, text.encode("utf-8"))

    def with_basis(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return a table to be written: in a simulated edition each unit's row says what is published of it."""
        return with_basis(table, self.edition)

    def write_processed(self, name: str, value: pd.DataFrame | Mapping[str, pd.DataFrame]) -> None:
        """Write a validated table for others to start from; as `write`, into the folder `processed`."""
        self.write(name, value, processed=True)

    def warn(self) -> None:
        """Display what the figures of the edition are; every notebook begins with it."""
        _display(
            f'<aside class="status {self.edition.status}"><strong>{both(self.status)}</strong> '
            f"{both(head_of(self.edition.status, self.attribution))}</aside>"
        )

    def conclude(self, what: str | Conclusion, *results: Any) -> None:
        """Display sentences made of results, and list them for the summary at the head of the report.

        Parameters
        ----------
        what : str or Conclusion
            A name among `govtransparency.report.conclusions.CONCLUSIONS`, or a conclusion of one's own.
        *results
            What that conclusion is made of.

        Raises
        ------
        InputError
            For an unknown name, and for an unknown part of the summary, with the nearest.
        """
        given: Iterable[Conclusion] = [what] if isinstance(what, Conclusion) else []
        if isinstance(what, str):
            given = looked_up(what, self.conclusions, problems.UNKNOWN_CONCLUSION, title="conclude")(
                self.edition, *results
            )
        for said in given:
            looked_up(said.part, {part: PAGE[part] for part in PARTS}, problems.UNKNOWN_PART, title="conclude")
            self._list(said.as_exhibit(self.notebook, self.groups))
            _display(f'<p class="conclusion">{both(said.text)}</p>')

    def say(self, name: str, **values: object) -> None:
        """Display a paragraph of `texts.conclusion_words.PARAGRAPHS` with numbers in it; the summary is without it."""
        text = looked_up(name, PARAGRAPHS, problems.UNKNOWN_PARAGRAPH, title="say")
        _display(f'<p class="said">{both(filled(name, text, values))}</p>')

    def show(self, exhibit: Any, name: str, *, group: Any = None, **given: Any) -> None:
        """Display a numbered table or figure with its caption, and list it among the exhibits.

        Parameters
        ----------
        exhibit : DataFrame, Drawing, or mapping of group to one of them
            A table is also written whole to ``tables/<name>.csv``, a figure to ``figures/<name>`` as SVG, PNG and PDF,
            in English if the run's language is ``"en"``, else in Chinese; if the run has a folder. A mapping gives one
            exhibit per group.
        name : str
            Of the caption (`govtransparency.texts.captions`) and, with the group if there is one, of the exhibit; shown
            again under the same name, it takes the place of the first.
        group : str, optional
            That the exhibit is about.
        **given
            Values for the places in the caption's words, or a mapping of group to them; and parts of the caption to
            replace, such as ``rows``. An exhibit of one's own brings its ``title``, and needs no caption in the texts.

        Raises
        ------
        InputError
            For a name without caption, with the nearest; for characters that a file's name should not have; and for a
            place in the caption's words that no value is given for.
        """
        if not NAME.fullmatch(name):
            raise InputError(problems.EXHIBIT_NAME.format(name=name), title="show")
        parts = {part: given.pop(part) for part in Caption._fields if part in given}
        if "title" in parts:
            caption = Caption(**parts)
        else:
            caption = looked_up(name, self.captions, problems.UNKNOWN_CAPTION, title="show")._replace(**parts)
        for key, one in exhibit.items() if isinstance(exhibit, Mapping) else [(group, exhibit)]:
            empty = isinstance(one, pd.DataFrame) and one.empty
            if (self.names_places(key) or not caption.places) and not (empty and caption.if_any):
                own = {place: value[key] if isinstance(value, Mapping) else value for place, value in given.items()}
                values = {"group": self.group_name(key), **own}
                filled_in = filled_caption(name, caption, values, groups=self.groups, nodes=self.nodes)
                if (caption.by_framework or caption.by_recipe) and key is not None:
                    families = self.by_recipe if caption.by_recipe else self.by_framework
                    names = listed(self.groups[group] for group in families.get(key, [key]))
                    filled_in = filled_in._replace(title=OF_GROUPS.format(title=filled_in.title, groups=names))
                named = with_unit_names(one, self.units_of(key)) if caption.units else one
                self._show(self.with_names(named, key) if caption.indicators else named, name, key, filled_in)

    @property
    def conclusions(self) -> Mapping[str, Callable[..., Iterable[Conclusion]]]:
        """What can be concluded, by name."""
        return CONCLUSIONS

    @property
    def captions(self) -> Mapping[str, Caption]:
        """The captions that exhibits are looked up in."""
        return CAPTIONS

    def _places(self, key: Any) -> dict[str, str]:
        """Return what a group puts into the places of a file's name."""
        return {"group": str(key)}

    def _suffix(self, key: Any) -> str:
        """Return what a group adds to the name of an exhibit."""
        return "_".join(self._places(key).values())

    def _edition_of(self, _key: Any) -> Edition:
        """Return the edition that the figures of a group come from."""
        return self.edition

    def _show(self, exhibit: pd.DataFrame | Drawing, name: str, key: Any, caption: Caption) -> None:
        own = name if key is None else f"{name}_{self._suffix(key)}"
        edition = self._edition_of(key)
        ranges = edition.ranges_of(self.group_of(key))
        note, kind, status = caption.note, "figure", edition.status
        if isinstance(exhibit, pd.DataFrame):
            note, kind = with_ranges(with_note_on_scores(note, exhibit), stated_in(name, exhibit), ranges), "table"
        entry: dict[str, Any] = {
            "id": own,
            "kind": kind,
            "number": self._number(own, kind),
            "title": caption.title._asdict(),
            "note": note._asdict() if note else None,
            "status": status,
            "notebook": self.notebook,
            "summary": caption.summary,
        }
        if self.folder is not None:
            entry["file"] = f"tables/{own}.csv" if kind == "table" else f"figures/{own}.svg"
        if isinstance(exhibit, pd.DataFrame):
            columns, rows, most = caption.columns, caption.rows, caption.most
            entry |= {"rows": rows, "most": most}
            seen = exhibit.drop(columns=[*caption.keys])
            shown = columns_of(seen, columns)
            entry["columns"] = [{"name": key} | item._asdict() for key, item in shown.items()]
            ranks = [name for name in exhibit if name in shown and shown[name].kind in ("rank", "shift")]
            self.write(f"tables/{own}.csv", exhibit, ranks=ranks)
            body = f'<div class="scroll">{sortable(table_html(seen, columns=columns, rows=rows, most=most))}</div>'
        else:
            index = bilingual(edition.title)
            framed(exhibit, what=caption.title, index=index, status=status, attribution=self.attribution, ranges=ranges)
            body = self._draw(exhibit, own)
            entry["alt"] = exhibit.alt._asdict()
        self._list(entry)
        _display(exhibit_html(entry, body))

    def _number(self, name: str, kind: str) -> str:
        """Return the exhibit's place among those of its kind, after the notebook's own number."""
        same = [item["id"] for item in self.exhibits if item["kind"] == kind]
        place = same.index(name) + 1 if name in same else len(same) + 1
        return ".".join([*re.findall(r"^\d+", self.notebook), str(place)])

    def _list(self, entry: dict[str, Any]) -> None:
        names = [item["id"] for item in self.exhibits]
        if entry["id"] in names:
            self.exhibits[names.index(entry["id"])] = entry
        else:
            self.exhibits.append(entry)
        self.write(self.exhibits_file, self.exhibits)

    def _draw(self, drawing: Drawing, name: str) -> str:
        """Return a figure as HTML, in both languages, and write its files if the run has a folder."""
        drawn = figure_html(drawing, name)
        if self.folder is not None:
            drawing.speak("en" if self.language == "en" else "zh")
            write_whole(self.folder / f"figures/{name}.svg", svg.svg(drawing, text=False).encode("utf-8"))
            write_whole(self.folder / f"figures/{name}.png", theme.png(drawing))
            write_whole(self.folder / f"figures/{name}.pdf", theme.pdf(drawing))
        return drawn


def _by_first(families: list[tuple[str, ...]]) -> dict[str | None, list[str]]:
    return {None if len(families) == 1 else family[0]: list(family) for family in families}


def _display(markup: str) -> None:
    from IPython.display import HTML, display

    display(HTML(f'<div class="tex2jax_ignore">{markup}</div>'))  # a dollar sign in a name opens no formula
