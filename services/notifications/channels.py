"""The channels of an installation, from a file with secrets that only this process reads."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from services.notifications.errors import ChannelsFileError
from services.notifications.model import Channel, Form

PLACEHOLDER = "{address}"
SCHEMES = (
    "mailto", "mailtos", "json", "jsons", "form", "forms", "matrix", "matrixs", "mqtt", "mqtts",
)  # fmt: skip
"""What was tried from courier to server (tests/integration/notifications): mail, JSON, form, MQTT
and Matrix against servers on the same machine, Matrix also over TLS. Those with an s are the same
plugin over TLS. Others of Apprise are refused until they were tried."""


class _Channel(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    key: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,30}$")]
    name: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    form: Literal["short", "long"] = "long"
    url: Annotated[str, StringConstraints(min_length=8, max_length=1000)]
    timeout_s: Annotated[float, Field(ge=1, le=120)] = 20.0
    parallel: Annotated[int, Field(ge=1, le=8)] = 2


class _Heartbeat(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    channel: str
    address: Annotated[str, StringConstraints(min_length=1, max_length=200)]


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    channel: tuple[_Channel, ...] = ()
    heartbeat: _Heartbeat | None = None


@dataclass(frozen=True, slots=True)
class Channels:
    """The channels by key, and where heartbeats go; without a file there are none."""

    by_key: Mapping[str, Channel] = field(default_factory=dict)
    beat_to: tuple[str, str] | None = None

    @property
    def names(self) -> dict[str, str]:
        """Return the name of each channel: all that pages may know."""
        return {key: channel.name for key, channel in self.by_key.items()}


NO_CHANNELS = Channels()
DEMO_CHANNELS = Channels(
    {
        "email": Channel("email", "E-Mail", Form.LONG, f"mailto://localhost/{PLACEHOLDER}", 1, 1),
        "sms": Channel("sms", "SMS", Form.SHORT, f"json://localhost/{PLACEHOLDER}", 1, 1),
    }
)
"""So that recipients can be entered in the demonstration; no sender exists there."""


def load_channels(path: Path | None) -> Channels:
    """Return the channels of a file.

    Raises
    ------
    ChannelsFileError
        When it is missing, no TOML, or an entry is wrong; values are never repeated.
    """
    if path is None:
        return NO_CHANNELS
    try:
        found = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        words = f"Die Datei der Meldewege {path} ist nicht lesbar: {error.strerror}."
        raise ChannelsFileError(user_message=words) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        words = f"Die Datei der Meldewege {path} ist kein TOML in UTF-8."
        raise ChannelsFileError(user_message=words) from None
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"])
        words = f"In der Datei der Meldewege {path} ist {place} falsch oder fehlt."
        raise ChannelsFileError(user_message=words) from None
    return _checked(path, found)


def _checked(path: Path, found: _File) -> Channels:
    keys = [row.key for row in found.channel]
    for row in found.channel:
        scheme = row.url.partition("://")[0].lower()
        if keys.count(row.key) > 1:
            _refuse(path, f"{row.key} kommt zweimal vor")
        if scheme not in SCHEMES:
            _refuse(path, f"{row.key}: möglich sind {', '.join(SCHEMES)}")
        if PLACEHOLDER not in row.url:
            _refuse(path, f"{row.key}: der Adresse fehlt {PLACEHOLDER}")
    if found.heartbeat is not None and found.heartbeat.channel not in keys:
        _refuse(path, "heartbeat nennt einen unbekannten Meldeweg")
    made = {
        row.key: Channel(row.key, row.name, Form(row.form), row.url, row.timeout_s, row.parallel)
        for row in found.channel
    }
    beat = found.heartbeat
    return Channels(made, None if beat is None else (beat.channel, beat.address))


def _refuse(path: Path, reason: str) -> None:
    raise ChannelsFileError(user_message=f"In der Datei der Meldewege {path}: {reason}.")


def url_of(channel: Channel, address: str) -> str:
    """Return Apprise's address for one recipient."""
    return channel.url.replace(PLACEHOLDER, quote(address, safe=""))
