"""What the files of a new edition say of themselves: their comments, and what was guessed."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

HEAD = Text(
    "由govtransparency new生成。凡注明“推测”之处均请核对；各项写法见docs/data.md。",
    "Written by `govtransparency new`. Check everything marked as guessed; docs/data.md says what each key means.",
)
TITLE = Text("推测：以指数的名称为标题，请改写。", "Guessed: the name of the index; write its title.")
SOURCES = Text("数据来源，每个来源一行。", "Sources of the figures, one row for each.")
RECORD_SOURCE = Text("推测：文件中的名次与得分列", "guessed: the columns of ranks and scores of that file")

# the year, the status, the groups
YEAR = {
    "given": Text("取自命令行。", "As given to the command."),
    "column": Text("推测：取自“{column}”列。", "Guessed: from the column {column!r}."),
    "heads": Text("推测：取自年份列的列名。", "Guessed: from the heads of the columns."),
    "name": Text("推测：取自文件名。", "Guessed: from the name of the file."),
    "today": Text("推测：文件未写明年份，取今年。", "Guessed: this year, since the file names none."),
}
STATUS = {
    "published": Text(
        "推测：文件中有已公布的名次或得分。自行采集的数据请写 own。",
        'Guessed: the file has published ranks or scores. Write "own" for figures of your own.',
    ),
    "own": Text(
        "推测：自行采集的数据。取自出版物的请写 published。",
        'Guessed: figures of your own. Write "published" for figures from a publication.',
    ),
    "simulated": Text(
        "示例的数据是虚构的；换成自己的数据后请写 own。",
        'The figures of the example are invented; with figures of your own write "own".',
    ),
}
ONE_GROUP = Text(
    "推测：全部被评单位为一类。多于一类时，用 --groups 指明区分各类的列。",
    "Guessed: all units are one group. Where there are several, name their column with --groups.",
)
GROUP_COLUMN = Text("各类取自“{column}”列。", "Groups are taken from the column {column!r}.")
ALL_UNITS = Text("全部单位", "All units")

# the sheet
RECEIVED = Text("收到的文件，原样复制。", "The file as received.")
SHEET = Text("推测：各工作表（{sheets}）中数字最多的一张。", "Guessed: the sheet with the most numbers, of {sheets}.")
HEADER = Text("推测：表头所在的行。", "Guessed: the row or rows of the header.")
SHAPE = {
    "fill_down": Text("推测：空单元格沿用上一格的内容。", "Guessed: an empty cell means the text above it."),
    "indicators": Text("推测：各行为指标，各列为被评单位。", "Guessed: indicators stand in rows, units in columns."),
    "indicator": Text(
        "推测：指标所在的列，或该文件唯一的一项指标。",
        "Guessed: the column of the indicators, or the only indicator of the file.",
    ),
    "years": Text("推测：各列为年份，读取本年度的一列。", "Guessed: columns are years; that of the edition is read."),
    "blocks": Text(
        "推测：各列按同样的表头并排若干栏。", "Guessed: the same columns stand side by side this many times."
    ),
    "sections": Text("推测：只填一格的行是其下各行的类别。", "Guessed: one cell alone is the group of the rows below."),
}
UNIT = Text("推测：被评单位的代码或名称所在的列。", "Guessed: the column of the units' codes or names.")
IN_ONE_LINE = Text(
    "表头中的换行等字符无法显示，以空格代替。",
    "Line breaks and similar characters in the header, which cannot be shown, are replaced by blanks.",
)
UNLISTED = Text(
    "推测：像合计或脚注、不是被评单位的行（{count}行）。",
    "Guessed: rows that look like totals or footnotes, not like units ({count}).",
)
DECIMAL = Text("推测：逗号为小数点。", "Guessed: the comma is the decimal sign.")
MISSING = Text("推测：这些写法表示缺失。", "Guessed: these mean a missing value.")

OFFICIAL = Text(
    "推测：已公布的名次与得分所在的列。报告据此说明有多少个名次完全一致。",
    "Guessed: the columns of published ranks and scores. The report says how many of them are rebuilt exactly.",
)

# why a column is passed over
NAMES = Text("被评单位的名称或代码，见 units.csv", "names or codes of the units, which are in units.csv")
PUBLISHED = Text("已公布的名次与得分，不是指标", "published ranks and scores, which are no indicators")
OTHER_RANK = Text("又一列名次", "another column of ranks")
OTHER_INDEX = Text("又一个指数或总分", "another index or total")
OF_TEXT = Text("文字", "text")
OF_CODES = Text("代码或序号", "codes or serial numbers")
EMPTY = Text("没有数据", "no value")
EMPTY_IN_GROUP = Text("某一类没有任何数据", "no value in one of the groups")
CONSTANT = Text("各单位的值均相同，不能区分名次", "the same value for all units of a group, which distinguishes nobody")
REPEATS = Text("另一列的值或其整数", "the values of another column, or those in whole numbers")
DOUBTFUL = Text("数字的读法存疑：{problem}", "figures that can be read in more than one way: {problem}")

# the framework and the units
FRAMEWORK = Text(
    "推测：每列数字为一项指标，权重相等，数值越大得分越高（direction为-1时数值越小得分越高）；请补充权重、"
    "方向、目标值和计量单位。",
    "Guessed: each column of figures is an indicator, all weights are equal and larger values score "
    "higher (direction -1: smaller ones do); add weights, directions, goalposts and units.",
)
PILLAR = Text("推测：取自上一行表头", "guessed: from the upper row of the header")
FROM_HEADER = Text("推测：取自表头", "guessed: from the header")
UNITS = Text(
    "推测：代码与名称取自文件；只有一种语言的名称时，两列相同。",
    "Guessed: codes and names are those of the file; where there is one language, both columns hold it.",
)

LEVELS = {
    "whole": Text(
        "取自收到的指标体系。推测：其权重为占总体的权重（合计为一），故上级指标的权重为其下各项之和。",
        "The tree of the given file. Guessed: its weights are shares of the whole, so that a pillar has the "
        "sum of those below it.",
    ),
    "within": Text(
        "取自收到的指标体系；权重为同级中的权重，未写明的为1。",
        "The tree of the given file; weights are among siblings, 1 where none is given.",
    ),
}

# the recipe
AS_PUBLISHED = Text(
    "推测：指标的平均数与已公布的得分相符，故不作标准化；小数位数同已公布的得分。",
    "Guessed: the mean of the indicators equals the published score, so they are not rescaled; decimals "
    "as in the published scores.",
)
MIN_MAX = Text(
    "推测：各指标按样本的最小值和最大值换算为0至{best}分，等权平均。",
    "Guessed: each indicator is scaled from the sample's smallest to its largest value as 0 to {best}, "
    "then averaged with equal weights.",
)
COVERAGE = Text(
    "推测：缺失指标的权重由其余指标分担；有值的指标不足一半的单位不参与排名。",
    "Guessed: the weight of a missing value is shared by the others; units with less than half of the indicators are "
    "not ranked.",
)

# the example
EXAMPLE_SOURCE = Text("示例，数据系虚构", "example with invented figures")
EXAMPLE_FRAMEWORK = Text(
    "指标体系：根节点为index；weight为同级中的权重；direction为-1时数值越小得分越高；worst与best为最差、"
    "最佳目标值，可留空。",
    "The tree, with index as its root: weight among siblings; direction -1 where smaller values score "
    "higher; worst and best are goalposts and may be left out.",
)
EXAMPLE_UNITS = Text(
    "被评单位：代码、所属的类、英文和中文名称。", "Units that are ranked: code, group, name in English and in Chinese."
)
EXAMPLE_SHEET = Text(
    "数据：每个被评单位一行，每项指标一列；空单元格为缺失，不视为零。",
    "The figures: one row for each unit, one column for each indicator; an empty cell is missing, never zero.",
)
EXAMPLE_GROUPS = Text("各类分别排名，每类至少两个单位。", "Units are ranked within their group, of two or more.")
EXAMPLE_SHEETS = Text("数据文件，每个文件一节。", "The files of figures, one table for each.")
EXAMPLE_SCALES = Text(
    "按计量单位写明可取的值；超出者视为错误。", "Permitted values, by unit of measurement; any other is an error."
)
EXAMPLE_RECIPE = Text("计算方法；不写的各步取默认值。", "How the index is made; a step left out takes its default.")
EXAMPLE_NAMES = {
    "index": Text("示例指数", "Example index"),
    "access": Text("开放", "Access"),
    "hours": Text("每周开放时数", "Opening hours a week"),
    "catalogue": Text("目录上网比例", "Share of the catalogue online"),
    "days": Text("回信天数", "Days to answer a letter"),
    "group": Text("示例单位", "Example units"),
}
EXAMPLE_UNIT = Text("示例单位{number}", "Example unit {number}")
EXAMPLE_UNIT_OF = Text("{group}示例单位{number}", "Example unit {number} of {group}")

# COIN Tool workbooks
COIN_RECEIVED = Text(
    "收到的 COIN Tool 工作簿 {file} 原样保留在本文件夹；figures.csv 为其 Database 表第17行以下的数据。",
    "The COIN Tool workbook {file} is kept in this folder as received; figures.csv holds the data of its sheet "
    "Database, from row 17 on.",
)
COIN_FRAMEWORK = Text(
    "取自工作簿的 Framework 表（目标值取自 Database 第9、10行）；未使用的层级和只作过渡的节点已略去。",
    "From the sheet Framework of the workbook, goalposts from rows 9 and 10 of Database; unused levels and nodes that "
    "only pass a level are left out.",
)
COIN_DROPPED = Text("略去的过渡节点：{codes}。", "Nodes left out that only pass a level: {codes}.")
COIN_UNUSED = Text("略去的节点，其下没有指标：{codes}。", "Nodes left out since no indicator is beneath them: {codes}.")
COIN_UNITS = Text("取自工作簿的 Database 表B、C列。", "From columns B and C of the sheet Database of the workbook.")
COIN_GOALPOSTS = Text(
    "工作簿的目标值为{lower}至{upper}；{method}不用目标值，故未列入",
    "goalposts of the workbook: {lower} to {upper}; not taken over, since {method} uses none",
)
COIN_METHOD = {
    "Minmax": Text("Database D2：Minmax，换算到D3至D4。", "Database D2: Minmax, to the scores in D3 and D4."),
    "Goalposts": Text(
        "Database D2：Goalposts，按第9、10行的目标值换算到D3至D4；"
        "超出目标值的取该端的得分。"
        "没有目标值的指标取样本的最小值和最大值。",
        "Database D2: Goalposts, from rows 9 and 10 to the scores in D3 and D4; a value beyond a goalpost "
        "gets the score at that end. Indicators without goalposts go from the sample's smallest to its "
        "largest value.",
    ),
    "Datamax": Text(
        "Database D2：Datamax。此处为与最佳值之比，0至1，不换算到D3至D4（{low}至{high}）；数值越小得分越高的"
        "指标取最佳值与该值之比，可能与工作簿不同。",
        "Database D2: Datamax. Here it is the ratio to the best value, 0 to 1, not converted to the scores "
        "in D3 and D4 ({low} to {high}); where smaller values are better it is best ÷ x, which may differ "
        "from the workbook's.",
    ),
    "Dataz": Text(
        "Database D2：Dataz，平均数与标准差取自D5、D6；标准差的除数为n − 1。",
        "Database D2: Dataz, with mean and standard deviation from D5 and D6; the divisor is n − 1.",
    ),
    "Dataprcranks": Text(
        "Database D2：Dataprcranks。此处为(r − 1) ÷ (n − 1)，0至100；工作簿的定义可能不同。",
        "Database D2: Dataprcranks. Here it is (r − 1) ÷ (n − 1) from 0 to 100; the workbook's definition may differ.",
    ),
}
COIN_NO_METHOD = Text(
    "Database D2：“{method}”没有对应的方法；此处用 min_max，请核对。",
    "Database D2: {method!r} has no equivalent; min_max stands here instead. Check it.",
)
COIN_AGGREGATE = Text(
    "Framework F列：各节点的汇总方法。", "Framework, column F: how each node is aggregated from those below it."
)
COIN_TREATMENT = Text(
    "工作簿对极端值的处理未予采用（{settings}）：此处采用Database中未经处理的数据。需要时请写treat，见"
    "docs/treatment.md。",
    "The workbook's treatment of outliers is not taken over ({settings}): the figures are those of Database, "
    "untreated. If it is wanted, write `treat`; docs/treatment.md lists the methods.",
)
COIN_MISSING = Text(
    "工作簿没有写明如何处理n/a。推测：其权重由其余指标分担，有值的指标不足一半的单位不参与排名。",
    "The workbook does not say how n/a is treated. Guessed: its weight is shared by the others; units "
    "with less than half of the indicators are not ranked.",
)
COIN_ZERO = Text(
    "几何平均要求得分大于零，而最低分为{low}；得分为零的单位会使计算出错。",
    "A geometric mean needs scores above zero, and the least score is {low}; a unit with it is an error.",
)
