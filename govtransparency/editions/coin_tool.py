"""The workbook of the COIN Tool (Joint Research Centre, release 1 and before) as the draft of an edition."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from govtransparency.editions.coin_tool_cells import DATABASE, FRAMEWORK, CoinCells, cell_address, coin_cells
from govtransparency.editions.edition_draft import Draft, TomlLine, assigned, received_name
from govtransparency.errors import InputError
from govtransparency.files.raw_content import kind_of, read_content, shown_path
from govtransparency.files.workbooks import Workbook
from govtransparency.nodes import ROOT, Node
from govtransparency.texts import new_edition_words as words
from govtransparency.texts.bilingual import Text, quoted
from govtransparency.texts.bilingual import words as listed
from govtransparency.texts.problems import new_edition_problems as problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["coin_tool_draft", "is_coin_tool"]

TITLE = "Dimension/indicator"
UNUSED = ("", "-", "--")
MISSING = ("", "n/a")
A, B, C, D, E, F, G, H = range(8)
DIRECTION, LOWER, UPPER, ABOVE, CODES, FIRST_UNIT = 8, 9, 10, (11, 12, 13, 14), 16, 17
OWN_CODE = re.compile(r"unit\.\d+")  # the tool's own, which means nothing
AGGREGATORS = {"Arithmetic": "arithmetic_mean", "Geometric": "geometric_mean"}
FIGURES = "figures.csv"
GROUP = "all"


@dataclass(frozen=True)
class _Item:
    """A row of Framework that is used."""

    row: int
    code: str
    parent: str
    weight: float
    aggregation: str
    direction: float
    name: str


def is_coin_tool(path: Path) -> bool:
    """Return whether a file is such a workbook: by its sheets and a title of Framework."""
    content = read_content(path)
    if kind_of(path, content) != "zip":
        return False
    book = Workbook(content, shown_path(path))
    return {FRAMEWORK, DATABASE} <= {*book.names} and _header_row(coin_cells(book, FRAMEWORK)) is not None


def coin_tool_draft(path: Path, name: str, year: int, comment: Text) -> Draft:
    """Return the draft of the edition that the workbook holds.

    Raises
    ------
    InputError
        Listing every cell that cannot be read, a formula without its value among them, and every place where Database
        and Framework disagree.
    """
    book = Workbook(read_content(path), shown_path(path))
    framework, database = coin_cells(book, FRAMEWORK), coin_cells(book, DATABASE)
    found: list[Text] = []
    items = _items(framework, found)
    columns = {
        database(CODES, column): column
        for column in range(E, database.columns + 1)
        if database(CODES, column) not in UNUSED
    }
    if not found:
        found += _tree_problems(items, columns)
    if not found:
        found += _disagreements(items, columns, database)
    if found:
        raise InputError(found, title=str(path))
    units = _units(database, found)
    rows = [_figures(database, row, columns, found) for row in units.values()]
    settings = {place: database.number(*place, found) for place in ((3, D), (4, D), (5, D), (6, D))}
    posts = {code: _goalposts(database, column, found) for code, column in columns.items()}
    if found:
        raise InputError(found, title=str(path))
    tree, dropped, unused = _tree(items, columns)
    method = database(2, D)
    nodes, notes = _nodes(tree, posts, method)
    told = [words.COIN_DROPPED.format(codes=listed(dropped))] if dropped else []
    told += [words.COIN_UNUSED.format(codes=listed(unused))] if unused else []
    kept = [code for code in columns if code in tree]
    title = tree[next(iter(tree))].name or name
    return Draft(
        year=year,
        status="own",
        title=Text(title, title),
        nodes=nodes,
        notes=notes,
        units=tuple(
            {"unit": unit, "group": GROUP, "name_en": database(row, B) or unit, "name_zh": database(row, B) or unit}
            for unit, row in units.items()
        ),
        toml=(
            TomlLine("[groups]", words.ONE_GROUP),
            assigned(GROUP, words.ALL_UNITS._asdict()),
            TomlLine("[[sheets]]", words.COIN_RECEIVED.format(file=received_name(path))),
            assigned("file", FIGURES),
            *_recipe(book, tree, method, settings),
        ),
        comments={
            "year": comment,
            "status": words.STATUS["own"],
            "framework": Text(
                "".join(text.zh for text in (words.COIN_FRAMEWORK, *told)),
                " ".join(text.en for text in (words.COIN_FRAMEWORK, *told)),
            ),
            "units": words.COIN_UNITS,
        },
        received=path,
        files={
            FIGURES: [
                ["unit", *kept],
                *([unit, *(row[code] for code in kept)] for unit, row in zip(units, rows, strict=True)),
            ]
        },
    )


def _header_row(framework: CoinCells) -> int | None:
    """Return the row of the header: 4, or 5 before release 1."""
    return next((row for row in (4, 5) if framework(row, C) == TITLE), None)


def _items(framework: CoinCells, found: list[Text]) -> dict[str, _Item]:
    """Return the rows of Framework that are used, by code."""
    items: dict[str, _Item] = {}
    for row in range((_header_row(framework) or 0) + 1, framework.rows + 1):
        code = framework(row, C)
        if code in UNUSED:
            continue
        if code in items:
            first = cell_address(items[code].row, C)
            found.append(problems.COIN_TWICE.format(cell=cell_address(row, C), code=code, first=first))
            continue
        parent, aggregation = framework(row, D), framework(row, F) or "Arithmetic"
        if aggregation not in AGGREGATORS:
            found.append(_choice(row, F, aggregation, AGGREGATORS))
        direction = framework.number(row, G, found)
        if direction not in (1, -1):
            found.append(_choice(row, G, framework(row, G), (1, -1)))
        items[code] = _Item(
            row,
            code,
            "" if parent in UNUSED else parent,
            framework.number(row, E, found),
            aggregation,
            direction,
            framework(row, H),
        )
    return items


def _choice(row: int, column: int, text: str, choices: Any) -> Text:
    return problems.COIN_CHOICE.format(
        sheet=FRAMEWORK, cell=cell_address(row, column), text=text, choices=listed(map(str, choices))
    )


def _tree_problems(items: Mapping[str, _Item], columns: Mapping[str, int]) -> Iterator[Text]:
    """Give what is wrong with the tree, and the indicators that only one of the sheets has."""
    roots = [code for code, item in items.items() if not item.parent]
    if len(roots) != 1:
        yield problems.COIN_ROOTS.format(count=len(roots), codes=listed(roots))
    for code, item in items.items():
        if item.parent and item.parent not in items:
            yield problems.COIN_PARENT.format(cell=cell_address(item.row, D), code=code, parent=item.parent)
        elif _leads_back(items, code):
            yield problems.COIN_CYCLE.format(code=code)
    for code, column in columns.items():
        if code not in items:
            yield problems.COIN_NOT_IN_FRAMEWORK.format(cell=cell_address(CODES, column), code=code)
    for code, item in items.items():
        if code.startswith("ind.") and code not in columns:
            yield problems.COIN_NOT_IN_DATABASE.format(cell=cell_address(item.row, C), code=code)


def _leads_back(items: Mapping[str, _Item], code: str) -> bool:
    seen: set[str] = set()
    while code in items and code not in seen:
        seen.add(code)
        code = items[code].parent
    return code in seen


def _above(items: Mapping[str, _Item], code: str) -> list[str]:
    """Return the codes above a node, the index first."""
    above: list[str] = []
    while parent := items[code].parent:
        above.insert(0, parent)
        code = parent
    return above


def _disagreements(items: Mapping[str, _Item], columns: Mapping[str, int], database: CoinCells) -> Iterator[Text]:
    """Give the indicators whose levels or direction differ between the sheets."""
    for code, column in columns.items():
        there = [text for row in ABOVE if (text := database(row, column)) not in UNUSED]
        if there != (above := _above(items, code)):
            cells = f"{cell_address(ABOVE[0], column)}:{cell_address(ABOVE[-1], column)}"
            yield problems.COIN_DISAGREE.format(cells=cells, code=code, database=quoted(there), framework=quoted(above))
        said, own = database(DIRECTION, column), items[code].direction
        if said and said != f"{own:g}":
            yield problems.COIN_DIRECTION.format(
                cell=cell_address(DIRECTION, column), code=code, database=said, framework=f"{own:g}"
            )


def _units(database: CoinCells, found: list[Text]) -> dict[str, int]:
    """Return the row of each unit: by its code, or by its name where the code is the tool's own."""
    units: dict[str, int] = {}
    for row in range(FIRST_UNIT, database.rows + 1):
        name, code = database(row, B), database(row, C)
        unit = name if name and (not code or OWN_CODE.fullmatch(code)) else code
        if unit in units:
            found.append(
                problems.COIN_UNIT_TWICE.format(
                    cell=cell_address(row, C), unit=unit, first=cell_address(units[unit], C)
                )
            )
        elif unit:
            units[unit] = row
    return units


