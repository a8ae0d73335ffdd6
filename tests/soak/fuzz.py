"""Files damaged at random: editions, records and tables of every format are read, or one InputError names a file.

``python -m tests.soak.fuzz SEED CASE`` reads the files of one case again, shows them and lets its exception out.
"""

from __future__ import annotations

import hashlib
import os
import re
import resource
import signal
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np

import govtransparency as gt
from tests.editions.test_optional_keys import EVERY, LEAST, lay_out
from tests.soak.fuzzed_tables import table_case, table_outcome

RATE = 25.0  # cases a second on two cores
FULL = 3600.0
PATIENCE = 30  # seconds for one case, which takes well under one
CHUNK = 50
MEMORY = 3 << 30  # bytes that a process may take, of which it needs a small part
Files = dict[str, bytes]
ODD = (
    *[
        "nan",
        "inf",
        "-inf",
        "1e309",
        "1e308",
        "-1.7e308",
        "5e-324",
        "1e-300",
        "-0",
        "0",
        "-1",
        "2",
        "1.5",
        "1,234",
        "1.234,5",
        "85%",
        "%",
        "１２",
        "−3",
        "0x10",
        "1_000",
        "+1",
        "1e",
        "=1+1",
    ],
    *[
        "true",
        "null",
        "None",
        "n/a",
        "NA",
        "index",
        "unit",
        "a",
        "p",
        "u1",
        "x",
        "é",
        "单位",
        "2024-02-30",
        "2024-13-01",
        "units:x",
        "file:x.csv",
    ],
    *['"', '""', "'", "\\", ";", ",", "#", "[", "]", "{}", "..", "/"],
    *("", " ", "\0", "\r", "\n", "\t", "\u202e", "\ufeff", "\ud7ff", "\U0001f600", "9" * 400, "x" * 20_000),
)
DEEP = [left * depth + "1" + right * depth for depth in (50, 300, 4000) for left, right in (("[", "]"), ("{a=", "}"))]
TOML = (
    *[
        "0",
        "-1",
        "0.5",
        "1e400",
        "nan",
        "inf",
        "true",
        '""',
        '"x"',
        "[]",
        "[[]]",
        "{}",
        "2024-01-01",
        '["x",1]',
        "{x=1}",
        "'''x",
        '"\\u0000"',
        '"file:sheet.csv"',
    ],
    *['"edition:2023"', '"edition:2024"', '"units:people"', '"units:name_en"', '"file:experts.csv"'],
    *("9" * 400, *DEEP),
)
CODECS = ("utf-16", "utf-16-le", "gb18030", "latin-1", "utf-8-sig", "utf-7", "cp1252", "shift_jis")


BESIDE = {  # files of the index, beside those of the edition
    "originals.toml": "",
    "record/published_ranks.csv": "report_year,group,entity_zh,province_zh,rank,rank_is_ordered,score,source_id,"
    "list_position,note,rank_basis,score_basis\n2024,x,城镇1,省,1,true,98.6,paper,1,,stated,printed\n"
    "2024,x,城镇3,省,2,true,80.4,paper,2,,stated,printed\n",
    "record/claims.csv": "report_year,entity_zh,group,claim_type,value,detail,source_id\n2024,城镇1,x,rank,1,,paper\n",
    "record/coverage.csv": "report_year,group,n_assessed,source_id,note\n2024,x,4,paper,\n",
    "record/sources.csv": "source_id,url,title,publisher,date,what_it_gives\npaper,https://example.org,A,B,2024-05,C\n",
}
CHINESE = {  # tables of the shapes that Chinese files have
    "framework.csv": "一级指标,二级指标,权重,方向,最差值,最优值,计量单位\n公开,公开件数,30,正向,0,1000,件\n"
    ",网办率,30,正向,0,100,%\n回应,办结率,20,正向,0,100,％\n,办理天数,10,负向,10,0,天\n,群众评议,10,正向,0,100,分\n",
    "units.csv": "城市,分组,曾用名\n甲市,市,\n乙市,市,乙县\n丙市,市,\n",
    "sheet.csv": "序号,市,单位,公开件数,备注\n1,甲市,件,0.9千,\n2,乙市,件,500,\n3,丙市,件,0.1千,续\n"
    "续表,,,,\n序号,市,单位,公开件数,备注\n",
    "hotline.csv": "指标,计量单位,甲市,乙市,丙市\n一、办结率,%,９５％,90%,85%\n其中：办理天数,天,5,3,7\n",
    "online.csv": "数据库：年度数据,,\n指标：网办率(%),,\n地区,2024年,2023年\n甲　市,80,70\n"
    "乙市,100,90\n丙市,60,…\n注：说明,,\n",
    "marks.csv": "名次,单位,群众评议,名次,单位,群众评议\n1,丙市,92,3,甲市,80\n2,乙市,86,,,\n",
    "edition.toml": """\
schema = 1
index = "keys"
year = 2024
status = "自行采集"
title = { zh = "三市", en = "Three cities" }
weights = "of_the_whole"
[groups]
"市" = { zh = "城市", en = "Cities" }
[[sheets]]
file = "sheet.csv"
unit = "市"
multiples = ["千", "万"]
[[sheets]]
file = "hotline.csv"
indicators = "rows"
[[sheets]]
file = "online.csv"
header = 3
years = "columns"
[[sheets]]
file = "marks.csv"
blocks = 2
""",
}
SHARE_TABLES, SHARE_BESIDE = 0.3, 0.2  # of the cases


