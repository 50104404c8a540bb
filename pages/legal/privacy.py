"""Datenschutz: what this program does with data of visitors, and the operator's own notice."""

from dash import html, register_page
from dash.development.base_component import Component

from pages.legal import _text as text
from services.container import services

register_page(
    __name__,
    path="/datenschutz",
    name="Datenschutz",
    title="Datenschutz",
    order=91,
    in_nav=False,
)
FACTS = (
    (
        "Wer nur liest, bekommt keine Cookies. Mit der Anmeldung setzt dieses Programm eines, das"
        " die Sitzung offen hält und mit ihr endet. Nach einer Anmeldung mit Passwort kommt ein"
        " zweites dazu: Daran erkennt die Anmeldung diesen Browser wieder, damit Fremde das Konto"
        " nicht sperren können. Es ersetzt weder Passwort noch Code und gilt 180 Tage ab der"
        " letzten Anmeldung; auf dem Server steht dazu ein Prüfwert mit Konto und Ablauftag. Bei"
        " einer Anmeldung über einen Anmeldedienst merkt sich ein Cookie für höchstens zehn Minuten"
        " den Weg dorthin und zurück."
    ),
    "Schriften, Karten und Skripte kommen von diesem Server, nichts von anderen.",
    "Der Browser speichert nur die gewählte Darstellung (hell, dunkel, Projektor).",
    "Eine „Was wäre wenn“-Berechnung wird mit ihren Eingaben gespeichert, ohne Angaben zu Ihnen.",
    (
        "Wer sich per E-Mail benachrichtigen lässt, hinterlässt seine Adresse und den gewünschten"
        " Ort oder Pegel, sonst nichts. Unbestätigtes wird nach 48 Stunden gelöscht, Bestätigtes"
        " mit dem Abbestellen; der Link dazu steht in jeder E-Mail."
    ),
    "Welche Zugriffe der Server protokolliert und wie lange, legt der Betreiber fest.",
)


def layout(**_query: str) -> Component:
    """Show what the program does and the operator's own text."""
    site = services().site
    return html.Div(
        [
            html.H1("Datenschutz"),
            html.H2("Was dieses Programm tut", className="section-title"),
            html.Ul([html.Li(fact) for fact in FACTS]),
            html.H2("Hinweise des Betreibers", className="section-title"),
            html.P(f"Betreiber: {site.operator}"),
            text.operator_text(site.privacy, "COCKPIT_PRIVACY", "Datenschutzhinweise"),
        ],
        className="prose",
    )
