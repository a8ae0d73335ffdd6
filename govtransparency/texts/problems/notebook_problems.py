"""What can be wrong in a notebook: its parameters, and the names of what it shows, says and writes."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

NO_VALUE = Text(
    "参数 {names} 没有值，请在第一个代码单元中填写。现有年度：{editions}",
    "no value for the parameter {names}; set it in the first cell. There are: {editions}",
)
NO_VALUES = Text(
    "参数 {names} 没有值，请在第一个代码单元中填写。现有年度：{editions}",
    "no value for the parameters {names}; set them in the first cell. There are: {editions}",
)
EXHIBIT_NAME = Text(
    "图表名称“{name}”有误：只能使用字母、数字和“_”“-”“.”，并以字母或数字开头",
    "exhibit {name!r}: expected letters, digits, '_', '-' or '.', with a letter or digit first",
)
UNKNOWN_CAPTION = Text(
    "没有名为“{name}”的图表说明；{nearest}。自行添加的图表请用 title= 给出标题",
    "exhibit {name!r} has no caption; {nearest}. Give an exhibit of your own a title=",
)
NO_PLACE = Text("“{name}”的说明缺少这些值：{places}", "the words of {name!r} need values for: {places}")
UNKNOWN_CONCLUSION = Text("没有名为“{name}”的结论；{nearest}", "conclusion {name!r} is unknown; {nearest}")
UNKNOWN_PARAGRAPH = Text("没有名为“{name}”的段落；{nearest}", "paragraph {name!r} is unknown; {nearest}")
UNKNOWN_PART = Text("摘要中没有“{name}”这一部分；{nearest}", "part {name!r} is unknown; {nearest}")
OUTSIDE = Text(
    "“{name}”在结果目录之外；请给出结果目录之内的路径",
    "{name!r} leads out of the folder of the run; give a path within it",
)
ENDING = Text("“{name}”：{kind} 应写入扩展名为 {ending} 的文件", "{name!r}: a {kind} goes into a {ending} file")
