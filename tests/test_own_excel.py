"""The page in Chinese on one's own Excel: what it shows is read as it says, and gives the scores that it prints."""

import re
from pathlib import Path

import openpyxl
import pytest

import govtransparency as gt

PAGE = Path(__file__).resolve().parent.parent / "docs" / "own_excel.md"
SHEETS = {"公开": 1, "热线": 2, "网办率": 3, "评议": 4}  # the tables of the page in their order
INDEX = "政务公开"


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


@pytest.fixture(params=["utf-8", "utf-8-sig", "gb18030"])
def root(request, tmp_path):
    """Lay out the files of the page, those of text in one of three encodings."""
    text = PAGE.read_text(encoding="utf-8")
    folder = tmp_path / INDEX / "2024"
    folder.mkdir(parents=True)
    book = openpyxl.Workbook()
    book.remove(book.active)
    shown = list(tables(text))
    for name, rows in zip(SHEETS, shown, strict=False):
        sheet = book.create_sheet(name)
        for row in rows if any(rows[0]) else rows[1:]:
            sheet.append([cell_of(cell) for cell in row])
    book.save(folder / "我的数据.xlsx")
    files = {
        "framework.csv": "\n".join(map(",".join, shown[len(SHEETS)])),
        "units.csv": re.search(r"```text\n(.*?)```", text, re.DOTALL)[1],
    }
    for name, content in files.items():
        (folder / name).write_text(content, encoding=request.param)
    *sheets, head = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    (folder / "edition.toml").write_text("\n".join([head, *sheets]), encoding="utf-8")
    return tmp_path


def test_the_tables_of_the_page_give_the_scores_of_the_page(root):
    edition = gt.read_edition(INDEX, 2024, root=root)
    index = edition.index_of("市")
    *_, results, _ = tables(PAGE.read_text(encoding="utf-8"))
    assert results[0] == ["被评单位", "公开", "回应", "总分", "名次"]
    assert len(results) == 4
    for unit, *scores, rank in results[1:]:
        assert index.scores.loc[unit, ["公开", "回应", "index"]].tolist() == pytest.approx(list(map(float, scores)))
        assert index.ranks[unit] == int(rank)
    assert edition.status == "own"


def test_the_other_reading_of_the_weights_has_its_own_scores_and_neither_is_guessed(root):
    path = root / INDEX / "2024" / "edition.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('weights = "of_the_whole"\n', ""), encoding="utf-8")
    with pytest.raises(gt.InputError) as caught:
        gt.read_edition(INDEX, 2024, root=root)
    assert 'weights = "of_the_whole"' in str(caught.value) and 'weights = "within_the_parent"' in str(caught.value)
