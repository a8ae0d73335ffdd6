"""What a TOML file that does not parse needs typed otherwise."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

MARKS = Text(
    "第{line}行：须用半角标点，请将 {found} 改为 {typed}",
    "line {line}: type {typed} in place of the full-width {found}",
)
WORDS = Text(
    "第{line}行：{found} 须加英文引号，写作 {typed}", "line {line}: {found} stands in quotation marks: {typed}"
)
AND_THEN = Text("改正以上各处后仍有错误：{reason}", "once this is corrected, there is still: {reason}")
