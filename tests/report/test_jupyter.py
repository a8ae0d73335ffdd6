"""What somebody at JupyterLab sees beside the report: sliders that rank as the library does, bars, tables that sort."""

import json
import os
import random
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from govtransparency import read_edition, rescore
from govtransparency.build.notebook_runs import FIXED, Kernels, execute
from govtransparency.report import interactive, jupyter, progress, start, weight_sliders
from govtransparency.report import run as run_module

ROOT = Path(__file__).resolve().parents[2]
CELLS = (
    """\
from govtransparency import report
from govtransparency.report import Text

run = report.start("toy", 2024, "out", notebook="by_hand")""",
    """\
for group, item in report.progress(run.indices.items()):
    run.show(item.scores[["index"]].reset_index(), name=group, title=Text("得分", "Scores"))""",
    "report.weight_sliders(run)",
)


def write_notebook(path: Path) -> None:
    cells = [nbformat.v4.new_code_cell(source) for source in CELLS]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)


def change(toy_root: Path, name: str, old: str, new: str) -> None:
    path = toy_root / "toy" / "2024" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def home(toy_root, monkeypatch):
    """Work in a project that holds the toy edition alone, as somebody who runs cells by hand."""
    monkeypatch.chdir(toy_root.parents[1])
    for module in (jupyter, interactive):
        monkeypatch.setattr(module, "by_hand", lambda: True)
    return toy_root.parents[1]


class Box:
    """The sliders of a run, read and moved as a person would."""

    def __init__(self, run):
        import ipywidgets

        self.box = weight_sliders(run)
        self.about, (self.group, *buttons) = self.box.children[0].value, self.box.children[1].children
        rows = [row for row in self.box.children[2:] if isinstance(row, ipywidgets.HBox)]
        self.sliders = dict(zip(run.top_of("city"), (row.children[0] for row in rows), strict=True))
        self.labels = dict(zip(run.top_of("city"), (row.children[1] for row in rows), strict=True))
        self.buttons = {button.description: button for button in buttons}

    def set(self, weights: dict[str, float]) -> None:
        for code, weight in weights.items():
            self.sliders[code].value = weight

    @property
    def weights(self) -> dict[str, float]:
        return {code: slider.value for code, slider in self.sliders.items()}

    @property
    def said(self) -> str:
        return BeautifulSoup(self.box.children[-2].value, "html.parser").get_text()

    @property
    def table(self) -> pd.DataFrame:
        """The ranking shown, as text, under the English headings."""
        (table,) = BeautifulSoup(self.box.children[-1].value, "html.parser").find_all("table")
        heads = [head.select_one("[lang=en]").get_text() for head in table.select("thead th")]
        rows = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in table.select("tbody tr")]
        return pd.DataFrame(rows, columns=heads)


def expected(run, group: str, weights: dict[str, float]) -> dict[str, tuple[str, str]]:
    """Return what the library gives each unit, written as the table writes it."""
    found = rescore(run.indices[group], weights)
    return {
        " ".join(run.name(unit)): (
            "\u2013" if pd.isna(rank) else f"{rank:g}",
            "\u2013" if pd.isna(rank) else f"{found.scores[unit]:.2f}",
        )
        for unit, rank in found.ranks.items()
    }


def shown(box: Box) -> dict[str, tuple[str, str]]:
    table = box.table
    return dict(zip(table["Name"], zip(table["Rank"], table["Score"], strict=True), strict=True))


def test_the_ranking_is_what_the_library_gives_under_the_weights_that_are_set(home):
    run = start("toy", 2024, "out")
    box = Box(run)
    assert shown(box) == expected(run, "city", {}) and box.said.endswith("the edition's ranking is 1.000.")
    draw, seen = random.Random(1), set()
    for _ in range(20):
        weights = {code: draw.choice([0.0, draw.random() * 3]) for code in box.sliders}
        if any(weights.values()):
            box.set(weights)
            assert box.weights == weights
            assert shown(box) == expected(run, "city", weights)
            seen.add(tuple(box.table["Name"]))
    assert len(seen) > 1, "no weights moved anybody"


def test_moves_are_counted_from_the_official_ranking_and_the_best_come_first(home):
    run = start("toy", 2024, "out")
    box = Box(run)
    box.set({"open": 0.0, "answer": 3.0})
    table, official = box.table, run.indices["city"].ranks
    ranked = table[table["Rank"] != "\u2013"].astype({"Rank": int, "Rank in the edition": int})
    assert ranked["Rank"].is_monotonic_increasing and list(table["Rank"][len(ranked) :]) == ["\u2013"] * (
        len(table) - len(ranked)
    )
    gained = ranked["Places gained"].str.replace("\u2212", "-").astype(int)
    assert gained.tolist() == (ranked["Rank in the edition"] - ranked["Rank"]).tolist()
    assert sorted(ranked["Rank in the edition"]) == sorted(official.dropna().astype(int))
    assert (gained != 0).any()
    assert f"{(gained != 0).sum()} units change rank, by up to {gained.abs().max()} places" in box.said


