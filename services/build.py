"""Which build this is: a digest of the program's own files, the same for web and worker."""

import hashlib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("pages", "components", "services", "data", "api", "assets")
DIGITS = 8
VERSION = "0.1.0"


@cache
def build_id() -> str:
    """Return version and digest, e.g. `0.1.0+1a2b3c4d`."""
    digest = hashlib.sha256()
    files = sorted(
        path
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".js", ".css", ".csv", ".toml"}
    )
    for path in files:
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(path.read_bytes())
    return f"{VERSION}+{digest.hexdigest()[:DIGITS]}"
