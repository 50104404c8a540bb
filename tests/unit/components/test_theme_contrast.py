"""The tokens of every theme: text and controls reach the contrast of WCAG AA."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[3] / "assets" / "css" / "00-tokens.css"
TEXT, CONTROL = 4.5, 3.0
PAIRS = (
    ("ink", "paper", TEXT),
    ("ink", "paper-2", TEXT),
    ("ink-2", "paper", TEXT),
    ("ink-2", "paper-2", TEXT),
    ("ink-3", "paper", TEXT),
    ("ink-3", "paper-2", TEXT),
    ("link", "paper", TEXT),
    ("link", "paper-2", TEXT),
    ("paper", "accent", TEXT),
    ("brand-ink", "brand", TEXT),
    ("brand-ink-2", "brand", TEXT),
    ("simulated-ink", "simulated", TEXT),
    ("paper", "alarm", TEXT),
    ("control", "paper", CONTROL),
    ("control", "paper-2", CONTROL),
    ("focus", "paper", CONTROL),
    ("focus", "paper-2", CONTROL),
    ("accent", "paper-3", CONTROL),
    ("map-label", "map-land", TEXT),
    ("map-label-2", "map-land", TEXT),
    ("map-label-2", "map-neighbour", TEXT),
    *[
        pair
        for state in ("ok", "voralarm", "warnung", "alarm", "unbekannt")
        for pair in (
            (state, "paper", TEXT),
            (state, f"{state}-bg", TEXT),
            ("ink", f"{state}-bg", TEXT),
            ("ink-2", f"{state}-bg", TEXT),
            (state, "map-land", CONTROL),
        )
    ],
)


def blocks():
    css = re.sub(r"/\*.*?\*/", "", TOKENS.read_text(encoding="utf-8"), flags=re.S)
    found = {}
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", css):
        names = dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{3,6})\b", body))
        for part in selector.split(","):
            found.setdefault(part.strip(), {}).update(names)
    return found


def tokens(theme):
    every = blocks()
    return {**every[":root"], **every.get(f'[data-theme="{theme}"]', {})}


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark", "projector", "wall"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_a_pair_of_colours_can_be_read(theme, front, back, least):
    found = tokens(theme)
    assert contrast(found[front], found[back]) >= least, (found[front], found[back])


def test_the_dark_themes_set_every_colour_that_the_light_one_has():
    every = blocks()
    assert set(every[":root"]) - set(every['[data-theme="dark"]']) == set()
