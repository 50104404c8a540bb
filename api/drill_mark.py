"""The mark of a drill on whatever leaves the server: a header on all of it, files by name and line.

Pages carry it through their frame, messages and titles through the name of the region.
"""

from collections.abc import Iterable
from itertools import chain

from flask import Flask
from werkzeug.http import dump_options_header, parse_options_header
from werkzeug.wrappers import Response

from services.container import services

HEADER, MARKED = "X-Cockpit-Drill", "uebung"
PREFIX = "uebung-"
LINE = "ÜBUNG: Nichts davon ist wirklich geschehen.\r\n"
BOM = b"\xef\xbb\xbf"
CSV = "text/csv"
OK = 200


def mark_drills(server: Flask) -> None:
    """Mark every answer while this installation is a drill."""

    @server.after_request
    def mark(response: Response) -> Response:
        if not services().site.is_drill:
            return response
        response.headers[HEADER] = MARKED
        _name(response)
        if response.mimetype == CSV and response.status_code == OK:
            _begin_with_line(response)
        return response


def marked_name(name: str) -> str:
    """Return the name of a file, in a drill with the mark in front."""
    is_plain = not services().site.is_drill or name.startswith(PREFIX)
    return name if is_plain else f"{PREFIX}{name}"


def _name(response: Response) -> None:
    kind, options = parse_options_header(response.headers.get("Content-Disposition"))
    name = options.get("filename")
    if name:
        given = {**options, "filename": marked_name(name)}
        response.headers["Content-Disposition"] = dump_options_header(kind, given)


def _begin_with_line(response: Response) -> None:
    """Put the line in front of a table; an ETag of the unmarked one no longer fits."""
    line = LINE.encode()
    response.direct_passthrough = False
    length = response.content_length
    response.response = _with_line(response.response, line)
    if length:
        response.content_length = length + len(line)
    response.headers.pop("ETag", None)


def _with_line(parts: Iterable[bytes | str], line: bytes) -> Iterable[bytes]:
    found = (part.encode() if isinstance(part, str) else part for part in parts)
    first = next(found, b"")
    mark = BOM + line if first.startswith(BOM) else line
    return chain((mark, first.removeprefix(BOM)), found)
