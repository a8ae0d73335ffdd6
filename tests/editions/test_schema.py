"""The number of the schema: what is read, what is refused, and what the command rewrites; and old names in Python."""

import json
import shutil
import tomllib
import warnings
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import govtransparency as gt
from govtransparency import cli, schema
from govtransparency.editions.upgrade import upgraded_text
from tests.examples import AB

OLD = Path(__file__).resolve().parents[1] / "old" / "schema_0"
RECIPE = gt.Recipe(AB, rank=gt.RankRule(decimals=0, tie_breakers="b"))
WRONG = ['"1"', "true", "0", "-1", "1.0", "[1]", "nan"]

pytestmark = pytest.mark.usefixtures("signals")


def set_schema(root: Path, number: str) -> None:
    file = root / "toy" / "2024" / "edition.toml"
    text = file.read_text(encoding="utf-8")
    assert text.startswith("schema = 1\n")
    file.write_text(text.replace("schema = 1\n", f"schema = {number}\n" if number else "", 1), encoding="utf-8")


@pytest.mark.parametrize("number", WRONG)
def test_what_is_no_schema_is_refused_in_an_edition(toy_root, number):
    set_schema(toy_root, number)
    with pytest.raises(
        gt.InputError, match=r"edition\.toml: 1 problem\n  - schema = .*: expected a whole number, 1 or"
    ):
        gt.read_edition("toy", 2024, root=toy_root)


@pytest.mark.parametrize("number", ["1", True, 0, -1, 1.0, None, [1]])
def test_what_is_no_schema_is_refused_in_a_recipe(number):
    with pytest.raises(gt.InputError, match=r"recipe: 1 problem\n  - schema = .*: expected a whole number, 1 or more"):
        gt.Recipe.from_dict(RECIPE.to_dict() | {"schema": number})


def test_a_newer_schema_is_refused_before_anything_else(toy_root):
    set_schema(toy_root, "2\nsomething_new = 1")
    with pytest.raises(gt.InputError) as caught:
        gt.read_edition("toy", 2024, root=toy_root)
    assert len(caught.value.problems) == 1
    assert "schema 2 is newer than this version of govtransparency, which reads up to schema 1" in str(caught.value)
    assert "install a later version" in str(caught.value)
    with pytest.raises(gt.InputError, match="schema 2 is newer"):
        gt.Recipe.from_dict(RECIPE.to_dict() | {"schema": 2, "something_new": 1})


def test_the_present_schema_is_read_without_a_line(toy_root):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        gt.read_edition("toy", 2024, root=toy_root)
        assert gt.Recipe.from_dict(RECIPE.to_dict()).rank == RECIPE.rank
        gt.Recipe.from_dict({"normalise": "z_score"}, AB)  # a part of no file


def test_an_old_name_is_read_in_a_part_of_a_recipe_too():
    with pytest.warns(gt.SchemaNotice, match=r"rank\.second as rank\.tie_breakers"):
        recipe = gt.Recipe.from_dict({"rank": {"second": ["b"]}}, AB)
    assert recipe.rank.tie_breakers == ("b",)


def test_a_numbered_file_knows_its_own_names_only(toy_root):
    file = toy_root / "toy" / "2024" / "edition.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('ties = "min" }', 'ties = "min", second = ["open"] }'), encoding="utf-8")
    with pytest.raises(gt.InputError, match=r"recipe\.rank\.second is called 'tie_breakers' since schema 1; rename it"):
        gt.read_edition("toy", 2024, root=toy_root)
    file.write_text(text.replace("[recipe]", "[recipe]\nschema = 1"), encoding="utf-8")
    with pytest.raises(gt.InputError, match="recipe: 'schema' is unknown; it is the first key of the file"):
        gt.read_edition("toy", 2024, root=toy_root)


def test_a_key_by_both_its_names_is_refused():
    both = {"framework": RECIPE.to_dict()["framework"], "rank": {"second": "a", "tie_breakers": "b"}}
    with pytest.raises(gt.InputError, match=r"rank\.second is the old name of 'tie_breakers'; keep one of the two"):
        gt.Recipe.from_dict(both)


def test_the_line_points_at_who_reads_the_file(toy_root):
    set_schema(toy_root, "")
    with pytest.warns(gt.SchemaNotice, match="every key under its own name") as caught:
        gt.read_edition("toy", 2024, root=toy_root)
    assert [item.filename for item in caught] == [__file__]


def test_the_command_line_prints_one_line_for_each_file(toy_root, monkeypatch, capsys):
    set_schema(toy_root, "")
    shutil.copytree(toy_root / "toy" / "2024", toy_root / "toy" / "2023")
    files = [toy_root / "toy" / year / "edition.toml" for year in ("2023", "2024")]
    files[0].write_text(files[0].read_text(encoding="utf-8").replace("year = 2024", "year = 2023"), encoding="utf-8")
    monkeypatch.chdir(toy_root.parents[1])

    def read_twice(chosen):
        for year in (2023, 2024, 2023, 2024):
            gt.read_edition("toy", year)
        warnings.warn("something else", UserWarning, stacklevel=1)
        return 0

    monkeypatch.setitem(cli.COMMANDS, "editions", read_twice)
    with pytest.warns(UserWarning, match="something else"):
        assert cli.main(["editions"]) == 0
    said = "no schema number; read as schema 1, every key under its own name. `govtransparency upgrade` rewrites it"
    assert capsys.readouterr().err.splitlines() == [f"{file}: {said}" for file in files]


