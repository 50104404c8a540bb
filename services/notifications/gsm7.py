"""The alphabet of text messages: GSM 03.38, 160 signs; anything else would halve and split them.

What the alphabet lacks is written with signs that it has, so that one message stays one.
"""

SMS_UNITS = 160
"""Signs of one unsplit message in the 7-bit alphabet (3GPP TS 23.038)."""
BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("^{}\\[~]|€\f")
"""Each of them takes two signs."""
SPELLED = {
    "–": "-", "—": "-", "−": "-", "„": '"', "“": '"', "”": '"', "‚": "'", "‘": "'", "’": "'",
    "…": "...", "\N{NO-BREAK SPACE}": " ", "³": "3", "²": "2", "°": " Grad ", "→": "->", "·": "-",
    "•": "-", "×": "x", "≥": ">=", "≤": "<=", "á": "a", "â": "a", "ê": "e", "ë": "e", "î": "i",
    "ï": "i", "ô": "o", "ó": "o", "û": "u", "ú": "u", "ç": "c", "í": "i", "\t": " ",
}  # fmt: skip
UNKNOWN = "?"
CUT = "..."


def spelled(text: str) -> str:
    """Return the text in signs of the alphabet."""
    parts = (sign if _is_known(sign) else SPELLED.get(sign, UNKNOWN) for sign in text)
    return "".join(parts)


def units(text: str) -> int:
    """Return how many signs of a message a spelled text takes."""
    return sum(2 if sign in EXTENDED else 1 for sign in text)


def shortened(text: str, most: int) -> str:
    """Return a spelled text of at most so many signs, cut behind a word where one ends."""
    if units(text) <= most:
        return text
    if most <= len(CUT):
        return ""
    kept, used = "", 0
    for sign in text:
        used += 2 if sign in EXTENDED else 1
        if used > most - len(CUT):
            break
        kept += sign
    head, space, _tail = kept.rpartition(" ")
    return f"{(head if space and len(head) > len(kept) // 2 else kept).rstrip()}{CUT}"


def _is_known(sign: str) -> bool:
    return sign in BASIC or sign in EXTENDED
