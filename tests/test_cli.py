"""The command line: what it refuses and how it says so, and what it answers."""

import json
import re
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

import govtransparency as gt
from govtransparency import cli, shipped_files
from govtransparency.build.staging import PANEL, Project
from govtransparency.command_options import command_parser
from govtransparency.editions import root

ROOT = Path(__file__).resolve().parent.parent


pytestmark = pytest.mark.usefixtures("signals")


@pytest.fixture
def project(toy_root, monkeypatch):
    """Work in a project with toy/2024 and toy/2023 and no notebooks."""
    shutil.copytree(toy_root / "toy" / "2024", toy_root / "toy" / "2023")
    monkeypatch.chdir(toy_root.parents[1])
    return toy_root.parents[1]


def write_notebook_that_is_not_python(project: Path) -> None:
    """Give the project a notebook in place of the library's, with which every report ends at once."""
    (project / "notebooks").mkdir()
    cell = {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": "year =", "outputs": []}
    (project / "notebooks" / "1_data.ipynb").write_text(json.dumps({"cells": [cell]}), encoding="utf-8")


def test_the_version_is_that_of_the_installed_package(capsys):
    with pytest.raises(SystemExit) as stop:
        cli.main(["--version"])
    assert stop.value.code == 0
    assert capsys.readouterr().out == f"govtransparency {metadata.version('govtransparency')}\n"
    assert gt.__version__ == metadata.version("govtransparency")


def test_commands_work_in_the_nearest_project_else_in_the_checkout_else_right_here(project, tmp_path, monkeypatch):
    below = project / "data" / "raw" / "toy"
    monkeypatch.chdir(below)
    assert root.project_folder() == project.resolve()
    assert root.find_root() == project / "data" / "raw"
    empty = tmp_path.parent / "empty"
    empty.mkdir()
    monkeypatch.chdir(empty)
    assert root.nearest_project() is None
    assert root.project_folder() == shipped_files.PACKAGE.parent
    copy = tmp_path / "shipped"
    (copy / "data" / "raw").mkdir(parents=True)
    monkeypatch.setattr(shipped_files, "COPY", copy)
    assert root.project_folder() == empty
    assert root.find_root() == copy / "data" / "raw"


def test_an_index_that_the_project_lacks_is_that_of_the_library(project, monkeypatch):
    monkeypatch.chdir(project)
    own, shipped = (place / "data" / "raw" for place in (project, shipped_files.PACKAGE.parent))
    assert root.find_root(index="toy") == root.find_root(index="none") == own
    assert root.find_root(index="tai") == shipped and root.find_root(own, index="tai") == own
    assert gt.read_panel("tai").status.to_dict() == {2001: "official"}
    (own / "tai").mkdir()
    with pytest.raises(gt.InputError, match="index 'tai' does not exist"):
        gt.read_edition("tai", 2001)


def test_a_project_without_notebooks_or_data_takes_those_of_the_library(tmp_path):
    project = Project(tmp_path)
    there = shipped_files.PACKAGE.parent
    assert [path.name for path in project.notebooks(2024)] == [
        "1_data.ipynb",
        "2_index.ipynb",
        "3_robustness.ipynb",
        "4_stability.ipynb",
    ]
    assert project.notebooks(PANEL) == (there / "notebooks" / "5_panel.ipynb",)
    assert project.raw == there / "data" / "raw"
    (tmp_path / "data" / "raw").mkdir(parents=True)
    assert project.raw == tmp_path / "data" / "raw"


def refused(capsys, *arguments: str) -> str:
    """Run a command that must be refused, and return what it says."""
    assert cli.main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "Traceback" not in said.err
    return said.err


@pytest.mark.parametrize("command", ["report", "verify"])
def test_a_year_that_does_not_exist_lists_those_that_do(project, capsys, command):
    said = refused(capsys, command, "1999", "--index", "toy")
    assert "toy has no edition '1999'; there are: 2023, 2024" in said
    assert not (project / "outputs").exists()


def test_an_index_that_does_not_exist_names_the_nearest(project, capsys):
    said = refused(capsys, "report", "2024", "--index", "toyy")
    assert "index 'toyy' does not exist" in said
    assert "'toy'" in said


@pytest.mark.parametrize("year", ["../..", "../2024", "/etc", "2024/", "2024.0", "-1", "二〇二四", "2024\n2"])
def test_a_year_that_is_a_path_or_no_year_is_refused(project, capsys, year):
    said = refused(capsys, "report", "--index", "toy", "--", year)
    assert "toy has no edition" in said
    assert "there are: 2023, 2024" in said
    assert sorted(path.name for path in project.iterdir()) == ["data"]


@pytest.mark.parametrize("index", ["../..", "..", "/etc", "", ".", "toy/2024", "toy/", "TOY", "*"])
def test_an_index_that_is_a_path_or_a_pattern_is_refused(project, capsys, index):
    assert f"index {index!r} does not exist" in refused(capsys, "report", "2024", "--index", index)
    assert sorted(path.name for path in project.iterdir()) == ["data"]


def test_several_wrong_years_are_one_message(project, capsys):
    said = refused(capsys, "report", "1999 2024", "../..", "2025,2023", "--index", "toy")
    assert said.count("edition: ") == 1
    assert "3 problems" in said
    assert [year for year in ("'1999'", "'../..'", "'2025'") if year not in said] == []
    assert "'2024'" not in said


def test_all_years_of_an_unknown_index(project, capsys):
    assert "index 'cgti' does not exist" in refused(capsys, "report", "all")


@pytest.mark.parametrize("words", [(), ("",), (" , ",)])
def test_without_a_year_the_usage_and_the_editions_are_shown(project, capsys, words):
    said = refused(capsys, "report", *words)
    assert said.startswith("usage: govtransparency report YEAR")
    assert "toy  simulated: 2023 2024" in said


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("report", "2024", "--jobs", "0"), "'0': expected a whole number, 1 or more"),
        (("report", "2024", "--jobs", "two"), "'two': expected a whole number, 1 or more"),
        (("report", "2024", "--language", "zn"), "argument --language: invalid choice: 'zn' (choose from"),
        (("verify", "2024", "--language", "zh"), "unrecognized arguments: --language"),
        (("report", "2024", "--yaer", "2024"), "unrecognized arguments: --yaer"),
        (("reprot", "2024"), "invalid choice: 'reprot'"),
        ((), "arguments are required: command"),
    ],
)
def test_wrong_usage(project, capsys, arguments, words):
    with pytest.raises(SystemExit) as stop:
        cli.main(arguments)
    assert stop.value.code == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("locale", "message"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "edition：发现1个问题"),
        ({"LANG": "zh"}, "edition：发现1个问题"),
        ({"LC_MESSAGES": "zh_TW", "LANG": "en_US.UTF-8"}, "edition：发现1个问题"),
        ({"LC_ALL": "zh_CN.GB18030", "LC_MESSAGES": "en_US"}, "edition：发现1个问题"),
        ({"LC_ALL": "", "LANG": "zh_CN.UTF-8"}, "edition：发现1个问题"),
        ({"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, "edition: 1 problem"),
        ({"LC_MESSAGES": "C", "LANG": "zh_CN.UTF-8"}, "edition: 1 problem"),
        ({"LANG": "both"}, "edition: 1 problem"),
        ({}, "edition: 1 problem"),
    ],
)
def test_messages_are_chinese_where_the_locale_is(project, capsys, monkeypatch, locale, message):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in locale.items():
        monkeypatch.setenv(name, value)
    assert refused(capsys, "report", "1999", "--index", "toy").startswith(f"{message}\n")


