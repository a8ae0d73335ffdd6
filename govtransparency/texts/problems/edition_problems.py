"""What is wrong with an ``edition.toml``, or with the name of an edition."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

# finding an edition
NO_INDEX = Text("指数“{index}”不存在；{nearest}", "index {index!r} does not exist; {nearest}")
NO_EDITION = Text("{index}没有“{year}”年度；现有：{years}", "{index} has no edition {year!r}; there are: {years}")
NO_EDITION_OF = Text("{index}没有{until}{status}的年度", "{index} has no edition{status}{until}")
OF_STATUS = Text("数据性质为“{status}”", " of status {status!r}")
UNTIL = Text("截至{until}年", " up to {until}")

# the file
NOT_UTF8 = Text("不是UTF-8编码，请另存为UTF-8", "not UTF-8; save the file as UTF-8")
NOT_TOML = Text("不是有效的TOML：{reason}", "{reason}")
TOO_DEEP = Text("表或列表嵌套过深，无法读取", "tables or lists nested too deep to be read")
TOO_LARGE = Text(
    "{key}：整数超过64位，请改为较小的数", "{key}: a whole number of more than 64 bits; write a smaller one"
)

# its keys
MISSING = {
    "one": Text("缺少{keys}", "{keys} is missing"),
    "several": Text("缺少{keys}", "{keys} are missing"),
}
NOTHING_RECORDED = Text(
    'record：须写明名次或得分所在的列，如 rank = "排名"（文件“{file}”）',
    'record: name the column of ranks or of scores in {file!r}, such as rank = "Rank"',
)
UNCOUNTED_FIGURES = Text(
    "record.uncounted：missing 应列出代表缺失的数值，如 missing = [0]；现为 {value}",
    "record.uncounted: expected missing = [...], the figures that stand for none, such as [0]; got {value}",
)
UNKNOWN = Text("未知的键“{key}”；{nearest}", "{key!r} is unknown; {nearest}")
UNKNOWN_IN = Text("{where}：未知的键“{key}”；{nearest}", "{where}: {key!r} is unknown; {nearest}")
OTHER_FOLDER = Text("{key} 为“{value}”，而文件夹为“{folder}”", "{key} is {value!r}, but the folder is {folder!r}")
STATUS = Text(
    "数据性质“{status}”未知；{nearest}（也可写中文：官方、已发表、第三方、自报、自行采集、模拟）",
    "status {status!r} is unknown; {nearest}",
)
RESULTS = Text('weights = "{reading}" 的结果（前几名）：{scores}', 'with weights = "{reading}" the first are: {scores}')
WEIGHTS = Text("权重的读法 weights = {value} 未知；{nearest}", "weights = {value} is unknown; {nearest}")
SEED = Text("seed = {value}：应为不小于0的整数", "seed {value}: expected a whole number, 0 or more")
TABLE = Text("{key}：应为表 [{key}]", "{key}: expected a table [{key}]")
NO_GROUPS = Text("groups：每类应有一项", "groups: expected one entry per group")
DERIVED = Text(
    "derived“{code}” = {value}：应为一个算式文本，或算式文本的列表",
    "derived {code!r} = {value}: expected an expression as a text, or a list of such",
)
IDENTITY = Text(
    "恒等式“{name}” = {value}：应为以 == 连接两个算式的文本",
    "identity {name!r} = {value}: expected a text with == between two expressions",
)
SCHEMA_IN_RECIPE = Text(
    "recipe：此处不能写“schema”；请把它写在文件开头，作为第一个键",
    "recipe: 'schema' is unknown; it is the first key of the file",
)
DISPLAY = Text("display：{key} = “{value}”未知；{nearest}", "display: {key} = {value!r} is unknown; {nearest}")
ENTRY = Text("{where}：应为 {{ {form} }}，现为 {value}", "{where}: expected {{ {form} }}; got {value}")
ENTRY_TEXT = Text("{where}：{key} = {value}；应为文本", "{where}: {key} = {value}; expected a text")
ENTRY_EMPTY = Text("{where}：{key} 为空；请填写文本", "{where}: {key} is empty; write a text")
ENTRY_CONTROL = Text(
    "{where}：{key} 含有{characters}，无法显示；请删去，或改为空格",
    "{where}: {key} holds {characters}, which cannot be shown; delete it or write a blank instead",
)
ENTRY_NUMBER = Text("{where}：{key} = {value}；应为整数", "{where}: {key} = {value}; expected a whole number")
UNITS_ARE = Text(
    "{where}：units_are = {value}；只能写“{known}”，即各单位为国家或地区",
    "{where}: units_are = {value}; expected {known!r}, or nothing",
)
AT_LINE = Text("第{line}行，{where}", "line {line}, {where}")
GROUP_CODE = Text(
    "{where}：类别代码用于报告的文件名，只能含字母（汉字、拉丁、希腊或西里尔字母）、数字和 _ - .，以字母或数字开头，"
    "不以点结尾，最多40个字符，也不能是 con 等 Windows 设备名；"
    "请在 edition.toml 和 units.csv 中改用“{instead}”，名称写在 zh、en 中",
    "{where}: the code of a group names files of the report, so it may hold only letters (Latin, Greek, Cyrillic, "
    "Chinese), digits and _ - . , begin with a letter or digit, not end with a dot, have at most 40 characters, and be "
    "no device of Windows such as con; write {instead!r} in edition.toml and units.csv, and the name in en and zh",
)
GROUP_COLUMN = Text(
    "{where}：报告的表格已有此列，类别不能以此为代码；"
    "请在 edition.toml 和 units.csv 中改用“{instead}”，名称写在 zh、en 中",
    "{where}: the report's own tables have a column of that name, so no group can have it as its code; "
    "write {instead!r} in edition.toml and units.csv, and the name in en and zh",
)
NODE_CODE = Text(
    "第{line}行，“{code}”：报告的表格已有此列，指标不能以此为代码；请改用“{instead}”等，名称写在 name_zh、name_en 中",
    "line {line}, {code!r}: the report's own tables have a column of that name, so no node can have it as its code; "
    "write another, such as {instead!r}, and the name in name_en and name_zh",
)
GROUPS_ALIKE = Text(
    "{where}：与类别“{other}”只有大小写不同，其文件在有些计算机上会互相覆盖；请改用另一代码",
    "{where}: differs from group {other!r} in capitals alone, so that on some computers their files would be the same; "
    "write another code",
)
GROUP = Text("类别“{name}”", "group {name!r}")
GROUP_FRAMEWORK = Text(
    "{where}：framework = {value}；应为该年度文件夹或指数文件夹中一个CSV文件的名称",
    "{where}: framework = {value}; expected the name of a CSV file in the edition's folder or the index's",
)
GROUP_RECIPE = Text("{where}：recipe = {value}；应为表", "{where}: recipe = {value}; expected a table")
VARIABLE = Text("变量“{name}”", "variable {name!r}")
DECLARATION = Text("声明“{name}”", "declaration {name!r}")
SCALE = Text(
    "量表“{unit}”：应为 values = [...]，或 low、high 与 integer；现为 {value}",
    "scale {unit!r}: expected values = [...], or low, high and integer; got {value}",
)

# what nothing answers to
DERIVED_NO_INDICATOR = Text(
    "derived“{code}”不是指标，其他算式也未用到它；{nearest}",
    "derived {code!r} is no indicator, and no other expression uses it; {nearest}",
)
SCALE_OF_NOTHING = Text(
    "量表“{unit}”：没有指标或变量以此为计量单位；{nearest}",
    "scale {unit!r}: no indicator and no variable has that unit; {nearest}",
)
VARIABLE_AND_INDICATOR = Text(
    "变量“{code}”已是 framework.csv 中的指标；请从 [variables] 中删去",
    "variable {code!r} is an indicator of framework.csv already; take it out of [variables]",
)
VARIABLE_IN_NO_SHEET = Text(
    "变量“{code}”：没有数据表有此列；请补上，或从 [variables] 中删去",
    "variable {code!r}: no sheet has such a column; add it, or take it out of [variables]",
)
TREATED = Text(
    "recipe：treat：{method}：没有指标“{code}”；{nearest}", "recipe: treat: {method}: no node {code!r}; {nearest}"
)
FRAMEWORK_IN_RECIPE = Text(
    "recipe：此处不能写“framework”；指标体系在 framework.csv 中",
    "recipe: 'framework' is unknown; the framework is that of framework.csv",
)

# what a recipe refers to
NO_CSV = Text(
    "“{spec}”：应为本年度文件夹中一个CSV文件的名称", "{spec!r}: expected the name of a CSV file in the edition's folder"
)
NO_UNITS_COLUMN = Text("“{spec}”：units.csv 没有此列；{nearest}", "{spec!r}: units.csv has no such column; {nearest}")
NO_EARLIER_YEAR = Text(
    "“{spec}”：应为早于{year}年的年度", "{spec!r}: expected the year of an earlier edition than {year}"
)

# the table as a whole
NO_VALUES = Text(
    "{file}：指标“{code}”：没有数据表给出其值，也不是推算指标",
    "{file}: indicator {code!r}: no sheet has a value for it and it is not derived",
)
NO_VALUES_IN_GROUP = Text(
    "{file}：指标“{code}”在“{group}”类中全部缺值，无法计分；请补数据，或从 {name} 中删去",
    "{file}: indicator {code!r}: wholly missing in group {group!r}, so that nobody would have a score; "
    "fill it or take it out of {name}",
)
NO_VALUES_IN_ONE_GROUP = Text(
    "{file}：指标“{code}”在“{group}”类中全部缺值，无法计分；请补数据，或为该类另立不含此指标的框架："
    'edition.toml 的 [groups.{group}] 中写 framework = "framework_{group}.csv"',
    "{file}: indicator {code!r}: wholly missing in group {group!r}, so that nobody would have a score; fill it, or "
    'give the group a framework without it: framework = "framework_{group}.csv" under [groups.{group}] of edition.toml',
)

# groups with frameworks or recipes of their own
GROUPS_DIFFER = Text(
    '各类的{name}不同（{groups}）；请改用 .{name}s[类别]，例如 .{name}s["{group}"]',
    "the groups differ in their {name} ({groups}); use .{name}s[group], such as .{name}s[{group!r}]",
)
CODE_OF_TWO_MEANINGS = Text(
    "{file}：“{code}”的{what}为“{value}”，而 {other} 中为“{was}”；"
    "同一年度中一个代码只能有一个含义，请统一，或改用另一个代码",
    "{file}: the {what} of {code!r} is '{value}', but '{was}' in {other}; in an edition a code means one thing: write "
    "the same in both, or another code",
)
KIND = Text("种类", "kind")
PILLAR = Text("有下级的节点", "node with children")
INDICATOR = Text("指标", "indicator")
RECIPE_OF_GROUPS = Text("类别“{groups}”：{problem}", "group {groups}: {problem}")

# files of an older schema
NOTHING_TO_UPGRADE = Text(
    "{place}：应为年度的文件夹、{edition} 或 {recipe}",
    "{place}: expected the folder of an edition, an {edition} or a {recipe}",
)
NO_RECIPE = Text("其中没有 framework，不是方案文件", "it has no framework, so it is not a recipe")
NOT_JSON = Text("不是UTF-8编码的JSON：{reason}", "not JSON in UTF-8: {reason}")
NO_OBJECT = Text("应为含方案各键的对象", "expected an object with the keys of a recipe")
CANNOT_REWRITE = Text(
    "改写会改变其含义，请手工修改", "cannot be rewritten without changing its meaning; change it by hand"
)
SCHEMA_NOW = Text("写明 schema = {schema}", "schema = {schema}")
RENAMED = Text("{old} 改名为 {new}", "{old} renamed {new}")
