"""What is wrong when reports are built, verified or published, and when an edition is compared with its reference."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

NAMED = Text("{name}：{text}", "{name}: {text}")
UNEXPECTED = Text("{kind}：{message}（详见 traceback.txt）", "{kind}: {message} (see traceback.txt)")
FAILED = Text(
    "{name}：生成失败：{what}\n  已生成的文件保留在 {place}",
    "{name}: failed: {what}\n  what was made is in {place}",
)
STOPPED = Text("{name}：已中止", "{name}: stopped")
BUSY = Text(
    "另一次运行正在生成{name}；请等它结束，或先将其终止",
    "{name} is being built by another run; wait for it, or end it",
)
NO_REPORT = Text("{name}：{place} 尚无报告，请先生成", "{name}: no report in {place} yet; make it first")
RECIPE_OF = Text("{path}，edition.toml 的 recipe", "{path}, recipe of edition.toml")
RECIPE_IN_GROUP = Text("类别“{group}”，{text}", "group {group!r}, {text}")

# a notebook
NOT_PYTHON = Text(
    "标记为 parameters 的单元格不是有效的 Python：第{line}行：{reason}",
    "its cell tagged 'parameters' is not valid Python: line {line}: {reason}",
)
NO_PARAMETER = Text(
    "标记为 parameters 的单元格中没有参数“{name}”；{nearest}",
    "no parameter {name!r} in its cell tagged 'parameters'; {nearest}",
)
NOTEBOOK = Text("{file}：{what}", "{file}: {what}")
NOTEBOOK_CELL = Text(
    "{file}，第{number}个代码单元格（共{count}个，{line}）：{what}",
    "{file}, code cell {number} of {count} ({line}): {what}",
)
CELL_TIMEOUT = Text("该单元格运行超过{seconds}秒", "the cell ran for more than {seconds} s")

# an edition and its reference
REFERENCE_DIFFERS = Text("{name}：与参照结果不一致", "{name}: differs from the reference")
FILE_DIFFERS = Text("  {path}：{where}", "  {path}: {where}")
FILE_UNNAMED = Text(
    "{line}\n    如须说明：- {index} {year}, {file}: largest change {change}; reason: ...",
    "{line}\n    to name it: - {index} {year}, {file}: largest change {change}; reason: ...",
)
FILE_NOT_FOUND_NOW = Text(
    "参照结果中有此文件，现无结果", "the file is in the reference, but nothing is found for it now"
)
FILE_NOT_IN_REFERENCE = Text("现有结果，参照结果中没有此文件", "found now, but the reference has no such file")
CHANGELOG = Text("CHANGELOG.md，未发布版本的 Numbers", "CHANGELOG.md, Numbers of the unreleased version")
CHANGELOG_FORM = Text("“- {item}”：格式应为“{form}”", "'- {item}': expected the form {form!r}")
COLUMNS_DIFFER = Text("参照结果的列为{was}，现为{now}", "the reference has the columns {was}, now {now}")
ROWS_DIFFER = Text("少{gone}行，多{new}行，例如“{row}”", "{gone} rows gone, {new} new, such as {row!r}")
ROWS_REORDERED = Text("行的次序不同", "the rows are in another order")
VALUE_DIFFERS = Text(
    "“{row}”行，“{column}”列：参照结果为{was}，现为{now}",
    "row {row!r}, column {column!r}: the reference has {was}, now {now}",
)

# a report and its rebuild
ABSENT = Text("空", "nothing")
REPORT_DIFFERS = Text("{name}：不一致：{folder}/{found}", "{name}: differs: {folder}/{found}")
SINCE = Text("  报告生成之后的变化：{change}", "  since the report was made: {change}")
CHANGED = Text("{key} 原为{was}，现为{now}", "{key} was {was}, is {now}")
IN_FILE = Text("{file}：{found}", "{file}: {found}")
ONLY_IN_REPORT = Text("{file}：报告中有，重建结果中没有", "{file}: in the report, but not in the rebuild")
ONLY_IN_REBUILD = Text("{file}：重建结果中有，报告中没有", "{file}: in the rebuild, but not in the report")
ROW_ONLY_IN_REPORT = Text("第{row}行只见于报告：{cells}", "row {row} is only in the report: {cells}")
ROW_ONLY_IN_REBUILD = Text("第{row}行只见于重建结果：{cells}", "row {row} is only in the rebuild: {cells}")
CELL_DIFFERS = Text(
    "第{row}行{unit}，{column}：报告为{was}，重建结果为{now}",
    "row {row}{unit}, {column}: the report has {was}, the rebuild {now}",
)
UNIT = Text("（{unit}）", " ({unit})")
COLUMN_NAMED = Text("“{name}”列", "column {name!r}")
COLUMN_NUMBERED = Text("第{number}列", "column {number}")
CELLS_WRITTEN_DIFFERENTLY = Text(
    "各单元格相同，写法不同（换行符、引号或字节顺序标记）",
    "the same cells, but written differently (line ends, quotes or a byte-order mark)",
)
KEY_DIFFERS = Text("{key}：报告为{was}，重建结果为{now}", "{key}: the report has {was}, the rebuild {now}")
VALUES_WRITTEN_DIFFERENTLY = Text("各值相同，写法不同", "the same values, but written differently")
BYTES_DIFFER = Text(
    "自第{byte}字节起不同（第{line}行）；报告{was}字节，重建结果{now}字节",
    "differs from byte {byte} on (line {line}); {was} bytes in the report, {now} in the rebuild",
)
