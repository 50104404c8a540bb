"""State of the alarm plan's page in its URL: whose measures are listed."""

from dataclasses import dataclass

from components.page_state import PageState

ACTOR_MAX = 80
EVERYBODY = "__alle__"
"""Chosen where nobody is; a select shows an empty value as an empty box, without its words."""


@dataclass(frozen=True, slots=True)
class MeasuresState(PageState):
    """An actor of the plan, or everybody."""

    akteur: str = ""

    def __post_init__(self) -> None:
        text: object = self.akteur
        is_usable = isinstance(text, str) and text.isprintable() and text != EVERYBODY
        object.__setattr__(self, "akteur", str(text).strip()[:ACTOR_MAX] if is_usable else "")
