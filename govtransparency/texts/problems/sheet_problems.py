"""What is wrong with the files of an edition: units.csv, sheets, publishers' files."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

# units.csv
NO_UNIT = Text("第{line}行：被评单位为空", "line {line}: the unit is empty")
SEVERAL_UNIT_COLUMNS = Text(
    "{columns}各列均可为被评单位；请将其中一列改称“单位”（unit）或“代码”",
    "each of the columns {columns} could name the units; call one of them unit",
)
UNKNOWN_GROUP = Text(
    "第{line}行，被评单位“{unit}”：未知的类别“{group}”；{nearest}",
    "line {line}, unit {unit!r}: group {group!r} is unknown; {nearest}",
)
DUPLICATE_UNIT = Text(
    "第{line}行：被评单位“{unit}”已见于第{first}行", "line {line}: unit {unit!r} is already on line {first}"
)
FORMER_IS_LISTED = Text(
    "第{line}行，被评单位“{unit}”，formerly 列：“{name}”是现有单位“{other}”的代码或名称；请删去其一",
    "line {line}, unit {unit!r}, column 'formerly': {name!r} is what {other!r} is called now; delete one of the two",
)
FORMER_TWICE = Text(
    "第{line}行，被评单位“{unit}”，formerly 列：“{name}”也是“{other}”的曾用名；请只保留其一",
    "line {line}, unit {unit!r}, column 'formerly': {name!r} is a former name of {other!r} too; keep one of the two",
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

UNITS_CELL = Text(
    "第{line}行，被评单位“{unit}”，“{column}”列：“{cell}”不是数字{plainly}",
    "line {line}, unit {unit!r}, column {column!r}: {cell!r} is not a number{plainly}",
)
UNITS_NOT_POSITIVE = Text(
    "第{line}行，被评单位“{unit}”，“{column}”列：“{cell}”不能作除数；应为正数",
    "line {line}, unit {unit!r}, column {column!r}: {cell!r} cannot divide; expected a positive number, or "
    "an empty cell where there is none",
)
NO_NUMBERS = Text("“{column}”列没有数字，不能用作除数", "the column {column!r} has no number to divide by")

# [[sheets]]
SHEETS = Text(
    "sheets：应为若干 [[sheets]] 表，各有 file 与 kind", "sheets: expected [[sheets]] tables, each with file and kind"
)
NO_SHEETS = Text("sheets：没有数据表", "sheets: none given")
NO_SUCH_FILES = Text(
    "数据表“{file}”：文件不存在；{folder} 中有：{there}",
    "sheet {file!r}: no such file; {folder} holds: {there}",
)
SHEET_FILE = Text(
    "数据表“{file}”：应为该年度文件夹中一个文件的名称；文件若在指数的文件夹中供各年共用，写作 ../文件名；"
    "若为一批文件，写作 nbs/*.csv",
    "sheet {file!r}: expected the name of a file in the edition's folder, or ../name for one in the index's folder, "
    "which its years share; for several files, a pattern such as nbs/*.csv",
)
ORIGINAL = Text(
    "数据表：original = {value}；应为 originals.toml 中一个文件的名称",
    "sheet: original = {value}; expected the name of a file in originals.toml",
)
NO_MEASURE = Text("未写明的计量单位", "no unit that it names")
UNITS_DIFFER = Text(
    "指标“{code}”在“{first}”中的计量单位为{one}，在“{file}”中为{other}；请在 framework.csv 的 unit 列写明其计量单位，"
    "并统一各表",
    "indicator {code!r} is in {one} in {first!r} and in {other} in {file!r}; give its unit in framework.csv, and write "
    "all sheets in one unit",
)
IN_ANOTHER_SHEET = Text(
    "{file}：被评单位“{unit}”的“{code}”在另一数据表中也有值",
    "{file}: {code!r} of unit {unit!r} has a value in another sheet too",
)
FILE_AND_ORIGINAL = Text(
    "数据表：file = “{file}”与 original = “{original}”只能写一个",
    "sheet: file = {file!r} and original = {original!r}; give one of them",
)

# publishers' files
NOTHING_TO_FETCH = Text(
    "指数“{index}”没有须下载的文件；{nearest}", "index {index!r} takes no file from elsewhere; {nearest}"
)
NO_PINS = Text(
    "没有此文件，而数据表以 original = “{name}” 取自发布者；请写明 base = ... 与列出各文件散列值的表 [sha256]",
    "there is no such file, and a sheet has original = {name!r}; write it, with base = ... and a table [sha256] of "
    "file to hash",
)
PINS = Text(
    "应有 base = ... 与列出各文件散列值的表 [sha256]（{reason}）",
    "expected base = ... and a table [sha256] of file to hash ({reason})",
)
PINS_LACKING = Text("二者均无，或有其一", "one of them is missing")
PIN = Text(
    "“{name}”：应有base与sha256两个文本，现为 {value}",
    "{name!r}: expected its base and sha256, two texts; got {value}",
)
PIN_BY_HAND = Text(
    "“{name}”：应有sha256文本与 by_hand = {{ zh = ..., en = ... }}，不写base，现为 {value}",
    "{name!r}: expected sha256, a text, and by_hand = {{ zh = ..., en = ... }} without base; got {value}",
)
PINNED_TWICE = Text(
    "“{name}”同时见于 [sha256] 与 [files]，请保留其一",
    "{name!r} is both in [sha256] and in [files]; keep one of the two",
)
PIN_KEY = Text("未知的键“{key}”；{nearest}", "{key!r} is unknown; {nearest}")
PIN_NAME = Text("“{name}”：应为文件名，不含路径", "{name!r}: expected the name of a file, without a folder")
PIN_FILE_KEY = Text("“{name}”：未知的键“{key}”；{nearest}", "{name!r}: {key!r} is unknown; {nearest}")
PIN_OWN_NAME = Text(
    "“{name}”：name = {value}；应为发布者的文件名",
    "{name!r}: name = {value}; expected the name that the publisher gives the file",
)
NOT_PINNED = Text("“{name}”不在 {index} 的 {pins} 中；{nearest}", "{name!r} is not in {pins} of {index}; {nearest}")
NOT_THERE = Text("{path} 不存在", "{path} is not there")
OTHER_HASH = Text("{path} 是另一文件，其SHA-256为 {sha256}", "{path} is another file, with the SHA-256 {sha256}")
FETCH_IT = Text(
    "{problem}；请运行 make fetch INDEX={index}，或{by_hand}", "{problem}; run 'make fetch INDEX={index}', or {by_hand}"
)
BY_HAND = Text("将 {url} 下载到 {path}，其SHA-256为 {sha256}", "download {url} to {path}; its SHA-256 is {sha256}")
MADE_BY_HAND = Text(
    "{how}；此文件应在 {path}，其SHA-256为 {sha256}", "{how}; it belongs at {path}, and its SHA-256 is {sha256}"
)
NO_ADDRESS = Text("“{name}”没有可供下载的地址", "no address serves {name!r}")
DO_BY_HAND = Text("{problem}；请{by_hand}", "{problem}; {by_hand}")
NO_CONNECTION = Text("无法连接其地址", "no connection to its address")
NO_ANSWER = Text("{seconds}秒内没有应答", "no answer within {seconds} s")
BROKEN_OFF = Text("连接中途断开，文件不全", "the connection broke off before the file was whole")
REFUSED = Text("其地址应答为错误{status}", "its address answers with the error {status}")
FOLDER_OR_DOWNLOAD = Text("folder与download只能给出其一", "give either folder or download")
FOLDER_OF_ORIGINALS = Text("存有原始文件的文件夹", "a folder that holds the original files")
NOT_IN_FOLDER = Text("{folder} 中没有SHA-256为 {sha256} 的文件", "{folder} holds no file with the SHA-256 {sha256}")
DOWNLOAD_FAILED = Text("{name}：{reason}", "{name}: {reason}")
