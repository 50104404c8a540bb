"""Text that a person typed, as it is kept: without signs that nobody sees.

A sign that turns the direction of writing (U+202E) or a zero byte would change what others read in
a table or on paper, or what a database takes. Every kind of space becomes a plain one.
"""


def one_line(text: str, most: int) -> str:
    """Return the words of a field of one line, at most so many characters."""
    return " ".join(_seen(text).split())[:most].rstrip()


def paragraphs(text: str, most: int) -> str:
    """Return the lines of a long field, at most so many characters."""
    return all_paragraphs(text)[:most].rstrip()


def all_paragraphs(text: str) -> str:
    """Return the lines of a long field, whole: who refuses what is too long counts them."""
    return "\n".join(_seen(line).rstrip() for line in text.strip().splitlines()).strip()


def _seen(text: str) -> str:
    return "".join(
        " " if sign.isspace() else sign for sign in text if sign.isprintable() or sign.isspace()
    )
