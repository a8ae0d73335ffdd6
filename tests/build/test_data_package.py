"""datapackage.json: its form, and that every table is as its schema says."""

import hashlib
import json
import re
from pathlib import Path

import pandas as pd
import pytest

from govtransparency import report
from govtransparency.build.data_package import write_data_package
from govtransparency.build.reports import build_reports
from govtransparency.build.staging import Project
from govtransparency.data_dictionary.described_file import Field
from govtransparency.data_dictionary.input_files import FRAMEWORK
from govtransparency.data_dictionary.table_schema import table_schema
from govtransparency.editions import read_edition
from govtransparency.files.table_files import read_csv
from govtransparency.texts.bilingual import Text
from tests.data_packages import broken_promises, read_package

ROOT = Path(__file__).resolve().parents[2]
HAN = re.compile(r"[\u3400-\u9fff]")


def ended(root: Path, folder: Path) -> dict:
    """Write some results of the toy edition and the package; return the package by the names of its resources."""
    run = report.start("toy", 2024, folder, notebook="2_index")
    index = run.indices["city"]
    scores = index.scores.assign(group="city", status="simulated").rename_axis("unit")
    run.write("scores.csv", scores)
    ranks = index.ranks.to_frame("rank").rename_axis("unit").assign(group="city", status="simulated")
    run.write("ranks.csv", ranks)
    run.write("mine.csv", pd.DataFrame({"code": ["007", "12"], "x": [1, 2], "y": [0.5, None], "yes": [True, False]}))
    run.write_processed("city.csv", run.edition.tables["city"])
    run.show(run.edition.sources, "sources")
    run.show({"city": index.scores[["open", "answer"]].reset_index(names="unit")}, "league")
    write_data_package(folder, read_edition("toy", 2024, root=root), root=root.parent.parent, year=2024)
    package = read_package(folder)
    return package | {"resources": {resource["name"]: resource for resource in package["resources"]}}


@pytest.fixture
def here(toy_root, monkeypatch) -> Path:
    monkeypatch.chdir(toy_root.parent.parent)
    return toy_root


def field(package: dict, resource: str, name: str) -> dict:
    (found,) = [item for item in package["resources"][resource]["schema"]["fields"] if item["name"] == name]
    return found


def test_every_table_and_file_is_there_and_as_the_package_says(here, tmp_path, capsys):
    (here.parent.parent / "LICENSE-DATA").write_text("All rights given.\n", encoding="utf-8")
    package = ended(here, tmp_path / "out")
    assert broken_promises(tmp_path / "out") == []
    assert list(package["resources"]) == [
        "inputs.2024.edition.toml",
        "inputs.2024.framework",
        "inputs.2024.units",
        "inputs.2024.sources",
        "inputs.2024.sheet",
        "mine",
        "ranks",
        "scores",
        "tables.league_city",
        "tables.sources",
    ]
    assert (package["name"], package["status"], package["status_zh"]) == (
        "toy-2024",
        "simulated",
        "模拟数据，并非真实测评结果",
    )
    assert (package["title"], package["title_zh"]) == ("Toy index", "玩具指数")
    assert package["description"].startswith("The marks in this report were drawn at random")
    assert package["description"].endswith("Six toy cities, made up for the tests.")
    assert package["sources"] == [{"title": "Made for the tests", "version": "2024-01-01"}]
    assert package["licenses"] == [{"path": "inputs/LICENSE-DATA", "title": "Licence of the data"}]
    assert (tmp_path / "out" / "inputs" / "LICENSE-DATA").read_text() == "All rights given.\n"
    for resource in package["resources"].values():
        assert HAN.search(resource["title_zh"]) or resource["name"] == "mine"


