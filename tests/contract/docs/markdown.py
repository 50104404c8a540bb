"""Reads what the docs say in tables, code and links, so that tests can hold them to it."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
DOCS = ROOT / "docs"
_CELL = re.compile(r"(?<!\\)\|")
_BLOCK = re.compile(r"^```(\w+) (\S+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def text_of(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def table(text: str, *header: str) -> list[dict[str, str]]:
    """Return the rows of the table with this header, by column; code marks are kept."""
    lines = text.splitlines()
    starts = [number for number, line in enumerate(lines) if _cells(line) == list(header)]
    assert len(starts) == 1, f"{len(starts)} tables with the header {header}"
    rows = []
    for line in lines[starts[0] + 2 :]:
        if not line.startswith("|"):
            break
        cells = _cells(line)
        assert len(cells) == len(header), line
        rows.append(dict(zip(header, cells, strict=True)))
    return rows


def code(cell: str) -> str:
    """Return what a cell of one code span says."""
    assert cell.startswith("`"), cell
    assert cell.endswith("`"), cell
    return cell[1:-1]


def blocks(text: str) -> dict[str, str]:
    """Return the named code blocks: ```csv rivers.csv."""
    return {name: body for _, name, body in _BLOCK.findall(text)}


def _cells(line: str) -> list[str]:
    if not line.startswith("|"):
        return []
    return [cell.strip() for cell in _CELL.split(line.strip())[1:-1]]
