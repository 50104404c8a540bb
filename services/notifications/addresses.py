"""Addresses as people write them, brought into the one form that is stored, or refused."""

import re

from services.notifications.model import Channel, Form

PHONE_SIGNS = re.compile(r"[\s/().\-–]")
PHONE = re.compile(r"\+[1-9]\d{6,14}")
"""E.164: at most 15 digits."""
MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}")
"""The form that HTML's e-mail field accepts, with a domain that has a dot."""
ADDRESS_MAX = 200


def stored_address(channel: Channel, address: str) -> str:
    """Return the address in stored form, "" when it cannot be one of a channel's kind.

    Mail wants an e-mail address, a short message a telephone number; what else there is (rooms of
    Matrix, topics, keys of a gateway) stays as it is.
    """
    bare = address.strip()
    if not bare or len(bare) > ADDRESS_MAX or not bare.isprintable():
        return ""
    if channel.url.startswith("mailto"):
        return mail_address(bare)
    return phone_number(bare) if channel.form is Form.SHORT else bare


def mail_address(text: str) -> str:
    """Return an e-mail address with its domain in small letters, "" when it is none."""
    if not MAIL.fullmatch(text) or ".." in text or text.startswith(".") or ".@" in text:
        return ""
    local, _at, domain = text.rpartition("@")
    return f"{local}@{domain.lower()}"


def phone_number(text: str) -> str:
    """Return a telephone number as +49…, "" when it is none; 0… is a German one."""
    bare = PHONE_SIGNS.sub("", text.replace("(0)", ""))
    if bare.startswith("00"):
        bare = f"+{bare[2:]}"
    elif bare.startswith("0"):
        bare = f"+49{bare[1:]}"
    if bare.startswith("+490"):
        bare = f"+49{bare[4:]}"
    return bare if PHONE.fullmatch(bare) else ""
