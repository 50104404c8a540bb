"""The frame around every page."""

from collections.abc import Sequence

import dash
from dash import ClientsideFunction, Input, Output, clientside_callback, dcc, html
from dash.development.base_component import Component

from components.shell import ids
from components.shell.banner import clock_anchor, drill_banner, drill_mark, simulation_banner
from components.shell.footer import footer
from components.shell.header import NavigationEntry, header
from components.shell.poll import poll, stale_banner
from components.shell.run_strip import run_strip
from components.shell.toast import toast
from services.site import SiteInfo
from services.situation.model import ClockView

MARKED = "shell-marked"


def frame(
    site: SiteInfo,
    clock: ClockView | None,
    entries: Sequence[NavigationEntry],
    person: str = "",
    remark: str = "",
) -> Component:
    """Build the shell: skip link, banners, header, the page, footer, live region."""
    return html.Div(
        [
            html.A("Zum Inhalt springen", href=f"#{ids.MAIN}", className="skip-link"),
            stale_banner(),
            drill_banner(clock, remark) if site.is_drill else simulation_banner(clock),
            clock_anchor(clock) if clock else html.Div(id=ids.CLOCK, hidden=True),
            header(site.title, entries, person),
            html.Main(
                html.Div(dash.page_container, className="shell__inner"),
                id=ids.MAIN,
                className="shell__main",
                tabIndex=-1,
            ),
            footer(site),
            html.Div(id=ids.ANNOUNCER, className="sr-only", role="status"),
            toast(),
            dcc.Location(id=ids.LOCATION, refresh="callback-nav"),
            dcc.Store(id=MARKED),
            *poll(),
            *run_strip(),
            *([drill_mark()] if site.is_drill else []),
        ],
        className="shell",
    )


clientside_callback(
    ClientsideFunction("shell", "markPage"),
    Output(MARKED, "data"),
    Input(ids.PAGES_LOCATION, "pathname"),
)