def _figures(database: CoinCells, row: int, columns: Mapping[str, int], found: list[Text]) -> dict[str, str]:
    """Return the figures of a unit as text, empty where missing."""
    figures = {}
    for code, column in columns.items():
        text = database(row, column)
        if text.lower() in MISSING:
            figures[code] = ""
        else:
            database.number(row, column, found)
            figures[code] = str(text)
    return figures


def _goalposts(database: CoinCells, column: int, found: list[Text]) -> tuple[float, float] | None:
    """Return the lower and upper goalpost of an indicator, None where neither is given."""
    if not database(LOWER, column) and not database(UPPER, column):
        return None
    return database.number(LOWER, column, found), database.number(UPPER, column, found)


def _tree(items: Mapping[str, _Item], columns: Mapping[str, int]) -> tuple[dict[str, _Item], list[str], list[str]]:
    """Return the nodes without those that only pass a level or have no indicator beneath them; and these two lists.

    A node passes a level if it is the only one beneath its parent and has the parent's name.
    """
    used = {code for indicator in columns for code in (*_above(items, indicator), indicator)}
    unused = [code for code in items if code not in used]
    tree = {code: item for code, item in items.items() if code in used}
    dropped = []
    for code in [*tree]:
        item = tree[code]
        above = tree.get(item.parent)
        alone = [other.code for other in tree.values() if other.parent == item.parent] == [code]
        if above is None or code in columns or not alone or item.name != above.name:
            continue
        dropped.append(code)
        del tree[code]
        tree = {
            other: _moved(node, code, above.code, item.aggregation if other == above.code else node.aggregation)
            for other, node in tree.items()
        }
    return tree, dropped, unused


