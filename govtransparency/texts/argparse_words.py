"""The phrases of Python's own reader of command lines, by the English that it asks for."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = ["METAVARS", "PHRASES"]

METAVARS = {
    "COMMAND": Text("命令", "command"),
    "YEAR": Text("年份", "YEAR"),
    "MONTH": Text("月份", "MONTH"),
    "UNIT": Text("被评单位", "UNIT"),
    "NAME": Text("名称", "NAME"),
    "FILE": Text("文件", "FILE"),
    "FOLDER": Text("文件夹", "FOLDER"),
    "GROUP": Text("类别", "GROUP"),
    "PATH": Text("路径", "PATH"),
    "INDEX": Text("指数", "INDEX"),
    "JOBS": Text("数", "JOBS"),
    "EDITION": Text("年度", "EDITION"),
    "COLUMNS": Text("列名", "COLUMNS"),
    "SEED": Text("种子", "SEED"),
}
TEXTS = (
    Text("用法：", "usage: "),
    Text("参数", "positional arguments"),
    Text("选项", "options"),
    Text("显示本帮助并退出", "show this help message and exit"),
    Text("%(prog)s 命令有误：%(message)s\n", "%(prog)s: error: %(message)s\n"),
    Text("参数“%(argument_name)s”：%(message)s", "argument %(argument_name)s: %(message)s"),
    Text("不认识的参数：%s", "unrecognized arguments: %s"),
    Text("缺少参数：%s", "the following arguments are required: %s"),
    Text("没有“%(value)s”；可用：%(choices)s", "invalid choice: %(value)r (choose from %(choices)s)"),
    Text("没有“%(parser_name)s”；可用：%(choices)s", "unknown parser %(parser_name)r (choices: %(choices)s)"),
    Text("“%(value)s”不是有效的%(type)s", "invalid %(type)s value: %(value)r"),
    Text("“%(option)s”不明确，可能是%(matches)s", "ambiguous option: %(option)s could match %(matches)s"),
    Text("不能与 %s 同用", "not allowed with argument %s"),
    Text("不需要给出“%s”", "ignored explicit argument %r"),
    Text("应给出一个值", "expected one argument"),
    Text("至多给出一个值", "expected at most one argument"),
    Text("至少给出一个值", "expected at least one argument"),
    Text("应给出%s个值", "expected %s argument"),
    Text("应给出%s个值", "expected %s arguments"),
    Text("无法打开“%(filename)s”：%(error)s", "can't open '%(filename)s': %(error)s"),
)
PHRASES = {text.en: text for text in TEXTS}
