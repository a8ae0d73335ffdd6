"""The report's fonts have every character that the data, the notebooks and the templates can bring."""

import html
import json
import re
import sys
from base64 import b64decode
from io import BytesIO
from pathlib import Path

import pytest

from govtransparency.plot import font_files, fonts, layout, theme
from govtransparency.texts.bilingual import Text

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


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("教育部𠮷野 髙 정부 وزارة שלום", "教育部𠮷野 髙 정부 وزارة שלום"),  # rare Han, Korean, Arabic, Hebrew
        ("e\u0301 n\u0303", "é ñ"),
        ("q\u0301", "q\u0301"),  # there is no such letter in one character
        ("กระทรวง 🏛", "□□□□□□□ □"),
        ("𠀀\x07\ue000\u0600", "□□□□"),  # rarer Han, a control character, private use, an Arabic number sign
        (
            "葛\U000e0100 \u2714\ufe0f soft\xadhyphen zero\u200bwidth",
            "葛\U000e0100 \u2714\ufe0f soft\xadhyphen zero\u200bwidth",
        ),
        ("a\ufeffb\tc\nd", "a\u2060b\tc\nd"),
        ("Fees of $5 <b> & 'x'", "Fees of $5 <b> & 'x'"),
    ],
)
def test_every_character_is_shown_or_replaced_by_a_sign(text, shown):
    assert fonts.visible(text) == shown
    assert fonts.visible(shown) == shown
    assert fonts.glyphless(shown) == []


def test_matplotlib_draws_all_that_is_visible_without_a_warning():
    """A character that no font has would be an error within the style."""
    from govtransparency.plot.figure import Drawing

    drawing = Drawing(3, 1)
    for place, text in enumerate(
        ["教育部𠮷野 髙 정부 وزارة שלום", "กระทรวง 🏛 \u200b葛\U000e0100 \u2714\ufe0f", "q\u0301 a\ufeffb"]
    ):
        with theme.style():
            label = drawing.text(0.1, 0.2 + 0.3 * place, " ")
        drawing.say(label.set_text, text, text)
    assert theme.png(drawing).startswith(b"\x89PNG")


def test_a_dollar_sign_opens_no_formula(tmp_path):
    from govtransparency.plot.figure import Drawing
    from govtransparency.report.render import svg

    for name in ("Fees of $5 to $10", r"$\input{x}$", r"$\frac{1}{2}$", "a_b^c", "#let x", "<b>&amp;"):
        with theme.style():
            drawing = Drawing(3, 1)
            axes = drawing.subplots()
            axes.set_yticks([0, 1])
        layout.write_labels(drawing, axes, "y", [Text(name, name)] * 2)
        layout.title(drawing, axes, Text(name, name))
        drawn = html.unescape(svg.svg(drawing, text=True))
        assert drawn.count(name) == 3, name


def test_regular_and_bold_are_real_weights_of_their_family():
    from fontTools.ttLib import TTFont

    fonts.glyphless("\U00020bb7정")  # what the subset lacks is built
    advance = {}
    for weight in font_files.WEIGHTS:
        for family, path in fonts.faces(weight).items():
            with TTFont(path, lazy=True) as font:
                assert font["OS/2"].usWeightClass == weight
                assert font["name"].getDebugName(1) == family
                assert "fvar" not in font
                advance[family, weight] = font["hmtx"][font.getBestCmap().get(ord("m"), ".notdef")][0]
    assert {family for family, _ in advance} >= {"Noto Sans SC Subset", "DejaVu Sans", "Noto Sans KR Rest"}
    assert advance["Noto Sans SC Subset", 700] > advance["Noto Sans SC Subset", 400]


