"""A report of a verification in a few German lines, for terminals."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from services.flood.verification.attainable import POSSIBLE, TOO_NEAR, UNSEEN

GROUP_NAMES: Final = {
    "alle": "Alle Orte",
    POSSIBLE: "Orte, an denen eine Stunde möglich ist",
    TOO_NEAR: "Orte zu nah am Pegel",
    UNSEEN: "Orte, deren Gebiet die Pegel zu wenig sehen",
}
LEVEL_NAMES: Final = {"voralarm": "Voralarm", "warnung": "Warnung", "alarm": "Alarm"}


def summary_lines(report: Mapping[str, Any]) -> Iterator[str]:
    """Yield head, warnings an hour ahead and arrival scores of a report."""
    yield (
        f"Modell {report['model_version']}, Konfiguration {report['config_hash']}, "
        f"{report['events']} Zufallsereignisse, Startzahl {report['seed']}"
    )
    for group, title in GROUP_NAMES.items():
        yield f"{title}:"
        for level, name in LEVEL_NAMES.items():
            table = report["warnings"][group][level]
            hour = table["leads"]["60"]
            yield (
                f"  {name}: {table['reached']} erreicht, 60 min vorher gewarnt "
                f"POD {shown(hour['pod'])}, FAR {shown(hour['far'])}, "
                f"CSI {shown(hour['csi'])}, {table['false_alarms']} Fehlalarme"
            )
        found = report["arrivals"][group]
        if found["cases"]:
            skill = found["skill"]["strecke"]["skill"]
            yield (
                f"  Ankunft: {found['cases']} Vorhersagen, CRPS {shown(found['crps_min'])} min, "
                f"Deckung der 80-%-Spanne {shown(found['coverage'])}, "
                f"besser als Strecke/Geschwindigkeit um {shown(skill)}"
            )


def shown(score: Mapping[str, Any]) -> str:
    """Return a score with its 90 % interval; only the interval with fewer than ten events."""
    if score["low"] is None:
        return "–"
    span = f"[{score['low']:.2f}; {score['high']:.2f}]".replace(".", ",")
    return span if score["value"] is None else f"{score['value']:.2f} ".replace(".", ",") + span
