"""The fonts of a page have its letters, the bold one those of headings, of heads of columns and of bold drawings."""

from govtransparency.plot import fonts
from govtransparency.report.render import page_parts


def test_the_bold_font_has_the_heads_of_columns_whose_end_tags_are_dropped(monkeypatch):
    given = []
    monkeypatch.setattr(fonts, "web_fonts", lambda text, *, bold: given.append(bold) or "")
    markup = (
        f"<style>{page_parts.FONTS}</style><h2>甲</h2><p>丙</p><table><thead><tr><th scope=col><span>乙</span></th>"
        '<th scope="col">丁</th></tr></thead><tbody><tr><td>戊</td></tr></tbody></table>'
    )
    page_parts.finished(markup)
    assert {letter for letter in given[0] if letter > "一"} == set("甲乙丁")