def test_help_and_usage_and_what_a_command_says_are_chinese_too(project, capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert refused(capsys, "report").startswith("用法：govtransparency report 年份")
    write_notebook_that_is_not_python(project)
    assert cli.main(["report", "2024", "--index", "toy"]) == 2
    said = capsys.readouterr()
    assert "toy 2024：" in said.err and "标记为 parameters 的单元格不是有效的 Python" in said.err
    assert said.out.startswith("共1份报告，成功0份，总用时")
    for arguments in (["--help"], ["report", "--help"], ["report", "2024", "--jobs", "0"]):
        with pytest.raises(SystemExit):
            cli.main(arguments)
        said = capsys.readouterr()
        assert re.search("重新生成某些年份的报告|“0”：应为不小于1的整数", said.out + said.err)


WRONG_USAGE = [
    ((), "govtransparency 命令有误：缺少参数：命令"),
    (("reprot", "2024"), "命令有误：参数“命令”：没有“reprot”；可用：“report”、“verify”、“panel”"),
    (("report", "2024", "--yaer", "2024"), "命令有误：不认识的参数：--yaer"),
    (("report", "2024", "--language", "zn"), "命令有误：参数“--language”：没有“zn”；可用：“zh”、“en”、“both”"),
    (("report", "--jobs"), "命令有误：参数“--jobs”：应给出一个值"),
    (("report", "2024", "--jobs", "0"), "命令有误：参数“--jobs”：“0”：应为不小于1的整数"),
    (("new", "a", "--from"), "命令有误：参数“--from”：至少给出一个值"),
    (("profile", "2024"), "命令有误：缺少参数：被评单位"),
    (("fetch",), "命令有误：缺少参数：--index"),
]


@pytest.mark.parametrize(("arguments", "words"), WRONG_USAGE)
def test_wrong_usage_is_told_in_chinese_with_no_word_of_english(project, capsys, monkeypatch, arguments, words):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    with pytest.raises(SystemExit) as stop:
        cli.main(arguments)
    said = capsys.readouterr().err
    assert stop.value.code == 2
    assert said.startswith("用法：govtransparency") and words in said
    assert not re.search("usage|error|argument|choose|expected|required|'", said)


COMMANDS = (
    "report",
    "verify",
    "panel",
    "profile",
    "bulletin",
    "check",
    "new",
    "editions",
    "reference",
    "upgrade",
    "fetch",
)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_each_command_is_chinese(capsys, monkeypatch, command):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    with pytest.raises(SystemExit):
        cli.main([command, "--help"])
    said = capsys.readouterr().out
    assert said.startswith(f"用法：govtransparency {command}") and "选项：\n" in said and "显示本帮助并退出" in said
    assert not re.search("usage|options|positional|show this|YEAR|INDEX|FILE", said)


def test_english_comes_back_after_chinese(project, capsys, monkeypatch):
    for locale, words in (("zh_CN.UTF-8", "用法："), ("C.UTF-8", "usage: "), ("zh_CN.UTF-8", "用法：")):
        monkeypatch.setenv("LC_ALL", locale)
        with pytest.raises(SystemExit):
            cli.main(["--help"])
        assert capsys.readouterr().out.startswith(words)


REFUSED = [
    (("report", "1999", "--index", "toy"), "edition：发现1个问题\n  - toy没有“1999”年度；现有：2023、2024"),
    (("check", "2024", "--index", "toyy"), "指数“toyy”不存在；是否应为“toy”？可用：toy"),
    (("profile", "2024", "u9", "--index", "toy"), "未找到被评单位“u9”"),
    (("fetch", "--index", "toy"), "指数“toy”没有须下载的文件"),
    (("new", "toy"), "已经存在，不作改动；请另取名称"),
    (("upgrade", "nothing"), "nothing：应为年度的文件夹、edition.toml 或 recipe.json"),
]


@pytest.mark.parametrize(("arguments", "words"), REFUSED)
def test_what_a_command_refuses_is_told_in_chinese(project, capsys, monkeypatch, arguments, words):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    said = refused(capsys, *arguments)
    assert words in said
    assert "：发现1个问题\n  - " in said and not re.search("problem|'", said)


@pytest.mark.parametrize("name", ["report", "panel", "profile", "bulletin"])
def test_the_language_of_what_is_written_is_an_option_and_never_the_locale(project, capsys, monkeypatch, name):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    monkeypatch.setenv("LANG", "zh")
    arguments = {"report": ["2024"], "panel": [], "profile": ["2024", "u1"], "bulletin": ["2024-06"]}[name]
    parser = command_parser("zh", cli.COMMANDS)
    assert parser.parse_args([name, *arguments]).language == "both"
    assert parser.parse_args([name, *arguments, "--language", "en"]).language == "en"


@pytest.mark.slow
@pytest.mark.parametrize(("options", "shown"), [([], "both"), (["--language", "en"], "en")])
def test_a_profile_shows_the_language_asked_for(project, capsys, monkeypatch, options, shown):
    monkeypatch.setenv("LANG", "zh")
    assert cli.main(["profile", "2024", "u1", "--index", "toy", *options]) == 0
    page = (project / capsys.readouterr().out.split()[0]).read_text(encoding="utf-8")
    assert f'data-show="{shown}">\n<head>' in page


@pytest.mark.parametrize(
    ("words", "years"),
    [
        (["2024"], [2024]),
        (["2024 2023"], [2024, 2023]),
        (["2023", "2024,2023"], [2023, 2024]),
        (["all"], [2023, 2024]),
        (["２０２４"], [2024]),
    ],
)
def test_years_are_read_each_once_in_the_order_given(project, words, years):
    assert cli._years("toy", words) == years


def test_editions_are_listed_with_their_status(project, capsys):
    assert cli.main(["editions"]) == 0
    assert capsys.readouterr().out == "  toy  simulated: 2023 2024\n"


@pytest.mark.parametrize(
    ("breaks", "problem"),
    [
        (lambda toml: toml.write_text("index = ", encoding="utf-8"), "Invalid value (at end of document)"),
        (lambda toml: toml.write_bytes(b"title = '\xff'"), "not UTF-8; save the file as UTF-8"),
        (lambda toml: (toml.unlink(), toml.mkdir()), "this is a folder; expected a file"),
    ],
)
def test_an_edition_that_cannot_be_read_stops_no_other(project, capsys, breaks, problem):
    toml = project / "data" / "raw" / "toy" / "2023" / "edition.toml"
    breaks(toml)
    assert cli.main(["editions"]) == 0
    assert capsys.readouterr().out == "  toy  edition.toml cannot be read: 2023\n  toy  simulated: 2024\n"
    assert cli.main(["check", "--index", "toy"]) == 1
    said = capsys.readouterr()
    assert said.err == f"{toml}: 1 problem\n  - {problem}\n"
    assert said.out == "toy 2024: no error, nothing doubtful\n"
    write_notebook_that_is_not_python(project)
    assert cli.main(["report", "all", "--index", "toy"]) == 2
    said = capsys.readouterr()
    assert f"toy 2023: {toml}: 1 problem" in said.err
    assert "toy 2024: " in said.err and "is not valid Python" in said.err  # both were begun
    assert "0 of 2 reports succeeded" in said.out


def test_editions_are_checked_without_a_report(project, capsys):
    folder = project / "data" / "raw" / "toy" / "2023"
    toml = (folder / "edition.toml").read_text(encoding="utf-8").replace("year = 2024", "year = 2023")
    (folder / "edition.toml").write_text(toml, encoding="utf-8")
    (folder / "old.csv").write_text("unit\n", encoding="utf-8")
    assert cli.main(["check", "--index", "toy"]) == 0
    assert capsys.readouterr().out == (
        "toy 2023: no error; doubtful: 1\n"
        "  - old.csv: neither edition.toml nor sources.csv names this file, so it is not read\n"
        "toy 2024: no error, nothing doubtful\n"
    )
    assert cli.main(["check", "2023", "--index", "toy", "--language", "both"]) == 0
    assert capsys.readouterr().out.startswith(
        "toy 2023：没有错误，存疑1处\n  - old.csv：edition.toml 和 sources.csv 均未提及此文件"
    )
    assert sorted(path.name for path in project.iterdir()) == ["data"]


def test_a_check_says_how_the_sheets_were_read(project, capsys):
    sheet = project / "data" / "raw" / "toy" / "2024" / "sheet.csv"
    sheet.write_bytes(sheet.read_text(encoding="utf-8").replace(",98", ",98%").encode("utf-16"))
    assert cli.main(["check", "2024", "--index", "toy"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[:2] == ["toy 2024: no error, nothing doubtful", "  how the sheets were read:"]
    assert all(line.startswith("  - sheet.csv") for line in said[2:])
    assert "UTF-16" in said[2]


def test_a_faulty_edition_is_told_and_the_others_are_checked_all_the_same(project, capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    toml = project / "data" / "raw" / "toy" / "2024" / "edition.toml"
    text = toml.read_text(encoding="utf-8")
    toml.write_text(text.replace('"min_max"', '{ method = "distance_to_unit", unit = "u9" }'), encoding="utf-8")
    assert cli.main(["check", "--index", "toy"]) == 1
    said = capsys.readouterr()
    assert said.err.startswith("toy 2023：发现1个问题\n  - ")
    assert said.err.count("发现1个问题") == 2
    assert "u9" in said.err
    assert said.out == ""


def test_a_notebook_of_the_project_that_is_not_python_is_refused(project, capsys):
    write_notebook_that_is_not_python(project)
    assert cli.main(["report", "2024", "--index", "toy"]) == 2
    said = capsys.readouterr()
    assert "toy 2024: " in said.err
    assert "its cell tagged 'parameters' is not valid Python: line 1" in said.err
    assert "0 of 1 report succeeded" in said.out
    assert not (project / "outputs" / "toy").exists()


def test_bad_sheets_are_one_message_and_leave_nothing_behind(project, capsys):
    folder = project / "data" / "raw" / "toy" / "2024"
    (project / "notebooks").mkdir()
    shutil.copy(ROOT / "notebooks" / "1_data.ipynb", project / "notebooks")
    sheet = folder / "sheet.csv"
    sheet.write_text(
        sheet.read_text(encoding="utf-8").replace("u2,12", "u9,12").replace("u3,7", "u3,many"), encoding="utf-8"
    )
    units = folder / "units.csv"
    units.write_text(units.read_text(encoding="utf-8") + "u1,city,Twice,两次,North\n", encoding="utf-8")
    assert cli.main(["report", "2024", "--index", "toy"]) == 2
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert [word for word in ("units.csv", "u1") if word not in said] == []
    units.write_text(units.read_text(encoding="utf-8").replace("u1,city,Twice,两次,North\n", ""), encoding="utf-8")
    assert cli.main(["report", "2024", "--index", "toy"]) == 2
    said = capsys.readouterr().err
    assert [word for word in ("sheet.csv", "u9", "many") if word not in said] == []
    left = [path for path in (project / "outputs").rglob("*") if path.is_file() and path.suffix != ".lock"]
    assert left == []
    assert not (project / "data" / "processed").exists()


def test_the_module_runs_from_outside_the_project(tmp_path):
    command = [sys.executable, "-m", "govtransparency", "report", "../..", "--index", "tai"]
    done = subprocess.run(
        command, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr == "edition: 1 problem\n  - tai has no edition '../..'; there are: 2001\n"
