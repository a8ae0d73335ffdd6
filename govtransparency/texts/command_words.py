"""What the command line says: its help, and what its commands print."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = ["DONE", "HELP", "SAID"]

HELP = {
    "govtransparency": Text("重新计算并检验复合指数。", "Rebuild and check a composite index."),
    # commands
    "report": Text("重新生成某些年份的报告", "rebuild the reports of some years"),
    "verify": Text(
        "与参照结果比较；已有报告的，另行重新生成并比较",
        "compare with the reference, and the existing report with a rebuild",
    ),
    "panel": Text("并列比较一个指数的各个年度", "compare the editions of an index side by side"),
    "agreement": Text(
        "比较几个以国家为单位的指数在共有国家上是否一致",
        "compare indices of countries on the countries that they share",
    ),
    "profile": Text("生成一个或一类被评单位的名次说明卡", "write the card of one unit, or of all of a group"),
    "bulletin": Text(
        "生成截至某月月底的通报，每类一页", "write what is known at the end of a month, one page per group"
    ),
    "check": Text(
        "读取某些年度的文件，列出错误和存疑之处，不生成报告",
        "read the editions of some years and list what is wrong or doubtful, without a report",
    ),
    "new": Text(
        "新建一个指数的文件夹：示例，或根据文件推测的年度",
        "write the folder of a new index: an example, or editions guessed from files",
    ),
    "editions": Text("列出现有年度", "list the editions"),
    "reference": Text(
        "写出全部年度的参照结果，或与之比较", "write the reference files of all editions, or compare with them"
    ),
    "upgrade": Text(
        "改写旧格式的文件，保留注释与次序", "rewrite files of an older schema, with their comments and their order"
    ),
    "fetch": Text("下载指数取自发布机构的文件", "fetch the files that an index takes from its publisher"),
    "shelf": Text(
        "重建原始文件已取得的全部公开指数，汇成一页",
        "rebuild every published index whose original files are there, and write one page",
    ),
    # arguments
    "version": Text("显示版本号并退出", "print the version and exit"),
    "years": Text("一个或几个年份，或 all（全部）", "a year, several, or 'all'"),
    "index": Text("data/raw 下的文件夹（默认 cgti）", "a folder of data/raw (default: cgti)"),
    "index_or_all": Text("data/raw 下的文件夹，或 all（全部）", "a folder of data/raw, or 'all'"),
    "folder_of_originals": Text(
        "不用网络，改从此文件夹（含下级文件夹）按散列值复制",
        "copy them from this folder, found by hash, without a network",
    ),
    "index_panel": Text(
        "data/raw 下有几个年度的文件夹（默认 cgti）", "a folder of data/raw with several editions (default: cgti)"
    ),
    "editions_compared": Text(
        "如 egdi/2014，或只写 egdi（最近一个年度）；默认所有以国家为单位的指数",
        "such as egdi/2014, or egdi for the latest; by default every index of countries",
    ),
    "income": Text(
        "人均收入表；默认取 make fetch INDEX=hdi 所得者",
        "a table of income per head; by default that of make fetch INDEX=hdi",
    ),
    "income_columns": Text(
        "该表中代码（或名称）、数值以及年份（如有）的列名，以逗号分隔",
        "its columns of the code or name, of the figure and, if there is one, of the year, with commas between",
    ),
    "seed": Text("对国家重抽样的随机种子（默认2024）", "of resampling the countries (default: 2024)"),
    "name": Text("指数的名称，即 data/raw 下新文件夹的名称", "of the index: of its new folder in data/raw"),
    "files": Text(
        "每个被评单位一行、每项指标一列的表（可给几个，每个年份一个），或 COIN Tool 工作簿",
        "a table with a row for each unit and a column for each indicator, or several, one for each year; or a "
        "workbook of the COIN Tool",
    ),
    "years_new": Text(
        "要新建的年份；默认取自文件，文件未写明则为今年",
        "the years to make; by default those of the files, or this year where they name none",
    ),
    "groups": Text(
        "有 --from 时为区分各类的一列，否则为示例中各类的代码",
        "with --from, the column that tells groups apart; else the codes of the example's groups",
    ),
    "jobs": Text("同时运行的笔记本数（默认2）", "notebooks at a time (default: 2)"),
    "jobs_editions": Text("同时处理的年度数（默认2）", "editions at a time (default: 2)"),
    "language": Text(
        "所写内容的语言：中文、英文或两者（默认 both）", "of what is written: Chinese, English or both (default: both)"
    ),
    "unit": Text(
        "被评单位的代码，或其中文、英文名称；all为一类单位的全部",
        "its code, or its name in either language; 'all' for all units of a group",
    ),
    "group_of_all": Text("与all合用：哪一类单位", "with 'all': the group"),
    "month": Text("年份与月份，形如2024-06", "YYYY-MM"),
    "compare": Text("只比较，不写出", "only compare"),
    "years_or_all": Text("一个或几个年份；默认全部", "a year or several; by default all"),
    "language_said": Text(
        "所显示内容的语言：中文、英文或两者（默认按系统设置）",
        "of what is said: Chinese, English or both (default: that of the locale)",
    ),
    "paths": Text(
        "年度文件夹、edition.toml或recipe.json；默认全部年度",
        "folders of editions, edition.toml or recipe.json; by default all editions",
    ),
}
DONE = {  # by command, of one report and of several
    ("report", True): Text("共{count}份报告，成功{good}份", "{good} of {count} report succeeded"),
    ("report", False): Text("共{count}份报告，成功{good}份", "{good} of {count} reports succeeded"),
    ("verify", True): Text("共{count}次重建，一致{good}次", "{good} of {count} rebuild identical"),
    ("verify", False): Text("共{count}次重建，一致{good}次", "{good} of {count} rebuilds identical"),
    ("panel", True): Text("共{count}份跨年比较，成功{good}份", "{good} of {count} panel succeeded"),
}
SAID = {
    "in_all": Text("{done}，总用时{seconds}秒", "{done}, {seconds} s in all"),
    "stopped": Text("已中止；原有报告未受影响", "stopped; the last good reports are unchanged"),
    "unreadable": Text("edition.toml 无法读取", "edition.toml cannot be read"),
    "usage": Text(
        "用法：govtransparency {command} 年份… [--index cgti] [--jobs 2]\n现有年度：",
        "usage: govtransparency {command} YEAR... [--index cgti] [--jobs 2]\neditions:",
    ),
    "excused": Text("CHANGELOG.md 已说明：\n{line}", "named in CHANGELOG.md:\n{line}"),
    "no_reference": Text("{index} {year}：没有参照结果，略去", "{index} {year}: no reference, left out"),
    "differ": Text("{count}个文件不一致", "{count} files differ"),
    "as_now": Text("与现在的结果一致", "same as the present results"),
    "written": Text("已写出", "written"),
    "reference": Text("{folder}：{done}，{seconds}秒", "{folder}: {done}, {seconds} s"),
    "upgraded": Text("{path}：{changes}", "{path}: {changes}"),
    "doubts": Text("{edition}：没有错误，存疑{count}处", "{edition}: no error; doubtful: {count}"),
    "no_doubts": Text("{edition}：没有错误，也没有存疑之处", "{edition}: no error, nothing doubtful"),
    "reading": Text("数据表读取说明：", "how the sheets were read:"),
    "item": Text("- {text}", "- {text}"),
    "nothing": Text("无须改动", "nothing to be done"),
    "new": Text(
        "请核对各文件中的注释，然后运行：govtransparency report {year} --index {index}",
        "check the comments in these files; then: govtransparency report {year} --index {index}",
    ),
    "by_hand": Text(
        "未下载：{name} 没有可供下载的地址；请{by_hand}", "not fetched: no address serves {name}; {by_hand}"
    ),
    "fetched": Text("已就绪，散列值与登记一致：{path}", "ready, with the expected hash: {path}"),
}
