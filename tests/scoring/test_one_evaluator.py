"""One rule, everywhere: the index, rescoring, every draw, the what-if page and the workbook score and rank alike."""

import contextlib
import itertools
import json
import operator
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
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import govtransparency as gt
from govtransparency import Framework, InputError, Node, RankRule, Recipe, build_index, read_edition
from govtransparency.ranking import round_scores
from govtransparency.report.render.excel import FILE, write_workbook
from govtransparency.report.render.what_if import page_data, rule_of, scores_of, weighable

SCRIPT = resources.files("govtransparency.report.render") / "templates" / "what_if_scores.js"
VALUES = (0.0, 0.1 + 0.2, 0.3, 1.0, 2.5, 3.0, 5.999999999999999, 6.0, 7.0, 10.0)  # two pairs differ in the last bit
WEIGHTS = (1, 1, 2.0, 3, 0.5, 1e-12, 1e-250)


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
    "rounded": partial(gt.rounded, decimals=0),
    "topsis": gt.topsis,
    "promethee": gt.promethee,
    "borda": gt.borda_count,
    "copeland": gt.copeland,
    "kemeny": gt.kemeny,
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
        tie_breakers=draw(st.sampled_from(((), (), ("n0",), ("index", "n1")))),
    )
    return Recipe(tree, aggregate=mean, missing=missing, rank=rank), table


EQUAL = {
    "equal": gt.equal_shares(min_coverage=0.4),
    "equal children": gt.equal_shares(min_coverage=0.5, count="children"),
    "equal weights": gt.equal_shares(min_coverage=0.4, count="weights"),
}
LINEAR = {
    "arithmetic": gt.arithmetic_mean,
    "sum": gt.sum,
    "sum at the index": gt.by_node({"index": gt.sum}, otherwise=gt.arithmetic_mean),
    "sum below": gt.by_node({"n0": gt.sum, "n1": gt.sum}, otherwise=gt.arithmetic_mean),
    "sum and geometric": gt.by_node({"index": partial(gt.geometric_mean, floor=1.0)}, otherwise=gt.sum),
    "geometric": partial(gt.geometric_mean, floor=1.0),
    "power below": gt.by_node({"index": gt.arithmetic_mean, "n0": gt.arithmetic_mean}, otherwise=MEANS["power"]),
}


@st.composite
def ruled_cases(draw, rule, mean):
    """Return a recipe with rules of publishers, each at all nodes, at some or at none, and a table."""
    recipe, table = draw(cases(rule, mean))
    tree = recipe.framework
    nodes = (*tree.pillars, "index")

    def somewhere(*choices):
        picked = draw(st.sampled_from(choices))
        some = draw(st.sampled_from(nodes))
        return draw(st.sampled_from((None, picked, gt.by_node({some: picked}, otherwise=None))))

    recipe = replace(recipe, of=somewhere("indicators"))
    at = draw(st.sampled_from(nodes))
    child, other = draw(st.sampled_from(recipe.members(at))), draw(st.sampled_from(recipe.members(at)))
    fallback = gt.by_node({at: {child: other}}, otherwise=None) if child != other else None
    zero_if = draw(st.sampled_from((None, "missing", gt.by_node({at: {child: 30.0}}, otherwise=None))))
    zero_if = draw(st.sampled_from((zero_if, gt.by_node({at: {child: "missing"}}, otherwise=None))))
    rescale = somewhere({"to": 100, "by": "best"}, {"to": 1, "by": "range"})
    recipe = replace(recipe, fallback=fallback, zero_if=zero_if, rescale=rescale)
    if draw(st.booleans()):
        with contextlib.suppress(InputError):  # a circle
            ranges = gt.by_node({at: draw(st.sampled_from((*tree.indicators, *tree.pillars)))}, otherwise=None)
            recipe = replace(recipe, range_of=ranges)
    return recipe, table


@st.composite
def not_applicable(draw, table):
    """Return which of the gaps of a table are not applicable rather than missing, or None."""
    kinds = draw(st.lists(st.booleans(), min_size=table.size, max_size=table.size))
    cells = table.isna() & np.reshape(kinds, table.shape)
    return draw(st.sampled_from((cells, cells, None)))


@st.composite
def marked(draw, strategy):
    """Return a recipe and a table that are drawn, and which of the table's gaps are not applicable, or None."""
    recipe, table = draw(strategy)
    return recipe, table, draw(not_applicable(table))


