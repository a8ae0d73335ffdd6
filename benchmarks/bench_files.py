"""Reading 100,000 rows x 50 columns as cells of text, against pandas for CSV and openpyxl for XLSX, and the memory.

Run: ``python benchmarks/bench_files.py`` (Linux). Medians; each reading is a process of its own, with its own memory.
openpyxl, read-only, is timed on a tenth of the rows and extrapolated.
"""

import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
from openpyxl import Workbook, load_workbook

from govtransparency.files.table_files import read_table_file

ROWS, COLUMNS, RUNS = 100_000, 50, 3
MIB = 1 << 20


def by_openpyxl(path):
    """Read the cells of a workbook one by one."""
    for row in load_workbook(path, read_only=True, data_only=True).active.iter_rows(values_only=True):
        list(row)


READERS = {
    "ours": read_table_file,
    "pandas": lambda path: pd.read_csv(path, dtype=str, keep_default_na=False),
    "openpyxl": by_openpyxl,
}


def write(folder, digits):
    """Write the same figures, of so many digits, as CSV, XLSX and Parquet, and a tenth of them as XLSX."""
    values = np.random.default_rng(0).random((ROWS, COLUMNS)).round(digits)
    table = pd.DataFrame(values, columns=[f"i{n}" for n in range(COLUMNS)])
    table.insert(0, "unit", [f"u{n}" for n in range(ROWS)])
    table.to_csv(folder / "table.csv", index=False)
    table.to_parquet(folder / "table.parquet")
    for name, part in (("table.xlsx", table), ("tenth.xlsx", table[: ROWS // 10])):
        book = Workbook(write_only=True)
        sheet = book.create_sheet("data")
        sheet.append(list(part))
        for row in part.itertuples(index=False, name=None):
            sheet.append(row)
        book.save(folder / name)


def measured(reader, path):
    """Return the median of seconds and of MiB that a process takes to read a file."""
    command = [sys.executable, __file__, reader, str(path)]
    runs = [subprocess.run(command, capture_output=True, text=True, check=True).stdout.split() for _ in range(RUNS)]
    return (median(float(run[place]) for run in runs) for place in (0, 1))


def peak():
    """Return the most MiB that this process has held so far (Linux; `getrusage` counts the parent's too)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def read(reader, path):
    """Print the processor time and the memory that one reading takes."""
    before = peak()
    start = time.process_time()
    READERS[reader](path)
    seconds = time.process_time() - start
    print(seconds, peak() - before)


def main():
    """Print the times, the ratios and the memory."""
    for digits in (3, 17):
        with TemporaryDirectory() as place:
            folder = Path(place)
            write(folder, digits)
            print(f"{ROWS} rows x {COLUMNS} columns, {digits} digits")
            for name, other, times in (
                ("table.csv", "pandas", 1),
                ("table.xlsx", "openpyxl", 10),
                ("table.parquet", None, 1),
            ):
                path = folder / name
                size = path.stat().st_size / MIB
                seconds, memory = measured("ours", path)
                line = f"{name:14} {size:5.0f} MiB {seconds:6.1f} cpu s, memory {memory / size:5.1f} times the file"
                if other:
                    theirs, _ = measured(other, folder / ("tenth.xlsx" if times > 1 else name))
                    line += f"; {other} {times * theirs:6.1f} cpu s, {times * theirs / seconds:.1f} times as long"
                print(line)


if __name__ == "__main__":
    read(*sys.argv[1:]) if len(sys.argv) == 3 else main()
