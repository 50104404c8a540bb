"""The expressions of $filter: comparisons of a field with a literal, and, or, not, brackets.

Grammar: or := and ("or" and)*; and := not ("and" not)*; not := "not" not | "(" or ")" | comparison;
comparison := field operator literal | literal operator field.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from data.sensorthings.query import (
    LESS,
    MORE,
    OPERATORS,
    Both,
    Comparison,
    Condition,
    Either,
    Literal,
    Negation,
)
from services.api_views.instants import instant_of
from services.errors import BadParameterError

MOST_LETTERS = 2000
MOST_TERMS = 50
MOST_DEPTH = 20
WHOLE_DIGITS = 18
INSTANT = r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:Z|[+\- ]\d{2}:\d{2})"
TOKEN = re.compile(
    rf"\s*(?:(?P<instant>{INSTANT})|(?P<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w'])"
    r"|(?P<text>'(?:[^']|'')*')|(?P<word>@?[A-Za-z_][\w@.]*(?:/@?[A-Za-z_][\w@.]*)*)"
    r"|(?P<open>\()|(?P<close>\)))"
)
TURNED = {MORE[0]: LESS[0], MORE[1]: LESS[1], LESS[0]: MORE[0], LESS[1]: MORE[1]}
CONSTANTS: dict[str, Literal] = {"null": None, "true": True, "false": False}
LITERALS = ("instant", "number", "text")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of an expression: its kind and text."""

    kind: str
    text: str


def parse_filter(text: str) -> Condition:
    """Return the condition that an expression states.

    Raises
    ------
    BadParameterError
        With what is not understood.
    """
    if len(text) > MOST_LETTERS:
        raise _refused(f"$filter hat mehr als {MOST_LETTERS} Zeichen")
    return _Parser(list(_tokens(text))).whole()


def plain_path(path: str) -> str:
    """Return a field's name without the prefix that ids have in answers."""
    return "/".join("id" if part == "@iot.id" else part for part in path.split("/"))


class _Parser:
    """Reads tokens from the left; `_at` is the next one."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._terms = 0

    def whole(self) -> Condition:
        found = self._either(0)
        if self._at != len(self._tokens):
            raise _refused(f"nach einem Ausdruck steht „{self._tokens[self._at].text[:40]}“")
        return found

    def _either(self, depth: int) -> Condition:
        parts = [self._both(depth)]
        while self._takes_word("or"):
            parts.append(self._both(depth))
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _both(self, depth: int) -> Condition:
        parts = [self._negation(depth)]
        while self._takes_word("and"):
            parts.append(self._negation(depth))
        return parts[0] if len(parts) == 1 else Both(tuple(parts))

    def _negation(self, depth: int) -> Condition:
        if depth > MOST_DEPTH:
            raise _refused(f"mehr als {MOST_DEPTH} Klammern ineinander")
        if self._takes_word("not"):
            return Negation(self._negation(depth + 1))
        if self._peek().kind == "open":
            self._next()
            found = self._either(depth + 1)
            if self._next().kind != "close":
                raise _refused("eine Klammer ist nicht geschlossen")
            return found
        return self._comparison()

    def _comparison(self) -> Condition:
        self._terms += 1
        if self._terms > MOST_TERMS:
            raise _refused(f"mehr als {MOST_TERMS} Vergleiche")
        left, operator, right = self._next(), self._next(), self._next()
        if operator.text not in OPERATORS:
            raise _refused(f"„{operator.text[:40]}“ ist kein Vergleich ({', '.join(OPERATORS)})")
        if _is_field(left) and not _is_field(right):
            return Comparison(plain_path(left.text), operator.text, _literal(right))
        if _is_field(right) and not _is_field(left):
            turned = TURNED.get(operator.text, operator.text)
            return Comparison(plain_path(right.text), turned, _literal(left))
        raise _refused("verglichen wird ein Feld mit einem Wert")

    def _takes_word(self, word: str) -> bool:
        if self._at < len(self._tokens) and self._tokens[self._at] == Token("word", word):
            self._at += 1
            return True
        return False

    def _peek(self) -> Token:
        if self._at >= len(self._tokens):
            raise _refused("der Ausdruck ist nicht zu Ende")
        return self._tokens[self._at]

    def _next(self) -> Token:
        found = self._peek()
        self._at += 1
        return found


def _tokens(text: str) -> Iterator[Token]:
    text = text.strip()
    at = 0
    while at < len(text):
        found = TOKEN.match(text, at)
        if found is None or found.lastgroup is None:
            raise _refused(f"ab „{text[at : at + 40]}“ wird nichts verstanden")
        yield Token(found.lastgroup, found[found.lastgroup])
        at = found.end()


def _is_field(token: Token) -> bool:
    return token.kind == "word" and token.text not in CONSTANTS


def _literal(token: Token) -> Literal:
    if token.kind == "text":
        return token.text[1:-1].replace("''", "'")
    if token.kind == "instant":
        return instant_of("Der Zeitpunkt in $filter", token.text.replace(",", "."))
    if token.kind == "word" and token.text in CONSTANTS:
        return CONSTANTS[token.text]
    if token.kind != "number":
        raise _refused(f"„{token.text[:40]}“ ist kein Wert")
    is_whole = token.text.lstrip("-").isdigit()
    number = int(token.text) if is_whole and len(token.text) <= WHOLE_DIGITS else float(token.text)
    if not math.isfinite(number):
        raise _refused("eine Zahl ist zu groß")
    return number


def _refused(reason: str) -> BadParameterError:
    return BadParameterError(user_message=f"$filter wird nicht verstanden: {reason}.")
