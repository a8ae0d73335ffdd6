"""Chinese names of countries are those of CLDR in every file that has them."""

import pytest

pytest.importorskip("babel")

from tools import country_names


def test_names_of_the_editions_are_those_of_cldr():
    assert [path for path, _ in country_names.outdated()] == []


def test_a_publishers_own_code_and_names_in_lists_of_countries_and_regions():
    text = 'unit,name_en,name_zh\nNZL,New Zealand,\nKMH,Cambodia,?\nko,Kosovo,\nhk,"Hong Kong",x\n'
    assert country_names.named(text) == (
        "unit,name_en,name_zh\nNZL,New Zealand,新西兰\nKMH,Cambodia,柬埔寨\nko,Kosovo,科索沃\nhk,Hong Kong,中国香港\n"
    )


def test_the_files_are_written(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(country_names, "RAW", tmp_path)
    units = {name: tmp_path / name / "units.csv" for name in ("a/2024", "b", "own")}
    for (name, path), chinese in zip(units.items(), ("法国", "", ""), strict=True):
        year = path.parent if name.startswith("a") else path.parent / "2024"
        year.mkdir(parents=True)
        path.write_text(f"unit,name_en,name_zh\nfr,France,{chinese}\n", "utf-8")
        (year / "sources.csv").write_text("source\nit\n" + ("" if name == "own" else "cldr\n"), "utf-8")
    country_names.main()
    assert capsys.readouterr().out == "changed: b/units.csv\n"
    assert units["b"].read_bytes() == units["a/2024"].read_bytes() != units["own"].read_bytes()
