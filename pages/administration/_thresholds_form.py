"""The form that proposes other levels, and what was typed into it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from dash import html
from dash.development.base_component import Component

from components import formats
from components.field import select_field, text_field
from components.panel import panel
from pages.administration import _thresholds_ids as ids
from services.thresholds.checks import NAMES, ORDER
from services.thresholds.desk import OWNER_MAX, TEXT_MAX
from services.thresholds.errors import ThresholdRefusedError
from services.thresholds.model import CurrentView, Proposal, target_of

NONE = "__keine__"
FIELDS = (ids.VORALARM, ids.WARNUNG, ids.ALARM)
PATTERN = "%d.%m.%Y %H:%M"
VALUE_MAX = 10
BAD_TIME = "Bitte „Gilt ab“ als TT.MM.JJJJ HH:MM angeben oder leer lassen."
CHOOSE = "Bitte erst einen Pegel wählen."


def form() -> Component:
    """Ask for a gauge, its new levels, who answers for them, why and from when."""
    levels = [
        text_field(f"{NAMES[level]} neu", field, VALUE_MAX)
        for level, field in zip(ORDER, FIELDS, strict=True)
    ]
    chosen = select_field("Pegel", ids.TARGET, [(NONE, "bitte wählen")], NONE)
    words = [
        text_field(
            "Verantwortlich", ids.OWNER, OWNER_MAX, "wer die Höhe festlegt, z. B. Stadt Mayen"
        ),
        text_field("Grund", ids.REASON, TEXT_MAX, "steht öffentlich am Pegel; bitte keine Namen"),
        text_field("Gilt ab", ids.FROM, len("14.07.2026 18:30"), "TT.MM.JJJJ HH:MM, leer: sofort"),
    ]
    return panel(
        "Änderung vorschlagen",
        [
            html.Div([chosen, *levels], className="form-row form-row--top"),
            html.Div(words, className="form-row form-row--top"),
            html.Div(
                [
                    _button("Vorschlagen", ids.PROPOSE, "btn-primary"),
                    _button("Startwerte vorschlagen", ids.RESTORE, "btn-quiet"),
                ],
                className="actions",
            ),
            html.Div(id=ids.SAID, role="status", className="panel__after"),
        ],
    )


def target_options(current: Sequence[CurrentView]) -> list[dict[str, str]]:
    """Return the levels to choose from, those of gauges first."""
    listed = [{"value": view.key, "label": view.name} for view in current]
    return [{"value": NONE, "label": "bitte wählen"}, *listed]


def seen(current: Sequence[CurrentView]) -> dict[str, int]:
    """Return the version of each as it was shown."""
    return {view.key: view.newest for view in current}


def level_text(value: float | None) -> str:
    """Write a level as it is typed."""
    return "" if value is None else formats.number(value, 2).replace(".", "")


def proposal(
    target: str, typed: Mapping[str, str], versions: Mapping[str, int], *, is_restore: bool
) -> Proposal:
    """Return what was typed as a proposal.

    Raises
    ------
    ThresholdRefusedError
        When nothing is chosen, or a level or the day cannot be read.
    """
    if target == NONE or target not in versions:
        raise ThresholdRefusedError(user_message=CHOOSE)
    levels = {} if is_restore else {level: _level(level, typed.get(level, "")) for level in ORDER}
    return Proposal(
        target=target_of(target),
        levels=levels,
        owner=typed.get("owner", ""),
        reason=typed.get("reason", ""),
        based_on=versions[target],
        valid_from=_instant(typed.get("from", "")),
    )


def _level(level: str, text: str) -> float:
    try:
        return float(text.strip().replace(",", "."))
    except ValueError as error:
        words = f"{NAMES[level]}: „{text[:VALUE_MAX]}“ ist keine Zahl, Beispiel: 1,60."
        raise ThresholdRefusedError(user_message=words) from error


def _instant(text: str) -> datetime | None:
    if not text.strip():
        return None
    try:
        local = datetime.strptime(text.strip(), PATTERN).replace(tzinfo=formats.BERLIN)
    except ValueError as error:
        raise ThresholdRefusedError(user_message=BAD_TIME) from error
    return local.astimezone(UTC)


def _button(words: str, button_id: str, kind: str) -> Component:
    return html.Button(words, id=button_id, className=f"btn {kind}", type="button")