def beyond_the_simplest(data):
    """Reject the case that is tried first, with one example the only one: two children, of every choice the first."""
    assume(data.draw(st.booleans()))


def near_a_border(scores, rule):
    """Tell whether some score lies within 1e-12 of where its rounding changes, which may change who is tied."""
    places = [round_scores(scores + sign, decimals=rule.decimals, rounding=rule.rounding) for sign in (-1e-12, 1e-12)]
    return bool((places[0] != places[1])[~np.isnan(scores)].any())


class Ledger(Counter):
    """What was compared, how many comparisons were set aside, and the indices for the page."""

    def __init__(self):
        super().__init__()
        self.indices = []

    def same(self, scores, ranks, index, what):
        """Compare scores and ranks with those of a built index."""
        expected = index.scores["index"].to_numpy()
        scores, ranks = np.asarray(scores, dtype=float), np.asarray(ranks, dtype=float)
        self[what] += 1
        assert np.array_equal(np.isnan(scores), np.isnan(expected)), what
        noise = 1e-12 * max(100.0, np.nanmax(np.abs(expected), initial=0.0))  # goalposts make a range of 100
        assert np.allclose(scores, expected, rtol=0, atol=noise, equal_nan=True), what
        if np.array_equal(ranks, index.ranks.to_numpy(dtype=float), equal_nan=True):
            return
        keys = index.scores[["index", *index.recipe.rank.tie_breakers]].to_numpy().T
        fine = RankRule()
        assert near_a_border(expected, index.recipe.rank) or any(near_a_border(key, fine) for key in keys[1:]), what
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


def ensemble_of(table, recipe, sources, draws, cells):
    """Return the ensemble, or None where a source does not fit this small table."""
    try:
        return gt.uncertainty_analysis(table, recipe, sources, draws=draws, rng=3, not_applicable=cells)
    except InputError as error:
        refusal = str(error)
    fits = (
        "the chosen nodes have no siblings",
        "changes nothing",
        "cannot work",
        "would leave none",
        "would leave no indicator",
    )
    assert any(reason in refusal for reason in fits), refusal
    return None


def in_the_library(recipe, table, choice, ledger, cells=None):
    """Compare rescoring, a study in which nothing varies and every draw of one in which things do with the index."""
    try:
        index = build_index(table, recipe, not_applicable=cells)
    except InputError:  # a method that cannot work on this table
        ledger["refused"] += 1
        return None
    ledger["trees"] += 1
    ledger["trees with not applicable"] += bool(index.not_applicable.to_numpy().any())
    own = gt.rescore(index, {node.code: node.weight for node in recipe.framework.nodes})
    ledger.same(own.scores, own.ranks, index, "rescore")
    if still := ensemble_of(table, recipe, gt.weights_within(1e-15), 2, cells):
        for scores, ranks in zip(*drawn(still), strict=True):
            ledger.same(scores, ranks, index, "nothing varies")
    for sources in (sources_for(recipe, table, choice), sources_for(recipe, table, choice)[:1]):
        if moving := ensemble_of(table, recipe, sources, 4, cells):
            for draw, (scores, ranks) in enumerate(zip(*drawn(moving), strict=True)):
                rebuilt = build_index(moving.table_of(draw), moving.recipe_of(draw), not_applicable=cells)
                ledger.same(scores, ranks, rebuilt, f"draw of {len(sources)} sources")
            break
    ledger.indices.append(index)
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
    cases, expected = [], []
    for index in indices:
        live = weighable(index.recipe)
        group = {"units": list(index.table.index), **scores_of(index, live)}
        of_nodes = {code: index.recipe.framework.node(code).weight for step in live for code in step.children}
        for what, factors in (("what-if page", (1,)), ("what-if page, other weights", (1, 5, 2))):
            moved = dict(zip(of_nodes, map(operator.mul, of_nodes.values(), itertools.cycle(factors)), strict=False))
            recipe = replace(index.recipe, framework=index.recipe.framework.with_weights(moved))
            with contextlib.suppress(InputError):  # a method that cannot work with these weights
                expected.append((build_index(index.raw, recipe, not_applicable=index.not_applicable), what))
                cases.append({"data": rule_of(index.recipe), "group": group, "weights": moved})
    node = needed("node", "the page's arithmetic cannot be run")
    given = json.dumps(cases, allow_nan=False)
    done = subprocess.run([node, str(run), str(SCRIPT)], input=given, capture_output=True, text=True, check=True)
    for (index, what), answer in zip(expected, json.loads(done.stdout), strict=True):
        ledger.same(answer["scores"], answer["ranks"], index, what)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    """Count what the tests of this module compare; at their end compare the page too, and judge the counts."""
    kept = Ledger()
    yield kept
    if kept.indices:
        on_the_page(tmp_path_factory.mktemp("page"), kept.indices, kept)
    print(dict(kept))
    aside = ("set aside", "trees", "trees with not applicable", "refused")
    compared = sum(count for what, count in kept.items() if what not in aside)
    assert kept["set aside"] * 1000 <= compared, dict(kept)


