"""What is wrong with the results that a page, a PDF or a workbook is made of."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

NO_NOTEBOOK = Text("{folder} 中没有运行过的笔记本", "no executed notebook in {folder}")
NO_EXHIBITS = Text("{folder} 中没有图表", "no exhibits in {folder}")
DUPLICATE_EXHIBIT = Text(
    "{notebooks}都有图表“{name}”，请将其一改名", "{notebooks} both show {name!r}; give one another name"
)
