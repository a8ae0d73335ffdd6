"""The PNG and PDF of a figure show what matplotlib would draw; the PDF's texts can be selected."""

import io
import subprocess

import numpy as np
import pandas as pd
import pytest
from conftest import needed
from PIL import Image

from govtransparency.plot import figures, simulated_look, theme
from govtransparency.report.render import svg
from govtransparency.report.render.typst_paper import picture
from govtransparency.texts.bilingual import Text

NAMES = {name: Text(f"指标{name}", f"indicator {name}") for name in "abcdef"}


@pytest.fixture(scope="module", params=[False, True], ids=["real", "simulated"])
def drawing(request):
    values = np.random.default_rng(1).uniform(size=(40, 6))
    correlations = pd.DataFrame(values, columns=[*NAMES]).corr()
    drawing = figures.correlation_map({Text("市级", "Cities"): correlations}, NAMES)
    if request.param:
        simulated_look.in_grey(drawing)
        drawing.simulated = True
    drawing.settle()
    drawing.speak("zh")
    return drawing


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("L"), dtype=float)


def test_png_shows_what_matplotlib_draws(drawing):
    drawn = pixels(picture(svg.svg(drawing, text=True), drawing.get_figwidth(), "png"))
    same = pixels(theme.png(drawing))
    assert drawn.shape == same.shape
    assert abs(drawn - same).mean() < 2 and abs(drawn.mean() - same.mean()) < 0.5  # of 255: edges, no area


def test_pdf_has_the_texts_and_the_same_bytes_each_time(drawing, tmp_path):
    given = svg.svg(drawing, text=True), drawing.get_figwidth(), "pdf"
    (tmp_path / "figure.pdf").write_bytes(picture(*given))
    assert (tmp_path / "figure.pdf").read_bytes() == picture(*given)
    program = needed("pdftotext", "the text of the PDF cannot be read")
    done = subprocess.run([program, tmp_path / "figure.pdf", "-"], capture_output=True, text=True, check=True)
    assert "指标c" in done.stdout
