"""Names short enough for a label; the full name stays in tables and titles."""

ELLIPSIS = "…"


def short_name(name: str, most: int) -> str:
    """Drop what stands in brackets, then cut at a word or hyphen if it is still too long."""
    text = name.split(" (", maxsplit=1)[0].strip() or name
    text = text.split(" / ")[-1] if len(text) > most and " / " in text else text
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    edge = max(cut.rfind(" "), cut.rfind("-"))
    return cut[: edge if edge >= most // 2 else most - 1].rstrip(" -") + ELLIPSIS


def gauge_name(name: str) -> str:
    """Say "Pegel Nitz": the word stands before the name once."""
    return name if name.startswith("Pegel") else f"Pegel {name}"
