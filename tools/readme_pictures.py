"""Draw the pictures of README.md and README.zh.md into docs/_static: `python -m tools.readme_pictures`."""

import sys
from collections.abc import Iterator
from pathlib import Path

import govtransparency as gt
from govtransparency.report.render.svg import svg

STATIC = Path(__file__).resolve().parent.parent / "docs" / "_static"
TITLES = {
    "ranks": {
        "en": "Technology Achievement Index 2001: ranks (dots) and 90% intervals (bars)",
        "zh": "技术成就指数2001：名次（点）与90%区间（横条）",
    },
    "weights": {
        "en": "Technology Achievement Index 2001: scores by the weight of human skills",
        "zh": "技术成就指数2001：“人的技能”权重变化时的得分",
    },
}


def pictures() -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each picture: of what the second example of the README computes."""
    edition = gt.read_edition("tai", 2001)
    table = edition.tables["country"]
    index = gt.build_index(table, edition.recipe)
    sources = [gt.weights_within(0.25), gt.without_one_indicator()]
    ensemble = gt.uncertainty_analysis(table, edition.recipe, sources, draws=10_000, rng=2024)
    for language in ("en", "zh"):
        drawn = {
            "ranks": gt.plot.ranks(ensemble, names=edition, title=TITLES["ranks"][language], language=language),
            "weights": gt.plot.weight_sensitivity(
                index, "skills", names=edition, title=TITLES["weights"][language], language=language
            ),
        }
        for name, axes in drawn.items():
            figure = axes.get_figure(root=True)
            assert figure is not None
            yield f"tai_{name}_{language}.svg", svg(figure, text=False, salt=name)


def main() -> int:
    """Write the pictures."""
    for name, text in pictures():
        (STATIC / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
