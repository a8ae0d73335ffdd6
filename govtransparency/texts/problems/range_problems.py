"""What is wrong with a ``ranges.csv``."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

NOT_SIMULATED = Text(
    "本年度的数据性质为“{status}”；只有模拟数据（simulated）才有其他模拟中的范围，请删去此文件",
    "the status of the edition is {status!r}; only a simulated edition has ranges over other "
    "simulations: delete the file",
)
UNKNOWN_GROUP = Text(
    "第{line}行，“group”列：edition.toml 没有类别“{group}”；{nearest}",
    "line {line}, column 'group': {group!r} is no group of edition.toml; {nearest}",
)
TURNED = Text(
    "第{line}行：low 为{low}，大于 high（{high}）；应先写较小者",
    "line {line}: low is {low}, more than high, {high}; expected the smaller one first",
)
