"""One run of one edition as a notebook sees it: names, files, conclusions, tables and figures."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from govtransparency.atomic_files import write_whole
from govtransparency.editions.ranges_of_numbers import ranges_of
from govtransparency.errors import InputError
from govtransparency.plot.figure_frame import framed
from govtransparency.report.conclusion import Conclusion
from govtransparency.report.conclusions import CONCLUSIONS
from govtransparency.report.filled_captions import filled, filled_caption, looked_up
from govtransparency.report.interactive import sortable
from govtransparency.report.named_edition import NamedEdition
from govtransparency.report.render import svg
from govtransparency.report.render.exhibit import conclusion_html, exhibit_html, figure_html
from govtransparency.report.render.html_table import columns_of, table_html
from govtransparency.report.render.html_text import both
from govtransparency.report.render.score_digits import with_note_on_scores
from govtransparency.report.render.typst_paper import picture
from govtransparency.report.result_files import result_text
from govtransparency.report.stated_in_tables import stated_in, with_ranges
from govtransparency.report.tables.stability_tables import with_unit_names
from govtransparency.status_of_data import head_of
from govtransparency.texts.bilingual import Language, Shown, bilingual, listed
from govtransparency.texts.captions import CAPTIONS, Caption
from govtransparency.texts.conclusion_words import PARAGRAPHS
from govtransparency.texts.problems import notebook_problems as problems
from govtransparency.texts.report_words import OF_GROUPS, PAGE, PARTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from govtransparency.plot.figure import Drawing

__all__ = ["Run"]


NAME = re.compile(r"[a-z0-9][a-z0-9_.\-]*", re.IGNORECASE)


@dataclass(frozen=True)
class Run(NamedEdition):
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

    folder: Path | None
    notebook: str
    language: Shown = "both"
    exhibits: list[dict[str, Any]] = field(default_factory=list, repr=False, compare=False)

    @property
    def exhibits_file(self) -> str:
        """Where the exhibits of the notebook are listed, seen from the folder."""
        return f"exhibits/{self.notebook}.json"

    def group_of(self, key: Any) -> str:
        """Return the code of the group that an exhibit is about; nothing where it is about all."""
        return "" if key is None else self._places(key)["group"]

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
        several: Iterable[tuple[Any, Any]] = value.items() if "{" in name else [(None, value)]  # type: ignore[union-attr]
        for key, one in several:
            file = name.format(**self._places(key)) if "{" in name else name
            whole = self.with_basis(one, key, file) if isinstance(one, pd.DataFrame) and not processed else one
            self._write(f"processed/{file}" if processed else file, whole, ranks)

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
            entry: dict[str, Any] = {
                "id": said.name,
                "kind": "conclusion",
                "part": said.part,
                "of": [] if said.group is None else [said.group],
                "text": said.text._asdict(),
                "notebook": self.notebook,
            }
            if said.group is not None:
                brief = said.brief._asdict() if said.brief else None
                entry |= {"group": self.groups[said.group]._asdict(), "brief": brief}
            self._list(entry)
            _display(conclusion_html(entry))

    def say(self, name: str, **values: object) -> None:
        """Display a paragraph of `texts.conclusion_words.PARAGRAPHS` with numbers in it; the summary is without it."""
        text = looked_up(name, PARAGRAPHS, problems.UNKNOWN_PARAGRAPH, title="say")
        _display(f'<p class="said">{both(filled(name, text, values))}</p>')

    def show(self, exhibit: Any, name: str, *, group: Any = None, **given: Any) -> None:
        """Display a table or figure with its caption, and list it among the exhibits.

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
            replace, such as ``rows``. In a table of changes ``year`` is the one it compares with. An exhibit of one's
            own brings its ``title``, and needs no caption in the texts.

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
                self._show(self.with_names(named, key) if caption.indicators else named, name, key, filled_in, own)

    @property
    def conclusions(self) -> Mapping[str, Callable[..., Iterable[Conclusion]]]:
        """What can be concluded, by name."""
        return CONCLUSIONS

    @property
    def captions(self) -> Mapping[str, Caption]:
        """The captions that exhibits are looked up in."""
        return CAPTIONS

    def _write(self, name: str, value: Any, ranks: Collection[Any] | None) -> None:
        text = result_text(name, value, ranks=ranks, attribution=self.attribution)
        if self.folder is not None:
            write_whole(self.folder / name, text.encode("utf-8"))

    def _places(self, key: Any) -> dict[str, str]:
        """Return what a group puts into the places of a file's name."""
        return {"group": str(key)}

    def _suffix(self, key: Any) -> str:
        """Return what a group adds to the name of an exhibit."""
        return "_".join(self._places(key).values())

    def _groups_of(self, key: Any, caption: Caption) -> list[str]:
        """Return the groups that an exhibit is about; none where it is about all."""
        families = self.by_recipe if caption.by_recipe else self.by_framework
        shared = caption.by_recipe or caption.by_framework or caption.of_largest
        groups = families.get(key, [key]) if shared else [key]
        return [group for group in groups if group in self.groups]

    def _show(
        self, exhibit: pd.DataFrame | Drawing, name: str, key: Any, caption: Caption, given: Mapping[str, Any]
    ) -> None:
        if isinstance(exhibit, pd.DataFrame):
            exhibit = self.signed(exhibit)
        own = name if key is None else f"{name}_{self._suffix(key)}"
        edition = self._edition_of(key)
        ranges = ranges_of(edition, self.group_of(key))
        note, kind, status = caption.note, "figure", edition.status
        if isinstance(exhibit, pd.DataFrame):
            note, kind = with_ranges(with_note_on_scores(note, exhibit), stated_in(name, exhibit), ranges), "table"
        entry: dict[str, Any] = {
            "id": own,
            "name": name,
            "kind": kind,
            "part": caption.part,
            "of": [] if key is None else self._groups_of(key, caption),
            "title": caption.title._asdict(),
            "note": note._asdict() if note else None,
            "status": status,
            "notebook": self.notebook,
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
            self._write(f"tables/{own}.csv", self.with_basis(exhibit, key, own, given.get("year")), ranks)
            body = f'<div class="scroll">{sortable(table_html(seen, columns=columns, rows=rows, most=most))}</div>'
        else:
            index = bilingual(edition.title)
            framed(exhibit, what=caption.title, index=index, status=status, attribution=self.attribution, ranges=ranges)
            body = self._draw(exhibit, own)
            entry["alt"] = exhibit.alt._asdict()
        self._list(entry)
        _display(exhibit_html(entry, body))

    def _list(self, entry: dict[str, Any]) -> None:
        names = [item["id"] for item in self.exhibits]
        if entry["id"] in names:
            self.exhibits[names.index(entry["id"])] = entry
        else:
            self.exhibits.append(entry)
        self.write(self.exhibits_file, self.exhibits)

    def _draw(self, drawing: Drawing, name: str) -> str:
        """Return a figure as HTML, in both languages, and write its files if the run has a folder."""
        drawing.settle()
        drawn = svg.in_languages(drawing, salt=name)
        if self.folder is not None:
            own: Language = "en" if self.language == "en" else "zh"
            figures = self.folder / "figures"
            write_whole(figures / f"{name}.png", picture(drawn[own], drawing.get_figwidth(), "png"))
            write_whole(figures / f"{name}.pdf", picture(drawn[own], drawing.get_figwidth(), "pdf"))
            endings: dict[Language, str] = {"zh": "", "en": ".en"} if self.language == "both" else {own: ""}
            for language, ending in endings.items():
                drawing.speak(language)
                write_whole(figures / f"{name}{ending}.svg", svg.svg(drawing, text=False).encode("utf-8"))
        return figure_html(drawing, name, drawn["both"])


def _display(markup: str) -> None:
    from IPython.display import HTML, display

    display(HTML(f'<div class="tex2jax_ignore">{markup}</div>'))  # a dollar sign in a name opens no formula
