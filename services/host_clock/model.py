"""What is known of this host's clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

SOURCE = "uhr"
"""Under this name the finding is kept among the states of sources."""


class Clocks(StrEnum):
    """Whose clock this host's is compared with."""

    DATABASE = "datenbank"
    SERVERS = "server"
    GATEWAYS = "gateways"


SOURCE_WORDS: Mapping[Clocks, str] = {
    Clocks.DATABASE: "Datenbank",
    Clocks.SERVERS: "Server der abgerufenen Quellen",
    Clocks.GATEWAYS: "Gateways der Funkgeräte",
}
TOLERANCE_S: Mapping[Clocks, float] = {
    Clocks.DATABASE: 0.5,
    Clocks.SERVERS: 1.5,
    Clocks.GATEWAYS: 5.0,
}
"""What way and whole seconds explain (estimates); only the rest counts as an offset."""


@dataclass(frozen=True, slots=True)
class ClockFinding:
    """Offsets in seconds by clock, positive: this host is ahead; none where none was heard."""

    offsets: Mapping[Clocks, float] = field(default_factory=dict)
    is_synchronised: bool | None = None

    @property
    def worst_s(self) -> float:
        """Return the largest offset, 0 where nothing is off or known."""
        return max(self.offsets.values(), key=abs, default=0.0)


def in_words(finding: ClockFinding) -> str:
    """Return the sentence of an alarm."""
    value = finding.worst_s
    way = "vor" if value > 0 else "nach"
    clock = max(finding.offsets, key=lambda key: abs(finding.offsets[key]))
    return (
        f"Die Uhr des Rechners geht {abs(value):.0f} Sekunden {way}"
        f" (Vergleich: {SOURCE_WORDS[clock]}). Alter und Vorwarnzeiten sind um so viel falsch:"
        " Bitte die Zeitsynchronisation (NTP) prüfen."
    )
