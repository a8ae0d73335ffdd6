"""What is wrong with a command of the command line."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

NOT_POSITIVE = Text("“{text}”：应为不小于1的整数", "{text!r}: expected a whole number, 1 or more")
ONE_EDITION = Text(
    "{index}只有{year}年度；跨年比较至少需要两个年度",
    "{index} has only the edition {year}; a panel needs two or more",
)
