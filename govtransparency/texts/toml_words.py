"""What Python's reader of TOML says of a file that it cannot read, by the beginning of its English sentence."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = ["AT", "AT_END", "REASONS"]

AT = Text("第{line}行第{column}列，{reason}", "{reason} (at line {line}, column {column})")
AT_END = Text("文件末尾，{reason}", "{reason} (at end of document)")

REASONS = (
    ("Invalid statement", "语句无效；每行应为 键 = 值"),
    ("Invalid value", "值无效；文本须加英文引号"),
    ("Expected '='", "键之后缺少 ="),
    ("Expected newline", "值之后有多余的内容"),
    ("Expected ']]'", "[[表名]] 缺少 ]]"),
    ("Expected ']'", "[表名] 缺少 ]"),
    ("Unclosed array", "列表缺少 ]"),
    ("Unclosed inline table", "缺少 }"),
    ("Unterminated string", "文本缺少结束的引号"),
    ("Illegal character", "含有不能出现的字符，或引号没有配对"),
    ("Cannot overwrite a value", "同一个键写了两次"),
    ("Duplicate inline table key", "同一个键写了两次"),
    ("Cannot declare", "同一个表写了两次"),
    ("Cannot mutate immutable namespace", "同一个表写了两次"),
    ("Invalid initial character for a key part", "键名无效；含中文或空格的键名须加英文引号"),
    ("Unescaped", "文本中的反斜线须写两个"),
    ("Invalid date or datetime", "日期无效"),
    ("Found invalid character", "含有不能出现的字符"),
)
