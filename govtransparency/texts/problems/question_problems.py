"""What is wrong with the arguments of a question, and why one has no answer."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

FEW_IN_COMMON = Text(
    "两期均有排名的单位不足{least}个（{count}个）", "units ranked in both: {count}; at least {least} are needed"
)
WEIGHTER = Text("由指标体系与数据表得出指标体系的函数", "a function from a framework and a table to a framework")
CANNOT_LEAVE = Text("没有它就无法计算", "nothing can be computed without it")
OTHER_UNITS = Text("ensemble 中没有单位“{unit}”", "the ensemble is without unit {unit!r}")
METHODS = Text("插补方法的列表或字典", "a list or mapping of treatments")
TREATMENT = Text("由数据表与指标体系得出数据表的函数", "a function from a table and a framework to a table")
FILLS_NOTHING = Text("没有填补任何一个遮盖的值", "it fills none of the masked values")
NOTHING_KNOWN = Text("没有一个指标有{least}个已知值", "no indicator has {least} known values")
TWO_NAMES = Text("两个名称", "two names")
METHODS_OF_STEP = Text("方法的列表", "a list of methods")
MASKED = Text("填补后不是含有全部指标的数据表", "the method does not return a table with every indicator")
NO_DRAWS = Text("没有可变的选择，因而没有可画的抽样结果", "nothing could vary, so that there are no draws to show")
