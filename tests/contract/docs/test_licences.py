"""Everything that the product runs with has a licence that the EUPL-1.2 gets along with."""

import hashlib
import importlib.metadata
import re
import tomllib

import pytest
from packaging.requirements import Requirement

from tests.contract.docs.markdown import ROOT

ALLOWED = {
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "EUPL-1.2",
    "ISC",
    "MIT",
    "MIT-0",
    "MIT-CMU",
    "MPL-2.0",
    "PSF-2.0",
    "Zlib",
}
NAMED = {
    "fpdf2": "LGPL-3.0-only",
    "psycopg": "LGPL-3.0-only",
    "psycopg-binary": "LGPL-3.0-only",
}
"""Weak copyleft, used unchanged as a library that anyone can exchange; on the EUPL's own list."""
PLAIN = {
    "apache 2": "Apache-2.0",
    "apache 2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "bsd": "BSD-3-Clause",
    "bsd license": "BSD-3-Clause",
    "3-clause bsd license": "BSD-3-Clause",
    "mit license": "MIT",
    "psfl": "PSF-2.0",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
}
"""What older packages write, with the licence that their own licence file holds."""
DIGEST = "b265314fe0920ed66121307961dabb70eb3c26c508d2362783e821bbb4a0e16c"


def canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def needs(texts, extras):
    """Return the requirements that hold on this machine for a choice of extras."""
    for text in texts:
        needed = Requirement(text)
        marker = needed.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in extras):
            yield needed


def runtime():
    """Return all distributions that the product needs, by canonical name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    seen: dict[str, set[str]] = {}
    waiting = list(needs(project["dependencies"], {""}))
    while waiting:
        needed = waiting.pop()
        name, extras = canonical(needed.name), {"", *needed.extras}
        if extras <= seen.get(name, set()):
            continue
        seen[name] = seen.get(name, set()) | extras
        waiting.extend(needs(importlib.metadata.requires(name) or [], seen[name]))
    return set(seen)


def licence_of(name):
    """Return the SPDX expression of a distribution, from whichever field it uses."""
    metadata = importlib.metadata.metadata(name)
    if metadata.get("License-Expression"):
        return metadata["License-Expression"]
    classifiers = metadata.get_all("Classifier", [])
    stated = [item.split(" :: ")[-1] for item in classifiers if item.startswith("License ::")]
    stated.append((metadata.get("License") or "").strip())
    found = {PLAIN.get(text.lower(), text) for text in stated}
    return next((text for text in sorted(found) if text in ALLOWED), " / ".join(sorted(found)))


def is_allowed(expression):
    """Tell whether one of the alternatives is allowed in all its parts."""
    alternatives = re.split(r"\s+OR\s+", expression)
    return any(
        all(part.strip("() ") in ALLOWED for part in re.split(r"\s+AND\s+", alternative))
        for alternative in alternatives
    )


DISTRIBUTIONS = sorted(runtime())


def test_the_walk_finds_the_dependencies_of_dependencies():
    assert {"dash", "flask", "werkzeug", "psycopg-binary", "numpy"} <= set(DISTRIBUTIONS)
    assert "pytest" not in DISTRIBUTIONS


@pytest.mark.parametrize("name", DISTRIBUTIONS)
def test_a_dependency_has_a_licence_that_fits(name):
    found = licence_of(name)
    assert found == NAMED[name] if name in NAMED else is_allowed(found), f"{name}: {found}"


def test_no_exception_is_named_for_nothing():
    assert set(NAMED) <= set(DISTRIBUTIONS)


def test_the_licence_is_the_whole_eupl_unchanged():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    headings = re.findall(r"^(\d+)\.(\w.*)$", text, re.MULTILINE)
    assert [int(number) for number, _ in headings] == list(range(1, 16))
    assert "‘Compatible Licences’ according to Article 5 EUPL are:" in text
    plain = " ".join(text.split())
    assert hashlib.sha256(plain.encode()).hexdigest() == DIGEST


def test_the_package_says_the_same_licence():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license"] == "EUPL-1.2"
