"""The words of a data package besides those of its files and columns."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = ["PACKAGE", "VERSIONS"]

PACKAGE = {
    "input": Text("原始文件 {file}", "File as received: {file}"),
    "licence": Text("数据的使用许可", "Licence of the data"),
    "with_unit": Text("{name}（{unit}）", "{name} ({unit})"),
    "titled": Text("{title}：{parts}", "{title}: {parts}"),
}
VERSIONS = {"zh": Text("{text}（中文）", "{text}, in Chinese"), "en": Text("{text}（英文）", "{text}, in English")}
