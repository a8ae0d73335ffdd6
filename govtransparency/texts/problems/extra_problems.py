"""What is said where a package of an extra is not installed."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

LACKING = Text(
    "需要尚未安装的软件包 {packages}；请运行：{command}",
    "this needs {packages}, not installed here; run: {command}",
)
NO_GLYPH = Text(
    "图中字体没有字符 {characters}，以 □ 代替；如需显示，请运行：{command}",
    "the font of the figures has no {characters}: □ stands in its place; to see it, run: {command}",
)
