"""docs/finding_a_rule.md, followed word for word in an empty folder: its commands, its files and its figures."""

import doctest
import hashlib
import re
import shlex
import subprocess
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import govtransparency as gt
from govtransparency import cli
from govtransparency.ranking import round_scores

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "finding_a_rule.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"(?:^`(?P<file>[^`\n]+)`:\n\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
HASH = re.search(r"[0-9a-f]{64}", PAGE)[0]


@pytest.fixture
def follow(tmp_path, monkeypatch, capsys):
    """Return a function: the page to what its examples defined, after everything on it was done in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def done(page: str, *, examples: bool = True) -> dict:
        scope: dict = {}
        for block in BLOCK.finditer(page):
            kind, text = block["kind"], block["text"]
            if kind == "sh":
                run(text)
            elif kind == "python" and examples:
                run_examples(text, scope)
            elif kind in ("toml", "text"):
                Path(block["file"]).write_text(text, encoding="utf-8")
        return scope

    def run(text: str) -> None:
        """Run the commands; a line of a comment is what the one before it says."""
        for line in text.splitlines():
            if line.startswith("# "):
                assert line.removeprefix("# ") in capsys.readouterr().out.splitlines(), line
            elif line.startswith("govtransparency "):
                assert cli.main(shlex.split(line)[1:]) == 0, line
            else:
                subprocess.run(shlex.split(line), check=True)

    return done


def run_examples(text: str, scope: dict) -> None:
    """Run the examples of a block, with what those before it have defined."""
    found = doctest.DocTestParser().get_doctest(text, {}, "finding_a_rule.md", None, 0)
    found.globs = scope
    said: list[str] = []
    outcome = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(
        found, out=said.append, clear_globs=False
    )
    assert outcome.failed == 0, "".join(said)


def exact() -> tuple[int, int]:
    """Return how many official ranks the edition in the working folder gives, and how many there are."""
    (listed,) = gt.list_editions().itertuples(index=False)
    edition = gt.read_edition(listed.index, listed.year)
    ranks = edition.index_of("all").ranks
    return int((ranks == edition.official["rank"]).sum()), len(edition.official)


def test_the_page_gives_all_ranks_of_the_real_file(shared, follow, tmp_path):
    original = (shared / "upstream" / "egdi" / "egdi-2018.csv").read_bytes()
    (tmp_path / "egdi-2018.csv").write_bytes(original)
    scope = follow(PAGE)
    assert scope["exact"]() == 193
    assert exact() == (193, 193)
    assert (tmp_path / "data" / "external" / "egov" / "egdi-2018.csv").read_bytes() == original
    kept = sorted(path.relative_to(tmp_path / "data" / "raw").as_posix() for path in tmp_path.rglob("raw/**/*.*"))
    assert kept == [f"egov/2018/{name}" for name in ("edition.toml", "framework.csv", "sources.csv", "units.csv")] + [
        "egov/originals.toml"
    ]


def test_the_years_of_zeros_are_as_the_page_says(shared):
    def of_zero(year: int) -> pd.DataFrame:
        file = pd.read_csv(shared / "upstream" / "egdi" / f"egdi-{year}.csv")
        return file.loc[file["e-gov-index"] == 0, ["osi", "hci", "tii"]]

    assert [len(of_zero(year)) for year in (2010, 2012, 2014, 2016, 2018)] == [9, 3, 0, 0, 0]
    assert of_zero(2010).isna().any(axis=1).all()
    assert (of_zero(2012)["osi"] == 0).all()


@pytest.mark.parametrize(("decimals", "weights"), [(4, (1, 1, 1)), (2, (1, 1, 1)), (3, (2, 1, 5))])
def test_the_page_holds_for_any_file_of_the_kind(follow, tmp_path, decimals, weights):
    rng = np.random.default_rng(decimals)
    parts = pd.DataFrame(rng.random((40, 3)).round(4), columns=["osi", "hci", "tii"])
    mean = parts @ weights / sum(weights)
    ranks = gt.rank(mean, gt.RankRule(decimals=decimals))
    file = pd.DataFrame(
        {
            "country-code": [f"c{number:02}" for number in range(40)],
            "country-name": [f"Country {number:02}" for number in range(40)],
            "e-gov-rank": ranks,
            "e-gov-index": round_scores(mean, decimals=decimals),
            "e-pat-index": rng.random(40).round(4),
        }
    ).join(parts)
    path = tmp_path / "egdi-2018.csv"
    file.to_csv(path, index=False)
    (found, *_) = gt.find_rank_rule(mean, ranks).rules
    assert found.decimals <= decimals
    page = PAGE.replace(HASH, hashlib.sha256(path.read_bytes()).hexdigest()).replace("size = 193", "size = 40")
    page = page.replace("decimals = 4", f'decimals = {found.decimals}, rounding = "{found.rounding}"')
    solved, *_ = np.linalg.lstsq(parts, mean, rcond=None)
    for code, weight in zip(parts, solved, strict=True):
        page = re.sub(rf"^({code},index,[^,]*,[^,]*),1,", rf"\g<1>,{weight:.6f},", page, flags=re.MULTILINE)
    follow(page, examples=False)
    assert exact() == (40, 40)
