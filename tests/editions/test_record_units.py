"""A public record may name its units by code, by either name or by a former one."""

import pytest

import govtransparency as gt
from tests.record.test_read_record import HEADS, ROWS


@pytest.fixture
def recorded(toy_root):
    """Return a function: rows of claims.csv to the record of the toy edition."""
    units = toy_root / "toy" / "2024" / "units.csv"
    head, *rows = units.read_text(encoding="utf-8").splitlines()
    former = [f"{row},{'old town; t3' if row.startswith('u3') else ''}" for row in rows]
    units.write_text("\n".join([f"{head},formerly", *former]) + "\n", encoding="utf-8")

    def read(*rows: str) -> gt.record.Record:
        folder = toy_root / "toy" / "record"
        folder.mkdir()
        for name, lines in {"claims.csv": rows, "sources.csv": ROWS["sources.csv"]}.items():
            (folder / name).write_text("\n".join([HEADS[name], *lines]) + "\n", encoding="utf-8")
        return gt.read_edition("toy", 2024, root=toy_root).record

    return read


@pytest.mark.parametrize("name", ["u3", "Toy city 3", "玩具市三", "old town", "t3"])
@pytest.mark.parametrize("year", ["2024", "2019"])
def test_each_is_one_unit(recorded, name, year):
    record = recorded(f"{year},{name},city,rank,4,,paper")
    assert record.claims["entity_zh"].tolist() == ["玩具市三"]


def test_what_is_no_unit_of_the_group_is_left_as_it_is(recorded):
    rows = [f"2024,{name},{group},rank,4,,paper" for name, group in (("North", "city"), ("u3", "county"))]
    record = recorded(*rows, "2019,u9,city,rank,4,,paper", "2024,,city,share,2,above 60,paper")
    assert record.claims["entity_zh"].tolist() == ["North", "u3", "u9", ""]


def test_a_name_that_is_none_is_told_with_the_nearest(recorded):
    with pytest.raises(gt.InputError) as caught:
        recorded("2024,Toy city 9,city,rank,4,,paper")
    assert caught.value.problems[0].partition("claims.csv: ")[2] == (
        "line 2, column 'entity_zh': 'Toy city 9' is no unit of the edition of 2024; correct the name, or add the unit "
        "to units.csv; did you mean 'Toy city 6'? valid: Toy city 1, Toy city 2, Toy city 3, Toy city 4, Toy city 5, "
        "Toy city 6, u1, u2, u3, u4, u5, u6"
    )
