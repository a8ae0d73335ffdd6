"""What is wrong with the files of an edition: units.csv, sheets, publishers' files."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

# units.csv
NO_COLUMN = Text("缺少“{column}”列", "column {column!r} is missing")
NO_COLUMN_NEAREST = Text("缺少“{column}”列；{nearest}", "column {column!r} is missing; {nearest}")
NO_UNIT = Text("第{line}行：被评单位为空", "line {line}: the unit is empty")
UNKNOWN_GROUP = Text(
    "第{line}行，被评单位“{unit}”：未知的类别“{group}”；{nearest}",
    "line {line}, unit {unit!r}: group {group!r} is unknown; {nearest}",
)
DUPLICATE_UNIT = Text(
    "第{line}行：被评单位“{unit}”已见于第{first}行", "line {line}: unit {unit!r} is already on line {first}"
)
AND_OTHERS = Text("{problem}（另有{count}处亦如此）", "{problem} (and likewise for {count} more)")
EMPTY_GROUP = Text(
    "类别“{group}”没有被评单位；排名至少需要两个", "group {group!r} has no unit; a ranking needs at least two"
)
ONE_UNIT = Text(
    "类别“{group}”只有1个被评单位（{unit}）；排名至少需要两个",
    "group {group!r} has 1 unit ({unit}); a ranking needs at least two",
)
SIZE = Text(
    "类别“{group}”有{size}个被评单位，而 edition.toml 写明{expected}个",
    "group {group!r} has {size} units; edition.toml says {expected}",
)

# [[sheets]]
SHEETS = Text(
    "sheets：应为若干 [[sheets]] 表，各有 file 与 kind", "sheets: expected [[sheets]] tables, each with file and kind"
)
NO_SHEETS = Text("sheets：没有数据表", "sheets: none given")
MISSING_TEXTS = Text(
    "sheets：missing = {value}；应为表示缺值的文本的列表",
    "sheets: missing = {value!r}; expected a list of texts that stand for no value",
)
SHEET_FILE = Text(
    "数据表“{file}”：应为本版次文件夹中一个CSV文件的名称",
    "sheet {file!r}: expected the name of a CSV file in the edition's folder",
)
SHEET_KIND = Text(
    "数据表“{file}”：未知的 kind“{kind}”；{nearest}", "sheet {file!r}: kind {kind!r} is unknown; {nearest}"
)
SHEET_KEY = Text("数据表“{file}”：未知的键“{key}”；{nearest}", "sheet {file!r}: {key!r} is unknown; {nearest}")
ORIGINAL = Text(
    "数据表：original = {value}；应为 originals.toml 中一个文件的名称",
    "sheet: original = {value!r}; expected the name of a file in originals.toml",
)
SHEET_COLUMN = Text(
    "数据表“{file}”：{key} = {value}；应为列名", "sheet {file!r}: {key} = {value!r}; expected the name of a column"
)
SHEET_TABLE = Text("数据表“{file}”：{key} = {value}；应为表", "sheet {file!r}: {key} = {value!r}; expected a table")
IN_ANOTHER_SHEET = Text(
    "{file}：被评单位“{unit}”的“{code}”在另一数据表中也有值",
    "{file}: {code!r} of unit {unit!r} has a value in another sheet too",
)
NO_INDICATOR_COLUMN = Text(
    "选出{count}行，但没有一列是指标；请核对年份等筛选条件和列名",
    "{count} rows count, and none of their columns holds an indicator",
)

# publishers' files
NOTHING_TO_FETCH = Text(
    "指数“{index}”没有须下载的文件；{nearest}", "index {index!r} takes no file from elsewhere; {nearest}"
)
PINS = Text(
    "应有 base = ... 与列出各文件散列值的表 [sha256]（{reason}）",
    "expected base = ... and a table [sha256] of file to hash ({reason})",
)
NOT_PINNED = Text("“{name}”不在 {index} 的 {pins} 中；{nearest}", "{name!r} is not in {pins} of {index}; {nearest}")
NOT_THERE = Text("{path} 不存在", "{path} is not there")
OTHER_HASH = Text("{path} 是另一文件，其SHA-256为 {sha256}", "{path} is another file, with the SHA-256 {sha256}")
FETCH_IT = Text(
    "{problem}；请运行 make fetch INDEX={index}，或{by_hand}", "{problem}; run 'make fetch INDEX={index}', or {by_hand}"
)
BY_HAND = Text("将 {url} 下载到 {path}，其SHA-256为 {sha256}", "download {url} to {path}; its SHA-256 is {sha256}")
DO_BY_HAND = Text("{problem}；请{by_hand}", "{problem}; {by_hand}")
NO_CONNECTION = Text("无法连接其地址", "no connection to its address")
DOWNLOAD_FAILED = Text("{name}：{reason}", "{name}: {reason}")
