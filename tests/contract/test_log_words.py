"""The log of /verwaltung is in words: each action that the source writes has some."""

import ast
from pathlib import Path

from pages.administration import _log_words as log
from services.drills.injecting import Kind
from services.impacts.model import Deed
from services.warnings.draft_model import ALERT, CANCEL, UPDATE
from tests.support import trees

ROOT = Path(__file__).parents[2]
FOLDERS = ("api", "data", "pages", "services", "verbs")
ENUMERATED = {
    "drill-inject-*": {f"drill-inject-{kind}" for kind in Kind},
    "impact-*": {f"impact-{deed}" for deed in Deed},
    "warning-*": {f"warning-{name.lower()}" for name in (ALERT, UPDATE, CANCEL)},
}
"""Actions whose end is not in the source as text, with all that they can be."""
CODE = "0f8fad5b-d9cb-469f-a165-70867728950e"


class Module:
    """A file that writes to the log; what its actions can be, "*" for what is not text there."""

    def __init__(self, tree):
        self.functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
        self.calls = [
            (function, call)
            for function in self.functions
            for call in ast.walk(function)
            if isinstance(call, ast.Call)
        ]

    def actions(self):
        found = set()
        for function, call in self.calls:
            if ast.unparse(call.func) == "audit.note":
                found |= self.values(call.args[3], function)
        return found

    def values(self, node, function):
        found = {"*"}
        if isinstance(node, ast.Constant):
            found = {str(node.value)}
        elif isinstance(node, ast.IfExp):
            found = self.values(node.body, function) | self.values(node.orelse, function)
        elif isinstance(node, ast.JoinedStr):
            found = {""}
            for part in node.values:
                ends = self.values(part, function)
                found = {begin + end for begin in found for end in ends}
        elif isinstance(node, ast.FormattedValue):
            found = self.values(node.value, function)
        elif isinstance(node, ast.Name):
            found = self.named(node.id, function) or found
        return found

    def named(self, name, function):
        found = set()
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and name in {ast.unparse(t) for t in node.targets}:
                found |= self.values(node.value, function)
        parameters = [a.arg for a in function.args.args if a.arg != "self"]
        if name not in parameters:
            return found
        place = parameters.index(name)
        for caller, call in self.calls:
            if ast.unparse(call.func).removeprefix("self.") != function.name:
                continue
            given = {k.arg: k.value for k in call.keywords}
            value = given.get(name, call.args[place] if place < len(call.args) else None)
            found |= {"*"} if value is None else self.values(value, caller)
        return found


def written():
    found = set()
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            if "audit.note(" in text:
                found |= Module(ast.parse(text)).actions()
    return found


def test_the_walk_finds_actions_of_every_shape():
    tree = ast.parse(
        "class Desk:\n"
        "    def add(self, on):\n"
        "        kind = 'b' if on else 'c'\n"
        "        audit.note(session, at, who, 'a', target)\n"
        "        audit.note(session, at, who, kind, target)\n"
        "        self._note('d', on)\n"
        "        self._note(f'in-{on.value}', on)\n"
        "    def _note(self, kind, on):\n"
        "        audit.note(session, at, who, f'x-{kind}', target)\n"
    )
    assert Module(tree).actions() == {"a", "b", "c", "x-d", "x-in-*"}


def test_each_action_that_is_written_has_words():
    found = written()
    open_ended = {action for action in found if "*" in action}
    assert open_ended <= set(ENUMERATED), "list what these can be, and give it words"
    exact = (found - open_ended).union(*(ENUMERATED[action] for action in open_ended))
    assert len(exact) > 60
    assert sorted(exact - set(log.ACTION_WORDS)) == [], "actions without words"
    assert sorted(set(log.ACTION_WORDS) - exact) == [], "words for what nothing writes"


def test_a_code_is_shortened_and_whole_in_its_title():
    shown = log.target(CODE)
    assert (trees.text(shown), shown.title) == ("0f8fad5b…", CODE)
    for text in ("iot-nitz/stage", "", "12", f"gauge:{CODE}"):
        assert log.target(text) == text
