"""What is wrong with a method that a file names, and with the options it gives."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

UNKNOWN_METHOD = Text("{step} = {method}：未知；{nearest}", "{step} = {method} is unknown; {nearest}")
METHOD = Text(
    "{step} = {value}：应为方法的名称、{{method = 名称, ...}}、按层级排列的列表或by_node",
    "{step} = {value}: expected a method's name, {{method = name, ...}}, a list by level, or by_node",
)
BY_NODE_KEYS = Text(
    "{step}：by_node须与otherwise同时给出，且不得有其他键（见{keys}）",
    "{step}: by_node needs 'otherwise' and takes nothing else (see {keys})",
)
BY_NODE_TABLE = Text(
    "{step}：by_node = {value}：应为指标及其方法的表",
    "{step}: by_node = {value}: expected a table of nodes and their methods",
)
OF_NODE = Text("“{code}”的{step}", "{step} of {code!r}")
OF_OPTION = Text("{step}，{option}", "{step}, {option}")

UNKNOWN_OPTION = Text(
    "{step}：{method}没有选项“{option}”；{nearest}", "{step}: {method} has no option {option!r}; {nearest}"
)
REQUIRED_OPTION = Text(
    '{step}：{method}须给出选项“{option}”；请写 {{ method = "{method}", {option} = ... }}',
    "{step}: {method} needs its option {option!r}; write {{ method = {method!r}, {option} = ... }}",
)
OPTION_VALUE = Text(
    "{step}：{method}，{option} = {value}：应为{expected}", "{step}: {method}, {option} = {value}: expected {expected}"
)
EITHER = Text("{first}或{second}", "{first} or {second}")
ONE_OF = Text("{values}之一", "one of {values}")

# what an option must be, by its annotation
FORMS = {
    "bool": Text("true或false", "true or false"),
    "float": Text("数", "a number"),
    "int": Text("整数", "a whole number"),
    "str": Text("文本", "a text"),
    "tuple[float, float]": Text("两个数", "two numbers"),
    "tuple[float, float, float]": Text("三个数", "three numbers"),
    "tuple[int, int]": Text("两个整数", "two whole numbers"),
    "Sequence[float]": Text("数的列表", "a list of numbers"),
    "Sequence[str]": Text("文本的列表", "a list of texts"),
    "Mapping[str, float]": Text("数的表", "a table of numbers"),
    "pd.Series": Text("一列数据", "a column"),
    "pd.DataFrame": Text("数据表", "a table"),
    "Mapping[str, Any]": Text("数据表", "a table"),
    "Path": Text("文件", "a file"),
}
