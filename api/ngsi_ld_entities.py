"""A gauge as an NGSI-LD entity of the smart data model `WaterObserved`."""

from typing import Any

from services.site import SiteInfo
from services.situation.model import GaugeView

TYPE = "WaterObserved"
CONTEXT = (
    "https://raw.githubusercontent.com/smart-data-models/dataModel.Environment/master/"
    "context.jsonld"
)
ATTRIBUTES = {"m": ("waterLevel", "MTR"), "m³/s": ("flow", "MQS")}
"""By stored unit the attribute of the model and its code of UN/CEFACT Recommendation 20."""

SIMULATED = "Simulierter Wert, keine Messung"
MEASURED = "Rohwert, ungeprüft"


def entity(gauge: GaugeView, site: SiteInfo, *, is_short: bool) -> dict[str, Any]:
    """Return a gauge that has a value, normalized or in the simplified form."""
    name, code = ATTRIBUTES[gauge.unit]
    found: dict[str, Any] = {"id": f"urn:ngsi-ld:{TYPE}:{gauge.gauge_id}", "type": TYPE}
    found["name"] = _property(gauge.name, is_short=is_short)
    words = SIMULATED if site.is_demo else MEASURED
    found["description"] = _property(words, is_short=is_short)
    found["source"] = _property(site.operator, is_short=is_short)
    found[name] = _property(gauge.value, is_short=is_short)
    if gauge.observed_at is not None:
        at = gauge.observed_at.isoformat().replace("+00:00", "Z")
        value = {"@type": "DateTime", "@value": at}
        found["dateObserved"] = _property(at if is_short else value, is_short=is_short)
        if not is_short:
            found[name] |= {"observedAt": at}
    if not is_short:
        found[name] |= {"unitCode": code}
    if gauge.lat is not None and gauge.lon is not None:
        point = {"type": "Point", "coordinates": [gauge.lon, gauge.lat]}
        found["location"] = point if is_short else {"type": "GeoProperty", "value": point}
    return found


def _property(value: object, *, is_short: bool) -> Any:  # noqa: ANN401  # JSON of either form
    return value if is_short else {"type": "Property", "value": value}
