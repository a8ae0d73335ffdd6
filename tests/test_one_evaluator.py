"""One rule, everywhere: the index, rescoring, every draw, the what-if page and the workbook score and rank alike."""

import itertools
import json
import subprocess
from collections import Counter
from dataclasses import replace
from functools import partial
from importlib import resources

import numpy as np
import openpyxl
import pandas as pd
import pytest
from conftest import needed
from hypothesis import given, settings
from hypothesis import strategies as st

import govtransparency as gt
from govtransparency import Framework, InputError, Node, RankRule, Recipe, build_index, read_edition
from govtransparency.ranking import round_scores
from govtransparency.report.what_if import rule_of, scores_of, weighable
from govtransparency.report.workbook import FILE, write_workbook

SCRIPT = resources.files("govtransparency.report") / "templates" / "what_if.js"
VALUES = (0.0, 0.1 + 0.2, 0.3, 1.0, 2.5, 3.0, 5.999999999999999, 6.0, 7.0, 10.0)  # two pairs differ in the last bit
WEIGHTS = (1, 1, 2.0, 3, 0.5, 1e-12, 1e-300)


def weakest(scores, weights):
    """An aggregator of a user's own."""
    return scores.min(axis=1)


RULES = {
    "spread": gt.treatment.spread_weights(min_coverage=0.5),
    "nodes": gt.treatment.spread_weights(min_coverage=0, nodes={"index": 0.7, "n0": 0.4}),
    "children": gt.treatment.spread_weights(min_coverage=0.6, count="children"),
    "weights": gt.treatment.spread_weights(min_coverage=0.6, count="weights"),
    "all": gt.treatment.require_all(),
    "score": gt.treatment.missing_score(score=5.0),
    "score some": gt.treatment.missing_score(score=20.0, min_coverage=0.5, count="children"),
}
MEANS = {
    "arithmetic": gt.arithmetic_mean,
    "geometric": partial(gt.geometric_mean, floor=1.0),
    "geometric zeros": partial(gt.geometric_mean, zeros="zero"),
    "harmonic": partial(gt.harmonic_mean, floor=1.0),
    "power": partial(gt.power_mean, p=2.0),
    "mixed": gt.by_node({"index": partial(gt.geometric_mean, floor=1.0)}, otherwise=gt.arithmetic_mean),
    "fixed below": gt.by_node({"n1": gt.median}, otherwise=gt.arithmetic_mean),
    "median": gt.median,
    "mean-min": gt.mean_min,
    "adjusted Mazziotta-Pareto": gt.adjusted_mazziotta_pareto,
    "copeland": gt.copeland,
    "own": weakest,
}


@st.composite
def cases(draw, rule, mean):
    """Return a recipe and a table: two to four levels, gaps, ties, weights of next to no effect."""
    nodes, number = [Node("index", "")], itertools.count()

    def grow(parent, level):
        for _ in range(draw(st.integers(1 if level > 1 else 2, 3))):
            deeper = level < 3 and draw(st.integers(0, 2)) == 0
            code = f"n{next(number)}"
            posts = {} if deeper else {"worst": 0, "best": 10}
            nodes.append(Node(code, parent, weight=draw(st.sampled_from(WEIGHTS)), **posts))
            if deeper:
                grow(code, level + 1)

    grow("index", 1)
    tree = Framework(nodes)
    units = draw(st.integers(2, 6))
    rows = [
        [draw(st.sampled_from((np.nan, np.nan, *VALUES) if unit else VALUES)) for _ in tree.indicators]
        for unit in range(units)
    ]
    table = pd.DataFrame(rows, index=[f"u{unit}" for unit in range(units)], columns=list(tree.indicators))
    pillars = {*tree.pillars, "index"}
    missing = replace(rule, nodes={code: share for code, share in rule.nodes.items() if code in pillars})
    if isinstance(mean, gt.methods.ByNode):
        kept = {code: method for code, method in mean.methods.items() if code in pillars}
        mean = gt.by_node(kept, otherwise=mean.otherwise)
    rank = RankRule(
        decimals=draw(st.sampled_from((0, 2, 10))),
        rounding=draw(st.sampled_from(("half_even", "half_up", "down"))),
        ties=draw(st.sampled_from(("min", "max", "dense", "average", "ordinal"))),
    )
    return Recipe(tree, aggregate=mean, missing=missing, rank=rank), table


