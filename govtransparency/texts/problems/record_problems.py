"""What is wrong with the files of a public record."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

RECORD_OF = Text("{index}的公开记录", "record of {index}")
NO_COLUMN = Text("{path}：缺少“{column}”列；{nearest}", "{path}: column {column!r} is missing; {nearest}")
UNKNOWN_KIND = Text("第{line}行：kind = “{kind}”未知；{nearest}", "line {line}: kind {kind!r} is unknown; {nearest}")
NOT_A_NUMBER = Text("第{line}行：“{text}”不是数值", "line {line}: {text!r} is not a number")
UNREAD_CLAIM = Text(
    "claims.csv 第{line}行：{kind}“{value}”既无规则可读，readings.csv 也未作解读",
    "claims.csv line {line}: no rule and no reading for {kind} {value!r}",
)