def _pick(rng: np.random.Generator, items):
    return items[int(rng.integers(len(items)))]


def flip_bytes(content: bytes, rng: np.random.Generator) -> bytes:
    changed = bytearray(content)
    for _ in range(int(rng.integers(1, 4))):
        if changed:
            changed[int(rng.integers(len(changed)))] = int(rng.integers(256))
    return bytes(changed)


def cut(content: bytes, rng: np.random.Generator) -> bytes:
    start, end = sorted(rng.integers(0, len(content) + 1, size=2).tolist())
    return _pick(rng, [content[:start], content[end:], content[:start] + content[end:]])


def insert(content: bytes, rng: np.random.Generator) -> bytes:
    at = int(rng.integers(len(content) + 1))
    return content[:at] + _pick(rng, ODD).encode() + content[at:]


def move_lines(content: bytes, rng: np.random.Generator) -> bytes:
    lines = content.splitlines(keepends=True) or [b"\n"]
    at, to = (int(place) for place in rng.integers(len(lines), size=2))
    changed = list(lines)
    what = int(rng.integers(4))
    if what == 0:
        changed.insert(to, lines[at])
    elif what == 1:
        del changed[at]
    elif what == 2:
        changed[at], changed[to] = lines[to], lines[at]
    else:
        changed[at] = lines[at].rstrip(b"\n") + b"," + lines[to]
    return b"".join(changed)


