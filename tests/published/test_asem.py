"""The ASEM Sustainable Connectivity Index, rebuilt from its raw data at every stage.

51 countries, 49 indicators, 8 pillars, 2 sub-indices. The stages were published by the JRC with the R package COINr
(Becker et al. 2022, Journal of Open Source Software 7(78) 4567, data under MIT).
"""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import govtransparency as gt
from govtransparency import Framework, Node, Recipe, build_index


@dataclass
class Asem:
    folder: Path
    framework: Framework
    raw: pd.DataFrame
    recipe: Recipe
    index: gt.Index

    def stage(self, name: str) -> pd.DataFrame:
        return pd.read_csv(self.folder / name).set_index("UnitCode")


@pytest.fixture(scope="module")
def asem(shared):
    folder = shared / "indices" / "asem"
    items = pd.read_csv(folder / "indicators.csv")
    upper = pd.read_csv(folder / "aggregates.csv")
    parents = dict(zip(items["Agg1"], items["Agg2"], strict=True)) | dict.fromkeys(["Conn", "Sust"], "index")
    nodes = [Node("index", "")]
    nodes += [Node(row.Code, parents[row.Code], weight=row.Weight) for row in upper.itertuples() if row.Code != "Index"]
    nodes += [
        Node(row.IndCode, row.Agg1, weight=row.IndWeight, direction=int(row.Direction)) for row in items.itertuples()
    ]
    raw = pd.read_csv(folder / "stage1_raw.csv").set_index("UnitCode")
    per = pd.read_csv(folder / "denominators.csv").set_index("UnitCode")
    by = {row.IndCode: per[row.Denominator] for row in items.itertuples() if isinstance(row.Denominator, str)}
    recipe = Recipe(
        Framework(nodes),
        treat=(
            partial(gt.denominate, by=by),
            partial(gt.impute_group_mean, groups=raw["Group_EurAsia"]),
            partial(gt.jrc_outliers, points=6),
        ),
        missing=gt.require_all(),
        rank=gt.RankRule(decimals=2),
    )
    return Asem(folder, recipe.framework, raw, recipe, build_index(raw, recipe))


def assert_same(ours, theirs):
    assert list(ours.columns) == list(theirs.columns) and list(ours.index) == list(theirs.index)
    np.testing.assert_allclose(ours.to_numpy(dtype=float), theirs.to_numpy(dtype=float), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_every_stage_of_treatment(asem, steps):
    table = asem.raw
    for step in asem.recipe.treat[:steps]:
        table = step(table, asem.framework)
    codes = list(asem.framework.indicators)
    stage = ("stage2_denominated.csv", "stage3_imputed.csv", "stage4_treated.csv")[steps - 1]
    assert_same(table[codes], asem.stage(stage)[codes])


def test_the_blanks_and_what_is_filled(asem):
    codes = list(asem.framework.indicators)
    denominated = asem.recipe.treat[0](asem.raw, asem.framework)[codes]
    assert (asem.raw[codes].isna().to_numpy().sum(), denominated.isna().to_numpy().sum()) == (63, 65)
    assert (asem.index.imputed == denominated.isna()).all(axis=None)


def test_the_numbers_of_values_drawn_in(asem):
    published = pd.read_csv(asem.folder / "treatment_summary.csv").set_index("IndCode")
    table = asem.recipe.treat[1](asem.recipe.treat[0](asem.raw, asem.framework), asem.framework)
    report = gt.outlier_report(table, asem.framework, points=6)
    assert report["low"].tolist() == published["Low"].astype(int).tolist()
    assert report["high"].tolist() == published["High"].astype(int).tolist()
    assert (report["action"] == "winsorised").sum() == published["Treatment"].str.startswith("Winsorised").sum() == 15
    assert report["passed"].all()


def test_normalised_and_aggregated_scores(asem):
    codes = list(asem.framework.indicators)
    assert_same(asem.index.scores[codes], asem.stage("stage5_normalised.csv")[codes])
    nodes = [*asem.framework.pillars, "index"]
    theirs = asem.stage("stage6_aggregated.csv").rename(columns={"Index": "index"})
    assert_same(asem.index.scores[nodes], theirs[nodes])


def test_all_ranks(asem):
    published = asem.stage("ranks.csv").rename(columns={"Index": "index"}).drop(columns="UnitName")
    assert published.shape == (51, 11)
    for node in published:
        assert asem.index.rank_by(node).reindex(published.index).tolist() == published[node].tolist(), node


def test_scores_at_two_decimals(asem):
    published = asem.stage("scores_2dp.csv").rename(columns={"Index": "index"}).drop(columns=["UnitName", "Rank"])
    ours = asem.index.scores.loc[published.index, list(published)]
    assert (ours - published).abs().to_numpy().max() <= 0.005 + 1e-9


def test_without_rounding_two_published_ties_break(asem):
    unrounded = asem.index.recipe.framework
    other = build_index(asem.raw, Recipe(unrounded, treat=asem.recipe.treat))
    published = asem.stage("ranks.csv").rename(columns={"Index": "index"})
    wrong = sum(
        (other.rank_by(node) != published[node].reindex(other.ranks.index)).sum()
        for node in (*unrounded.pillars, "index")
    )
    assert wrong == 2


def test_the_report_says_what_each_step_did(asem):
    report = gt.treatment_report(asem.raw, asem.recipe)
    assert report.groupby("step")["filled"].sum().tolist() == [0, 65, 0]
    assert report.groupby("step")["emptied"].sum().tolist() == [2, 0, 0]
    services = report[(report["step"] == 3) & (report["indicator"] == "Services")].iloc[0]
    assert (services["lowered"], services["note"]) == (4, "winsorised")
