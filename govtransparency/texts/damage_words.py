"""How a text seems to have been damaged before the file was written."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = ["EMPTY_MEMORY", "PRIVATE", "QUESTION_MARKS", "REPLACED", "REPLACED_TWICE", "WRONGLY_DECODED"]

REPLACED = Text("含有替换符（U+FFFD），原字已丢失", "it holds U+FFFD in the place of a character that is lost")
REPLACED_TWICE = Text(
    "含有“锟斤拷”，是替换符（U+FFFD）被按GBK读出的结果，原字已丢失",
    "it holds what U+FFFD becomes when it is read as GBK, in the place of characters that are lost",
)
EMPTY_MEMORY = Text(
    "含有“烫烫烫”或“屯屯屯”，是未写入内容的存储区，原字已丢失",
    "it holds what memory that nothing was written to becomes when it is read as GBK",
)
QUESTION_MARKS = Text("汉字处为问号，原字已丢失", "it holds question marks in the place of Han letters")
PRIVATE = Text("含有自造字（私用区字符），各处显示不同", "it holds a private-use character, unknown elsewhere")
WRONGLY_DECODED = Text("曾被按错误的编码读取，原为“{was}”", "it was decoded wrongly once before; it was {was!r}")
