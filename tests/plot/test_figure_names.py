"""Units, nodes and sources are called as a mapping, a Series or a table of names says."""

import pandas as pd
import pytest

import govtransparency as gt

SCORES = pd.DataFrame({"a": [1.0, 3.0, 2.0], "b": [2.0, 5.0, 7.0]}, index=list("XYZ"))
STABLE = pd.DataFrame({"weight": [0.6, 0.4], "low": [0.5, 0.0], "high": [0.7, 1.0]}, index=["a", "b"])
CHANGES = pd.DataFrame({"unit": ["X", "X", "Y", "Y"], "source": ["a", "b"] * 2, "change": [3.0, -1.0, 1.0, 2.0]})
SHARES = pd.DataFrame({f"{kind}{end}": [0.5, 0.2] for kind in ("first", "total") for end in ("", "_low", "_high")},
                      index=["a", "b"])  # fmt: skip
NAMES = {"a": "Alpha", "b": "Beta"}
FORMS = [
    NAMES,
    pd.Series(NAMES),
    pd.DataFrame({"name_zh": ["甲", "乙"], "name_en": ["Alpha", "Beta"]}, index=["a", "b"]),
]
DRAWN = {
    "contributions": lambda named: gt.plot.contributions(SCORES, nodes=named),
    "unit_profile": lambda named: gt.plot.unit_profile(SCORES, "X", nodes=named),
    "weight_stability": lambda named: gt.plot.weight_stability(STABLE, nodes=named),
    "distribution": lambda named: gt.plot.distribution(SCORES, nodes=named),
    "change_explained": lambda named: gt.plot.change_explained(CHANGES, sources=named),
    "change_explained of one": lambda named: gt.plot.change_explained(CHANGES, unit="X", sources=named),
    "sobol_shares": lambda named: gt.plot.sobol_shares(SHARES, sources=named),
    "ranks": lambda named: gt.plot.ranks(STABLE.assign(rank=[1.0, 2.0], score=1.0), names=named),
}


@pytest.mark.parametrize("names", FORMS, ids=["mapping", "Series", "DataFrame"])
@pytest.mark.parametrize("name", DRAWN)
def test_names_may_stand_in_a_mapping_a_series_or_a_table(name, names):
    axes = DRAWN[name](names)
    said = [label.get_text() for label in axes.get_yticklabels()]
    said += [text.get_text() for legend in axes.figure.legends for text in legend.get_texts()]
    assert {"Alpha", "Beta"} <= {text.split(". ")[-1] for text in said}


def test_what_has_no_name_is_called_by_its_code():
    axes = gt.plot.weight_stability(STABLE, nodes=pd.Series({"b": "Beta"}))
    assert [label.get_text() for label in axes.get_yticklabels()] == ["a", "Beta"]
