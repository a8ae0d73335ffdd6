"""Every public figure of made-up units with ties, a unit without values and a name of sixty letters."""

from functools import partial

import numpy as np
import pandas as pd

import govtransparency as gt

LONG = "Sixty letters of a name that goes on and on to the very end."
PILLARS = {
    "publication": "主动公开",
    "requests": "依申请公开",
    "participation": "公众参与",
    "the web site and the portal of open data": "网站与开放数据平台",
}


def world(count):
    """Return the index, the names of its units and the tidy parts of a change."""
    rng = np.random.default_rng(1)
    nodes = [gt.Node("index", "", name_en="Transparency index", name_zh="透明度指数")]
    for place, (en, zh) in enumerate(PILLARS.items()):
        nodes.append(gt.Node(f"p{place}", "index", weight=place + 1, name_en=en, name_zh=zh))
        for number in range(3):
            en, zh = f"Documents of kind {place}.{number} published in time", f"按时公开第{place}.{number}类文件"
            nodes.append(gt.Node(f"i{place}{number}", f"p{place}", name_en=en, name_zh=zh, worst=0, best=100))
    tree = gt.Framework(nodes)
    values = rng.normal(rng.uniform(35, 75, (count, 1)), 12, (count, 12)).clip(0, 100).round(1)
    table = pd.DataFrame(values, columns=list(tree.indicators), index=[f"u{place}" for place in range(count)])
    table.iloc[1] = table.iloc[0]
    table.iloc[2] = np.nan
    table.iloc[3, :2] = np.nan
    index = gt.build_index(table, gt.Recipe(tree))
    names = pd.DataFrame(
        {
            "name_en": [f"City of number {place}" for place in range(count)],
            "name_zh": [f"第{place}市人民政府" for place in range(count)],
        },
        index=table.index,
    )
    names.loc["u4"] = [LONG, "很长的名称" * 12]
    causes = ["values", "weights", "goalposts", "indicators", "method"]
    parts = [(unit, cause, rng.normal(0, 3)) for unit in table.index for cause in causes]
    return index, names, pd.DataFrame(parts, columns=["unit", "source", "change"])


def pictures(count):
    """Return a call of each public figure, by name."""
    index, names, parts = world(count)
    rng, plot = np.random.default_rng(2), gt.plot
    recipe, table, tree = index.recipe, index.raw, index.recipe.framework
    methods = gt.one_of("aggregate", gt.arithmetic_mean, partial(gt.geometric_mean, floor=1.0))
    ensemble = gt.uncertainty_analysis(table, recipe, [gt.weights_within(0.25), methods], draws=40, rng=1)
    sets = ensemble.intervals().dropna()
    tiers = sets.assign(tier=gt.tiers(sets))
    drifted = [(index.ranks + rng.normal(0, count / 10, count)).rank() for _ in range(7)]
    years = pd.DataFrame(dict(zip(range(2018, 2025), drifted, strict=True)))
    methods = {f"method {place} of the Handbook": ranks for place, ranks in enumerate(drifted)}
    share = pd.DataFrame(
        {"first": [0.5, 0.2], "first_low": [0.4, 0.1], "first_high": [0.6, 0.3],
         "total": [0.7, 0.4], "total_low": [0.6, 0.3], "total_high": [0.8, 0.5]}, index=["weights", "normalise"],
    )  # fmt: skip
    named = {"names": names}
    kept = {"names": names, "select": ["u4"]}
    return {
        "scores": partial(plot.ranks, index, **kept),
        "ranks": partial(plot.ranks, ensemble, **kept),
        "ranks with tiers": partial(plot.ranks, tiers, **named),
        "tiers": partial(plot.tiers, tiers, **named),
        "acceptability": partial(plot.acceptability, ensemble, **kept),
        "contributions": partial(plot.contributions, index, **kept),
        "unit_profile": partial(plot.unit_profile, index, "u4", **named),
        "unit_profile of a unit without values": partial(plot.unit_profile, index, "u2", **named),
        "rank_shift": partial(plot.rank_shift, {"one": drifted[0], "the other of the two": index}, **kept),
        "rank_shift of many": partial(plot.rank_shift, methods, **kept),
        "panel_lines": partial(plot.panel_lines, years, **kept),
        "panel_lines of scores": partial(plot.panel_lines, 100 - years / count, what="scores", **kept),
        "change_explained": partial(plot.change_explained, parts, **named),
        "change_explained of one": partial(plot.change_explained, parts, unit="u4", **named),
        "missing_map": partial(plot.missing_map, index, **named),
        "distribution": partial(plot.distribution, index, unit="u4", **named),
        "distribution of a table": partial(plot.distribution, table, framework=tree),
        "correlations": partial(plot.correlations, index),
        "framework": partial(plot.framework, index),
        "weight_sensitivity": partial(plot.weight_sensitivity, index, **kept),
        "weight_stability": partial(plot.weight_stability, index),
        "sobol_shares": partial(plot.sobol_shares, share),
    }
