"""What the runner says when all is well."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = ["VERIFIED"]

VERIFIED = {
    "report": Text("{name}：完全一致", "{name}: identical"),
    "reference": Text("{name}：与 {folder} 一致", "{name}: as in {folder}"),
    "reference_but": Text(
        "{name}：与 {folder} 一致，CHANGELOG.md 已说明的{count}个文件除外",
        "{name}: as in {folder}, except for {count} files explained in CHANGELOG.md",
    ),
}
