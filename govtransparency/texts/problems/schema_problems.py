"""What is wrong with the schema number of a file, and with keys of an older schema."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

SCHEMA = Text("schema 为“{value}”：应为不小于1的整数", "schema = {value!r}: expected a whole number, 1 or more")
NEWER = Text(
    "schema {schema}高于当前版本的govtransparency可读取的schema {current}；请安装较新的版本",
    "schema {schema} is newer than this version of govtransparency, which reads up to schema {current}; "
    "install a later version",
)
OLD_KEY = Text(
    "{key}自schema {schema}起改称“{new}”；请改用新名",
    "{key} is called {new!r} since schema {schema}; rename it",
)
BOTH_KEYS = Text("{key}是“{new}”的旧名；两者只保留一个", "{key} is the old name of {new!r}; keep one of the two")

# the notice on an older file that was read
NOTICE = Text(
    "{file}：{found}；按schema {current}读取，{names}。运行“govtransparency upgrade”可改写该文件",
    "{file}: {found}; read as schema {current}, {names}. `govtransparency upgrade` rewrites it",
)
NO_NUMBER = Text("没有schema编号", "no schema number")
NUMBER = Text("编号为schema {schema}", "schema {schema}")
SAME_NAMES = Text("各键名称不变", "every key under its own name")
NEW_NAME = Text("{old}改称{new}", "{old} as {new}")
