"""How a figure of simulated data looks: all that is drawn in grey and hatched, with its status inside the axes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.collections import Collection, LineCollection
from matplotlib.colors import LinearSegmentedColormap, ListedColormap, to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from govtransparency.plot import theme
from govtransparency.texts.bilingual import width_of
from govtransparency.texts.status_words import SIGN

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.image import AxesImage

__all__ = ["PUBLISHED", "in_grey", "sign"]


PUBLISHED = "published"  # the gid of marks that a published fact gives
GREYS = (theme.INK, theme.MUTED, theme.SERIES[-1], theme.GRID)
STRIPES: tuple[Any, ...] = (0, (0.22, 0.22))  # of a thick line, in its own widths
THICK = 1.2  # points: lines of a collection that are bars
BAR = 4.0  # points: a single line that is one
LIGHT = np.array([0.299, 0.587, 0.114])  # of red, green and blue
APART = 2.1  # inches between two signs, so that any cut-out has one
LARGEST, SMALLEST = 15.0, 7.0  # points


def in_grey(drawing: Figure) -> None:
    """Turn all that is drawn grey and hatch its areas; marks with the gid `PUBLISHED` stay as they are."""
    panels = [axes for axes in drawing.axes if not _is_scale(axes)]
    for axes in panels:
        for image in axes.images:
            _turn_image(image)
        for artist in (*axes.lines, *axes.patches, *axes.collections):
            _turn(artist)
        for text in axes.texts:
            if text.get_color() not in (theme.PAPER, theme.INK):
                text.set_color(theme.MUTED)
        if axes.images:
            whole = Rectangle((0, 0), 1, 1, transform=axes.transAxes, facecolor="none", linewidth=0)
            whole.set(hatch="///", edgecolor=(*to_rgba(theme.PAPER)[:3], 0.3))  # `alpha` would count twice in SVG
            axes.add_patch(whole)
    with_images = any(axes.images for axes in panels)
    for handle in (handle for legend in drawing.legends for handle in legend.legend_handles if handle is not None):
        if isinstance(handle, Patch) and with_images:  # a colour of an image
            light = float(np.dot(to_rgba(handle.get_facecolor())[:3], LIGHT))
            handle.set(facecolor=(light, light, light), edgecolor=theme.MUTED)
        else:
            _turn(handle)


def sign(drawing: Figure) -> None:
    """Write the status of the data inside the axes, again and again where they are high; after the layout."""
    for axes in drawing.axes:
        if _is_scale(axes):
            continue
        place = axes.get_position()
        width, height = place.width * drawing.get_figwidth(), place.height * drawing.get_figheight()
        size = max(SMALLEST, min(LARGEST, 0.8 * width * 72 / width_of(SIGN), 0.4 * height * 72))
        times = max(1, round(height / APART))
        for time in range(times):
            axes.text(
                0.5, (time + 0.5) / times, SIGN, transform=axes.transAxes, ha="center", va="center", fontsize=size,
                fontweight="bold", color=theme.MUTED, alpha=0.3, zorder=9 if axes.images else 0.9,
            ).set_in_layout(False)  # fmt: skip


def _is_scale(axes: Axes) -> bool:
    """Return whether the axes are the bar that explains colours."""
    return hasattr(axes, "_colorbar")


def _turn_image(image: AxesImage) -> None:
    pixels = np.asarray(image.get_array())
    if pixels.ndim == 3:
        light = pixels[..., :3] @ LIGHT
        image.set_data(np.dstack([light, light, light, pixels[..., 3]]))
    else:
        image.set_cmap(_greys(image.get_cmap()))


def _turn(artist: Artist) -> None:
    if artist.get_gid() == PUBLISHED:
        return
    if isinstance(artist, Line2D):
        _turn_line(artist)
    elif isinstance(artist, LineCollection):
        artist.set_color([_grey(colour) for colour in artist.get_color()])  # type: ignore[arg-type]
        if max(artist.get_linewidth()) >= THICK:  # type: ignore[arg-type]
            artist.set_linestyle(STRIPES)
    elif isinstance(artist, Patch):
        _turn_patch(artist)
    elif isinstance(artist, Collection):
        artist.set_color([_grey(colour) for colour in artist.get_facecolor()])  # type: ignore[arg-type]


def _turn_line(line: Line2D) -> None:
    """Turn a line grey, and fill its marks by half: neither rings nor the marks of published places."""
    colour, hollow = _grey(line.get_color()), _grey(line.get_markerfacecolor()) == theme.PAPER
    marks = line.get_marker() in theme.MARKERS
    if marks and not hollow and line.get_linestyle() == "None":
        colour = theme.SERIES[-1]  # paler than a published place
    line.set(color=colour, markeredgecolor=colour)
    if not marks and line.get_linewidth() >= BAR:
        line.set_linestyle(STRIPES)
    if marks:
        line.set(markerfacecolor=theme.PAPER if hollow else colour, markerfacecoloralt=theme.PAPER)
        line.set_fillstyle("full" if hollow else "left")


def _turn_patch(patch: Patch) -> None:
    """Turn an area grey and hatch it, but not the bands behind what is drawn."""
    if to_rgba(patch.get_facecolor())[3] == 0 or patch.get_facecolor()[:3] == to_rgba(theme.GRID)[:3]:
        return
    colour = _grey(patch.get_facecolor())
    if colour == theme.PAPER:
        patch.set_edgecolor(_grey(patch.get_edgecolor()))
        return
    patch.set(facecolor=theme.PAPER, edgecolor=colour, linewidth=0.6)
    patch.set_hatch("////" + (patch.get_hatch() or ""))


def _grey(colour: Any) -> str:
    """Return the grey of the palette that is about as light, so that the drawing turns dark with its page."""
    light = float(np.dot(to_rgba(colour)[:3], LIGHT))
    if light > 0.97:
        return theme.PAPER
    return next((grey for grey, most in zip(GREYS, (0.22, 0.45, 0.79), strict=False) if light < most), GREYS[-1])


def _greys(colours: Any) -> Any:
    """Return the colour map without hues: evenly darker, the middle of one with two signs the lightest."""
    shades = []
    for number in range(32):
        *hue, alpha = colours(number) if isinstance(colours, ListedColormap) else colours(number / 31)
        light = float(np.dot(hue, LIGHT))
        shades.append((light, light, light, alpha))
    if isinstance(colours, ListedColormap):
        return ListedColormap(shades[: colours.N])
    return LinearSegmentedColormap.from_list("greys", shades)
