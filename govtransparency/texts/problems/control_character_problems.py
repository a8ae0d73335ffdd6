"""What is wrong with a text that holds control characters."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

CHARACTERS = {"\t": Text("制表符", "a tab"), "\n": Text("换行", "a line break"), "\r": Text("换行", "a line break")}
CELL = Text(
    "第{line}行，“{column}”列：含有{characters}，无法显示；请删去，或改为空格",
    "line {line}, column {column!r}: it holds {characters}, which cannot be shown; delete it or write a blank instead",
)
