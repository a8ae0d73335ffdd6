"""The report's fonts have every character that the data, the notebooks and the templates can bring."""

import json
import re
from base64 import b64decode
from io import BytesIO
from pathlib import Path

import pytest

from govtransparency.plot import fonts

ROOT = Path(__file__).resolve().parents[2]


def lacking(words: str) -> list[str]:
    return fonts.glyphless(words)


@pytest.mark.parametrize("folder", sorted((ROOT / "data" / "raw").iterdir()), ids=lambda path: path.name)
def test_every_character_of_the_raw_data_has_a_glyph(folder):
    files = [path for path in folder.rglob("*") if path.suffix in (".csv", ".toml")]
    assert files
    characters = set().union(*(set(path.read_text(encoding="utf-8")) for path in files))
    assert lacking("".join(characters)) == []


def test_every_character_of_notebooks_templates_and_texts_has_a_glyph():
    cells = [
        "".join(cell["source"])
        for path in (ROOT / "notebooks").glob("*.ipynb")
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
    ]
    templates = [
        path.read_text(encoding="utf-8")
        for path in (ROOT / "govtransparency" / "report" / "render" / "templates").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    ]
    catalogue = [path.read_text(encoding="utf-8") for path in (ROOT / "govtransparency" / "texts").rglob("*.py")]
    assert cells and templates and catalogue
    assert lacking("".join([*cells, *templates, *catalogue])) == []


def test_rare_characters_of_real_names_have_a_glyph():
    assert lacking("鄠邑区浉河区猇亭区甪直濮阳亳州") == []


def test_a_character_that_no_font_has_is_named():
    assert lacking("青岛\u0e01\n\t\u200b\U0001f3db") == ["\u0e01", "\U0001f3db"]


def test_regular_and_bold_are_real_weights_of_one_family():
    from fontTools.ttLib import TTFont

    files = fonts.font_files()
    assert sorted(files) == [400, 700]
    for weight, path in files.items():
        with TTFont(path, lazy=True) as font:
            assert font["OS/2"].usWeightClass == weight
            assert font["name"].getDebugName(1) == "Noto Sans SC"
            assert "fvar" not in font
    advance = {}
    for weight, path in files.items():
        with TTFont(path, lazy=True) as font:
            advance[weight] = font["hmtx"][font.getBestCmap()[ord("m")]][0]
    assert advance[700] > advance[400]


def test_a_page_carries_only_the_characters_it_needs():
    from fontTools.ttLib import TTFont

    rules = fonts.web_fonts("鄠邑区 ✗ 12 정부", bold="区")
    assert "http" not in rules
    faces = re.findall(r"font-family:'([^']+)';font-weight:(\d+).*?base64,([^)]+)\)", rules)
    held = {}
    for family, weight, data in faces:
        with TTFont(BytesIO(b64decode(data))) as font:
            held[family, int(weight)] = set(map(chr, font.getBestCmap()))
    assert held["Noto Sans SC", 400] == set("鄠邑区 12")
    assert held["Noto Sans SC", 700] == {"区"}
    assert held["DejaVu Sans", 400] == {"✗"}
    assert held["Noto Sans KR", 400] == set("정부")
    assert fonts.web_fonts("鄠邑区 ✗ 12 정부", bold="区") == rules


@pytest.mark.slow
def test_the_fonts_are_built_without_a_word(tmp_path, monkeypatch, capfd):
    monkeypatch.setattr(fonts, "_folder", lambda: tmp_path / "fonts")
    assert {path.stat().st_size > 1_000_000 for path in fonts.font_files().values()} == {True}
    assert capfd.readouterr() == ("", "")
