"""Tables of how far a ranking can be relied on, against counts made by hand."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

import govtransparency as gt
from govtransparency import Framework, Node, Recipe, build_index, read_edition
from govtransparency.profiles import alternatives, compared_methods, leading_units, published_ranks, ranks_of_groups
from govtransparency.report import conclusions
from govtransparency.report.tables import record_tables, result_tables, robustness_tables
from govtransparency.texts.bilingual import Text

TREE = Framework([Node("index", ""), Node("a", "index", worst=0, best=10), Node("b", "index", worst=0, best=10)])
NAMES = pd.DataFrame({"name_zh": list("甲乙丙"), "name_en": list("XYZ")}, index=list("XYZ"))


def made(a, b, **options):
    table = pd.DataFrame({"a": a, "b": b}, index=list("XYZ")[: len(a)], dtype=float)
    return build_index(table, Recipe(TREE, **options))


def test_all_choices_vary_where_they_work_and_the_intervals_are_those_of_the_ensemble():
    index = made([9, 5, 2], [4, 6, 3])
    found = alternatives.vary_together(index, draws=400, rng=1)
    assert [text.en for text in found.names.values()] == [
        "weights within ±25%", "normalisation", "aggregation of the pillars", "one indicator left out",
    ]  # fmt: skip
    assert found.refused == {}
    again = gt.uncertainty_analysis(index.raw, index.recipe, found.sources, draws=400, rng=1)
    pd.testing.assert_frame_equal(found.ensemble.intervals(), again.intervals())


def test_what_can_vary_is_drawn_from_without_being_fitted_again():
    index = made([9, 5, 2], [4, 6, 3])
    sources = [gt.weights_within(0.25), gt.one_of("normalise", gt.min_max, gt.z_score), gt.without_one_indicator()]
    found = alternatives.workable_sources(index, sources)
    ensemble = gt.uncertainty_analysis(index.raw, index.recipe, sources, draws=3000, rng=4)
    together = alternatives.draw_together(found, draws=3000, rng=4, wins=True)
    np.testing.assert_array_equal(together.counts, ensemble.counts)
    pd.testing.assert_frame_equal(together.wins, ensemble.wins)
    pd.testing.assert_frame_equal(together.convergence, ensemble.convergence)
    outputs = ("average_shift",)
    shares = alternatives.shares_of_variance(found, outputs, samples=64, rng=4, level=0.9)
    again = gt.sensitivity_analysis(
        index.raw, index.recipe, sources, samples=64, rng=4, outputs=list(outputs), level=0.9
    )
    pd.testing.assert_frame_equal(shares.of("average_shift"), again.of("average_shift"))
    one = alternatives.workable_sources(index, sources[:1])
    assert alternatives.shares_of_variance(one, outputs, samples=64, rng=4, level=0.9) is None
    nothing = alternatives.workable_sources(
        made([9, 5, 2], [4, 6, 3]), [gt.one_of("normalise", gt.min_max, gt.min_max)]
    )
    assert nothing.study is None
    assert alternatives.draw_together(nothing, draws=10, rng=1) is None


def test_what_does_not_work_is_left_out_with_the_reason_and_the_others_still_vary():
    index = made([9, 5, 0], [4, 6, 3])
    found = alternatives.vary_together(index, draws=50, rng=1)
    assert list(found.refused) == ["aggregate"]
    assert "score 0 is not positive" in found.refused["aggregate"].en
    assert len(found.sources) == 3
    note = robustness_tables.what_varied(found, index, pd.DataFrame())
    assert note.en.endswith("do not include: aggregation of the pillars; the real uncertainty is larger.")
    assert "一级指标的汇总方法" in note.zh
    nothing = replace(found, sources=())
    assert robustness_tables.what_intervals_count({"a": found, "b": nothing}, draws=50, level=0.9) == {
        "a": {
            "level": 0.9,
            "draws": 50,
            "varied": {
                "zh": "选择区间为同时变动下列选择时试算名次的范围：权重（±25%）、标准化方法、剔除一个指标。"
                "选择区间未计入：一级指标的汇总方法；实际的不确定性更大。",
                "en": "Intervals of choices show where ranks fall when these vary together: weights within ±25%; "
                "normalisation; one indicator left out. "
                "The intervals do not include: aggregation of the pillars; the real uncertainty is larger.",
            },
        }
    }


def test_the_ranking_of_the_summary_names_the_units_whose_score_rests_on_few_indicators():
    tree = gt.Framework([gt.Node("index", ""), *(gt.Node(code, "index", worst=0, best=10) for code in "abc")])
    units = [f"u{number}" for number in range(14)]
    table = pd.DataFrame({"a": np.linspace(0, 10, 14), "b": 5.0, "c": 5.0}, index=units)
    cells = pd.DataFrame({"a": False, "b": table["a"] > 2, "c": table["a"] > 2})
    index = gt.build_index(table.mask(cells), gt.Recipe(tree), not_applicable=cells)
    names = pd.DataFrame({"name_zh": [f"市{unit}" for unit in units], "name_en": units}, index=units)
    found = alternatives.workable_sources(index, [gt.weights_within(0.1)])
    note = robustness_tables.what_varied(found, index, names)
    assert note.en.endswith(
        "Scores based on less than half of the indicators: u3; u4; u5; u6; u7; u8; u9; u10; u11; u12; and 1 more."
    )
    assert note.zh.endswith(
        "得分所依据的指标不足一半的单位：市u3、市u4、市u5、市u6、市u7、市u8、市u9、市u10、市u11、市u12、另有1个。"
    )


def test_sources_of_any_kind_are_tried_and_named_and_the_refused_come_with_their_reasons():
    index = made([9, 5, 0], [4, 6, 3])
    sources = [
        gt.weights_within(0.1),
        gt.one_of("aggregate", gt.arithmetic_mean, gt.geometric_mean),
        gt.without_one_pillar(),
    ]
    found = alternatives.workable_sources(index, sources)
    assert found.sources == (sources[0],)
    assert [text.en for text in found.names.values()] == ["weights within ±10%"]
    table = alternatives.refusals({"city": found}).set_index("choice_en")
    assert list(table.index) == ["aggregation of the pillars", "left-out pillar"]
    assert "得分0不是正数" in table.at["aggregation of the pillars", "reason_zh"]
    assert (table["group"] == "city").all() and (table["reason_en"] != "").all()
    assert alternatives.refusals({"city": alternatives.workable_sources(index, sources[:1])}).empty


def test_no_indicator_is_left_out_where_that_lets_other_units_in():
    index = made([9, 5, np.nan], [4, 6, 3], missing=gt.spread_weights(min_coverage=0.65))
    assert index.ranks.isna().tolist() == [False, False, True]
    found = alternatives.vary_together(index, draws=50, rng=1)
    assert "1 more units" in found.refused["left_out"].en and "1个" in found.refused["left_out"].zh


def test_an_index_of_one_indicator_has_nothing_to_vary():
    tree = Framework([Node("index", ""), Node("total", "index")])
    index = build_index(pd.DataFrame({"total": [3.0, 2, 1]}, index=list("XYZ")), Recipe(tree))
    found = alternatives.vary_together(index, draws=50, rng=1)
    assert found.ensemble is None and found.sources == ()
    assert set(found.refused) == {"weights", "normalise", "aggregate", "left_out"}
    assert alternatives.weightings(index, draws=10, rng=1) == {}
    assert alternatives.leave_one_out(index).empty


def test_gains_and_losses_name_both_sides_and_nobody_where_no_one_moves():
    official = pd.Series([1.0, 2, 3], index=list("XYZ"))
    ranks = {Text("另一", "other"): pd.Series([3.0, 2, 1], index=list("XYZ")), Text("同", "same"): official}
    table = compared_methods.gains_and_losses(official, ranks, NAMES).set_index("alternative_en")
    assert table.loc["other", ["gainer_en", "gain", "loser_en", "loss"]].tolist() == ["Z", 2.0, "X", -2.0]
    assert table.loc["same", ["gainer_en", "gain", "loser_en", "loss"]].tolist() == ["", 0.0, "", 0.0]


def test_who_can_be_first_and_how_much_weight_must_move():
    table = leading_units.first_table(made([10, 0, 1], [0, 9, 1]), list("XYZ"), NAMES).set_index("name_en")
    assert table["possible"].tolist() == [True, True, False]
    # X leads Y by 10 w - 9 (1 - w), so w must fall from 1/2 to 9/19
    assert table.loc["Y", "moved_weight"] == pytest.approx(0.5 - 9 / 19)
    assert table["near"].tolist() == [True, True, False]
    lacking = made([10, 5, 1], [np.nan, 9, 1], missing=gt.spread_weights(min_coverage=0.4))
    assert leading_units.first_table(lacking, list("XYZ"), NAMES).empty
    assert leading_units.pair_shares(lacking) is None


def test_leaving_out_counts_ranks_among_the_same_units():
    index = made([9, 5, np.nan], [4, 6, 10], missing=gt.spread_weights(min_coverage=0.65))
    # Without a, Z enters in front of both; between X and Y it moves nobody: Y was second and is first.
    table = alternatives.leave_one_out(index)
    assert table.loc["a", "largest"] == 1


def test_an_indicator_whose_range_others_take_is_not_left_out_and_the_others_are():
    tree = Framework([Node("index", ""), Node("p", "index"), *(Node(code, "p") for code in "bc"), Node("a", "index")])
    table = pd.DataFrame({"a": [9.0, 5, 2], "b": [4.0, 6, 3], "c": [1.0, 3, 2]}, index=list("XYZ"))
    index = build_index(table, Recipe(tree, range_of=gt.by_node({"p": "a"}, otherwise=None)))
    without = alternatives.leave_one_out(index)
    assert sorted(without.index[:2]) == ["b", "c"] and without.index[2] == "a"
    assert without["moved"].notna().tolist() == [True, True, False]
    assert list(index.recipe.without_each(["a", "b", "p"])) == ["b", "p"]
    source = gt.without_one_indicator()
    assert gt.uncertainty_analysis(table, index.recipe, [source], draws=20, rng=1).ranked.tolist() == [1] * 3
    edition = SimpleNamespace(
        nodes={code: Text(code, code) for code in "abc"},
        groups={"all": {"zh": "全部", "en": "All"}},
        ranges=pd.DataFrame(columns=["statement", "group", "low", "high", "simulations"]),
    )
    said = {item.name: item.text.en for item in conclusions.leans(edition, {"all": without})}
    assert said["stays_all"] == "All: a cannot be left out, because other nodes are rescaled by its range."


def test_published_ranks_of_a_real_record_hold_in_the_share_of_draws_that_gives_them():
    edition = read_edition("tai", 2001)
    index = build_index(edition.tables["country"], edition.recipe)
    ensembles = {"country": alternatives.weightings(index, draws=300, rng=1)}
    held = published_ranks.claims_held(edition, ensembles)
    assert not held.duplicated("fact_en").any() and len(held) == 23
    first = held.set_index("fact_en").loc["Finland is ranked 1"]
    assert first["near"] == ensembles["country"]["near"].acceptability.at["FIN", 1]
    assert first["any"] == ensembles["country"]["any"].acceptability.at["FIN", 1] < first["near"]


def test_the_audit_is_read_contradictions_first_and_a_simulated_edition_has_no_verdict_of_its_own():
    edition = read_edition("cgti", 2024)
    indices = {group: build_index(table, edition.recipe) for group, table in edition.tables.items()}
    table = record_tables.audit_table(gt.audit_claims(edition, indices), edition)
    verdicts = table["by_record_en"].tolist()
    assert verdicts == sorted(verdicts, key=["contradicted", "confirmed", "not checkable"].index)
    assert {"106 units are assessed", "293 units are assessed"} <= set(table["claim_en"][:4])
    assert "by_rebuilt_en" not in table
    assert "Departments of the State Council" in set(table["group_en"])


def test_the_league_shows_provinces_where_units_lie_in_them_and_not_where_they_are_the_units(toy_root):
    edition = read_edition("toy", 2024, root=toy_root)
    index = build_index(edition.tables["city"], edition.recipe)
    edition.units["province"] = ["North", "North", "", "South", "South", ""]
    ranks = ranks_of_groups.rank_table(edition, {"city": index})
    assert ranks["rank_in_province"].isna().tolist() == [False, False, True, False, False, True]
    assert {"province", "rank_in_province"} <= set(result_tables.league(ranks, "city", index))
    edition.units["province"] = [*edition.units["name_zh"][:4], "", ""]
    ranks = ranks_of_groups.rank_table(edition, {"city": index})
    assert not {"province", "rank_in_province"} & set(result_tables.league(ranks, "city", index))


def test_a_ranking_in_brief_names_the_leaders_only_where_places_are_named(toy_root):
    edition = replace(read_edition("toy", 2024, root=toy_root), status="published")
    edition.units[["name_zh", "name_en"]] = [["甲", "X"], ["乙", "Y"], ["丙", "Z"]] * 2
    table = pd.DataFrame({"rank": [2.0, 1, 3], "low": [1.0, 1, 3], "high": [3.0, 4, 3], "tier": [1, 1, 2]})
    table.index = edition.units.index[:3]
    said, *_ = conclusions.tiers(edition, {"city": table}, 0.9)
    assert said.brief.zh.startswith(
        "共6个单位，3个参与排名。前三名为乙（第1—4名）、甲（第1—3名）、丙（第3—3名），括号内为90%选择区间；按选择区间可分为2个梯队，"
    )
    assert said.brief.en == (
        "3 of 6 units ranked. Top three, with 90% intervals of choices: Y (1–4); X (1–3); Z (3–3). 2 tiers by "
        "intervals of choices; the median interval spans 3 ranks"
    )
    assert (
        "by their 90% intervals of choices (ranks as weights and methods vary) the 3 units fall into 2 tiers"
        in said.text.en
    )
    of_tiers = replace(edition, display={"table": "tiers"})
    said, *_ = conclusions.tiers(of_tiers, {"city": table}, 0.9)
    assert said.brief.en == "3 of 6 units ranked. 2 tiers by intervals of choices; the median interval spans 3 ranks"
    whole = replace(of_tiers, tables={"city": edition.tables["city"].head(3)})
    said, *_ = conclusions.tiers(whole, {"city": table}, 0.9)
    assert (said.brief.zh[:6], said.brief.en[:8]) == ("共3个单位；", "3 units.")
    said, *_ = conclusions.tiers(replace(edition, status="simulated"), {"city": table}, 0.9)
    assert not any(name in said.brief.en for name in ("X", "Y", "Z"))