def test_the_check_of_a_package_finds_what_is_wrong(here, tmp_path, capsys):
    ended(here, tmp_path / "out")
    rows = "u1,1,city,simulated,drawn\nu9,0,city,,drawn\nu1,1.5,city,simulated,drawn\n"
    (tmp_path / "out" / "ranks.csv").write_text(f"unit,rank,group,status,basis\n{rows}", encoding="utf-8")
    assert broken_promises(tmp_path / "out") == [
        "ranks: other bytes",
        "ranks: row 3, rank: '0' is not from 1 to None",
        "ranks: row 4, rank: '1.5' is no integer",
        "ranks: row 3, status: missing",
        "ranks: ['unit'] is no key",
        "ranks: ('u9',) is not in {'fields': ['unit'], 'resource': 'inputs.2024.units'}",
    ]
    (tmp_path / "out" / "ranks.csv").write_text("unit,rank\n", encoding="utf-8")
    assert broken_promises(tmp_path / "out")[1] == "ranks: the header is ['unit', 'rank']"


def test_the_schema_of_a_file_of_the_edition_has_types_limits_codes_and_keys(here, tmp_path, capsys):
    package = ended(here, tmp_path / "out")
    schema = package["resources"]["inputs.2024.framework"]["schema"]
    assert (schema["primaryKey"], schema["foreignKeys"]) == (
        ["code"],
        [{"fields": ["parent"], "reference": {"fields": ["code"]}}],
    )
    assert field(package, "inputs.2024.framework", "weight")["constraints"] == {"exclusiveMinimum": 0}
    assert field(package, "inputs.2024.framework", "direction") == {
        "name": "direction",
        "type": "integer",
        "description": "1 if a larger value scores higher, -1 if a smaller one does; empty means 1",
        "description_zh": "1为数值越大得分越高，-1为数值越小得分越高；留空为1",
        "constraints": {"enum": [1, -1]},
    }
    assert field(package, "inputs.2024.units", "group")["categories"] == [{"value": "city", "label": "Toy cities"}]
    assert field(package, "inputs.2024.sheet", "policies") == {
        "name": "policies",
        "type": "integer",
        "description": "Policies published (count)",
        "description_zh": "公开的政策（数量）",
        "constraints": {"minimum": 0},
    }
    assert field(package, "inputs.2024.sheet", "site")["constraints"] == {"enum": [0, 1]}
    sheet = package["resources"]["inputs.2024.sheet"]["schema"]
    to_units = {"fields": ["unit"], "reference": {"fields": ["unit"], "resource": "inputs.2024.units"}}
    assert (sheet["primaryKey"], sheet["foreignKeys"]) == (["unit"], [to_units])
    toml = package["resources"]["inputs.2024.edition.toml"]
    assert (toml["mediatype"], "schema" in toml, "type" in toml) == ("application/toml", False, False)


def test_the_schema_of_a_result_has_the_meaning_of_every_column(here, tmp_path, capsys):
    package = ended(here, tmp_path / "out")
    assert package["resources"]["scores"]["schema"]["primaryKey"] == ["unit"]
    assert [
        (item["name"], item["type"], item["description"]) for item in package["resources"]["scores"]["schema"]["fields"]
    ] == [
        ("unit", "string", "Code of the unit"),
        ("policies", "number", "Policies published"),
        ("site", "number", "Web site in order"),
        ("days", "number", "Days to answer"),
        ("share", "number", "Share answered in time"),
        ("open", "number", "Openness"),
        ("answer", "number", "Answers"),
        ("index", "number", "Toy index"),
        ("group", "string", "Code of the group"),
        ("status", "string", "What the figures are"),
        ("basis", "string", "Basis"),
    ]
    rank = field(package, "ranks", "rank")
    assert (rank["type"], rank["constraints"], rank["description_zh"]) == (
        "integer",
        {"minimum": 1},
        "名次，1为得分最高者；未排名则留空",
    )
    table = package["resources"]["tables.league_city"]
    assert (table["title"], table["title_zh"], table["status"]) == (
        "Ranks and scores: Toy cities",
        "名次与得分：玩具城市",
        "simulated",
    )
    assert field(package, "tables.league_city", "open")["description_zh"] == "公开"
    # a table of one's own: codes stay texts, numbers and truth values are found
    kinds = [(item["name"], item["type"]) for item in package["resources"]["mine"]["schema"]["fields"]]
    assert kinds == [("code", "string"), ("x", "integer"), ("y", "number"), ("yes", "boolean")]