def replace_cell(content: bytes, rng: np.random.Generator) -> bytes:
    parts = re.split(rb"([,\n])", content)
    at = 2 * int(rng.integers((len(parts) + 1) // 2))
    other = 2 * int(rng.integers((len(parts) + 1) // 2))
    word = _pick(rng, ODD).encode()
    parts[at] = _pick(rng, [word, b'"' + word + b'"', parts[other], parts[at] + word])
    return b"".join(parts)


def replace_column(content: bytes, rng: np.random.Generator) -> bytes:
    lines = content.split(b"\n")
    column = int(rng.integers(lines[0].count(b",") + 1))
    word = _pick(rng, ODD).encode()
    rows = [line.split(b",") for line in lines]
    for row in rows[1:]:
        if len(row) > column:
            row[column] = word
    return b"\n".join(b",".join(row) for row in rows)


def encode(content: bytes, rng: np.random.Generator) -> bytes:
    return content.decode("utf-8", "replace").encode(_pick(rng, CODECS), "replace")


def separate(content: bytes, rng: np.random.Generator) -> bytes:
    old = _pick(rng, [b",", b"\n"])
    new = _pick(rng, [b";", b"\t", "，".encode()] if old == b"," else [b"\r\n", b"\r", b"\n\n"])
    return content.replace(old, new, int(rng.integers(1, 4)) if rng.random() < 0.3 else -1)


def replace_value(content: bytes, rng: np.random.Generator) -> bytes:
    """Replace one value of a TOML file, or one key, or leave a line out."""
    text = content.decode("utf-8", "replace")
    places = list(re.finditer(r"(?<== )(\"[^\"\n]*\"|[-\d.]+|true|false|\[[^\]\n]*\]|\{[^}\n]*\})", text))
    if not places:
        return content
    place = _pick(rng, places)
    value = _pick(rng, TOML) if rng.random() < 0.8 else _pick(rng, places)[0]
    return (text[: place.start()] + value + text[place.end() :]).encode()


DAMAGES: tuple[Callable[[bytes, np.random.Generator], bytes], ...] = (
    *(flip_bytes, cut, insert, move_lines, replace_cell, replace_cell, replace_column, encode, separate),
)


def pins_of(files: Mapping[str, str]) -> str:
    """Return the ``originals.toml`` of an edition's files."""
    sha256 = hashlib.sha256(files["licences.csv"].encode()).hexdigest()
    return f'base = "https://example.org"\n[sha256]\n"licences.csv" = "{sha256}"\n'


def case(seed: int, number: int) -> tuple[str, Files]:
    """Return the file that is damaged in a case, and all files."""
    rng = np.random.default_rng([seed, number])
    if rng.random() < SHARE_TABLES:
        name, content = table_case(rng, DAMAGES)
        return name, {name: content}
    files = {name: text.encode() for name, text in _pick(rng, [LEAST, EVERY, EVERY, CHINESE]).items()}
    if rng.random() < SHARE_BESIDE:
        files = {key: text.encode() for key, text in (EVERY | BESIDE | {"originals.toml": pins_of(EVERY)}).items()}
        name = _pick(rng, sorted(BESIDE))
    else:
        name = "edition.toml" if rng.random() < 0.25 else _pick(rng, sorted(files))
    for _ in range(int(rng.choice([1, 1, 1, 2, 3]))):
        toml = name.endswith(".toml") and rng.random() < 0.6
        files[name] = (replace_value if toml else _pick(rng, DAMAGES))(files[name], rng)
    return name, files


def outcome(files: Files) -> str:
    """Return "read" or "refused" for an edition of these files, or a table; every other ending raises."""
    if len(files) == 1:
        return table_outcome(*next(iter(files.items())))
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None) as place:
        root = lay_out(Path(place), {name: content for name, content in files.items() if name not in BESIDE})
        for name in BESIDE.keys() & files.keys():
            path = root / "keys" / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(files[name])
        before = sorted(Path(place).rglob("*"))
        ending = _read(root)
        if sorted(Path(place).rglob("*")) != before:
            raise AssertionError("a file was written")
        return ending


def _read(root: Path) -> str:
    try:
        edition = gt.read_edition("keys", 2024, root=root)
        edition.record  # noqa: B018 (a damaged one must be refused too)
    except gt.InputError as error:
        if not re.search(r"\w\.(csv|toml)\b", str(error)):
            raise AssertionError(f"names no file: {error}") from None
        return "refused"
    try:
        scores = [gt.build_index(table, edition.recipe).scores.to_numpy() for table in edition.tables.values()]
    except gt.InputError:
        return "refused"
    if any(np.isinf(found).any() for found in scores):
        raise AssertionError("an infinite score")
    return "read"


def _too_long(*_) -> None:
    raise TimeoutError(f"no answer within {PATIENCE} s")


def _chunk(start: int, *, seed: int, cases: int) -> list[tuple[int, str, str]]:
    """Return the number, the damaged file and the ending of each case of a chunk."""
    signal.signal(signal.SIGALRM, _too_long)
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, resource.getrlimit(resource.RLIMIT_DATA)[1]))
    found = []
    for number in range(start, min(start + CHUNK, cases)):
        name, files = case(seed, number)
        signal.alarm(PATIENCE)
        warnings.simplefilter("ignore", gt.SchemaNotice)
        try:
            ending = outcome(files)
        except Exception as error:  # whatever it is, it is what is looked for
            ending = f"{type(error).__name__}: {error}"
        finally:
            signal.alarm(0)
        found.append((number, name, ending))
    return found


def endings(seed: int, cases: int) -> Iterator[tuple[int, str, str]]:
    """Give the number, the damaged file and the ending of each case."""
    with ProcessPoolExecutor(2) as pool:
        for found in pool.map(partial(_chunk, seed=seed, cases=cases), range(0, cases, CHUNK)):
            yield from found


def run(*, seconds: float | None = None, seed: int) -> list[dict]:
    """Damage files in so many cases as take about that long; a row per file."""
    counts: dict[str, list[int]] = {}
    for number, name, ending in endings(seed, max(1, round(RATE * (FULL if seconds is None else seconds)))):
        count = counts.setdefault(name, [0, 0, 0])
        count[0] += 1
        count[1] += ending == "refused"
        if ending not in ("read", "refused"):
            count[2] += 1
            print(f"seed {seed}, case {number}, {name}: {ending[:1000]}", file=sys.stderr)
    return [
        {
            "what": f"{name}: endings that are neither a result nor one InputError ({refused} refused)",
            "cases": cases,
            "value": faults,
            "limit": 0,
            "passed": faults == 0,
        }
        for name, (cases, refused, faults) in sorted(counts.items())
    ]


if __name__ == "__main__":
    damaged, contents = case(*map(int, sys.argv[1:3]))
    print(damaged, contents[damaged], sep="\n")
    print(outcome(contents))
