"""The profile of a unit: its numbers are the library's, its page says what is fact and what is not."""

import re
from dataclasses import replace

import numpy as np
import pytest
from paper_pages import is_readable_on_paper

import govtransparency as gt
from govtransparency import InputError, build_index, read_edition
from govtransparency.cli import main
from govtransparency.profiles.unit_profile import find_unit
from govtransparency.report.pages.profile_page import write_profile


@pytest.fixture
def edition(toy_root):
    return read_edition("toy", 2024, root=toy_root)


@pytest.fixture
def index(edition):
    return build_index(edition.tables["city"], edition.recipe)


def test_where_a_unit_stands_is_what_the_index_and_the_ensemble_say(index):
    ensemble = gt.uncertainty_analysis(index.raw, index.recipe, gt.weights_within(0.25), draws=300, rng=3)
    found = gt.profile(index, "u2", ensemble=ensemble)
    interval = ensemble.intervals(0.90).loc["u2"]
    assert (found.rank, found.score) == (index.ranks["u2"], index.scores.at["u2", "index"])
    assert (found.low, found.high) == (interval["low"], interval["high"])
    assert found.ranked == index.ranks.notna().sum()
    assert found.rivals.at["u1", "beats"] == ensemble.beats("u2", "u1")
    assert found.rivals.at["u1", "gap"] == index.scores.at["u1", "index"] - found.score
    assert list(found.rivals["rank"]) == sorted(found.rivals["rank"])


def test_effects_against_the_median_add_up_over_the_indicators_of_a_complete_unit(index):
    ranked = index.scores[index.ranks.notna()]
    codes = list(index.recipe.framework.indicators)
    found = gt.profile(index, "u1", draws=50)
    weights = index.recipe.framework.effective_weights[codes]
    expected = index.scores.at["u1", "index"] - (weights * ranked[codes].median()).sum()
    assert found.nodes.loc[codes, "effect"].sum() == pytest.approx(expected)
    assert found.nodes.at["answer", "effect"] == pytest.approx(
        (index.scores.at["u1", "answer"] - ranked["answer"].median()) / 3
    )
    assert (found.strengths["effect"] > 0).all()
    assert (found.weaknesses["effect"] < 0).all()
    assert found.strengths["effect"].is_monotonic_decreasing


@pytest.mark.slow
def test_a_move_named_reaches_the_next_rank_when_made(index):
    tried = 0
    for unit in index.ranks.index[index.ranks > 1]:
        found = gt.profile(index, unit, draws=50)
        assert found.target == index.ranks[unit] - 1
        for code, move in found.moves.iterrows():
            table = index.raw.copy()
            table.loc[unit, code] = move["needed"]
            assert build_index(table, index.recipe).ranks[unit] <= found.target, (unit, code)
            tried += 1
    assert tried > 3


def test_the_first_has_no_next_rank_and_a_unit_left_out_no_rank(index):
    first = gt.profile(index, index.ranks.idxmin(), draws=50)
    assert first.target is None
    assert first.moves.empty
    table = index.raw.copy()
    table.loc["u3"] = np.nan
    out = gt.profile(build_index(table, index.recipe), "u3", draws=50)
    assert np.isnan(out.rank)
    assert np.isnan(out.low)
    assert out.rivals.empty


def test_a_unit_is_found_by_code_and_by_its_name_in_either_language(edition, index):
    assert [find_unit(edition, text) for text in ("u2", "玩具市二", "toy city 2 ")] == ["u2"] * 3
    assert gt.profile(index, "Toy city 2", edition=edition, draws=50).name == ("玩具市二", "Toy city 2")
    with pytest.raises(InputError, match=r"'Toy city 22' is unknown; did you mean 'Toy city 2'\?"):
        find_unit(edition, "Toy city 22")
    with pytest.raises(InputError) as error:
        gt.profile(index, "u9", draws=0, rng="x")
    assert [text.en.split()[0] for text in error.value.texts] == ["draws", "rng", "unit"]
    assert error.value.texts[2].zh.startswith("未找到被评单位“u9”；")
    twice = replace(edition, units=edition.units.assign(name_en="Toy"))
    with pytest.raises(InputError, match="name of several units; use a code: u1, u2") as error:
        find_unit(twice, "Toy")
    assert error.value.texts[0].zh.startswith("有多个被评单位名为“Toy”，请改用代码：u1、u2")


def page_of(path):
    return re.sub(r"<style>.*?</style>|<script>.*?</script>", "", path.read_text(encoding="utf-8"), flags=re.S)


def test_the_page_of_a_placeholder_says_that_it_is_one(edition, tmp_path):
    page = page_of(write_profile(edition, "玩具市三", tmp_path)[0])
    assert "模拟数据，并非真实测评结果" in page
    assert "simulated figures, not real results" in page
    assert "represents no real government" in page
    assert "http" not in re.sub(r'xmlns(:\w+)?="[^"]*"', "", page)


@pytest.mark.slow
def test_the_page_of_a_real_government_tells_facts_from_invented_figures(tmp_path):
    edition = read_edition("cgti", 2024)
    small = replace(edition, tables={"city": edition.tables["city"]}, groups={"city": edition.groups["city"]})
    page = page_of(write_profile(small, "青岛市", tmp_path)[0])
    is_readable_on_paper(tmp_path)
    assert (
        page.index("What is published") < page.index("What the simulation can show") < page.index("In this simulation")
    )
    assert "it cannot show whether this unit&#x27;s rank is settled" in page
    facts = re.search(r"2024(?:</th>)?<td>[^\n]*Qingdao is ranked 2<[^\n]*", page)
    assert facts and "published fact" in facts[0] and "青岛市政府办公厅政务公开工作情况<" in facts[0]
    own = re.search(r"[^\n]*items published in the government document library: more than 16,000[^\n]*", page)
    assert own and "self-reported" in own[0] and "政府文件库发布信息：1.6万余" in own[0]
    assert "seed" not in page and "：yes" not in page
    assert "模拟 · SIMULATED" in page and "In this simulation: Qingdao scores" in page


@pytest.mark.slow
def test_an_edition_that_names_no_places_gives_the_tier_alone(edition, tmp_path):
    page = page_of(write_profile(replace(edition, display={"table": "tiers"}), "u2", tmp_path)[0])
    assert re.search(r"scores [\d.]+: tier \d", page)
    for heading in ("Nearest rivals", "What would gain one rank", "Rank on it", "and ranks"):
        assert heading not in page


@pytest.mark.slow
def test_the_same_profile_is_the_same_bytes(edition, tmp_path):
    one, two = (write_profile(edition, "u1", tmp_path / name) for name in "ab")
    assert [path.name for path in one] == ["u1.html", "u1.pdf", "u1.en.pdf"]
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


def test_the_command_writes_the_page_and_names_the_nearest_unit(toy_root, monkeypatch, capsys):
    monkeypatch.chdir(toy_root.parents[1])
    assert main(["profile", "--index", "toy", "2024", "玩具市二"]) == 0
    written = [f"outputs/toy/profiles/2024/u2{ending}" for ending in (".html", ".pdf", ".en.pdf")]
    assert capsys.readouterr().out.splitlines() == written
    assert main(["profile", "--index", "toy", "2024", "Toy ctiy 2"]) == 2
    assert "did you mean 'Toy city 2'" in capsys.readouterr().err
    assert main(["profile", "--index", "toy", "2024", "玩具市"]) == 2
    assert "unit '玩具市' is unknown; valid: 玩具市一" in capsys.readouterr().err  # one letter makes another place
