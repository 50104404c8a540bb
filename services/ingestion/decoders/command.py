"""The work of the verb `decode`: hex text in, JSON-ready result and exit code out."""

from services.ingestion.decoders.model import failed, to_json
from services.ingestion.decoders.registry import decode

EXIT_OK = 0
EXIT_ERRORS = 1
MAX_HEX_DIGITS = 2 * 4096
"""Far above LoRaWAN's 242 bytes; keeps a mistaken file out."""


class _HexError(ValueError):
    """The text is no hex payload."""


def decode_command(device: str, port: int, hex_text: str) -> tuple[dict[str, object], int]:
    """Decode hex text (blanks, colons, 0x prefix allowed); exit code 1 if there is an error."""
    try:
        payload = _payload(hex_text)
    except _HexError as error:
        return to_json(failed(device, str(error))), EXIT_ERRORS
    decoded = decode(device, port, payload)
    return to_json(decoded), EXIT_ERRORS if decoded.errors else EXIT_OK


def _payload(hex_text: str) -> bytes:
    digits = "".join(hex_text.split()).replace(":", "").replace("-", "")
    if digits[:2] in {"0x", "0X"}:
        digits = digits[2:]
    if not digits:
        raise _HexError("Kein Hex-Text angegeben.")
    if len(digits) > MAX_HEX_DIGITS:
        raise _HexError(f"Hex-Text ist mit {len(digits)} Ziffern zu lang für eine Nutzlast.")
    wrong = [sign for sign in digits if sign not in "0123456789abcdefABCDEF"]
    if wrong:
        raise _HexError(f"Kein Hex-Text: Zeichen „{wrong[0]}“ ist keine Hex-Ziffer.")
    if len(digits) % 2:
        raise _HexError(f"Hex-Text hat {len(digits)} Ziffern; es muss eine gerade Zahl sein.")
    return bytes.fromhex(digits)
