"""What is wrong with the arguments of a question, and why one has no answer."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

FEW_IN_COMMON = Text(
    "两期均有排名的单位不足{least}个（{count}个）", "{count} units are ranked in both; at least {least} are needed"
)
