"""Rows of the wall are shown whole or not at all, and the line below counts what is left out."""

from pathlib import Path

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
ROOT = Path(__file__).parents[2]
SCRIPT = (ROOT / "assets/js/cockpit/57-wall-rows.js").read_text()
STYLE = (ROOT / "assets/css/86-wall.css").read_text()
ROW_PX, LINE_PX = 40, 30
FIXED = f"li {{ height: {ROW_PX}px }} .wall-more {{ height: {LINE_PX}px; margin: 0 }}"
SHOWN = """
() => Array.from(document.querySelectorAll('li'))
  .filter(row => row.checkVisibility({visibilityProperty: true})).length
"""


@pytest.fixture
def region(browser):
    context = browser.new_context()
    page = context.new_page()

    def show(height, rows, total):
        items = "<li>Zeile</li>" * rows
        more = '<p class="wall-more" data-one="weiterer"></p>'
        listed = f'<ul class="wall-list" data-total="{total}">{items}</ul>{more}'
        page.set_content(
            f"<style>{STYLE} {FIXED} ul {{ gap: 0 !important }}</style><script>{SCRIPT}</script>"
            f'<div style="height:{height}px; display:flex; flex-direction:column">{listed}</div>'
        )
        return page

    yield show
    context.close()


def seen(page):
    return page.evaluate(SHOWN), page.locator(".wall-more").text_content()


@pytest.mark.parametrize(
    ("height", "rows", "total", "expected"),
    [
        (3 * ROW_PX, 3, 3, (3, "")),
        (3 * ROW_PX - 5, 3, 3, (2, "und 1 weiterer")),
        (3 * ROW_PX, 3, 9, (2, "und 7 weitere")),
        (3 * ROW_PX + LINE_PX, 3, 9, (3, "und 6 weitere")),
        (ROW_PX, 2, 2, (0, "2 nicht gezeigt")),
    ],
)
def test_a_row_that_does_not_fit_is_left_out_and_counted(region, height, rows, total, expected):
    assert seen(region(height, rows, total)) == expected


def test_the_count_follows_the_size_of_the_region_and_new_rows(region):
    page = region(3 * ROW_PX, 3, 9)
    page.evaluate("height => { document.querySelector('div').style.height = height + 'px'; }", 400)
    page.evaluate("window.dispatchEvent(new Event('resize'))")
    assert seen(page) == (3, "und 6 weitere")
    page.evaluate("document.querySelector('ul').insertAdjacentHTML('beforeend', '<li>neu</li>')")
    assert seen(page) == (4, "und 5 weitere")


def test_an_age_that_grows_into_a_second_line_leaves_out_what_no_longer_fits(region):
    page = region(3 * ROW_PX, 3, 3)
    page.add_style_tag(content=f"li {{ height: auto; min-height: {ROW_PX}px; width: 60px }}")
    page.evaluate("document.querySelector('li').innerHTML = '<time>vor 59</time>'")
    assert seen(page) == (3, "")
    page.evaluate(
        "document.querySelector('time').textContent = 'vor 1 Std. ' + '10 Min. '.repeat(9)"
    )
    shown, more = seen(page)
    assert shown < 3
    assert more
