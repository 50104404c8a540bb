"""What the registered pages say of themselves: navigation, titles, scripts to load early.

The registry of Dash is complete only after all pages are imported: it is read when asked.
"""

from collections.abc import Callable
from urllib.parse import unquote

import dash

from components.maps.deck import bundle_url
from components.shell.header import NavigationEntry
from services.people import identity
from services.people.model import Right
from services.site import SiteInfo

DRILL = "ÜBUNG · "


def navigation() -> list[NavigationEntry]:
    """Return the pages that ask to be in the navigation and may be seen now, in their order."""
    pages = sorted(
        (
            page
            for page in dash.page_registry.values()
            if page.get("in_nav") and identity.may(Right(page.get("right", Right.READ)))
        ),
        key=lambda page: page["order"],
    )
    return [NavigationEntry(page["name"], page["path"]) for page in pages]


def complete_titles(site: SiteInfo) -> None:
    """Let the title of every page end with the name of this installation; a drill begins it."""
    begin, ending = DRILL if site.is_drill else "", f" – {site.title}"
    for page in dash.page_registry.values():
        page["title"] = _completed(page["title"], begin, ending)


def _completed(
    title: str | Callable[..., str], begin: str, ending: str
) -> str | Callable[..., str]:
    if callable(title):
        return lambda **path: f"{begin}{title(**path)}{ending}"
    return title if title.endswith(ending) else f"{begin}{title}{ending}"


def early_scripts(path: str) -> str:
    """Ask the browser early for the map bundle on pages that have a map."""
    has_map = any(
        page["path"] == path and page.get("has_map") for page in dash.page_registry.values()
    )
    return (
        f'<link rel="preload" as="script" fetchpriority="low" href="{bundle_url()}">'
        if has_map
        else ""
    )


def title_of(path: str, otherwise: str = "") -> str:
    """Return the title of the page at a path, before any script has run.

    A page of exactly this path goes before a template, a longer template before a shorter one;
    where there is no page, `otherwise` is it.
    """
    pages = list(dash.page_registry.values())
    for page in pages:
        if path == page["path"] and isinstance(page["title"], str):
            return page["title"]
    templates = [page for page in pages if page["path_template"]]
    for page in sorted(templates, key=lambda page: -len(_stem(page["path_template"]))):
        if path.startswith(_stem(page["path_template"])):
            name = page["path_template"].split("<")[1].rstrip(">")
            title = page["title"]
            return str(
                title(**{name: unquote(path.rsplit("/", 1)[-1])}) if callable(title) else title
            )
    return otherwise


def _stem(template: str) -> str:
    return template.split("<", maxsplit=1)[0]
