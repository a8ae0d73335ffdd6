"""The pages on one's own spreadsheet: what they show is read as they say, and gives the scores that they print."""

import re
from pathlib import Path

import openpyxl
import pytest

import govtransparency as gt

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGES = {
    "own_excel": ["utf-8", "utf-8-sig", "gb18030"],
    "own_spreadsheet": ["utf-8"],
}  # with the encodings of their files
FENCE = "```{kind}\n(.*?)```"


def tables(text):
    """Give the tables of a page as rows of texts."""
    for block in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        lines = [line.strip().strip("|").split("|") for line in block.strip().splitlines()]
        yield [[cell.strip() for cell in line] for line in lines[:1] + lines[2:]]


def cell_of(text):
    try:
        return int(text)
    except ValueError:
        return text or None


@pytest.fixture(params=[(page, encoding) for page, encodings in PAGES.items() for encoding in encodings])
def shown(request, tmp_path):
    """Lay out the files of a page, texts in an encoding; return their root, their index and the page's tables."""
    page, encoding = request.param
    text = (DOCS / f"{page}.md").read_text(encoding="utf-8")
    *sheets, head = re.findall(FENCE.format(kind="toml"), text, re.DOTALL)
    index = re.search(r'^index = "(.*)"', head, re.MULTILINE)[1]
    folder = tmp_path / index / "2024"
    folder.mkdir(parents=True)
    assert f"data/raw/{index}/2024/" in text
    book = openpyxl.Workbook()
    book.remove(book.active)
    given = list(tables(text))
    for said, rows in zip(sheets, given, strict=False):
        sheet = book.create_sheet(re.search(r'^sheet = "(.*)"', said, re.MULTILINE)[1])
        for row in rows if any(rows[0]) else rows[1:]:
            sheet.append([cell_of(cell) for cell in row])
    (file,) = set(re.findall(r'^file = "(.*)"', "\n".join(sheets), re.MULTILINE))
    book.save(folder / file)
    files = {
        "framework.csv": "\n".join(map(",".join, given[len(sheets)])),
        "units.csv": re.search(FENCE.format(kind="text"), text, re.DOTALL)[1],
    }
    for name, content in files.items():
        (folder / name).write_text(content, encoding=encoding)
    (folder / "edition.toml").write_text("\n".join([head, *sheets]), encoding="utf-8")
    return tmp_path, index, given


def test_the_tables_of_the_page_give_the_scores_of_the_page(shown):
    root, name, (*_, results, _) = shown
    edition = gt.read_edition(name, 2024, root=root)
    (group,) = edition.tables
    index = edition.index_of(group)
    (_, *nodes, _, _), *rows = results
    assert len(nodes) == 2 and len(rows) == 3
    for unit, *scores, rank in rows:
        assert index.scores.loc[unit, [*nodes, "index"]].tolist() == pytest.approx(list(map(float, scores)))
        assert index.ranks[unit] == int(rank)
    assert edition.status == "own"


def test_the_other_reading_of_the_weights_has_its_own_scores_and_neither_is_guessed(shown):
    root, name, _ = shown
    path = root / name / "2024" / "edition.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('weights = "of_the_whole"\n', ""), encoding="utf-8")
    with pytest.raises(gt.InputError) as caught:
        gt.read_edition(name, 2024, root=root)
    assert 'weights = "of_the_whole"' in str(caught.value) and 'weights = "within_the_parent"' in str(caught.value)


def figures_of(page):
    """Return the figures in the tables of a page, without that of messages."""
    *given, _ = tables((DOCS / f"{page}.md").read_text(encoding="utf-8"))
    cells = [cell.removesuffix("年") for rows in given for row in rows for cell in row]
    return [cell for cell in cells if re.fullmatch(r"[\d.]+", cell)]


def test_both_pages_have_the_same_figures():
    chinese, english = map(figures_of, PAGES)
    assert chinese == english and len(chinese) > 50
