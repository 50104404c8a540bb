"""The type of what may stand inside a component."""

from collections.abc import Sequence
from typing import TypeAlias

from dash.development.base_component import Component

Content: TypeAlias = Component | str | Sequence[Component | str | None] | None
