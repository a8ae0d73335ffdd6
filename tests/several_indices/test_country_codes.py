"""Units as countries: codes, names, and what is none."""

import pandas as pd
import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from govtransparency.several_indices.country_codes import _by_code, country_codes
from govtransparency.texts.agreement_words import NO_CODE

CODES = sorted(set(_by_code().values()))
TWO = {code: two for two, code in _by_code().items() if len(two) == 2 and two not in ("UK", "EL")}


def codes_of(**units):
    """Match units with an English name, or an English and a Chinese one."""
    named = {unit: (names, names) if isinstance(names, str) else names for unit, names in units.items()}
    table = pd.DataFrame.from_dict(named, orient="index", columns=["name_en", "name_zh"])
    found, others = country_codes(table)
    return found.to_dict(), others


def test_codes_and_names_of_publishers():
    names = {
        "FRA": "France", "gb": "United Kingdom", "UK": "UK", "EL": "Greece", "XKX": "Kosovo", "ko": "Kosovo",
        "UAE": "United Arab Emirates", "Korea": ("Korea", "韩国"), "Czech Republic": ("Czech Republic", "捷克"),
        "Myanmar": "Myanmar", "KMH": "Cambodia", "Turkey": ("Turkey", "土耳其"), "tw": ("Taiwan", "中国台湾"),
        "Taipei": ("Taipei", "中国台湾"), "hk": "Hong Kong", "HK city": ("HK city", "中国香港"),
        "cd": "Congo - Kinshasa", "The Gambia": "The Gambia", "Côte d'Ivoire": "Cote d’Ivoire",
    }  # fmt: skip
    found, others = codes_of(**names)
    assert others == {}
    assert found == {
        "FRA": "FRA", "gb": "GBR", "UK": "GBR", "EL": "GRC", "XKX": "XKK", "ko": "XKK", "UAE": "ARE", "Korea": "KOR",
        "Czech Republic": "CZE", "Myanmar": "MMR", "KMH": "KHM", "Turkey": "TUR", "tw": "TWN", "Taipei": "TWN",
        "hk": "HKG", "HK city": "HKG", "cd": "COD", "The Gambia": "GMB", "Côte d'Ivoire": "CIV",
    }  # fmt: skip


def test_what_is_no_country_or_two_is_named_with_the_reason():
    found, others = codes_of(YUG="Yugoslavia", ZZZ="Unknown", eu="European Union", FRA="Germany", x=("Chad", "尼日尔"))
    assert found == {}
    assert others == {
        "YUG": NO_CODE["none"], "ZZZ": NO_CODE["none"], "eu": NO_CODE["none"], "FRA": NO_CODE["several"],
        "x": NO_CODE["several"],
    }  # fmt: skip


def test_a_name_of_two_countries_tells_none_of_them():
    found, others = codes_of(COD="刚果", COG="刚果", cd2=("?", "刚果（金）"), other=("?", "刚果"), Islands="Islands")
    assert found == {"COD": "COD", "COG": "COG", "cd2": "COD"}
    assert others == {"other": NO_CODE["none"], "Islands": NO_CODE["none"]}


@given(st.sampled_from(CODES), st.sampled_from([str.upper, str.lower]))
def test_a_country_is_found_by_each_of_its_codes_and_names(code, case):
    for unit in (code, TWO[code]):
        assert codes_of(**{case(unit): "?"})[0] == {case(unit): code}
    for language in ("en", "zh"):
        name = case(Locale(language).territories[TWO[code]])
        assert codes_of(**{name: "?"})[0] == {name: code}


@given(st.text(max_size=6))
def test_every_unit_is_either_matched_or_named(unit):
    found, others = country_codes(pd.DataFrame(index=[unit]))
    assert [*found.index, *others] == [unit]


def test_without_babel_the_extra_is_named(monkeypatch):
    from govtransparency import InputError, extras

    monkeypatch.setattr(extras, "is_there", lambda module: module != "babel")
    with pytest.raises(InputError, match=r'babel.*pip install "govtransparency\[report\]"'):
        country_codes(pd.DataFrame(index=["FRA"]))