EVERY = pytest.mark.parametrize(("mean", "rule"), list(itertools.product(MEANS, RULES)))


def compare(data, mean, rule, ledger):
    """Compare one tree, drawn for the aggregation and the missing-data rule."""
    beyond_the_simplest(data)
    recipe, table, cells = data.draw(marked(cases(RULES[rule], MEANS[mean])))
    if in_the_library(recipe, table, data.draw(st.integers(0, 5)), ledger, cells):
        ledger[mean, rule] += 1


@EVERY
@settings(max_examples=1)
@given(data=st.data())
def test_every_way_to_score_agrees_with_the_index(ledger, mean, rule, data):
    compare(data, mean, rule, ledger)


@pytest.mark.parametrize(("mean", "rule"), list(itertools.product(LINEAR, [*RULES, *EQUAL])))
@settings(max_examples=1)
@given(data=st.data())
def test_every_way_to_score_agrees_with_the_index_under_rules_of_publishers(ledger, mean, rule, data):
    beyond_the_simplest(data)
    recipe, table = data.draw(ruled_cases((RULES | EQUAL)[rule], LINEAR[mean]))
    cells = data.draw(not_applicable(table))
    in_the_library(recipe, table, data.draw(st.integers(0, 5)), ledger, cells)


@pytest.mark.parametrize(("mean", "rule"), list(itertools.product(("arithmetic", "mixed"), RULES)))
@settings(max_examples=3)
@given(data=st.data())
def test_what_is_not_applicable_is_told_from_what_is_missing_everywhere(ledger, mean, rule, data):
    recipe, table = data.draw(cases(RULES[rule], MEANS[mean]))
    cells = data.draw(not_applicable(table).filter(lambda cells: cells is not None and cells.to_numpy().any()))
    in_the_library(recipe, table, data.draw(st.integers(0, 5)), ledger, cells)


@pytest.mark.slow
@EVERY
def test_every_way_to_score_agrees_with_the_index_on_thousands_of_trees(ledger, mean, rule):
    before = ledger[mean, rule]
    examples = 8 if mean == "kemeny" else 28  # each of its nodes is an integer programme, in every draw

    @settings(max_examples=examples, database=None)
    @given(data=st.data())
    def search(data):
        compare(data, mean, rule, ledger)

    search()
    assert ledger[mean, rule] - before >= examples / 3  # a recipe that refuses a tree is asked for another


def edition_of(root, *given):
    """Return an edition with a group for each recipe, table and cells that are not applicable."""
    toy = read_edition("toy", 2024, root=root)
    codes = [f"g{number}" for number in range(len(given))]
    tables = {code: table.rename(index=f"{code}{{}}".format) for code, (_, table, _) in zip(codes, given, strict=True)}
    cells = {
        code: cells.set_axis(tables[code].index)
        for code, (*_, cells) in zip(codes, given, strict=True)
        if cells is not None
    }
    of = pd.Series([code for code, table in tables.items() for _ in table.index])
    names = [unit for table in tables.values() for unit in table.index]
    units = pd.DataFrame({"group": of.to_numpy(), "name_zh": names, "name_en": names}, index=names)
    recipes = {code: recipe for code, (recipe, *_) in zip(codes, given, strict=True)}
    groups = {code: {"zh": code, "en": code} for code in codes}
    return replace(toy, groups=groups, recipes=recipes, tables=tables, not_applicable=cells, units=units)


