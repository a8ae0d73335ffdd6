"""`[record]` of an edition: the ranks and scores that its publisher gives, from a file."""

import hashlib

import pytest

import govtransparency as gt

RANKS = "place,Rank,Score,note\nToy city 1,1,90.5,\n玩具市二,2,80,\nu3,2,80,new\nu4,4,,\n"


@pytest.fixture
def recorded(toy_root):
    """Return a function that reads the toy edition with a ``record`` and the file ``official.csv``."""

    toml = toy_root / "toy" / "2024" / "edition.toml"
    before, _, after = toml.read_text(encoding="utf-8").partition("\n[groups]")

    def read(record: str, text: str = RANKS) -> gt.Edition:
        toml.write_text(f"{before}record = {record}\n\n[groups]{after}", encoding="utf-8")
        (toml.parent / "official.csv").write_text(text, encoding="utf-8")
        return gt.read_edition("toy", 2024, root=toy_root)

    return read


def problems_of(recorded, record: str, text: str = RANKS) -> list[str]:
    with pytest.raises(gt.InputError) as caught:
        recorded(record, text)
    assert all(text.zh and text.en for text in caught.value.texts)
    return [problem.partition(".toml: ")[2] or problem for problem in caught.value.problems]


def test_ranks_and_scores_are_read_by_unit(recorded, toy_root):
    edition = recorded('{ file = "official.csv", unit = "place", rank = "Rank", score = "Score" }')
    assert edition.official.to_dict("index") == {
        "u1": {"rank": 1.0, "score": 90.5},
        "u2": {"rank": 2.0, "score": 80.0},
        "u3": {"rank": 2.0, "score": 80.0},
        "u4": {"rank": 4.0, "score": pytest.approx(float("nan"), nan_ok=True)},
    }
    assert toy_root / "toy" / "2024" / "official.csv" in edition.files


def test_one_column_is_enough(recorded):
    by_score = recorded('{ file = "official.csv", unit = "place", score = "Score" }').official
    assert by_score["score"].to_dict() == {"u1": 90.5, "u2": 80.0, "u3": 80.0}
    assert by_score["rank"].isna().all()


def test_without_a_record_there_are_no_official_ranks(toy_root):
    assert gt.read_edition("toy", 2024, root=toy_root).official is None


def test_the_file_may_be_the_publishers(recorded, toy_root):
    external = toy_root.parent / "external" / "toy" / "table.csv"
    external.parent.mkdir(parents=True)
    external.write_text("kind;id;points\nlast;u1;1,5\nnow;u1;90,5\nnow;World;50,0\n", encoding="utf-8")
    pin = hashlib.sha256(external.read_bytes()).hexdigest()
    text = f'base = "https://example.org"\n[sha256]\n"table.csv" = "{pin}"\n'
    (toy_root / "toy" / "originals.toml").write_text(text, encoding="utf-8")
    more = 'unlisted = "pass", where = { kind = "now" }, decimal = ","'
    edition = recorded(f'{{ original = "table.csv", unit = "id", score = "points", {more} }}')
    assert edition.official["score"].to_dict() == {"u1": 90.5}
    assert external in edition.files
    external.unlink()
    (problem,) = problems_of(recorded, f'{{ original = "table.csv", unit = "id", score = "points", {more} }}')
    assert "make fetch INDEX=toy" in problem


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ('"official.csv"', ["record: expected a table [record]"]),
        (
            '{ file = "official.csv" }',
            ["record: name the column of ranks or of scores in 'official.csv', such as rank = \"Rank\""],
        ),
        (
            '{ file = "official.csv", original = "o.csv", ranks = "Rank", score = 3 }',
            [
                "sheet: file = 'official.csv' and original = 'o.csv'; give one of them",
                "sheet 'o.csv': 'ranks' is unknown; did you mean 'rank'? valid: file, original, unit, group, year, "
                "where, unlisted, missing, decimal, sheet, header, encoding, separator, rank, score, uncounted",
                "sheet 'o.csv': score = 3; expected the name of a column",
            ],
        ),
        (
            '{ file = "*.csv", rank = "Rank", kind = "marks" }',
            [
                "sheet '*.csv': expected the name of a file in the edition's folder, or ../name for one in the index's "
                "folder, which its years share; for several files, a pattern such as nbs/*.csv",
                "sheet '*.csv': 'kind' is unknown; valid: file, original, unit, group, year, where, "
                "unlisted, missing, decimal, sheet, header, encoding, separator, rank, score, uncounted",
            ],
        ),
    ],
)
def test_a_record_that_says_too_little_or_something_else(recorded, record, told):
    assert problems_of(recorded, record) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("place,Ranks\nu1,9\n", "names: the file has no column 'Rank'; did you mean 'Ranks'?"),
        ("place,Rank\nu1,0\nu2,2\n", "column 'Rank': 0 is off its scale; expected a number >= 1"),
        ("place,Rank\nu1,first\nu2,2\n", "'first'"),
        ("place,Rank\nu1,1\nu7,2\n", "'u7'"),
        ("place,Rank\nu1,1\nu1,2\n", "'u1'"),
    ],
)
def test_a_file_of_ranks_that_is_faulty(recorded, text, told):
    problems = problems_of(recorded, '{ file = "official.csv", unit = "place", rank = "Rank" }', text)
    assert any(told in problem for problem in problems), problems