def test_presets_set_all_sliders_and_each_stands_beside_its_share(home):
    run = start("toy", 2024, "out")
    box = Box(run)
    official = box.weights
    assert official == {"open": 2.0, "answer": 1.0}
    assert [label.value for label in box.labels.values()] == ["66.7%", "33.3%"]
    box.buttons["等权 Equal weights"].click()
    assert box.weights == {"open": 1.5, "answer": 1.5}
    assert [label.value for label in box.labels.values()] == ["50.0%", "50.0%"]
    assert shown(box) == expected(run, "city", {"open": 1, "answer": 1})
    box.buttons["本年度权重 The edition's weights"].click()
    assert box.weights == official and shown(box) == expected(run, "city", {})


def test_the_ranking_is_that_of_the_group_chosen(home, toy_root):
    change(toy_root, "edition.toml", "size = 6 }", 'size = 3 }\nzone = { en = "Toy zones", zh = "玩具区", size = 3 }')
    for unit in ("u4", "u5", "u6"):
        change(toy_root, "units.csv", f"{unit},city", f"{unit},zone")
    run = start("toy", 2024, "out")
    box = Box(run)
    box.set({"open": 0.5})
    box.group.value = "zone"
    assert set(box.table["Name"]) == {"玩具市四 Toy city 4", "玩具市五 Toy city 5", "玩具市六 Toy city 6"}
    assert shown(box) == expected(run, "zone", {"open": 0.5})


def test_the_status_of_the_figures_is_said_first(home):
    assert "模拟数据" in Box(start("toy", 2024, "out")).about.partition("</strong>")[0]


def test_an_edition_that_shows_tiers_names_no_place(home, toy_root):
    change(toy_root, "edition.toml", "[recipe]", '[display]\ntable = "tiers"\n\n[recipe]')
    run = start("toy", 2024, "out")
    box = Box(run)
    box.set({"open": 0.5})
    assert list(box.table) == ["Name", "Places gained", "Score"]
    assert list(box.table["Name"]) == [" ".join(run.name(unit)) for unit in run.indices["city"].scores.index]


def test_no_weight_at_all_has_no_ranking_and_the_next_weight_brings_it_back(home):
    run = start("toy", 2024, "out")
    box = Box(run)
    box.set({"open": 0.0, "answer": 0.0})
    assert (
        box.said.startswith("“index”的各下级权重不能全部为0：")
        and " the children of 'index' all have weight 0: " in box.said
    )
    assert box.box.children[-1].value == "" and {label.value for label in box.labels.values()} == {""}
    box.set({"open": 0.1})
    assert shown(box) == expected(run, "city", {"open": 1, "answer": 0})


def test_where_weights_decide_who_is_scored_the_ranking_follows_them(home, toy_root):
    change(toy_root, "edition.toml", "min_coverage = 0.5", 'min_coverage = 0.5, count = "weights"')
    run = start("toy", 2024, "out")
    box = Box(run)
    assert shown(box) == expected(run, "city", {})
    scored = rescore(run.indices["city"], {"open": 1, "answer": 2}).scores.notna()
    assert not scored.equals(run.indices["city"].scores["index"].notna())
    box.set({"open": 1, "answer": 2})
    assert shown(box) == expected(run, "city", {"open": 1, "answer": 2})


def test_of_a_single_pillar_it_says_that_there_is_nothing_to_weigh(home, toy_root):
    change(toy_root, "framework.csv", "answer,index,Answers,答复,1,,,,,\n", "")
    for leaf in ("days", "share"):
        change(toy_root, "framework.csv", f"{leaf},answer", f"{leaf},open")
    run = start("toy", 2024, "out")
    box = Box(run)
    assert "It is the only one here, so its weight cannot be changed." in box.about
    box.set({"open": 0.5})
    assert shown(box) == expected(run, "city", {})


def test_a_bar_leaves_no_item_out(home):
    assert list(progress({"a": 1, "b": 2}.items())) == [("a", 1), ("b", 2)]
    assert list(progress([])) == []


def test_tables_get_what_sorts_them_and_figures_do_not(home, monkeypatch):
    markups = []
    monkeypatch.setattr(run_module, "_display", markups.append)
    run = start("toy", 2024, "out")
    run.show(run.edition.sources, name="sources", title=run.status)
    assert "<th tabindex=0 scope=col>" in markups[-1] and markups[-1].count("<script>") == 1
    for module in (jupyter, interactive):
        monkeypatch.setattr(module, "by_hand", lambda: False)
    run.show(run.edition.sources, name="sources", title=run.status)
    assert "<script" not in markups[-1] and "tabindex" not in markups[-1]


