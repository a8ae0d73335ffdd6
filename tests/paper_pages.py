"""What a PDF looks like: how empty its pages are at the foot, how small its letters and those of its figures."""

import re
import subprocess
import zlib

import numpy as np
from conftest import needed

ROOM = (18 / 2.54 * 72, 22.8 / 2.54 * 72)  # points: the width and height that a page gives a figure
HEAD, FOOT = 0.08, 0.935  # of a page: between its header and its footer


def emptiness(path, folder):
    """Return which share of each page, between header and footer, is empty below its last mark."""
    program = needed("pdftoppm", "the pages of a PDF cannot be seen")
    subprocess.run([program, "-r", "30", "-gray", path, folder / path.stem], check=True, capture_output=True)
    shares = []
    for image in sorted(folder.glob(f"{path.stem}-*.pgm")):
        _, size, _, pixels = image.read_bytes().split(b"\n", 3)
        width, height = map(int, size.split())
        page = np.frombuffer(pixels, dtype=np.uint8).reshape(height, width)
        body = page[int(height * HEAD) : int(height * FOOT)]
        marked = np.flatnonzero((body < 230).any(axis=1))
        shares.append(1 - marked.max(initial=0) / len(body))
        image.unlink()
    return shares


def smallest_letters(path):
    """Return the least size in points of the text of a PDF; figures have outlines in its place."""
    streams = re.findall(rb"stream\r?\n(.*?)endstream", path.read_bytes(), re.DOTALL)
    content = b"\n".join(map(_unpacked, streams))
    return min(float(size) for size in re.findall(rb"/\S+ ([\d.]+) Tf", content))


def _unpacked(stream):
    try:
        return zlib.decompressobj().decompress(stream)
    except zlib.error:
        return b""


def smallest_in_figure(drawn):
    """Return the least size in points of the letters of a figure, an SVG of outlines, where a page shows it."""
    width, height = (float(re.search(rf'<svg [^>]*?{side}="([\d.]+)pt', drawn)[1]) for side in ("width", "height"))
    sizes = [100 * float(scale) for scale in re.findall(r'scale\(([\d.]+) -[\d.]+\)"', drawn)]  # of outlines
    sizes += [float(size) for size in re.findall(r'font[^;"]*?([\d.]+)px', drawn)]
    return min(sizes) * min(1.0, ROOM[0] / width, ROOM[1] / height)


def is_readable_on_paper(folder, *, most=16):
    """Check every PDF of a report: no page more than 40 % empty but a last one, no type under 7 points."""
    papers = sorted(folder.glob("*.pdf"))
    assert papers != []
    for path in papers:
        assert smallest_letters(path) >= 7, path.name
        shares = emptiness(path, folder)
        assert [round(share, 2) for share in shares[:-1] if share > 0.4] == [], path.name
        assert len(shares) <= most or path.name.startswith("annex"), path.name
    figures = {file.name: smallest_in_figure(file.read_text(encoding="utf-8")) for file in folder.glob("figures/*.svg")}
    assert {name: size for name, size in figures.items() if size < 6.995} == {}