def test_sheets_of_other_people_are_described_as_they_are_written(here, tmp_path, capsys):
    folder = here / "toy" / "2024"
    (folder / "sheet.csv").write_text(
        "单位;公开的政策;site\n" + "".join(f"u{n};{n};{n % 2}\n" for n in range(1, 7)), encoding="utf-8-sig"
    )
    lines = [f"u{n},{code},{value}" for n in range(1, 6) for code, value in (("days", n), ("share", f"{n}%"))]
    (folder / "long.csv").write_text("\n".join(["# counted", "unit,indicator,value", *lines, "u6,days,N/A"]) + "\n")
    toml = (folder / "edition.toml").read_text(encoding="utf-8")
    more = '[[sheets]]\nfile = "long.csv"\n\n[scales]'
    (folder / "edition.toml").write_text(toml.replace("[scales]", more), encoding="utf-8")
    package = ended(here, tmp_path / "out")
    assert broken_promises(tmp_path / "out") == []
    assert package["resources"]["inputs.2024.sheet"]["dialect"] == {"delimiter": ";"}
    assert field(package, "inputs.2024.sheet", "单位")["description_zh"] == "被评单位的代码"
    assert field(package, "inputs.2024.sheet", "公开的政策")["type"] == "integer"
    long = package["resources"]["inputs.2024.long"]
    assert (long["dialect"], long["title_zh"]) == ({"commentChar": "#"}, "长表：每行一个数值")
    value = field(package, "inputs.2024.long", "value")
    assert (value["type"], value["bareNumber"], value["missingValues"]) == ("number", False, ["", "N/A"])
    assert long["schema"]["primaryKey"] == ["unit", "indicator"]


def test_marks_and_the_record_are_described(here, tmp_path, capsys):
    folder = here / "toy" / "2024"
    marks = [f"u{n},policies,a{m},{n},2024-06-0{m}" for n in range(1, 7) for m in (1, 2)]
    (folder / "marks.csv").write_text("\n".join(["unit,indicator,assessor,mark,observed_on", *marks]) + "\n")
    sheet = (folder / "sheet.csv").read_text(encoding="utf-8").splitlines()
    (folder / "sheet.csv").write_text("\n".join(re.sub(r",[^,]*", "", line, count=1) for line in sheet) + "\n")
    toml = (folder / "edition.toml").read_text(encoding="utf-8")
    more = '[[sheets]]\nfile = "marks.csv"\nkind = "marks"\n\n[scales]'
    (folder / "edition.toml").write_text(toml.replace("[scales]", more), encoding="utf-8")
    record = here / "toy" / "record"
    record.mkdir()
    (record / "coverage.csv").write_text("report_year,group,n_assessed,source_id,note\n2024,city,6,s,\n")
    (record / "sources.csv").write_text(
        "source_id,url,title,publisher,date,what_it_gives\ns,,A paper,,2024 (spring),all\n"
    )
    package = ended(here, tmp_path / "out")
    assert broken_promises(tmp_path / "out") == []
    schema = package["resources"]["inputs.2024.marks"]["schema"]
    assert schema["primaryKey"] == ["unit", "indicator", "assessor"]
    assert field(package, "inputs.2024.marks", "observed_on")["type"] == "date"
    coverage = package["resources"]["inputs.record.coverage"]
    assert coverage["path"] == "inputs/record/coverage.csv"
    assert coverage["schema"]["primaryKey"] == ["report_year", "group", "source_id"]
    assert coverage["schema"]["foreignKeys"] == [
        {"fields": ["source_id"], "reference": {"fields": ["source_id"], "resource": "inputs.record.sources"}}
    ]
    assert field(package, "inputs.record.coverage", "report_year")["type"] == "year"
    assert field(package, "inputs.record.sources", "date")["constraints"]["pattern"].startswith(r"\d{4}")