def test_a_file_that_is_not_there_is_told_with_those_that_are(recorded):
    (problem,) = problems_of(recorded, '{ file = "ofcial.csv", rank = "Rank" }')
    assert "sheet 'ofcial.csv': no such file" in problem and "'official.csv'" in problem


UNCOUNTED = '{ file = "official.csv", unit = "place", rank = "Rank", uncounted = %s }'


def test_a_record_may_say_why_its_ranks_do_not_count(recorded):
    why = '{ en = "Zeros were filled in.", zh = "零是填入的。", missing = [0, 0.5] }'
    edition = recorded(UNCOUNTED % why)
    assert edition.uncounted.reason == ("零是填入的。", "Zeros were filled in.")
    assert edition.uncounted.missing == (0.0, 0.5)
    assert edition.official["rank"].tolist() == [1, 2, 2, 4]
    assert recorded(UNCOUNTED % why.replace(", missing = [0, 0.5]", "")).uncounted.missing == ()
    assert recorded('{ file = "official.csv", unit = "place", rank = "Rank" }').uncounted is None


@pytest.mark.parametrize(
    ("why", "told"),
    [
        ('"zeros"', "record.uncounted: expected { en = ..., zh = ... }; got 'zeros'"),
        ('{ en = "Zeros" }', 'record.uncounted: expected { en = ..., zh = ... }; got { en = "Zeros" }'),
        (
            '{ en = "Zeros", zh = "零", missing = 0 }',
            "record.uncounted: expected missing = [...], the figures that stand for none, such as [0]; got 0",
        ),
        (
            '{ en = "Zeros", zh = "零", missing = [] }',
            "record.uncounted: expected missing = [...], the figures that stand for none, such as [0]; got []",
        ),
        (
            '{ en = "Zeros", zh = "零", missing = [true] }',
            "record.uncounted: expected missing = [...], the figures that stand for none, such as [0]; got [true]",
        ),
        (
            '{ en = "Zeros", zh = "零", mising = [0] }',
            "record.uncounted: 'mising' is unknown; did you mean 'missing'? valid: en, zh, missing",
        ),
    ],
)
def test_a_reason_that_is_none(recorded, why, told):
    assert problems_of(recorded, UNCOUNTED % why) == [told]


def test_the_file_may_be_that_of_the_public_record(recorded, toy_root):
    folder = toy_root / "toy" / "record"
    folder.mkdir()
    (folder / "ranks.csv").write_text(RANKS, encoding="utf-8")
    edition = recorded('{ file = "../record/ranks.csv", unit = "place", rank = "Rank" }')
    assert edition.official["rank"].tolist() == [1, 2, 2, 4]
    assert folder / "ranks.csv" in edition.files
