"""What is possible to subscribe to, and how a wish reads in words."""

import uuid
from datetime import datetime

from data.subscriptions import SubscriptionRow
from services.flood.model import LEVELS, State
from services.flood.wording import STATE_WORDS
from services.notifications.addresses import mail_address
from services.region import Region
from services.subscriptions.errors import SubscriptionRefusedError
from services.subscriptions.model import GAUGE, PLACE, Wish


def checked(region: Region, wish: Wish, now: datetime) -> SubscriptionRow:
    """Return a wish as it is stored.

    Raises
    ------
    SubscriptionRefusedError
        With what is not possible.
    """
    address = mail_address(wish.address.strip())
    if not address:
        _refuse("Das ist keine E-Mail-Adresse. Beispiel: name@beispiel.de")
    if wish.kind == PLACE:
        _check_place(region, wish)
    elif wish.kind == GAUGE:
        _check_gauge(region, wish)
    else:
        _refuse("Benachrichtigt wird zu einem Ort oder einem Pegel.")
    return SubscriptionRow(
        subscription_id=str(uuid.uuid4()),
        address=address,
        kind=wish.kind,
        target_id=wish.target_id,
        level=wish.level if wish.kind == PLACE else "",
        threshold=wish.threshold if wish.kind == GAUGE else None,
        created_at=now,
        confirmed_at=None,
        told="",
    )


def _check_place(region: Region, wish: Wish) -> None:
    if wish.target_id not in {row.place_id for row in region.pack.exposures}:
        _refuse("Diesen Ort gibt es in dieser Region nicht.")
    if wish.level not in {level.value for level in LEVELS}:
        _refuse("Möglich sind die Stufen Voralarm, Warnung und Alarm.")


def _check_gauge(region: Region, wish: Wish) -> None:
    gauge = region.network.gauges.get(wish.target_id)
    if gauge is None:
        _refuse("Dieser Pegel ist nicht angebunden; zu ihm gibt es keine Benachrichtigung.")
        return
    value = wish.threshold
    if value is None or not gauge.range_min < value <= gauge.range_max:
        low, high = _number(gauge.range_min), _number(gauge.range_max)
        _refuse(f"Der Schwellenwert muss über {low} und höchstens bei {high} {gauge.unit} liegen.")


def what_words(region: Region, row: SubscriptionRow) -> str:
    """Write what a subscription is about: a place with its level, or a gauge with its threshold."""
    if row.kind == PLACE:
        names = {place.place_id: place.name for place in region.pack.places}
        word = STATE_WORDS[State(row.level)]
        return f"{names.get(row.target_id, row.target_id)}, ab Stufe {word}"
    gauge = region.network.gauges.get(row.target_id)
    name, unit = (gauge.name, gauge.unit) if gauge else (row.target_id, "")
    return f"Pegel {name}, ab {_number(row.threshold or 0.0)} {unit}".strip()


def _refuse(words: str) -> None:
    raise SubscriptionRefusedError(user_message=words)


def _number(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")
