"""One card for each cockpit: a real figure, a small picture, the way in."""

from collections import Counter

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.attributes import attributes
from components.charts.population import ranking_mini
from components.charts.stops import stops_mini
from components.content import Content
from components.freshness import stand_of
from components.links import page_link
from components.population import PERIODS, complete_period, ranked, sum_of
from components.silence import unknown_places
from components.states import ORDER, WORDS, mark, state_class
from components.supply import rows_by_association
from services.flood.model import State
from services.settlement import MobilityService, SettlementService
from services.situation.model import Situation
from services.situation.places import one_per_place


def water_card(situation: Situation) -> Component:
    """Count the places by state."""
    places = one_per_place(situation.villages)
    counts = Counter(place.state for place in places if place.has_gauge_above)
    without = sum(not place.has_gauge_above for place in places)
    warned = sum(counts[state] for state in (State.ALARM, State.WARNUNG, State.VORALARM))
    shown = [state for state in ORDER if counts[state]]
    bar = html.Div(
        [
            html.Div(
                className=f"state-bar__part {state_class(state)}",
                style={"--share": str(counts[state])},
            )
            for state in shown
        ],
        className="state-bar",
        **attributes(aria_hidden="true"),
    )
    words = [
        html.Li(
            [mark(state), f"{counts[state]} ", html.Span(WORDS[state], className="soft")],
            className=state_class(state),
        )
        for state in shown
    ]
    foot = (
        f"{'1 weiterer Ort hat' if without == 1 else f'{without} weitere Orte haben'} keinen Pegel"
        " oberhalb: dort gibt es keine Aussage. "
        if without
        else ""
    )
    return _card(
        "Gewässer",
        urls.WATER,
        _water_figure(warned, unknown_places(situation.villages)),
        [bar, html.Ul(words, className="state-counts")],
        [foot, stand_of(situation.run_at, situation.clock.now)],
    )


def _water_figure(warned: int, unknown: int) -> tuple[str, str]:
    """Count warnings; without any, what is unknown comes before a calm zero."""
    if not warned and unknown:
        words = "Ort ohne Aussage" if unknown == 1 else "Orte ohne Aussage"
        return formats.number(unknown), words
    return formats.number(warned), "Ort mit Vorwarnung" if warned == 1 else "Orte mit Vorwarnung"


def settlement_card(settlement: SettlementService) -> Component:
    """Show how the population of the county changed."""
    municipalities = settlement.municipalities()
    period = complete_period(municipalities)
    changes = ranked(municipalities, period)
    first, last = PERIODS[period]
    before, after = sum_of(municipalities, first), sum_of(municipalities, last)
    mean = 100.0 * (after - before) / before if before and after is not None else None
    growing = sum((change.percent or 0.0) > 0 for change in changes)
    foot = [
        f"{growing} von {len(changes)} Gemeinden wachsen. ",
        f"Stand 31.12.{last}, Statistisches Bundesamt.",
    ]
    return _card(
        "Siedlung",
        urls.SETTLEMENT,
        (formats.percent(mean), f"Einwohner seit {first}"),
        ranking_mini(changes, mean),
        foot,
    )


def mobility_card(mobility: MobilityService) -> Component:
    """Show how many stops there are."""
    supply = mobility.stops()
    total = sum(row.bus + row.rail + row.other for row in supply)
    without = sum(row.bus + row.rail + row.other == 0 for row in supply)
    served = (
        f"{len(supply) - without} von {len(supply)} Gemeinden haben eine Haltestelle. "
        if supply
        else ""
    )
    return _card(
        "Mobilität",
        urls.MOBILITY,
        (formats.number(total), "Haltestellen"),
        stops_mini(rows_by_association(supply, {})),
        f"{served}Kein Fahrplan: gezählt werden Haltestellen.",
    )


def _card(
    title: str, url: str, figure: tuple[str, str], picture: Content, foot: Content
) -> Component:
    number, words = figure
    return html.Section(
        [
            html.H2(page_link(title, url)),
            html.Div(
                [
                    html.Span(number, className="cockpit-card__number number"),
                    html.Span(words, className="soft"),
                ],
                className="cockpit-card__figure",
            ),
            html.Div(picture, className="cockpit-card__picture"),
            html.Div(html.P(foot), className="panel__foot"),
        ],
        className="panel cockpit-card",
    )
