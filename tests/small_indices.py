"""Three small indices of countries, whose units are codes of three and of two letters and English names."""

from pathlib import Path

import numpy as np

COUNTRIES = {  # code of three letters: of two, English and Chinese name
    "AUT": ("at", "Austria", "奥地利"), "BEL": ("be", "Belgium", "比利时"), "CHE": ("ch", "Switzerland", "瑞士"),
    "CZE": ("cz", "Czech Republic", "捷克"), "DNK": ("dk", "Denmark", "丹麦"), "EST": ("ee", "Estonia", "爱沙尼亚"),
    "FIN": ("fi", "Finland", "芬兰"), "GBR": ("uk", "UK", "英国"), "HKG": ("hk", "Hong Kong", "中国香港"),
    "KOR": ("kr", "Korea", "韩国"), "LAO": ("la", "Laos", "老挝"), "MMR": ("mm", "Myanmar", "缅甸"),
    "NZL": ("nz", "New Zealand", "新西兰"), "TWN": ("tw", "Taiwan", "中国台湾"), "XKK": ("ko", "Kosovo", "科索沃"),
}  # fmt: skip
FRAMEWORK = """\
code,parent,name_en,name_zh,weight,direction,worst,best
index,,Toy index,玩具指数,,,,
open,index,Openness,公开,1,,,
answer,index,Answers,答复,1,,,
portal,open,Portal,门户,1,1,0,100
share,answer,Share answered,答复率,1,1,0,100
"""
EDITION = """\
schema = 1
index = "{index}"
year = {year}
status = "own"
title = {{ en = "{title} {year}", zh = "{title}指数（{year}）" }}

[groups]
country = {{ en = "Countries", zh = "国家"{kind} }}

[[sheets]]
file = "sheet.csv"

[recipe]
normalise = "min_max"
aggregate = "arithmetic_mean"
"""
KIND = ', units_are = "countries"'


def write_index(root: Path, index: str, year: int, units: dict[str, str], values: np.ndarray, kind: str = KIND) -> Path:
    """Write an edition of the countries, named by their unit, with a row of two values for each."""
    folder = root / index / str(year)
    folder.mkdir(parents=True)
    (folder / "framework.csv").write_text(FRAMEWORK, encoding="utf-8")
    text = EDITION.format(index=index, year=year, title=index.title(), kind=kind)
    (folder / "edition.toml").write_text(text, encoding="utf-8")
    names = [f"{unit},{COUNTRIES[code][1]},{COUNTRIES[code][2]}" for code, unit in units.items()]
    (folder / "units.csv").write_text("\n".join(["unit,name_en,name_zh", *names, ""]), encoding="utf-8")
    rows = [f"{unit},{portal},{share}" for unit, (portal, share) in zip(units.values(), values, strict=True)]
    (folder / "sheet.csv").write_text("\n".join(["unit,portal,share", *rows, ""]), encoding="utf-8")
    return folder


def write_three(root: Path) -> Path:
    """Write alpha 2020 of all countries, beta 2018 of all but two, gamma 2019 of twelve; return their ``data/raw``."""
    generator = np.random.default_rng(5)
    base = generator.permutation(15)[:, None] * 6.0
    values = [np.clip(base + generator.normal(0, 12, (15, 2)), 0, 100).round(2) for _ in range(3)]
    codes = list(COUNTRIES)
    write_index(root, "alpha", 2020, {code: code for code in codes}, values[0])
    write_index(root, "beta", 2018, {code: COUNTRIES[code][0] for code in codes[2:]}, values[1][2:])
    write_index(root, "gamma", 2019, {code: COUNTRIES[code][1] for code in codes[:12]}, values[2][:12])
    return root
