"""Names of associations of municipalities as people say them."""

FREE = "verbandsfrei"
FREE_WORDS = "Verbandsfreie"


def association_name(vg: str) -> str:
    """Name a Verbandsgemeinde; towns that belong to none are "Verbandsfreie"."""
    return FREE_WORDS if vg.casefold() == FREE else vg
