"""The background job of a proposal's effect: it keeps the result with the proposal."""

from typing import Any

from dash import Input, Output, callback

from pages.administration import _thresholds_ids as ids
from services.container import services
from services.errors import CockpitError
from services.people.model import Right

RIGHT = Right.PROPOSE


def connect() -> None:
    """Register the background callback."""
    callback(
        Output(ids.COMPUTED, "data"),
        Input(ids.ASKED, "data"),
        background=True,
        running=[(Output(ids.BUSY, "hidden"), False, True)],
        prevent_initial_call=True,
    )(compute)


def compute(asked: dict[str, Any]) -> dict[str, Any]:
    """Compute the effect of a proposal; what went wrong is handed back in words."""
    try:
        services().threshold_desk.compute_effect(str(asked.get("change", "")))
    except CockpitError as error:
        return {**asked, "fault": error.user_message}
    return asked
