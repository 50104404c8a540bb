"""The drawing of waves laid over one another: thresholds, lines in dash patterns, their names."""

from dataclasses import dataclass

from components import formats
from components.charts import hydrograph_layers_svg as layers
from components.charts import labels, svg
from components.charts.frame import Frame
from components.charts.hydrograph_frame import Variant
from components.charts.level_lines import LABEL_HEIGHT, threshold_lines, value_axis
from components.charts.svg import Svg
from components.charts.thinning import runs, thin
from components.charts.waves_frame import (
    BY_PEAK,
    ZERO,
    Picture,
    WaveLine,
    frame_of,
    hour_ticks,
)
from components.gauge_event_words import peak_words

STYLES = ("series", "series-2", "series-3", "series-4")
"""Solid, dashed, dotted, dash and dot: told apart without colour."""
RUNNING = "series-now"
HALF_SIGN = 3.6
"""Half the width of a bold sign in drawing units (estimate): names stay inside the picture."""
ABOVE = 10.0
"""How far above its peak a name stands, in drawing units."""
ZERO_WORDS = {BY_PEAK: "Scheitel"}
FIRST_CROSSING = "erste Überschreitung"


@dataclass(frozen=True, slots=True)
class _Name:
    """Words at a peak (x, y): where their middle lies, half their width, all in drawing units."""

    words: str
    x: float
    y: float
    at: float
    half: float
    is_bold: bool


def style_of(index: int, line: WaveLine) -> str:
    """Return the class of a line: the running wave is solid and bold."""
    return f"{STYLES[index]} {RUNNING}" if line.figures.wave.is_ongoing else STYLES[index]


def waves_svg(picture: Picture, variant: Variant, about: str) -> Svg:
    """Draw the whole picture in one variant."""
    frame, unit = frame_of(picture, variant), picture.gauge.unit
    parts = [
        *value_axis(frame, variant, unit),
        *_hours(frame, variant),
        *layers.events(frame, picture.context, unit),
        *threshold_lines(frame, variant, picture.gauge.thresholds, unit),
        *_zero(frame, picture),
        *_lines(frame, picture),
        *_names(frame, picture, variant),
    ]
    title = f"Wellen im Vergleich, {picture.gauge.name}"
    size = (variant.width, variant.height)
    return svg.document(size, title, about, parts, f"waves-{variant.key}")


def _hours(frame: Frame, variant: Variant) -> list[Svg]:
    parts = [svg.line(frame.left, frame.bottom, frame.right, frame.bottom, "axis-line")]
    for at, word in hour_ticks(frame, variant.ticks_x):
        x = frame.x(at)
        parts.append(svg.line(x, frame.bottom, x, frame.bottom + 5, "axis-line"))
        if frame.left + 14 <= x <= frame.right - 4:
            parts.append(svg.text(x, frame.bottom + 20, word, "t-mid"))
    return parts


def _zero(frame: Frame, picture: Picture) -> list[Svg]:
    x = frame.x(ZERO)
    words = ZERO_WORDS.get(picture.alignment, FIRST_CROSSING)
    return [
        svg.line(x, frame.top - 6, x, frame.bottom, "zero-line"),
        svg.text(x + 5, frame.top - 10, words, "t-small"),
    ]


def _lines(frame: Frame, picture: Picture) -> list[Svg]:
    """Draw each line, the first one last: nothing lies over the running wave."""
    parts: list[Svg] = []
    for index, line in reversed(list(enumerate(picture.lines))):
        step = line.figures.longest_step.total_seconds()
        shown = [point for point in line.points if frame.holds(point.at)]
        for run in runs(thin(shown, int(frame.right - frame.left)), step):
            way = [(frame.x(point.at), frame.y(point.value or 0.0)) for point in run]
            parts.append(svg.path(way, style_of(index, line)))
        x, y = frame.x(line.peak_at), frame.y(line.figures.wave.peak)
        parts.append(svg.element("circle", cx=x, cy=y, r=4, class_="wave-peak"))
    return parts


def _names(frame: Frame, picture: Picture, variant: Variant) -> list[Svg]:
    """Write letter, name and peak of each wave beside its peak, apart from one another.

    On a phone the letter alone stands there; the key above the picture has the names.
    """
    parts = []
    for cluster in _clusters([_name(frame, line, picture, variant) for line in picture.lines]):
        wanted = [name.y - ABOVE for name in cluster]
        placed = labels.spread(wanted, LABEL_HEIGHT, frame.top + 8, frame.bottom - 8)
        for name, label_y in zip(cluster, placed, strict=True):
            if abs(label_y - (name.y - ABOVE)) > LABEL_HEIGHT:
                parts.append(svg.path([(name.x, name.y), (name.at, label_y)], "leader"))
            weight = " t-strong" if name.is_bold else ""
            class_ = f"wave-text{weight} t-mid t-halo"
            parts.append(svg.text(name.at, label_y, name.words, class_))
    return parts


def _name(frame: Frame, line: WaveLine, picture: Picture, variant: Variant) -> _Name:
    words = line.letter if variant.inside else _name_words(line, picture.gauge.unit)
    half = len(words) * HALF_SIGN
    x, y = frame.x(line.peak_at), frame.y(line.figures.wave.peak)
    at = min(max(x, frame.left + half), frame.right - half)
    return _Name(words, x, y, at, half, line.figures.wave.is_ongoing or variant.inside)


def _clusters(names: list[_Name]) -> list[list[_Name]]:
    """Return the names in groups that lie side by side: only within one can they collide."""
    found: list[list[_Name]] = []
    for name in sorted(names, key=lambda name: name.at - name.half):
        end = max((other.at + other.half for other in found[-1]), default=0.0) if found else 0.0
        if found and name.at - name.half < end:
            found[-1].append(name)
        else:
            found.append([name])
    return found


def _name_words(line: WaveLine, unit: str) -> str:
    words = f"{line.letter} {line.name}: {peak_words(line.figures, unit)}"
    return words.replace(formats.NBSP, " ")
