"""All network servers that messages come from, by name.

To add one: a folder with `source.py` (name, topics) and `parser.py` (body to uplink), one line
here, and its real messages as tests.
"""

import re
from collections.abc import Callable
from datetime import datetime

from services.ingestion.chirpstack import parser as chirpstack_parser
from services.ingestion.chirpstack import source as chirpstack_source
from services.ingestion.fields import printable
from services.ingestion.model import Ignored, Reason, Rejected, Uplink
from services.ingestion.tts import parser as tts_parser
from services.ingestion.tts import source as tts_source

Parser = Callable[[str, bytes, datetime], Uplink | Ignored | Rejected]

PARSERS: dict[str, Parser] = {
    chirpstack_source.NAME: chirpstack_parser.parse,
    tts_source.NAME: tts_parser.parse,
}

TOPICS: dict[str, re.Pattern[str]] = {
    chirpstack_source.NAME: chirpstack_source.TOPIC,
    tts_source.NAME: tts_source.TOPIC,
}


def source_of(topic: str) -> str:
    """Return the source that an MQTT topic belongs to, empty for none; a prefix does not matter."""
    return next((name for name, pattern in TOPICS.items() if pattern.search(topic)), "")


def parse(
    source: str, topic: str, body: bytes, received_at: datetime
) -> Uplink | Ignored | Rejected:
    """Parse a message of a source; never raises."""
    parser = PARSERS.get(source)
    if parser is None:
        return Rejected(Reason.UNKNOWN_SOURCE, f"Quelle „{printable(source)}“ ist unbekannt.")
    return parser(topic, body, received_at)
