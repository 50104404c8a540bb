"""Hydraulics of a section."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.flood.routing.section import Section
from services.flood.routing.todini import curves

COMPOUND = Section(12.0, 1.0, 0.05, 0.006, 1.5, 60.0, 0.1)
DEPTHS = np.linspace(0.0, 4.0, 401)


def test_a_wide_channel_follows_the_power_law():
    section = Section(12.0, 0.0, 0.045, 0.006)
    alpha = 0.006**0.5 / (0.045 * 12.0 ** (2 / 3))
    area = section.area(DEPTHS)
    assert section.discharge(DEPTHS) == pytest.approx(alpha * area ** (5 / 3))
    speed = section.celerity(DEPTHS[1:])
    assert speed == pytest.approx(5 / 3 * section.discharge(DEPTHS[1:]) / area[1:])


def test_a_trapezoid_has_its_textbook_values():
    """b = 3 m, banks 1:2, h = 1.5 m: A = 9 m², P = 9.708 m (Chow et al. 1988, table 5.1.1)."""
    section = Section(3.0, 2.0, 0.03, 0.001)
    depth = np.array([1.5])
    assert section.area(depth) == pytest.approx(9.0)
    assert section.top_width(depth) == pytest.approx(9.0)
    expected = 9.0 * (9.0 / (3.0 + 3.0 * 5**0.5)) ** (2 / 3) * 0.001**0.5 / 0.03
    assert section.discharge(depth) == pytest.approx(expected)


def test_area_and_flow_rise_together_through_bankfull():
    assert np.all(np.diff(COMPOUND.area(DEPTHS)) > 0.0)
    assert np.all(np.diff(COMPOUND.discharge(DEPTHS)) > 0.0)


def test_the_wave_slows_at_bankfull_and_recovers():
    below, above, high = COMPOUND.celerity(np.array([1.499, 1.501, 4.0]))
    assert above < below / 3.0
    assert high > above


@pytest.mark.parametrize("section", [COMPOUND, Section(3.0, 2.0, 0.03, 0.001)])
def test_the_celerity_is_the_slope_of_flow_over_area(section: Section):
    depth = np.array([0.3, 0.9, 1.4, 1.6, 3.0])
    slope = (section.discharge(depth + 1e-6) - section.discharge(depth - 1e-6)) / (
        section.area(depth + 1e-6) - section.area(depth - 1e-6)
    )
    assert section.celerity(depth) == pytest.approx(slope, rel=1e-4)


@given(st.floats(0.0, 5000.0))
def test_the_depth_carries_its_discharge(flow: float):
    depth = COMPOUND.depth(np.array([flow]))
    assert COMPOUND.discharge(depth)[0] == pytest.approx(flow, rel=1e-9, abs=1e-12)


def test_the_table_of_a_section_is_close_to_it():
    shape = curves(Section(12.0, 1.0, 0.06, 0.008), 60.0)
    flow = np.linspace(1.0, 80.0, 97)
    section = Section(12.0, 1.0, 0.06, 0.008)
    knots = (np.arange(shape.area.size) / shape.per_root) ** 2
    assert np.interp(flow, knots, shape.area) == pytest.approx(
        section.area(section.depth(flow)), rel=2e-6
    )
