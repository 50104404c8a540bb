"""Licences in the spellings that people use."""

import pytest

from services.catalogue.licence_names import licence_code, licence_words
from services.catalogue.vocabulary import LICENCES


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("dl-de/by-2-0", "dl-by-de/2.0"),
        ("DL-DE->BY-2.0", "dl-by-de/2.0"),
        ("Datenlizenz Deutschland - Namensnennung - Version 2.0", "dl-by-de/2.0"),
        ("https://www.govdata.de/dl-de/zero-2-0", "dl-zero-de/2.0"),
        ("CC-BY-4.0", "cc-by/4.0"),
        ("https://creativecommons.org/licenses/by/4.0/", "cc-by/4.0"),
        ("CC0", "cc-zero"),
        ("ODbL", "odbl"),
        ("Andere offene Lizenz", "other-open"),
        ("CC BY-NC 4.0", None),
        ("dl-de/by-1-0", None),
        ("", None),
    ],
)
def test_usual_spellings_have_one_code_and_others_none(text, code):
    assert licence_code(text) == code


def test_every_code_of_the_catalogue_is_known():
    assert [licence_code(code) for code in LICENCES] == list(LICENCES)
    assert licence_words("nicht geklärt") == "nicht geklärt"
