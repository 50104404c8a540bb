"""Every verb and option is documented, and nothing that does not exist."""

import re

import click
import pytest

from cli import main
from tests.contract.docs.markdown import DOCS, ROOT, code, text_of

PAGES = sorted([*DOCS.rglob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"])
PAGE = text_of("reference/verbs.md")
HEADING = re.compile(r"^### `\./cockpit ([a-z ]+)`$", re.MULTILINE)


def walk(group, path=()):
    for name, command in group.commands.items():
        yield " ".join((*path, name)), command
        if isinstance(command, click.Group):
            yield from walk(command, (*path, name))


VERBS = dict(walk(main))


def section(verb):
    """Return what stands under the heading of a verb."""
    _, _, rest = PAGE.partition(f"### `./cockpit {verb}`\n")
    return rest.partition("\n### ")[0]


def test_every_verb_has_a_heading_and_every_heading_is_a_verb():
    assert HEADING.findall(PAGE) == list(VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_the_options_of_a_verb_are_those_of_its_page(verb):
    options = {
        parameter.opts[0]: parameter
        for parameter in VERBS[verb].params
        if isinstance(parameter, click.Option)
    }
    rows = [line.split("|") for line in section(verb).splitlines() if line.startswith("| `--")]
    documented = {code(row[1].strip()): row[2].strip() for row in rows}
    assert set(documented) == set(options)
    for name, shown in documented.items():
        default = options[name].default
        if options[name].required:
            assert shown == "required"
        elif isinstance(default, int | float) and not isinstance(default, bool):
            assert shown == f"{default:g}"
        else:
            assert shown == (default if isinstance(default, str) else "")


@pytest.mark.parametrize("verb", VERBS)
def test_the_arguments_of_a_verb_are_named(verb):
    for parameter in VERBS[verb].params:
        if isinstance(parameter, click.Argument) and parameter.nargs == 1:
            assert (parameter.metavar or parameter.name or "").upper() in section(verb)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_page_names_a_verb_that_does_not_exist(path):
    command = re.compile(r"(?:^|`)(?:\w+=\S+ )*\./cockpit ([a-z]+)", re.MULTILINE)
    named = set(command.findall(path.read_text(encoding="utf-8")))
    assert named <= set(main.commands)


def test_the_readme_lists_every_verb_at_the_top_level():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in main.commands:
        assert re.search(rf"`{name}\b", readme), name
