"""Goals beside what was reached, and how to read the figures of the quality page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dash import html
from dash.development.base_component import Component

from components import formats
from components.panel import panel
from components.table import Column, Row, data_table
from pages.water._quality_words import NO_CASE, NOT_SCORED, Score, at, share


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal as docs/method/verification.md sets it: bounds as shares, what a miss means."""

    name: str
    way: tuple[str, ...]
    words: str
    miss: str
    least: float = 0.0
    most: float = 1.0


_HOUR = ("warnings", "moeglich", "alarm", "leads", "60")
GOALS = (
    Goal(
        "Überflutungen mit Alarm 60 Minuten vorher, wo die Laufzeit das zulässt",
        (*_HOUR, "pod"),
        "mindestens 90 %",
        "Das Wasser war da, ohne dass eine Stunde vorher Alarm stand. Der Alarm kann später"
        " gekommen sein.",
        least=0.9,
    ),
    Goal(
        "Fehlalarme unter Fehlalarmen und rechtzeitigen Alarmen an diesen Orten",
        (*_HOUR, "far"),
        "höchstens 30 %",
        "Alarm stand, und das Wasser blieb darunter. Einsatzkräfte rücken umsonst aus; wer das"
        " oft erlebt, glaubt dem nächsten Alarm weniger.",
        most=0.3,
    ),
    *(
        goal
        for key, who in (
            ("arrivals", "für alle, die vor Ort noch kein Wasser sehen"),
            ("arrivals_unseen", "für alle, die nur die Pegel kennen"),
        )
        for goal in (
            Goal(
                f"Ankünfte in der vorhergesagten 80-%-Spanne, {who}",
                (key, "alle", "coverage"),
                "75 bis 85 %",
                "Darunter: die Spanne ist zu eng, die Welle kommt öfter außerhalb. Nicht auf die"
                " Minute planen. Darüber: sie ist weiter als nötig.",
                least=0.75,
                most=0.85,
            ),
            Goal(
                f"Fehler kleiner als bei Strecke durch Geschwindigkeit, {who}",
                (key, "alle", "skill", "strecke", "skill"),
                "mindestens 40 %",
                "Das Modell ist besser als die einfache Rechnung mit Karte und Uhr, aber weniger"
                " als gewollt; unter 0 % wäre es schlechter.",
                least=0.4,
            ),
        )
    ),
)
TERMS = {
    "Treffer": "Der Ort wurde überflutet, und die Stufe stand so lange vorher auf dem Schirm.",
    "Verpasst": "Der Ort wurde überflutet, und die Stufe stand nicht rechtzeitig. Zu spät zählt"
    " als verpasst.",
    "Fehlalarm": "Die Stufe stand, und sie wurde im ganzen Ereignis nicht erreicht.",
    "Zahl in Klammern": "90-%-Spanne: so weit schwankt die Zahl je nachdem, welche Ereignisse man"
    " zufällig hat. Bei weniger als zehn Ereignissen steht nur die Spanne.",
    "80-%-Spanne": "Darin soll die Ankunft in acht von zehn Fällen liegen.",
    "Richtig von allem (CSI)": "Treffer geteilt durch Treffer, Verpasste und Fehlalarme.",
    "Gesamtfehler (CRPS)": "Fehler der ganzen Vorhersage samt ihrer Spanne in Minuten; kleiner ist"
    " besser.",
    NO_CASE: "In den Ereignissen kam das nicht vor; eine Zahl gibt es deshalb nicht.",
    NOT_SCORED: "Diese Prüfung hat die Zahl nicht berechnet. Das ist keine Null.",
}


def goals_panel(report: Mapping[str, Any]) -> Component:
    """Show each goal with its figure, whether it is met, and what a miss means."""
    columns = [
        Column("Ziel"),
        Column("Soll", card="wide", label="Soll:"),
        Column("Ist (90-%-Spanne)", card="wide", label="Ist:"),
        Column("Ergebnis", card="wide", label="Ergebnis:"),
        Column("Was es heißt, wenn es nicht erreicht ist", card="wide"),
    ]
    rows = [
        Row(
            (
                goal.name,
                html.Span(goal.words, className="nowrap"),
                html.Span(share(at(report, *goal.way)), className="nowrap"),
                html.Strong(verdict(goal, at(report, *goal.way))),
                goal.miss,
            )
        )
        for goal in GOALS
    ]
    table = data_table("Ziele, vor der Prüfung festgelegt", columns, rows, variant="cards")
    texts = [html.P(text) for text in (summary(report), dangerous(report)) if text]
    return panel("Ziele und was erreicht ist", [*texts, table])


def dangerous(report: Mapping[str, Any]) -> str:
    """Say what the goals do not show: water before the interval, and arrivals without a time."""
    early = at(report, "arrivals_unseen", "alle", "too_late")
    cases, silent = (at(report, "arrivals_unseen", "alle", key) for key in ("cases", "silent"))
    if not isinstance(cases, int) or not isinstance(silent, int) or not cases:
        return ""
    part = formats.number(100.0 * silent / (cases + silent))
    return (
        f"Was die Ziele nicht zeigen: In {share(early)} der Vorhersagen kam das Wasser früher als"
        f" „frühestens“. In {part}{formats.NBSP}% der Fälle, in denen binnen 12 Stunden Wasser kam,"
        " war es noch nicht absehbar, und es stand keine Zeit da."
    )


def summary(report: Mapping[str, Any]) -> str:
    """Count the goals that are met; what was not scored is met by nobody."""
    found = [verdict(goal, at(report, *goal.way)) for goal in GOALS]
    met = sum(words.startswith("erreicht") for words in found)
    unknown = sum(words in (NOT_SCORED, NO_CASE) for words in found)
    verb = "sind" if met > 1 else "ist"
    text = f"{met or 'Keines'} der {len(GOALS)} Ziele {verb} erreicht."
    return f"{text} Ohne Zahl: {unknown}." if unknown else text


def verdict(goal: Goal, score: Score | None) -> str:
    """Say whether a figure meets its goal; an interval across a bound leaves it uncertain."""
    low, high, value = (at(score, key) for key in ("low", "high", "value"))
    if low is None or high is None:
        return NO_CASE if at(score, "events") is not None else NOT_SCORED
    is_outside = high < goal.least or low > goal.most
    is_inside = goal.least <= low and high <= goal.most
    if value is None and not (is_inside or is_outside):
        return "offen: zu wenige Ereignisse"
    is_met = is_inside or (not is_outside and goal.least <= value <= goal.most)
    sure = "" if is_inside or is_outside else ", aber nicht sicher"
    return f"{'erreicht' if is_met else 'nicht erreicht'}{sure}"


def terms_panel() -> Component:
    """Explain the words of this page."""
    parts = [part for term, words in TERMS.items() for part in (html.Dt(term), html.Dd(words))]
    return panel("So lesen Sie die Zahlen", html.Dl(parts, className="facts facts--words"))
