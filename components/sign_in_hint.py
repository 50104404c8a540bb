"""What stands in place of a page that the visitor has no right to."""

from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from components import urls
from components.links import page_link
from components.panel import notice
from services.people.identity import current
from services.people.model import RIGHT_WORDS, Right


def sign_in_hint(name: str, right: Right, path: str) -> Component:
    """Name the page and what it needs, with the way there; nothing of its content."""
    who = current()
    needed = f"Diese Seite ist für Konten mit dem Recht „{RIGHT_WORDS[right]}“."
    if who.is_signed_in and not who.is_confirmed:
        way = html.P([f"{needed} Es fehlt der zweite Faktor: ", page_link("Konto", urls.ACCOUNT)])
    elif who.is_signed_in:
        way = html.P(f"{needed} Das Konto „{who.name}“ hat es nicht.")
    else:
        address = f"{urls.SIGN_IN}?{urlencode({'weiter': path})}" if path else urls.SIGN_IN
        way = html.P([f"{needed} ", page_link("Anmelden", address)])
    head = html.Div(html.H1(name), className="intro")
    return html.Div([head, notice(way, "warn")], className="page")