def _moved(item: _Item, parent: str, above: str, aggregation: str) -> _Item:
    return _Item(
        item.row,
        item.code,
        above if item.parent == parent else item.parent,
        item.weight,
        aggregation,
        item.direction,
        item.name,
    )


def _nodes(
    tree: Mapping[str, _Item], posts: Mapping[str, tuple[float, float] | None], method: str
) -> tuple[tuple[Node, ...], dict[str, Text]]:
    root = next(code for code, item in tree.items() if not item.parent)
    nodes, notes = [], {}
    for item in sorted(tree.values(), key=lambda item: item.code != root):
        code = ROOT if item.code == root else item.code
        own: dict[str, Any] = {"weight": item.weight}
        if item.code in posts:
            own["direction"] = int(item.direction)
            if (post := posts[item.code]) is not None and method == "Goalposts":
                own["worst"], own["best"] = post if item.direction > 0 else post[::-1]
            elif post is not None:
                notes[code] = words.COIN_GOALPOSTS.format(lower=f"{post[0]:g}", upper=f"{post[1]:g}", method=method)
        nodes.append(Node(code, ROOT if item.parent == root else item.parent, item.name, item.name, **own))
    return tuple(nodes), notes


def _recipe(
    book: Workbook, tree: Mapping[str, _Item], method: str, settings: Mapping[tuple[int, int], float]
) -> Iterator[TomlLine]:
    """Give the recipe: what the workbook's settings mean here, and what has no equivalent in a comment."""
    low, high, mean, sd = settings.values()
    scaled = {"method": "min_max", "to": [low, high]}
    normalise, comment = {
        "Minmax": (scaled, words.COIN_METHOD["Minmax"]),
        "Goalposts": (scaled, words.COIN_METHOD["Goalposts"]),
        "Datamax": ("ratio_to_best", words.COIN_METHOD["Datamax"].format(low=f"{low:g}", high=f"{high:g}")),
        "Dataz": ({"method": "z_score", "mean": mean, "sd": sd}, words.COIN_METHOD["Dataz"]),
        "Dataprcranks": (
            {"method": "percentile_rank", "definition": "inclusive"},
            words.COIN_METHOD["Dataprcranks"],
        ),
    }.get(method, (scaled, words.COIN_NO_METHOD.format(method=method)))
    yield TomlLine("[recipe]", _treatment(book))
    yield assigned("normalise", normalise, comment)
    geometric = [code for code, item in tree.items() if item.aggregation == "Geometric" and _has_children(tree, code)]
    if geometric:
        root = next(code for code, item in tree.items() if not item.parent)
        by_node = {ROOT if code == root else code: AGGREGATORS["Geometric"] for code in geometric}
        zero = low <= 0 and method != "Dataz"
        told = [words.COIN_AGGREGATE, *([words.COIN_ZERO.format(low=f"{low:g}")] if zero else [])]
        yield assigned(
            "aggregate",
            {"by_node": by_node, "otherwise": AGGREGATORS["Arithmetic"]},
            Text("".join(text.zh for text in told), " ".join(text.en for text in told)),
        )
    yield assigned("missing", {"method": "spread_weights", "min_coverage": 0.5}, words.COIN_MISSING)


def _has_children(tree: Mapping[str, _Item], code: str) -> bool:
    return any(item.parent == code for item in tree.values())


def _treatment(book: Workbook) -> Text | None:
    """Return what the workbook says of the treatment of outliers, which is not taken over."""
    cells = [("Winsorisation", 2), *(("TreatedData", row) for row in (3, 4, 5, 6))]
    settings = []
    for sheet in {sheet: None for sheet, _ in cells if sheet in book.names}:
        raw = book.rows(sheet)
        at = dict(zip(raw.lines, raw.rows, strict=True))
        for row in (row for other, row in cells if other == sheet):
            text = next(iter(at.get(row, [])[D : D + 1]), "")
            settings.append(f"{sheet} {cell_address(row, D)} = {text or '-'}")
    return words.COIN_TREATMENT.format(settings=", ".join(settings)) if settings else None
