"""How to reach the broker: from a URL and a list of topics; passwords never show in text."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from services.errors import CockpitError

PORTS = {"mqtt": 1883, "mqtts": 8883}
MAX_BODY_BYTES = 1_000_000
"""Real uplinks have some kB; what is larger is cut, kept and rejected (estimate)."""


class MqttSettingsError(CockpitError):
    """The MQTT settings are unusable."""

    user_message = (
        "COCKPIT_MQTT_URL ist nicht lesbar; erwartet wird mqtt://Rechner:1883 oder "
        "mqtts://Nutzer:Passwort@Rechner:8883."
    )


@dataclass(frozen=True, slots=True)
class MqttSettings:
    """A broker, our identity there, and what to listen to."""

    host: str
    port: int
    topics: tuple[str, ...]
    client_id: str
    username: str = ""
    password: str = field(default="", repr=False)
    is_encrypted: bool = False
    is_version_5: bool = False
    ca_file: str = ""
    """Certificate authority of the broker; empty: those that the system trusts."""
    max_body_bytes: int = MAX_BODY_BYTES

    @property
    def address(self) -> str:
        """Return host and port for logs, without credentials."""
        return f"{self.host}:{self.port}"


def mqtt_settings(
    url: str, topics: str, client_id: str, ca_file: Path | None = None
) -> MqttSettings:
    """Return the settings of a URL; `?version=5` asks for MQTT 5 in place of 3.1.1.

    Raises
    ------
    MqttSettingsError
        When URL, topics or client id cannot be used; the text holds no password.
    """
    parts, port = _parts(url)
    if ca_file is not None and not ca_file.is_file():
        raise MqttSettingsError(user_message=f"COCKPIT_MQTT_CA_FILE: {ca_file} gibt es nicht.")
    return MqttSettings(
        host=parts.hostname or "",
        port=port or PORTS[parts.scheme],
        topics=_topics(topics),
        client_id=_client_id(client_id),
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        is_encrypted=parts.scheme == "mqtts",
        is_version_5="version=5" in parts.query.split("&"),
        ca_file=str(ca_file) if ca_file else "",
    )


def _parts(url: str) -> tuple[SplitResult, int | None]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise MqttSettingsError("the URL cannot be split") from None
    if parts.scheme not in PORTS or not parts.hostname:
        raise MqttSettingsError("the URL has no known scheme or no host")
    return parts, port


def _topics(text: str) -> tuple[str, ...]:
    found = tuple(topic.strip() for topic in text.split(",") if topic.strip())
    if not found:
        raise MqttSettingsError(
            user_message="COCKPIT_MQTT_TOPICS ist leer; mindestens ein Thema eintragen."
        )
    for topic in found:
        if not _is_filter(topic):
            raise MqttSettingsError(
                user_message=f"COCKPIT_MQTT_TOPICS: „{topic}“ ist kein gültiges MQTT-Thema."
            )
    return found


def _is_filter(topic: str) -> bool:
    levels = topic.split("/")
    wild = all(level in {"+", "#"} or not re.search(r"[+#\x00]", level) for level in levels)
    return wild and "#" not in levels[:-1]


def _client_id(text: str) -> str:
    if not text.strip():
        raise MqttSettingsError(
            user_message="COCKPIT_MQTT_CLIENT_ID ist leer; ohne feste Kennung keine Zustellung."
        )
    return text.strip()
