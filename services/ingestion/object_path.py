"""Where a value lies in a decoded object: `levels.0.distance_mm`, with `@path` for its own time."""

MISSING = object()
"""What `find` gives where the path leads nowhere; None in the object counts as missing too."""


def split_time(path: str) -> tuple[str, str]:
    """Split `value.path@time.path`; the second part is empty where the uplink's time holds."""
    value_path, _, time_path = path.partition("@")
    return value_path.strip(), time_path.strip()


def find(data: object, path: str) -> object:
    """Follow dots and list indexes; a key that itself contains dots is found as well."""
    current, rest = data, path
    while rest:
        if isinstance(current, dict) and rest in current:
            current, rest = current[rest], ""
            break
        head, _, rest = rest.partition(".")
        if isinstance(current, dict) and head in current:
            current = current[head]
        elif isinstance(current, list) and _is_index(head, len(current)):
            current = current[int(head)]
        else:
            return MISSING
    return MISSING if current is None else current


def _is_index(text: str, length: int) -> bool:
    return (
        text.isascii() and text.isdigit() and len(text) <= len(str(length)) and int(text) < length
    )