def test_licences_and_addresses_of_the_sources_are_given(here, tmp_path, capsys):
    (here / "toy" / "2024" / "sources.csv").write_text(
        "source,title,url,licence\na,A,https://a.org/x,CC-BY-4.0\nb,,https://b.org :file,\nc,C,,https://c.org/terms\n"
    )
    package = ended(here, tmp_path / "out")
    assert package["sources"] == [{"title": "A", "path": "https://a.org/x"}, {"title": "b"}, {"title": "C"}]
    assert package["licenses"] == [{"name": "CC-BY-4.0"}, {"path": "https://c.org/terms"}]


def test_a_publishers_file_is_there_by_its_address(here, tmp_path, capsys, monkeypatch):
    folder = here / "toy" / "2024"
    content = (folder / "sheet.csv").read_bytes()
    (folder / "sheet.csv").unlink()
    place = here.parent / "external" / "toy"
    place.mkdir(parents=True)
    (place / "sheet 1.csv").write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    (here / "toy" / "originals.toml").write_text(f'base = "https://a.org/1f"\n[sha256]\n"sheet 1.csv" = "{digest}"\n')
    toml = (folder / "edition.toml").read_text(encoding="utf-8")
    mine = toml.replace('file = "sheet.csv"\nkind = "table"', 'original = "sheet 1.csv"')
    (folder / "edition.toml").write_text(mine, encoding="utf-8")
    package = ended(here, tmp_path / "out")
    resource = package["resources"]["a.org.1f.sheet-201"]
    assert (resource["path"], resource["bytes"]) == ("https://a.org/1f/sheet%201.csv", len(content))
    assert [item["name"] for item in resource["schema"]["fields"]][:2] == ["unit", "policies"]
    assert not list((tmp_path / "out").rglob("sheet*"))


def test_the_package_of_a_panel_holds_its_tables_alone(here, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "ranks_city_simulated.csv").write_text("unit,2023,2024\nu1,1,1\nu2,2,\n", encoding="utf-8")
    edition = read_edition("toy", 2024, root=here)
    write_data_package(tmp_path / "out", edition, root=here.parent.parent, year="panel")
    (resource,) = read_package(tmp_path / "out")["resources"]
    assert (resource["title"], resource["title_zh"]) == (
        "Ranks by year: Toy cities; simulated figures, not real results",
        "历年名次：玩具城市、模拟数据，并非真实测评结果",
    )
    assert [item["type"] for item in resource["schema"]["fields"]] == ["string", "integer", "integer"]
    assert broken_promises(tmp_path / "out") == []


def test_a_schema_says_nothing_that_its_table_breaks(tmp_path):
    path = tmp_path / "framework.csv"
    path.write_text("code,parent,weight,direction\nindex,,,\na,index,0,1\na,nowhere,20%,down\n")

    def plain(head, cells):
        return Field(head), Text(head, head)

    schema = table_schema(read_csv(path), FRAMEWORK, plain)
    kinds = [(item["name"], item["type"], item.get("constraints")) for item in schema["fields"]]
    assert kinds == [
        ("code", "string", {"required": True}),
        ("parent", "string", None),
        ("weight", "number", None),
        ("direction", "string", None),
    ]
    assert schema["fields"][2]["bareNumber"] is False
    assert schema.keys() == {"fields", "missingValues"}


@pytest.mark.slow
def test_every_table_of_a_whole_report_is_as_its_schema_says(here, monkeypatch):
    (here.parent.parent / "notebooks").symlink_to(ROOT / "notebooks")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    (outcome,) = build_reports("toy", [2024], project=Project(here.parent.parent), jobs=2, say=print)
    assert outcome.status == 0, outcome.message
    folder = here.parent.parent / "outputs" / "toy" / "2024"
    assert broken_promises(folder) == []
    package = read_package(folder)
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*.csv")}
    assert {resource["path"] for resource in package["resources"] if resource["format"] == "csv"} == there
    named = {
        item["name"]: item
        for resource in package["resources"]
        for item in resource.get("schema", {"fields": []})["fields"]
    }
    assert [name for name, item in named.items() if item["description_zh"] == name] == []
    listed = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    assert "datapackage.json" in {entry["path"] for entry in listed}
