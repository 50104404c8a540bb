"""A small SVG writer: every attribute and text is escaped, so that a drawing can be trusted."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Svg:
    """A finished piece of SVG; only this module makes them from text."""

    text: str

    def __str__(self) -> str:
        return self.text


def element(tag: str, *children: "Svg | str", **attributes: str | float | None) -> Svg:
    """Make an element; children that are plain text are escaped, `class_` becomes `class`."""
    written = "".join(
        f' {_attribute_name(name)}="{escape(_attribute_value(value), quote=True)}"'
        for name, value in attributes.items()
        if value is not None
    )
    inner = "".join(
        child.text if isinstance(child, Svg) else escape(child, quote=False) for child in children
    )
    return Svg(f"<{tag}{written}>{inner}</{tag}>" if inner else f"<{tag}{written}/>")


def group(children: Iterable[Svg], **attributes: str | float | None) -> Svg:
    """Gather elements."""
    return element("g", *children, **attributes)


def text(x: float, y: float, content: str, class_: str = "") -> Svg:
    """Write text at a point."""
    return element("text", content, x=x, y=y, class_=class_ or None)


def line(x1: float, y1: float, x2: float, y2: float, class_: str) -> Svg:
    """Draw a straight line."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_)


def rect(x: float, y: float, width: float, height: float, class_: str) -> Svg:
    """Draw a rectangle; a negative extent becomes none."""
    return element("rect", x=x, y=y, width=max(0.0, width), height=max(0.0, height), class_=class_)


def path(points: Iterable[tuple[float, float]], class_: str, *, is_closed: bool = False) -> Svg:
    """Draw a line through points."""
    steps = [f"{_round(x)} {_round(y)}" for x, y in points]
    if not steps:
        return Svg("")
    return element("path", d="M" + "L".join(steps) + ("Z" if is_closed else ""), class_=class_)


def document(
    size: tuple[float, float], title: str, description: str, children: Iterable[Svg], key: str
) -> Svg:
    """Make a whole drawing with its name and description for screen readers."""
    width, height = size
    return element(
        "svg",
        element("title", title, id=f"{key}-title"),
        element("desc", description, id=f"{key}-desc"),
        *children,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_round(width)} {_round(height)}",
        role="img",
        aria_labelledby=f"{key}-title {key}-desc",
    )


def _attribute_name(name: str) -> str:
    return name.rstrip("_").replace("_", "-") if name != "viewBox" else name


def _attribute_value(value: str | float) -> str:
    return value if isinstance(value, str) else _round(value)


def _round(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))
