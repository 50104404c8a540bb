"""The footer: what the values are, who answers for this installation, the official service."""

from dash import html
from dash.development.base_component import Component

from components import urls
from components.links import outside_link, page_link
from services.site import SiteInfo


def footer(site: SiteInfo) -> Component:
    """Say on every page that this is no official warning and where that is."""
    words = html.Div(
        [
            html.P(
                [
                    html.Strong("Rohdaten, ungeprüft. Keine amtliche Warnung. "),
                    "Amtlich warnt: ",
                    outside_link(site.official_name, site.official_url),
                    ". Für Seitenbäche und Starkregen gibt es hier keine Aussage.",
                ]
            ),
            html.P(
                "Schwellenwerte an unseren Bächen sind kommunale Schwellenwerte;"
                " gesetzliche Meldestufen gibt es dort nicht.",
                className="muted",
            ),
        ],
        className="stack",
    )
    links = html.Div(
        [
            html.Ul(
                [
                    html.Li(page_link("Impressum", urls.IMPRINT)),
                    html.Li(page_link("Datenschutz", urls.PRIVACY)),
                ],
                className="footer__links",
            ),
            html.P(
                [html.Span(site.operator), html.Br(), f"Stand der Software: {site.build}"],
                className="muted footer__build",
            ),
        ],
        className="stack",
    )
    return html.Footer(
        html.Div([words, links], className="shell__inner footer__row"), className="footer"
    )
