"""What stands in place of a page or a form that the visitor has no right to."""

from dash import html
from dash.development.base_component import Component

from components import urls
from components.attributes import attributes
from components.links import page_link
from components.panel import notice
from services.people.identity import current, may
from services.people.model import RIGHT_WORDS, Right

UNCHECKED = (
    "Die Anmeldung lässt sich gerade nicht prüfen: Die Datenbank antwortet nicht. Diese Seite lädt"
    " sich von selbst neu, sobald sie es wieder tut."
)


def sign_in_hint(name: str, right: Right, path: str) -> Component:
    """Name the page and what it needs, with the way there; nothing of its content."""
    who = current()
    head = html.Div(html.H1(name), className="intro")
    if who.is_unchecked:
        return html.Div([head, notice(_unchecked(), "warn")], className="page")
    needed = f"Diese Seite ist für Konten mit dem Recht „{RIGHT_WORDS[right]}“."
    if who.is_signed_in and not who.is_confirmed:
        way = html.P([f"{needed} Es fehlt der zweite Faktor: ", page_link("Konto", urls.ACCOUNT)])
    elif who.is_signed_in:
        way = html.P(f"{needed} Das Konto „{who.name}“ hat es nicht.")
    else:
        way = html.P([f"{needed} ", _sign_in(path)])
    return html.Div([head, notice(way, "warn")], className="page")


def for_right(right: Right, form: Component, path: str) -> Component:
    """Show a form to who may use it, everybody else one line that says how to get there.

    Its controls stay in the page, hidden: callbacks of the page know their ids. What they ask for
    is refused by the service. `path` is where one comes back to after signing in.
    """
    if may(right):
        line = html.P(f"Wird als {current().actor} festgehalten.", className="muted small")
        return html.Div([line, form], className="stack")
    return html.Div([_line(right, path), html.Div(form, hidden=True)])


def _line(right: Right, path: str) -> Component:
    who = current()
    if who.is_unchecked:
        words: list[str | Component] = [_unchecked()]
    elif who.is_wall:
        words = ["Diese Wandanzeige zeigt nur und trägt nichts ein."]
    elif who.is_signed_in and not who.is_confirmed:
        words = ["Hier fehlt noch der zweite Faktor: ", page_link("Konto", urls.ACCOUNT)]
    elif who.is_signed_in:
        needed = RIGHT_WORDS[right].split(":", 1)[0]
        words = [f"Das Konto „{who.name}“ darf das nicht; nötig ist das Recht „{needed}“."]
    else:
        words = ["Dafür ist eine Anmeldung nötig: ", _sign_in(path)]
    return html.P(words, className="muted")


def _unchecked() -> Component:
    """Say why nobody is known; the script of the shell loads the page when the server answers."""
    return html.Span(UNCHECKED, **attributes(data_reload=""))


def _sign_in(path: str) -> Component:
    return page_link("Anmelden", urls.sign_in_url(path))