def test_a_page_carries_only_the_characters_it_needs():
    from fontTools.ttLib import TTFont

    rules = fonts.web_fonts("鄠邑区 ✗ 12 정부", bold="区")
    assert "http" not in rules
    faces = re.findall(r"font-family:'([^']+)';font-weight:(\d+).*?base64,([^)]+)\)", rules)
    held = {}
    for family, weight, data in faces:
        with TTFont(BytesIO(b64decode(data))) as font:
            held[family, int(weight)] = set(map(chr, font.getBestCmap()))
    assert held["Noto Sans SC Subset", 400] == set("鄠邑区 12")
    assert held["Noto Sans SC Subset", 700] == {"区"}
    assert held["DejaVu Sans", 400] == {"✗"}
    assert held["Noto Sans KR Rest", 400] == set("정부")
    assert fonts.web_fonts("鄠邑区 ✗ 12 정부", bold="区") == rules


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """Let what is built go to an empty folder."""
    monkeypatch.setattr(font_files, "_folder", lambda: tmp_path / "fonts")
    return tmp_path / "fonts"


@pytest.mark.slow
def test_a_family_is_built_when_a_character_needs_it_without_a_word(elsewhere, capfd):
    assert fonts.glyphless("政府 Ω ✗ 🏛") == ["🏛"]
    assert not elsewhere.exists()
    assert fonts.glyphless("\ufa10") == []  # a form that Japan alone has
    assert sorted(path.name for path in elsewhere.iterdir()) == [
        "NotoSansJPRest-Bold.ttf",
        "NotoSansJPRest-Regular.ttf",
        "OFL.txt",
    ]
    assert capfd.readouterr() == ("", "")


def subset_characters() -> set[str]:
    """Return what the fonts show that are always there."""
    return {one for path in (font_files.subset_file(400), font_files.dejavu_file(400)) for one in characters_of(path)}


def characters_of(path: Path) -> frozenset[str]:
    return font_files.characters_of(path)


def test_the_subset_has_every_character_of_texts_names_and_gb_2312_level_1():
    have = subset_characters()
    pairs = [bytes([first, second]) for first in range(0xB0, 0xD8) for second in range(0xA1, 0xFF)]
    level_1 = {character for pair in pairs for character in pair.decode("gb2312", errors="ignore")}
    assert len(level_1) == 3755
    assert sorted(level_1 - have) == []
    texts = {path: path.read_text(encoding="utf-8") for path in (ROOT / "govtransparency" / "texts").rglob("*.py")}
    for pattern in ("units.csv", "framework*.csv", "edition.toml"):
        texts |= {path: path.read_text(encoding="utf-8") for path in (ROOT / "data" / "raw").rglob(pattern)}
    lacking = {path: sorted(set(text) - have - {"\n"}) for path, text in texts.items()}
    assert {path: found for path, found in lacking.items() if found} == {}, "run python -m tools.chinese_font"


def test_both_weights_of_the_subset_have_the_same_characters_their_licence_and_at_most_3_mb_together():
    regular, bold = (font_files.subset_file(weight) for weight in font_files.WEIGHTS)
    assert characters_of(regular) == characters_of(bold)
    assert regular.stat().st_size + bold.stat().st_size <= 3_000_000
    assert "SIL OPEN FONT LICENSE Version 1.1" in regular.with_name("OFL.txt").read_text(encoding="utf-8")


def test_all_that_matplotlibs_font_has_too_is_drawn_by_the_chinese_one_if_that_has_it():
    source = font_files.characters_of(font_files.source_of(font_files.CHINESE))
    both = source & font_files.characters_of(font_files.dejavu_file(400))
    assert both <= font_files.characters_of(font_files.subset_file(400))


def test_without_the_sources_a_warning_names_the_characters_and_the_extra(monkeypatch):
    monkeypatch.setattr(font_files, "_folder", lambda: None)
    monkeypatch.setitem(sys.modules, font_files.MODULE, None)
    with pytest.warns(UserWarning, match="the font of the figures") as caught:
        assert fonts.visible("青岛𠮷 가") == "青岛□ □"
    assert [str(warning.message) for warning in caught] == [
        "the font of the figures has no 가, 𠮷: □ stands in its place; to see it, run: "
        'pip install "govtransparency[report]"'
    ]
