"""No link leads nowhere, every page is found from the index, decisions have one form."""

import re

import pytest

from tests.contract.docs.markdown import DOCS, ROOT

PAGES = sorted([*DOCS.rglob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"])
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)")
DECISIONS = sorted((DOCS / "decisions").glob("*.md"))
PARTS = ("Context", "Decision", "Consequences")
MOST_WORDS = 450
"""Half a page to a page."""


def name(path):
    return str(path.relative_to(ROOT))


def without_code(text):
    return re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)


def anchors(path):
    """Return the anchors that a page's headings make."""
    headings = re.findall(
        r"^#+ (.+)$", without_code(path.read_text(encoding="utf-8")), re.MULTILINE
    )
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.replace(" ", "-") for heading in plain}


def targets(path):
    text = without_code(path.read_text(encoding="utf-8"))
    return [link for link in LINK.findall(text) if "://" not in link]


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_links_of_a_page_lead_somewhere(path):
    for link in targets(path):
        file, _, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target), link


def test_every_page_is_reached_from_the_index():
    seen, waiting = set(), [DOCS / "index.md"]
    while waiting:
        path = waiting.pop()
        seen.add(path)
        for link in targets(path):
            target = (path.parent / link.partition("#")[0]).resolve()
            if target.suffix == ".md" and target not in seen and target.is_file():
                waiting.append(target)
    pages = {path for path in PAGES if path.parent != DOCS / "decisions"}
    assert pages - seen == set()


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_page_has_one_title_and_begins_with_it(path):
    text = without_code(path.read_text(encoding="utf-8"))
    assert text.startswith("# ")
    assert len(re.findall(r"^# ", text, re.MULTILINE)) == 1


@pytest.mark.parametrize("path", DECISIONS, ids=name)
def test_a_decision_says_context_decision_and_consequences(path):
    text = path.read_text(encoding="utf-8")
    assert re.fullmatch(r"\d{4}-[a-z0-9-]+", path.stem)
    assert text.startswith(f"# {path.stem[:4]} ")
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert [heading for heading in headings if heading in PARTS] == list(PARTS)
    assert len(text.split()) <= MOST_WORDS


def test_decision_numbers_are_used_once():
    numbers = [path.stem[:4] for path in DECISIONS]
    assert len(numbers) == len(set(numbers))


def test_contributing_fits_on_a_page():
    assert len((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").splitlines()) <= 100
