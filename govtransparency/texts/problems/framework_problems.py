"""What is wrong with a framework: its file, its tree, or a code that it does not have."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

# where
AT_LINE = Text("第{line}行，{problem}", "line {line}, {problem}")
AT_NODE = Text("“{code}”：{problem}", "{code!r}: {problem}")

# the file
UNKNOWN_COLUMN = Text("未知的列“{column}”；{nearest}", "unknown column {column!r}; {nearest}")
MISSING_COLUMN = Text("缺少“{column}”一列", "column {column!r} is missing")
SAME_COLUMN = Text(
    "{columns}两列均为“{name}”；请只保留一列", "the columns {columns} both mean {name!r}; keep one of the two"
)
WHICH_GOALPOST = Text(
    "“{column}”列未写明是最差值还是最优值：若为得分最高的值，请将列名改为“最优值”（best）；若为数值的上限，则正向指标应填入"
    "“最优值”，逆向指标应填入“最差值”（worst）",
    "the column {column!r} does not say which goalpost it holds: head it 'best' if that is the value that scores most; "
    "if it is the largest value, that is 'best' where the direction is 1 and 'worst' where it is -1",
)
NEAR_COLUMN = Text(
    "“{column}”列像是“{name}”，但未采用；如是，请改用以下列名之一：{words}；如为备注，请改称“备注”",
    "the column {column!r} looks like {name!r} and is not read; if it is, head it by one of {words}; if it is a note, "
    "call it note",
)
NO_DIRECTION = Text(
    "第{line}行，“{code}”，“{column}”列：“{text}”不是方向；请写1或正向（数值越大得分越高），-1或逆向（数值越小得分越高）",
    "line {line}, {code!r}, column {column!r}: {text!r} is no direction; expected 1 (larger values score higher) or -1 "
    "(smaller ones do)",
)
NOT_A_NUMBER = Text(
    "第{line}行，“{code}”，“{column}”列：“{text}”不是数字{plainly}",
    "line {line}, {code!r}, column {column!r}: {text!r} is not a number{plainly}",
)

# the tree
NO_ROOT = Text(
    "没有代码为“{root}”的行；总指数须用此代码，其上级须留空",
    "no row with the code {root!r}; the root must have that code and an empty parent",
)
NO_INDICATOR = Text("没有指标；至少有一行须填写上级", "no indicator; at least one row must have a parent")
DUPLICATE_CODE = Text(
    "代码重复，共{count}处；代码须各不相同", "duplicate code, given {count} times; codes must be unique"
)
CYCLE = Text(
    "循环：{codes}；由此不能上溯至“{root}”",
    "cycle: {codes}; no path leads up to {root!r}",
)

# one node
NO_CODE = Text("代码为空", "the code is empty")
ROOT_WITH_PARENT = Text("总指数填有上级“{parent}”；请删去", "the root has the parent {parent!r}; leave it empty")
NO_PARENT = Text(
    "上级为空；只有“{root}”没有上级，请填写上级指标或“{root}”",
    "the parent is empty; only {root!r} has none, so name a pillar or {root!r}",
)
UNKNOWN_PARENT = Text("没有上级“{parent}”；{nearest}", "parent {parent!r} is missing; {nearest}")
AND_OTHERS = Text("{problem}（另有{count}行亦如此）", "{problem} (and likewise for {count} more)")
OF_A_PILLAR = Text(
    "方向、最差值和最佳值只用于指标，而此行有下级；请删去，或移到其下各指标",
    "direction and goalposts count for indicators only, and this row has others beneath it; leave them empty, "
    "or move them to its indicators",
)
TOO_DEEP = Text(
    "指标体系在总指数之下有{levels}级（至“{code}”），最多{most}级",
    "the framework has {levels} levels below the index (down to {code!r}); expected at most {most}",
)
WEIGHT = Text(
    "权重{weight}：应为正数；如不需要该指标，请删去",
    "weight {weight}: expected a positive number; to leave a node out, delete it",
)
WEIGHT_TOO_FAR = Text(
    "权重{weight}与同级最大权重{largest}相差过大：权重不得大于{limit}，也不得小于同级最大权重的{least}倍",
    "weight {weight} is too far from its largest sibling's, {largest}: expected weights up to {limit}, "
    "and none below {least} of the largest sibling's",
)
SHARE = Text("{code} {share}", "{code} {share}")
BLANK_WEIGHT = Text(
    "{blank}没有权重，而同级的{written}有；请填写权重，或将同级的权重全部留空（权重相等）",
    "no weight for {blank} beside the weights of {written}; write it, or leave all of them empty to weigh alike",
)
BLANK_WEIGHT_OF_PILLAR = Text(
    "{blank}没有权重，而同级的{written}有；请填写权重；如权重均为占总体的比重，请写明 weights = "
    '"of_the_whole"，其权重即下级之和（{sums}）',
    "no weight for {blank} beside the weights of {written}; write it or, if all weights are shares of the whole, "
    'declare weights = "of_the_whole", by which it is the sum of those below ({sums})',
)
WEIGHTS_OF_WHAT = Text(
    "权重有两种读法：{pillars}没有权重，其下的权重合计{sum}。如为占总体的比重，所占为{whole}；如为在上级之内的比重，"
    '所占为{within}。请在 edition.toml 或函数的参数中写明 weights = "of_the_whole" 或 weights = '
    '"within_the_parent"，或填写其权重',
    "the weights have two readings: {pillars} have none, and those below them add to {sum}. Of the whole they give "
    '{whole}; within the parent {within}. Declare weights = "of_the_whole" or weights = "within_the_parent" (in '
    "edition.toml, or as an argument), or write the weights of the pillars",
)
NO_WEIGHTS = Text(
    "weights = of_the_whole，而{codes}及其下级没有权重；请填写",
    "weights = of_the_whole, and neither {codes} nor what is below them has a weight; write them",
)
OTHER_SUM = Text(
    "weights = of_the_whole，而“{code}”的权重{weight}不是下级之和{sum}；请更正，或写明 weights = within_the_parent",
    "weights = of_the_whole, and the weight {weight} of {code!r} is not the sum of those below it, {sum}; correct it, "
    "or declare weights = within_the_parent",
)
DIRECTION = Text(
    "方向{direction}：应为1（数值越大得分越高）或-1（数值越小得分越高）",
    "direction {direction}: expected 1 (larger values score higher) or -1 (smaller ones do)",
)
INFINITE_GOALPOSTS = Text("最差值和最佳值须为有限的数", "goalposts must be finite")
EQUAL_GOALPOSTS = Text("最差值与最佳值均为{value}；两者须不同", "worst and best are both {value}; they must differ")
GOALPOSTS_AGAINST_DIRECTION = Text(
    "最差值和最佳值与方向矛盾：最差值{worst}，最佳值{best}，方向{direction}；请对调两值，或改变方向",
    "goalposts against the direction: worst {worst}, best {best}, direction {direction}; "
    "swap the goalposts or turn the direction",
)

# changing a framework
NO_SUCH_NODE = Text("“{code}”的权重：没有此指标；{nearest}", "weight of {code!r}: no such node; {nearest}")
NO_NODE = Text("指标体系中没有{code}；{nearest}", "no node {code} in the framework; {nearest}")
NODES = Text("Node的列表，至少一个", "a list of Node, at least one")
NOTHING_LEFT = Text("剔除后没有指标", "no indicator would be left")
WITHOUT = Text("剔除{codes}后的指标体系", "framework without {codes}")