@pytest.mark.parametrize(
    ("kernel", "environment", "hand"),
    [(True, {}, True), (False, {}, False), (True, {"GOVTRANSPARENCY_REPORT": "1"}, False)],
)
def test_by_hand_is_in_a_kernel_that_makes_no_report(monkeypatch, kernel, environment, hand):
    monkeypatch.delenv("GOVTRANSPARENCY_REPORT", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    shell = SimpleNamespace(kernel=object()) if kernel else None
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    assert jupyter.by_hand() is hand
    assert "GOVTRANSPARENCY_REPORT" in FIXED


def test_in_the_run_of_a_report_there_is_nothing_of_it(toy_root, tmp_path):
    home, target = toy_root.parents[1], tmp_path / "executed.ipynb"
    write_notebook(home / "by_hand.ipynb")
    kernels = Kernels(tmp_path / "private", at_a_time=1)
    execute(home / "by_hand.ipynb", target, {}, folder=home, kernels=kernels)
    first, loop, sliders = (cell["outputs"] for cell in json.loads(target.read_text(encoding="utf-8"))["cells"])
    assert first == [] and sliders == []
    (table,) = loop
    markup = "".join(table["data"]["text/html"])
    assert "<table" in markup and "<script" not in markup and "tabindex" not in markup


def test_importing_the_report_costs_no_widgets():
    code = "import sys, govtransparency.report; print(*(name.split('.')[0] for name in sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "govtransparency" in loaded and not {"ipywidgets", "tqdm", "IPython"} & set(loaded)


@contextmanager
def jupyterlab(folder: Path, private: Path):
    """Serve a folder on this machine's own address, with none of the user's settings; yield where."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "GOVTRANS"))}
    kinds = ("CONFIG_DIR", "RUNTIME_DIR", "DATA_DIR")
    environment |= {f"JUPYTER_{kind}": str(private / kind.lower()) for kind in kinds}
    environment |= {f"JUPYTERLAB_{kind}": str(private / kind.lower()) for kind in ("SETTINGS_DIR", "WORKSPACES_DIR")}
    environment |= {"IPYTHONDIR": str(private / "ipython"), "PYTHONPATH": str(ROOT), "JUPYTER_PREFER_ENV_PATH": "1"}
    options = ["--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=0", f"--ServerApp.root_dir={folder}"]
    private.mkdir()
    with (private / "log").open("w") as log:
        command = [sys.executable, "-m", "jupyterlab", *options]
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
    try:
        place = private / "runtime_dir" / f"jpserver-{server.pid}.json"
        for _ in range(600):
            if place.exists() or server.poll() is not None:
                break
            time.sleep(0.1)
        assert place.exists(), (private / "log").read_text()
        where = json.loads(place.read_text(encoding="utf-8"))
        yield f"{where['url']}lab/tree/{{}}?token={where['token']}"
    finally:
        server.terminate()
        server.wait(60)


@pytest.mark.browser
def test_in_jupyterlab_a_slider_moves_the_ranking_and_a_click_sorts_a_table(browser, toy_root, tmp_path):
    home = toy_root.parents[1]
    write_notebook(home / "by_hand.ipynb")
    with jupyterlab(home, tmp_path / "private") as address:
        page = browser.new_page(viewport={"width": 1280, "height": 1400})
        page.set_default_timeout(60_000)
        page.goto(address.format("by_hand.ipynb"))
        page.get_by_text("(ipykernel) | Idle").wait_for()
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Cells", exact=True).click()
        ranking = page.locator(".widget-html .exhibit table")
        ranking.wait_for()
        assert page.locator(".widget-hprogress").count() == 1, "a bar over the groups"

        edition = read_edition("toy", 2024, root=toy_root)
        run = run_module.Run(edition, tmp_path, "by_hand")
        rows = "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
        before = ranking.locator("tbody tr").evaluate_all(rows)
        assert {row[0]: (row[1], row[4]) for row in before} == expected(run, "city", {})
        handle = page.locator(".widget-slider .noUi-handle").first
        handle.focus()
        handle.press("Home")
        page.locator(".widget-label", has_text="100.0%").wait_for()
        page.wait_for_function("text => !document.body.innerText.includes(text)", arg="ranking is 1.000")
        after = ranking.locator("tbody tr").evaluate_all(rows)
        assert {row[0]: (row[1], row[4]) for row in after} == expected(run, "city", {"open": 0})

        ranking.locator("thead th").nth(2).click()
        assert [row[2] for row in ranking.locator("tbody tr").evaluate_all(rows)] == sorted(row[2] for row in after)
        scores = page.locator("figure.exhibit table")
        scores.locator("thead th").nth(1).press("Enter")
        found = [float(row[1]) for row in scores.locator("tbody tr").evaluate_all(rows)]
        assert found == sorted(found), "Enter sorts as a click does"
        assert page.locator(".jp-mod-editMode").count() == 0, "and does not open the cell"
        page.close()
