"""The second factor: time-based codes (RFC 6238, six digits, 30 s), and codes for emergencies."""

import hashlib
import secrets

import pyotp

STEP_S = 30
WINDOW = 1
"""Steps before and after that are accepted: a phone's clock may be half a minute off."""
RECOVERY_CODES = 10
ISSUER = "Regionalcockpit"


def new_secret() -> str:
    """Return a fresh secret in base 32."""
    return pyotp.random_base32()


def address(secret: str, login: str) -> str:
    """Return the `otpauth://` address that an app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)


def matching_step(secret: str, code: str, at_s: float, after: int) -> int | None:
    """Return the time step that a code belongs to, None if none; steps up to `after` were used."""
    digits = "".join(code.split()).encode()  # as bytes: strings are compared only in ASCII
    now = int(at_s) // STEP_S
    totp = pyotp.TOTP(secret)
    for step in range(now - WINDOW, now + WINDOW + 1):
        if step > after and secrets.compare_digest(totp.at(step * STEP_S).encode(), digits):
            return step
    return None


def recovery_codes() -> list[str]:
    """Return fresh codes, shown once: each replaces the second factor one time."""
    return [f"{secrets.token_hex(3)}-{secrets.token_hex(3)}" for _ in range(RECOVERY_CODES)]


def digest(code: str) -> str:
    """Return what is stored of a code: it has 48 bits of chance, so a plain hash is enough."""
    return hashlib.sha256("".join(code.split()).lower().encode()).hexdigest()
