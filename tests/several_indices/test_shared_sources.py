"""Which indices share sources, as their publishers' documents say."""

import pandas as pd
import pytest

import govtransparency as gt
from govtransparency.editions import find_root, list_editions
from govtransparency.several_indices.compared_indices import indices_of_countries
from govtransparency.several_indices.shared_sources import FILE, shared_sources

HEAD = "source,name,index,used_for_en,used_for_zh,title,url\n"
DOCUMENT = "Method,https://example.org/method\n"


def test_an_index_used_by_another_and_a_source_of_both(countries_root):
    (countries_root / "alpha" / FILE).write_text(  # of all years of the index
        f"{HEAD}beta,Beta 2016,beta,openness,公开,{DOCUMENT}law,Law 2019,,,,{DOCUMENT}", encoding="utf-8"
    )
    (countries_root / "gamma" / "2019" / FILE).write_text(f"{HEAD}law,Law 2018,,,,{DOCUMENT}", encoding="utf-8")
    shared, documents = shared_sources(indices_of_countries(root=countries_root))
    assert shared[["first", "second", "shared_en"]].to_numpy().tolist() == [
        ["alpha 2020", "beta 2018", "the first uses the second: Beta 2016 (for openness)"],
        ["alpha 2020", "gamma 2019", "both use the same source: Law 2019 / Law 2018"],
    ]
    assert shared["shared_zh"].tolist() == [
        "前者采用后者的数据：Beta 2016（用于：公开）",
        "两者采用同一来源：Law 2019 / Law 2018",
    ]
    assert documents.to_numpy().tolist() == [
        ["alpha 2020", "Method", "https://example.org/method"],
        ["gamma 2019", "Method", "https://example.org/method"],
    ]


def test_nothing_is_said_where_nothing_is_declared(countries_root):
    shared, documents = shared_sources(indices_of_countries(root=countries_root))
    assert shared.empty and documents.empty


def test_a_source_without_a_document_is_refused(countries_root):
    (countries_root / "alpha" / FILE).write_text(f"{HEAD}law,Law 2019,,,,Method,\n", encoding="utf-8")
    with pytest.raises(gt.InputError, match="url"):
        shared_sources(indices_of_countries(root=countries_root))


def test_the_indices_that_are_named_are_on_the_shelf():
    there = set(list_editions()["index"])
    for path in find_root().glob(f"*/*/{FILE}"):
        assert set(pd.read_csv(path, dtype=str)["index"].dropna()) <= there, path
