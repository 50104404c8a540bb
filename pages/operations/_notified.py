"""The line on /lage that says whether anybody would be told."""

from dash.development.base_component import Component

from components import notification_line as line
from components.panel import notice
from services.container import services
from services.errors import CockpitError


def notification_line() -> Component:
    """Say whether messages go out now."""
    try:
        return line.notification_line(services().notifications.state())
    except CockpitError as error:
        return notice(error.user_message, "warn")
