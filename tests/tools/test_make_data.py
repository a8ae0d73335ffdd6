"""The tool that `make data` runs: what it says, and what it refuses. What it writes: the tests of the two kinds."""

import re
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import tools.make_data.__main__ as make_data

ROOT = Path(__file__).resolve().parents[2]


def test_it_says_which_files_are_not_what_they_were(tmp_path, monkeypatch, capsys):
    raw = tmp_path / "data" / "raw"
    shutil.copytree(ROOT / "data" / "raw" / "cgti", raw / "cgti")
    one_year = partial(make_data.write_simulated_editions, years=[2022])  # all: tests/tools/test_simulated_editions.py
    monkeypatch.setattr(make_data, "write_simulated_editions", one_year)
    wrong = [raw / "cgti" / "2013" / "edition.toml", raw / "cgti" / "2022" / "units.csv"]
    right = [path.read_bytes() for path in wrong]
    for path in wrong:
        path.write_bytes(path.read_bytes() + b"\n# spoilt\n")
    assert make_data.main(raw) == 0
    assert [path.read_bytes() for path in wrong] == right
    said = capsys.readouterr().out.splitlines()
    assert said[:-1] == ["changed: data/raw/cgti/2022/units.csv", "changed: data/raw/cgti/2013/edition.toml"]
    assert said[-1].endswith(" files written, 2 changed")


def test_the_command_of_make_refuses_bad_input_in_words(tmp_path):
    (module,) = re.findall(r"^data: .*\n\t@\$\(RUN\) -m (\S+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    (tmp_path / "data" / "raw").mkdir(parents=True)
    command = [sys.executable, "-m", module]
    done = subprocess.run(
        command, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert "no public record, so nothing to reproduce" in done.stderr