def near_a_border(scores, rule, noise):
    """Tell whether noise in the scores could change which of them are equal, or who is above whom, once rounded."""
    places = [round_scores(scores + sign * noise, decimals=rule.decimals, rounding=rule.rounding) for sign in (-1, 1)]
    return bool((places[0] != places[1])[~np.isnan(scores)].any())


class Ledger(Counter):
    """What was compared, and how many comparisons were set aside."""

    def same(self, scores, ranks, index, what):
        """Compare scores and ranks with those of a built index."""
        expected = index.scores["index"].to_numpy()
        scores, ranks = np.asarray(scores, dtype=float), np.asarray(ranks, dtype=float)
        self[what] += 1
        assert np.array_equal(np.isnan(scores), np.isnan(expected)), what
        noise = 1e-12 * max(100.0, np.nanmax(np.abs(expected), initial=0.0))
        assert np.allclose(scores, expected, rtol=0, atol=noise, equal_nan=True), what
        if np.array_equal(ranks, index.ranks.to_numpy(dtype=float), equal_nan=True):
            return
        assert near_a_border(expected, index.recipe.rank, noise), what
        self["set aside"] += 1


def drawn(ensemble):
    """Return the scores and the ranks of every draw, draws x units."""
    study = ensemble.study
    scores, ranks = (np.full((study.draws, len(study.units)), np.nan) for _ in range(2))
    for batch in study.batches(0, -(-study.draws // 1024)):
        scores[np.ix_(batch.rows, batch.units)] = batch.scores
        ranks[np.ix_(batch.rows, batch.units)] = study.ranks[study.to_bins(batch.ranks, batch.case)]
    return scores, ranks


def sources_for(recipe, table, choice):
    """Return sources that fit: weights, a rule for what is missing, an indicator left out, noise in the data."""
    sources = [gt.weights_within(0.9)]
    if choice % 2 and len(recipe.framework.indicators) > 1:
        sources.append(gt.without_one_indicator())
    if choice % 3 == 1:
        other = gt.treatment.missing_score(score=0.0)
        sources.append(gt.one_of("missing", recipe.missing, other))
    if choice % 3 == 2:
        cells = table.stack().reset_index().set_axis(["unit", "indicator", "value"], axis=1)
        marks = [cells.assign(assessor=name, mark=cells["value"] + error) for name, error in (("A", 1.0), ("B", -1.0))]
        sources.append(gt.marks_noise(pd.concat(marks)))
    return sources


def ensemble_of(table, recipe, sources, draws):
    """Return the ensemble, or None where a source does not fit this small table."""
    try:
        return gt.uncertainty_analysis(table, recipe, sources, draws=draws, rng=3)
    except InputError as error:
        refusal = str(error)
    fits = ("no node meant has a sibling", "changes nothing", "cannot work", "left out without leaving nothing")
    assert any(reason in refusal for reason in fits), refusal
    return None


def in_the_library(recipe, table, choice, ledger):
    """Compare rescoring, a study in which nothing varies and every draw of one in which things do with the index."""
    try:
        index = build_index(table, recipe)
    except InputError:  # a method that cannot work on this table
        ledger["refused"] += 1
        return None
    ledger["trees"] += 1
    own = rescored = gt.rescore(index, {node.code: node.weight for node in recipe.framework.nodes})
    ledger.same(own.scores, rescored.ranks, index, "rescore")
    if still := ensemble_of(table, recipe, gt.weights_within(1e-15), 2):
        for scores, ranks in zip(*drawn(still), strict=True):
            ledger.same(scores, ranks, index, "nothing varies")
    for sources in (sources_for(recipe, table, choice), sources_for(recipe, table, choice)[:1]):
        if moving := ensemble_of(table, recipe, sources, 4):
            for draw, (scores, ranks) in enumerate(zip(*drawn(moving), strict=True)):
                rebuilt = build_index(moving.table_of(draw), moving.recipe_of(draw))
                ledger.same(scores, ranks, rebuilt, f"draw of {len(sources)} sources")
            break
    return index


def on_the_page(tmp_path, indices, ledger):
    """Compare what the page's own arithmetic makes of the indices, all in one run."""
    run = tmp_path / "run.js"
    run.write_text(
        "const core = require(process.argv[2]);"
        'const cases = JSON.parse(require("fs").readFileSync(0, "utf8"));'
        "const plain = (x) => (x === x ? x : null);"
        "console.log(JSON.stringify(cases.map(({ data, group, weights }) => {"
        " const nodes = core.nodes(data, group, weights);"
        " return { scores: Array.from(nodes.index, plain), ranks: core.ranks(nodes, data.rule).map(plain) }; })));",
        encoding="utf-8",
    )
    cases = []
    for index in indices:
        live = weighable(index.recipe)
        weights = {code: index.recipe.framework.node(code).weight for step in live for code in step.children}
        group = {"units": list(index.table.index), **scores_of(index, live)}
        cases.append({"data": rule_of(index.recipe), "group": group, "weights": weights})
    node = needed("node", "the page's arithmetic cannot be run")
    given = json.dumps(cases, allow_nan=False)
    done = subprocess.run([node, str(run), str(SCRIPT)], input=given, capture_output=True, text=True, check=True)
    for index, answer in zip(indices, json.loads(done.stdout), strict=True):
        ledger.same(answer["scores"], answer["ranks"], index, "what-if page")


def search(mean, examples, tmp_path):
    """Go through every missing-data rule with one aggregation, and print the counts."""
    ledger, indices, number = Ledger(), [], itertools.count()
    for rule in RULES.values():

        @settings(max_examples=examples, deadline=None, database=None)
        @given(cases(rule, MEANS[mean]))
        def compare(case):
            index = in_the_library(*case, next(number), ledger)
            if index is not None:
                indices.append(index)

        before = ledger["trees"]
        compare()
        assert ledger["trees"] - before >= 0.8 * examples or ledger["refused"], rule
    on_the_page(tmp_path, indices, ledger)
    print(mean, dict(ledger))
    assert ledger["set aside"] * 1000 <= sum(ledger[what] for what in ledger if what not in ("set aside", "trees"))
    return ledger, indices


@pytest.mark.parametrize("mean", MEANS)
def test_every_way_to_score_agrees_with_the_index(tmp_path, mean):
    search(mean, 2, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("mean", MEANS)
def test_every_way_to_score_agrees_with_the_index_on_thousands_of_trees(tmp_path, mean):
    ledger, _ = search(mean, 30, tmp_path)
    assert ledger["trees"] >= 20 * len(RULES)


def edition_of(root, recipe, table):
    """Return an edition of one group with the recipe and the table."""
    toy = read_edition("toy", 2024, root=root)
    units = pd.DataFrame({"group": "city", "name_zh": table.index, "name_en": table.index}, index=table.index)
    return replace(toy, recipe=recipe, framework=recipe.framework, tables={"city": table}, units=units)


def recalculated(folder):
    """Return what LibreOffice makes of the formulas of every workbook in the folder: file's stem -> workbook."""
    office = needed("soffice", "the workbook's formulas cannot be recalculated; apt-get install libreoffice-calc-nogui")
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    books = sorted(map(str, folder.glob("*.xlsx")))
    command = [office, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]
    subprocess.run([*command, str(folder / "done"), *books], check=True, capture_output=True)
    return {path.stem: openpyxl.load_workbook(path, data_only=True) for path in (folder / "done").glob("*.xlsx")}


@pytest.mark.slow
def test_the_formulas_of_the_workbook_agree_with_the_index(tmp_path, toy_root):
    ledger, indices = Ledger(), {}
    for mean, (name, rule) in itertools.product(("arithmetic", "mixed", "fixed below", "own"), RULES.items()):
        stem = f"{mean} {name}".replace(" ", "_")

        @settings(max_examples=3, deadline=None, database=None)
        @given(cases(rule, MEANS[mean]))
        def write(case):
            number = f"{stem}_{len(indices)}"  # noqa: B023
            indices[number] = build_index(case[1], case[0])
            write_workbook(tmp_path, edition_of(toy_root, *case))
            (tmp_path / FILE).rename(tmp_path / f"{number}.xlsx")

        write()
    books = recalculated(tmp_path)
    assert books.keys() == indices.keys()
    for number, index in indices.items():
        sheet = books[number]["formulas"]
        columns = {cell.value: cell.column for cell in sheet[3] if cell.value}
        rows = range(6, 6 + len(index.ranks))
        numbers = {
            code: [
                value if isinstance(value := sheet.cell(row, columns[code]).value, (int, float)) else np.nan
                for row in rows
            ]
            for code in ("index", "rank")
            if code in columns
        }
        ledger.same(numbers["index"], numbers.get("rank", index.ranks), index, "workbook")
        ledger["ranks by formula"] += "rank" in numbers
    print(dict(ledger))
    assert ledger["ranks by formula"] > len(indices) / 3 and ledger["set aside"] * 1000 <= ledger["workbook"]