@pytest.fixture
def towns(tmp_path):
    """Return a copy of the old edition with tie breakers, free to be rewritten."""
    return shutil.copytree(OLD / "editions" / "towns" / "2024", tmp_path / "data" / "raw" / "towns" / "2024")


def test_an_edition_is_rewritten_with_its_comments_and_its_order(towns, monkeypatch, capsys):
    before = (towns / "edition.toml").read_text(encoding="utf-8")
    monkeypatch.chdir(towns.parents[3])
    assert cli.main(["upgrade"]) == 0
    said = capsys.readouterr().out
    assert said == "data/raw/towns/2024/edition.toml: schema = 1, recipe.rank.second renamed tie_breakers\n"
    after = (towns / "edition.toml").read_text(encoding="utf-8")
    assert after == before.replace('\n\nindex = "towns"', '\n\nschema = 1\nindex = "towns"').replace(
        'second = ["serve", "open"]', 'tie_breakers = ["serve", "open"]'
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert gt.read_edition("towns", 2024, root=towns.parents[1]).recipe.rank.tie_breakers == ("serve", "open")
    assert cli.main(["upgrade", str(towns)]) == 0
    assert capsys.readouterr().out == "data/raw/towns/2024/edition.toml: nothing to be done\n"
    assert (towns / "edition.toml").read_text(encoding="utf-8") == after
    assert sorted(path.name for path in towns.iterdir()) == sorted(
        path.name for path in (OLD / "editions/towns/2024").iterdir()
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('[recipe]\nrank = { second = "p" }\n', '[recipe]\nrank = { tie_breakers = "p" }\n'),
        ("[recipe]\nrank.second=['p']", "[recipe]\nrank.tie_breakers=['p']"),
        ('recipe.rank."second" = "p"\n', 'recipe.rank.tie_breakers = "p"\n'),
        ("[recipe.rank]\n'second' = 'p' # second = x\n", "[recipe.rank]\ntie_breakers = 'p' # second = x\n"),
        ('second = 1\n[recipe.rank]\nsecond = "p"', 'second = 1\n[recipe.rank]\ntie_breakers = "p"'),
        (
            '[x]\nt = """\nsecond = 2"""\n[recipe.rank]\nsecond = "p"',
            '[x]\nt = """\nsecond = 2"""\n[recipe.rank]\ntie_breakers = "p"',
        ),
        ("x = nan\r\n[recipe.rank]\r\nsecond = 'p'\r\n", "x = nan\r\n[recipe.rank]\r\ntie_breakers = 'p'\r\n"),
    ],
)
def test_the_key_is_renamed_however_it_is_written(tmp_path, old, new):
    file = tmp_path / "edition.toml"
    file.write_bytes(old.encode())
    text, changes = upgraded_text(file)
    assert text == "schema = 1" + ("\r\n" if "\r\n" in old else "\n") + new
    assert [text.en for text in changes] == ["schema = 1", "recipe.rank.second renamed tie_breakers"]
    assert changes[1].zh == "recipe.rank.second 改名为 tie_breakers"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("", "schema = 1\n"),
        ("\ufeff", "\ufeffschema = 1\n"),
        ("# Of the year.\n", "schema = 1\n# Of the year.\n"),
        ("# A licence.\n#\n\n# Of the year.\n", "# A licence.\n#\n\nschema = 1\n# Of the year.\n"),
        ("# A licence.\r\n\r\n", "# A licence.\r\n\r\nschema = 1\r\n"),
    ],
)
def test_the_number_is_the_first_key_below_a_header(tmp_path, head, expected):
    file = tmp_path / "edition.toml"
    file.write_bytes(f"{head}year = 2024".encode())
    assert upgraded_text(file)[0] == f"{expected}year = 2024"


def test_what_cannot_be_rewritten_is_left_as_it_was(towns, tmp_path, capsys):
    file = towns / "edition.toml"
    hidden = file.read_text(encoding="utf-8").replace("second = [", '"sec\\u006fnd" = [')
    assert tomllib.loads(hidden)["recipe"]["rank"]["second"]
    file.write_text(hidden, encoding="utf-8")
    good = shutil.copytree(OLD / "editions" / "libraries" / "2024", tmp_path / "libraries" / "2024")
    (tmp_path / "recipe.json").write_text("{", encoding="utf-8")
    newer = tmp_path / "newer.json"
    newer.write_text('{"schema": 2}', encoding="utf-8")
    other = tmp_path / "manifest.json"
    other.write_text('{"seed": 2024}', encoding="utf-8")
    assert cli.main(["upgrade", *map(str, (towns, good, tmp_path / "recipe.json", newer, other))]) == 2
    said = capsys.readouterr()
    assert said.out == f"{good / 'edition.toml'}: schema = 1\n"
    assert "upgrade: 4 problems" in said.err
    assert f"{file}: cannot be rewritten without changing its meaning; change it by hand" in said.err
    assert f"{tmp_path / 'recipe.json'}: not JSON in UTF-8" in said.err
    assert f"{newer}: schema 2 is newer" in said.err
    assert f"{other}: it has no framework, so it is not a recipe" in said.err
    assert other.read_text(encoding="utf-8") == '{"seed": 2024}'
    assert file.read_text(encoding="utf-8") == hidden
    assert newer.read_text(encoding="utf-8") == '{"schema": 2}'


