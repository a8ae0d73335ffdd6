"""What is wrong with the files of a public record."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

RECORD_OF = Text("{index}的公开记录", "record of {index}")
MISNAMED = Text("{path}：公开记录没有这一文件；{nearest}", "{path}: no file of a record; {nearest}")
BEYOND_COVERAGE = Text(
    "第{line}行，“{column}”列：{cell}大于 coverage.csv 所记{year}年“{group}”类的被评单位数{size}",
    "line {line}, column {column!r}: {cell} is more than the {size} units that coverage.csv has "
    "for {year} and group {group!r}",
)
CLAIM_NOT_WHOLE = Text(
    "第{line}行，“value”列：claim_type 为“{kind}”，应为不小于1的整数或文字；现为“{value}”",
    "line {line}, column 'value': for claim_type {kind!r} expected a whole number >= 1, or words; got {value!r}",
)
UNKNOWN_KIND = Text("第{line}行：kind = “{kind}”未知；{nearest}", "line {line}: kind {kind!r} is unknown; {nearest}")
READING_WITHOUT_VALUE = Text(
    "第{line}行：value 为空，而 of 中的“{text}”既不是数值，也不是该单位在 self_reported.csv 中的指标；"
    "请在 value 中写明数值",
    "line {line}: value is empty, and {text!r} in of is neither a number nor an indicator of the unit in "
    "self_reported.csv; write the number in value",
)
NOT_A_NUMBER = Text("第{line}行：“{text}”不是数值", "line {line}: {text!r} is not a number")
UNREAD_CLAIM = Text(
    "claims.csv 第{line}行：{kind}“{value}”既无规则可读，readings.csv 也未作解读",
    "claims.csv line {line}: no rule and no reading for {kind} {value!r}",
)
UNKNOWN_GROUP = Text(
    "第{line}行，“group”列：未知的类别“{group}”；各年度均没有的类别请写作 other:名称；{nearest}",
    "line {line}, column 'group': group {group!r} is unknown; a group that no edition has is written other:NAME; "
    "{nearest}",
)
UNKNOWN_UNIT = Text(
    "第{line}行，“entity_zh”列：{year}年度的units.csv没有“{unit}”；请改正名称，或将其列入units.csv；{nearest}",
    "line {line}, column 'entity_zh': {unit!r} is no unit of the edition of {year}; correct the name, or add the unit "
    "to units.csv; {nearest}",
)
BEYOND_EDITION = Text(
    "第{line}行，“{column}”列：{cell}大于{year}年度“{group}”类的单位数{size}",
    "line {line}, column {column!r}: {cell} is more than the {size} units of group {group!r} in the edition of {year}",
)
