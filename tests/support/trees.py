"""Looking into component trees and served documents."""

from collections.abc import Iterator

from dash.development.base_component import Component


def components(tree: object) -> Iterator[Component]:
    """Yield every component of a tree."""
    if isinstance(tree, list | tuple):
        for part in tree:
            yield from components(part)
    elif isinstance(tree, Component):
        yield tree
        yield from components(getattr(tree, "children", None))


def of_type(tree: object, name: str) -> list[Component]:
    """Return the components of a type, for example "Table" or "H1"."""
    return [part for part in components(tree) if type(part).__name__ == name]


def text(tree: object) -> str:
    """Return all words of a tree, with plain spaces."""
    if isinstance(tree, list | tuple):
        words = " ".join(filter(None, (text(part) for part in tree)))
        return " ".join(words.split())
    if isinstance(tree, Component):
        return text(getattr(tree, "children", None))
    return "" if tree is None else str(tree).replace("\N{NO-BREAK SPACE}", " ")


def ids(tree: object) -> list[str]:
    """Return the ids of a tree as text."""
    found = (getattr(part, "id", None) for part in components(tree))
    return [str(each) for each in found if each is not None]


def links(tree: object) -> list[str]:
    """Return the addresses that a tree leads to."""
    found = (getattr(part, "href", None) for part in components(tree))
    return [str(each) for each in found if each]
