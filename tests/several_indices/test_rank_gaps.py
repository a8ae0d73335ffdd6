"""Who stands high in one index and low in another, and by which pillar."""

import pytest

from govtransparency.several_indices.compared_indices import indices_of_countries
from govtransparency.several_indices.rank_gaps import rank_gaps


def test_the_widest_gaps_of_each_pair_and_the_pillar_that_explains_them(countries_root):
    for name, row in (("alpha", "CHE,100,100"), ("beta", "ch,70,0")):
        path = next((countries_root / name).glob("*/sheet.csv"))
        lines = [
            row if line.startswith(f"{row[:3].rstrip(',')},") else line
            for line in path.read_text(encoding="utf-8").splitlines()
        ]
        path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    indices = indices_of_countries(root=countries_root)
    gaps = rank_gaps(indices, each=2)
    assert len(gaps) == 6 and gaps["gap"].is_monotonic_decreasing
    pair = gaps[(gaps["higher"] == "alpha 2020") & (gaps["lower"] == "beta 2018") & (gaps["country"] == "CHE")].iloc[0]
    standings = indices.standings(["alpha 2020", "beta 2018"]).loc["CHE"]
    assert pair["gap"] == pytest.approx(standings["alpha 2020"] - standings["beta 2018"])
    assert (pair["higher_standing"], pair["lower_standing"]) == tuple(standings)
    assert (pair["lower_pillar_en"], pair["lower_pillar_zh"]) == ("Answers", "答复")
    assert pair["lower_pillar_standing"] < 0.1 and pair["higher_pillar_standing"] > 0.9


def test_a_pair_of_few_countries_has_no_gaps(countries_root):
    path = countries_root / "gamma" / "2019"
    for name in ("units.csv", "sheet.csv"):
        lines = (path / name).read_text(encoding="utf-8").splitlines()[:9]
        (path / name).write_text("\n".join([*lines, ""]), encoding="utf-8")
    gaps = rank_gaps(indices_of_countries(root=countries_root))
    assert len(gaps) == 3 and "gamma 2019" not in {*gaps["higher"], *gaps["lower"]}