def test_a_place_without_such_a_file_is_refused_before_any_is_written(towns, tmp_path, capsys):
    before = (towns / "edition.toml").read_bytes()
    (tmp_path / "pyproject.toml").write_text("", encoding="utf-8")
    wrong = (tmp_path / "pyproject.toml", tmp_path, towns / "units.csv", "/nowhere")
    assert cli.main(["upgrade", str(towns), *map(str, wrong)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "upgrade: 4 problems" in said.err
    assert "units.csv: expected the folder of an edition, an edition.toml or a recipe.json" in said.err
    assert (towns / "edition.toml").read_bytes() == before


def test_a_recipe_is_rewritten(tmp_path, capsys):
    file = tmp_path / "recipe.json"
    shutil.copy(OLD / "recipes" / "by_level.json", file)
    with pytest.warns(gt.SchemaNotice):
        old = gt.Recipe.from_dict(json.loads(file.read_text(encoding="utf-8")))
    assert cli.main(["upgrade", str(file)]) == 0
    assert capsys.readouterr().out == f"{file}: schema = 1, rank.second renamed tie_breakers\n"
    written = json.loads(file.read_text(encoding="utf-8"))
    assert written["normalise"] == {"method": "min_max", "to": [1, 10]}
    assert gt.Recipe.from_dict(written).to_dict() == old.to_dict()
    assert cli.main(["upgrade", str(file)]) == 0
    assert "nothing to be done" in capsys.readouterr().out


def test_a_later_schema_goes_on_from_this_one(monkeypatch, tmp_path):
    monkeypatch.setattr(schema, "CURRENT", 2)
    monkeypatch.setattr("govtransparency.editions.upgrade.CURRENT", 2)
    monkeypatch.setitem(schema.RENAMED, 1, {("recipe", "rank", "tie_breakers"): "apart", ("title",): "name"})
    file = tmp_path / "edition.toml"
    for text in (
        'title = "T"\n[recipe]\nrank = { second = "p" }',
        'schema = 1\ntitle = "T"\n[recipe]\nrank = { tie_breakers = "p" }',
    ):
        file.write_text(text, encoding="utf-8")
        assert upgraded_text(file)[0] == 'schema = 2\nname = "T"\n[recipe]\nrank = { apart = "p" }'
        with pytest.warns(gt.SchemaNotice, match="read as schema 2, .*title as name"):
            found = schema.at_current_schema(tomllib.loads(text), file="edition.toml")
        assert found == {"schema": 2, "name": "T", "recipe": {"rank": {"apart": "p"}}}


def test_the_old_names_of_tie_breakers_work_with_a_warning():
    scores = pd.DataFrame({"index": [7.0, 7.0], "p": [1.0, 2.0]}, index=["X", "Y"])
    with pytest.warns(
        DeprecationWarning, match=r"RankRule\(second=...\) is now called tie_breakers=...; .* 0\.2"
    ) as caught:
        rule = gt.RankRule(second="p")
    assert caught[0].filename == __file__
    assert rule == gt.RankRule(tie_breakers="p")
    with pytest.warns(DeprecationWarning, match=r"RankRule\.second is now called RankRule\.tie_breakers") as caught:
        assert rule.second == ("p",)
    assert caught[0].filename == __file__
    with pytest.warns(DeprecationWarning, match=r"rank\(second=...\) is now called tie_breakers=") as caught:
        assert gt.rank(scores["index"], rule, second=scores).tolist() == [2, 1]
    assert caught[0].filename == __file__
    with pytest.warns(DeprecationWarning, match="tie_breakers"):
        assert replace(rule, second=()) == gt.RankRule()


def test_a_renamed_public_name_works_with_a_warning(monkeypatch):
    with pytest.raises(AttributeError, match="module 'govtransparency' has no attribute 'harmonic'"):
        _ = gt.harmonic
    monkeypatch.setitem(gt.RENAMED, "harmonic", ("harmonic_mean", "0.2"))
    said = (
        r"govtransparency\.harmonic is now called govtransparency\.harmonic_mean; the old name works until version 0\.2"
    )
    with pytest.warns(DeprecationWarning, match=said) as caught:
        assert gt.harmonic is gt.harmonic_mean
    assert caught[0].filename == __file__
    with pytest.warns(DeprecationWarning, match=said):
        exec("from govtransparency import harmonic", {})


def test_what_is_renamed_has_its_new_name_and_a_later_version():
    for old, (new, until) in gt.RENAMED.items():
        assert new in gt.__all__
        assert old not in gt.__all__
        assert tuple(map(int, until.split("."))) > (0, 1)
