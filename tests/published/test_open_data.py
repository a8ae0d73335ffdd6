"""Two indices of open data rebuilt from their publishers' own files, fetched and pinned by hash.

- Open Knowledge International, Global Open Data Index 2015 (github okfn/opendataindex, commit 4bf34a92, ODC PDDL);
- World Wide Web Foundation, Open Data Barometer, 2nd edition (github TheWebFoundation/open-data-barometer-2nd-edition,
  commit 6729ea93, CC BY 4.0).
"""

import pandas as pd
import pytest

import govtransparency as gt


def published(path, unit: str) -> pd.DataFrame:
    return pd.read_csv(path, keep_default_na=False, na_values=[""]).set_index(unit)


def test_godi_2015(shared, with_originals):
    edition = gt.read_edition("godi", 2015, root=with_originals("godi"))
    index = gt.build_index(edition.tables["place"], edition.recipe)
    places = published(shared / "upstream" / "godi" / "places.csv", "id").loc[index.ranks.index]
    assert len(index.ranks) == 122
    assert (index.ranks == places["rank"]).all()
    whole = gt.RankRule(decimals=0, rounding="half_up")
    assert edition.recipe.rank == whole
    assert (gt.rank(index.scores["index"]) == places["rank"]).sum() == 85
    answers = published(shared / "upstream" / "godi" / "entries.csv", "place")
    answers = answers[answers["year"] == 2015].set_index("dataset", append=True)
    ours = index.scores[list(edition.framework.pillars)].stack().loc[answers.index]
    assert len(answers) == 1586
    assert (ours - answers["score"]).abs().max() < 1e-9
    question = published(shared / "upstream" / "godi" / "questions.csv", "id")["score"]
    weights = {code.partition(".")[2]: edition.framework.node(code).weight for code in edition.framework.indicators}
    assert weights == question.astype(float).to_dict()


@pytest.fixture(scope="module")
def odb(with_originals):
    edition = gt.read_edition("odb", 2014, root=with_originals("odb"))
    return edition, gt.build_index(edition.tables["country"], edition.recipe)


def test_odb_2014(shared, odb):
    edition, index = odb
    official = published(shared / "upstream" / "odb" / "ODB-2014-Rankings.csv", "Country").loc[index.ranks.index]
    assert len(index.ranks) == 86
    assert (index.ranks == official["ODB-Rank"]).all()
    assert (gt.rank(index.scores["index"]) == official["ODB-Rank"]).sum() == 51
    assert (index.scores["index"] - official["ODB-Scaled"]).abs().max() <= 0.005
    for node, column in {
        "readiness": "Readiness",
        "implementation": "Implementation",
        "impact": "Impact",
        "political": "Impact_Political",
        "social": "Impact_Social",
        "innovation": "Datasets_Innovation",
        "social_policy": "Datasets_Social_Policy",
        "accountability": "Datasets_Accountability",
    }.items():
        assert (index.scores[node] - official[column]).abs().max() < 1e-9, node
    survey = published(shared / "upstream" / "odb" / "ODB-2014-Survey-Ordered.csv", "Country").loc[index.ranks.index]
    data_sets = [code for code in edition.framework.pillars if code.startswith("ODB.2013.D")]
    assert len(data_sets) == 15
    assert (index.scores[data_sets] - survey[data_sets]).abs().max(axis=None) < 1e-9


def test_odb_reference_values_are_those_of_2013(shared, odb):
    edition, _ = odb
    questions = pd.read_csv(shared / "indices" / "odb2014" / "questions_2013_2014.csv", keep_default_na=False)
    of_2013 = questions[questions["Year"] == 2013]
    for code in ("ODB.2013.I.GOV", "ODB.2013.I.ACCOUNT", "ODB.2013.I.ENV", "ODB.2013.I.INC"):
        values, node = of_2013[code].astype(float), edition.framework.node(code)
        assert (node.worst, node.best - node.worst) == pytest.approx((values.mean(), values.std()), rel=1e-12)
    averages = pd.read_csv(shared / "indices" / "odb2014" / "rankings_2013.csv")["Datasets_Average"]
    low, high = edition.recipe.aggregator("implementation").keywords["goalposts"]
    assert (low, high - low) == pytest.approx((averages.mean(), averages.std()), rel=1e-12)