def on_the_page_of(tmp_path, editions, ledger):
    """Compare what the pages of editions make of each group with its index: a group may bring a recipe of its own."""
    run = tmp_path / "groups.js"
    run.write_text(
        "const core = require(process.argv[2]);"
        'const pages = JSON.parse(require("fs").readFileSync(0, "utf8"));'
        "const plain = (x) => (x === x ? x : null);"
        "console.log(JSON.stringify(pages.map((data) => data.groups.map((group) => {"
        " const rules = { ...data, ...group };"
        " const weights = Object.fromEntries(rules.nodes.map((node) => [node.code, node.weight]));"
        " const nodes = core.nodes(rules, group, weights);"
        " return { scores: Array.from(nodes.index, plain), ranks: core.ranks(nodes, rules.rule).map(plain) }; }))));",
        encoding="utf-8",
    )
    node = needed("node", "the page's arithmetic cannot be run")
    given = json.dumps([page_data(edition) for edition in editions], allow_nan=False)
    done = subprocess.run([node, str(run), str(SCRIPT)], input=given, capture_output=True, text=True, check=True)
    for edition, groups in zip(editions, json.loads(done.stdout), strict=True):
        for group, answer in zip(edition.tables, groups, strict=True):
            ledger.same(answer["scores"], answer["ranks"], edition.index_of(group), "what-if page of groups")


def test_the_page_of_groups_with_recipes_of_their_own_agrees_with_their_indices(
    ledger, tmp_path, toy_root, monkeypatch
):
    monkeypatch.setattr("govtransparency.report.render.what_if._weighters", dict)  # presets; seconds
    kept = []
    for first, second in itertools.pairwise(RULES):

        @settings(max_examples=2)
        @given(marked(cases(RULES[first], MEANS["mixed"])), marked(cases(RULES[second], MEANS["arithmetic"])))
        def draw(one, other):
            kept.append(edition_of(toy_root, one, other))

        draw()
    on_the_page_of(tmp_path, kept, ledger)
    assert any(len(edition.families) == 2 for edition in kept)


def recalculated(folder):
    """Return what LibreOffice makes of the formulas of every workbook in the folder: file's stem -> workbook."""
    office = needed("soffice", "the workbook's formulas cannot be recalculated; apt-get install libreoffice-calc-nogui")
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    books = sorted(map(str, folder.glob("*.xlsx")))
    command = [office, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]
    subprocess.run([*command, str(folder / "done"), *books], check=True, capture_output=True)
    return {path.stem: openpyxl.load_workbook(path, data_only=True) for path in (folder / "done").glob("*.xlsx")}


@pytest.mark.slow
def test_the_formulas_of_the_workbook_agree_with_the_index(ledger, tmp_path, toy_root):
    editions = {}
    plain = itertools.product(("arithmetic", "mixed", "fixed below", "own"), RULES)
    drawn = [(f"{mean} {name}", cases(RULES[name], MEANS[mean]), 2) for mean, name in plain]
    drawn += [
        (f"ruled {mean} {name}", ruled_cases((RULES | EQUAL)[name], LINEAR[mean]), 1)
        for mean, name in itertools.product(LINEAR, [*RULES, *EQUAL])
    ]
    second = marked(cases(RULES["weights"], MEANS["arithmetic"]))
    for name, strategy, examples in drawn:
        stem = name.replace(" ", "_")

        @settings(max_examples=examples, deadline=None, database=None)
        @given(st.data(), marked(strategy), second, st.booleans())
        def write(data, case, other, both):
            beyond_the_simplest(data)
            edition = edition_of(toy_root, case, *([other] if both else []))
            try:
                for group in edition.groups:
                    edition.index_of(group)
            except InputError:  # a rule that cannot work on this table
                return
            number = f"{stem}_{len(editions)}"  # noqa: B023
            editions[number] = edition
            write_workbook(tmp_path, edition)
            (tmp_path / FILE).rename(tmp_path / f"{number}.xlsx")

        write()
    books = recalculated(tmp_path)
    assert books.keys() == editions.keys()
    several = 0
    for number, edition in editions.items():
        own = [name for name in books[number].sheetnames if name.startswith("formulas")]
        several += len(own) > 1
        for name, group in zip(own, edition.tables, strict=True):
            ledger["ranks by formula"] += of_the_workbook(ledger, books[number][name], edition.index_of(group))
    assert ledger.pop("ranks by formula") > len(editions) / 6 and several > len(editions) / 6


def of_the_workbook(ledger, sheet, index):
    """Compare the recalculated formulas of a sheet with an index; return whether they give ranks."""
    columns = {cell.value: cell.column for cell in sheet[3] if cell.value}
    rows = range(6, 6 + len(index.ranks))
    numbers = {
        code: [
            value if isinstance(value := sheet.cell(row, columns[code]).value, (int, float)) else np.nan for row in rows
        ]
        for code in ("index", "rank")
        if code in columns
    }
    ledger.same(numbers["index"], numbers.get("rank", index.ranks), index, "workbook")
    return "rank" in numbers
