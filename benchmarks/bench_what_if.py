"""One move of a slider of the what-if page in Chromium: from the event through scores, ranks and rows to the layout.

Run: ``python benchmarks/bench_what_if.py``. Medians of 40 moves on 60 indicators in six pillars; beside them
`rescore` with ranks, what Python takes for the same numbers.
"""

import os
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from statistics import median

import numpy as np
import pandas as pd
from playwright.sync_api import sync_playwright

from govtransparency import Framework, Node, Recipe, build_index, read_edition, rescore
from govtransparency.report.render.what_if import write_what_if

MOVE = """() => new Promise((done) => {
  const input = document.querySelector("#sliders input");
  let start = 0;
  requestAnimationFrame(() => { start = performance.now(); });
  input.value = (Number(input.value) + 17) % 100 + 1;
  input.dispatchEvent(new Event("input"));
  requestAnimationFrame(() => { document.body.offsetHeight; done(performance.now() - start); });
})"""

ARITHMETIC = """async () => {
  const data = await unpacked(document.getElementById("data").textContent), weights = {};
  for (const node of data.nodes) weights[node.code] = node.weight;
  const start = performance.now();
  for (let move = 1; move <= 60; move++) {
    weights.p0 = move;
    core.ranks(core.nodes(data, data.groups[0], weights), data.rule);
  }
  return (performance.now() - start) / 60;
}"""


def made_up(units):
    """Return an edition of units without real names."""
    pillars = [f"p{place}" for place in range(6)]
    codes = [f"i{place:02d}" for place in range(60)]
    nodes = [Node(code, "index", name_en=code, name_zh=code) for code in pillars]
    leaves = [
        Node(code, pillars[place % 6], name_en=code, name_zh=code, worst=0, best=1) for place, code in enumerate(codes)
    ]
    tree = Framework([Node("index", ""), *nodes, *leaves])
    names = [f"u{place:04d}" for place in range(units)]
    table = pd.DataFrame(np.random.default_rng(0).uniform(size=(units, 60)), index=names, columns=codes)
    about = pd.DataFrame({"group": "group", "name_en": names, "name_zh": names}, index=names)
    edition = read_edition("cgti", 2024)
    groups = {"group": {"en": "made up", "zh": "虚构"}}
    return replace(edition, framework=tree, recipe=Recipe(tree), tables={"group": table}, units=about, groups=groups)


def main():
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        place = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=place, args=["--no-sandbox", "--disable-gpu"])
        for units in (31, 300, 3000):
            edition = made_up(units)
            start = time.perf_counter()
            write_what_if(Path(folder), edition)
            wrote = time.perf_counter() - start
            page = browser.new_page()
            page.goto((Path(folder) / "what-if.html").as_uri())
            page.locator("#old").wait_for(state="hidden")
            moves = median(page.evaluate(MOVE) for _ in range(40))
            numbers = median(page.evaluate(ARITHMETIC) for _ in range(5))
            index = build_index(edition.tables["group"], edition.recipe)
            python = []
            for move in range(40):
                start = time.perf_counter()
                _ = rescore(index, {"p0": 1 + move}).ranks
                python.append(1000 * (time.perf_counter() - start))
            size = (Path(folder) / "what-if.html").stat().st_size / 1000
            print(
                f"{units:5d} units: a move {moves:6.1f} ms, of it scores and ranks {numbers:.2f} ms; "
                f"rescore and ranks {median(python):6.2f} ms; "
                f"page {size:,.0f} kB, written in {wrote:.1f} s"
            )
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
