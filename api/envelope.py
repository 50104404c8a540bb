"""What every list of the API says of itself: simulated or not, origin, licence, count."""

from services.container import services


def envelope(holds: str, count: int) -> dict[str, object]:
    """Return the head of an answer about data of a kind."""
    found = services()
    return {
        "is_simulated": found.site.is_demo,
        "origin": found.api.origin,
        "licence": found.api.licences[holds],
        "count": count,
    }
