"""The key q on a list of alarms: what it acknowledges is seen, a closed group is left alone."""

from pathlib import Path

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
ROOT = Path(__file__).parents[2]
SCRIPT = (ROOT / "assets/js/cockpit/50-alarms.js").read_text()
STYLE = (ROOT / "assets/css/84-operations.css").read_text()


def row(name, button="data-acknowledge"):
    act = f"<button {button} onclick=\"done.push('{name}')\">x <kbd>q</kbd></button>"
    actions = f'<div class="actions">{act if button else ""}</div>'
    return f'<article class="alarm" tabindex="0" data-alarm="{name}">{name}{actions}</article>'


RIVER = (
    f"<div>{row('nette', 'data-acknowledge-river')}"
    f"<details><summary>Einzelne Orte</summary>{row('mayen')}</details></div>"
)
TALL = '<div style="height:3000px"></div>'


@pytest.fixture
def listed(browser):
    context = browser.new_context()
    page = context.new_page()

    def show(*parts):
        style = f"<style>{STYLE}</style><script>var done = []; {SCRIPT}</script>"
        page.set_content(f"{style}<main>{''.join(parts)}</main>")
        return page

    yield show
    context.close()


def done(page):
    return page.evaluate("done")


def focused(page):
    return page.evaluate("document.activeElement.dataset.alarm || ''")


def signed(page):
    page.evaluate("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    shown = "node => node.checkVisibility() ? node.closest('[data-alarm]').dataset.alarm : null"
    return page.evaluate(f"Array.from(document.querySelectorAll('kbd'), {shown}).filter(Boolean)")


def test_q_leaves_an_alarm_in_a_closed_group_and_chooses_its_river_first(listed):
    page = listed(RIVER, row("nitz"))
    assert signed(page) == ["nette"]
    page.keyboard.press("q")
    assert (done(page), focused(page)) == ([], "nette")
    page.keyboard.press("q")
    assert done(page) == ["nette"]


def test_q_without_a_choice_shows_the_first_that_waits_and_marks_it(listed):
    page = listed(TALL, row("taken", ""), row("nitz"), TALL)
    assert signed(page) == ["nitz"]
    page.keyboard.press("q")
    assert (done(page), focused(page)) == ([], "nitz")
    assert 0 < page.locator("[data-alarm=nitz]").bounding_box()["y"] < 720
    page.keyboard.press("q")
    assert done(page) == ["nitz"]


def test_q_acts_at_once_on_what_is_on_the_screen_and_never_on_a_row_that_is_left_out(listed):
    page = listed(f'<div style="visibility:hidden">{row("mayen")}</div>', row("nitz"))
    assert signed(page) == ["nitz"]
    page.keyboard.press("q")
    assert done(page) == ["nitz"]


def test_q_shows_a_chosen_alarm_that_was_scrolled_away_before_it_acts(listed):
    page = listed(row("nitz"), row("mayen"), TALL)
    page.locator("[data-alarm=mayen]").focus()
    page.evaluate("window.scrollTo(0, 2000)")
    page.keyboard.press("q")
    assert done(page) == []
    page.keyboard.press("q")
    assert done(page) == ["mayen"]


def test_the_sign_of_the_key_follows_the_choice_and_an_opened_group(listed):
    page = listed(row("nitz"), RIVER)
    assert signed(page) == ["nitz"]
    page.locator("summary").click()
    page.locator("[data-alarm=mayen]").focus()
    assert signed(page) == ["mayen"]
    page.keyboard.press("ArrowUp")
    assert signed(page) == ["nette"]
    page.keyboard.press("q")
    assert done(page) == ["nette"]  # chosen by a person: q asks no second time


def test_a_chosen_alarm_that_somebody_has_is_not_exchanged_for_another(listed):
    page = listed(row("taken", ""), row("nitz"))
    page.locator("[data-alarm=taken]").focus()
    page.keyboard.press("q")
    assert done(page) == []
