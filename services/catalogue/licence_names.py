"""Licences as people write them, and the one code that the catalogue knows each by."""

import re

from services.catalogue.vocabulary import LICENCES

NOISE = re.compile(r"https?://(www\.)?|version|[^a-z0-9]")
"""What spellings differ in: signs, and how an address begins."""
OTHER_NAMES = {
    "dl-by-de/2.0": ("dl-de/by-2-0", "DL-DE BY 2.0", "DL-DE->BY-2.0", "dl-de-by"),
    "dl-zero-de/2.0": ("dl-de/zero-2-0", "DL-DE Zero 2.0", "dl-de-zero"),
    "cc-by/4.0": (
        "CC BY 4.0",
        "Creative Commons Namensnennung 4.0",
        "Creative Commons Attribution 4.0",
        "https://creativecommons.org/licenses/by/4.0/",
    ),
    "cc-zero": ("CC0", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "odbl": ("ODbL 1.0", "Open Database License"),
}


def _bare(text: str) -> str:
    return NOISE.sub("", text.casefold())


_CODES = {
    _bare(name): code
    for code, term in LICENCES.items()
    for name in (code, term.words, term.uri, term.text_url, *OTHER_NAMES.get(code, ()))
}


def licence_code(text: str) -> str | None:
    """Return the code of a licence by any usual spelling, None for an unknown one."""
    return _CODES.get(_bare(text))


def licence_words(text: str) -> str:
    """Return the name of a licence for people; one that is unknown stays as it was written."""
    code = licence_code(text)
    return LICENCES[code].words if code else text
