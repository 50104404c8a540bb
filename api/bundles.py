"""Files for the browser under /lib: our styles and scripts as one file each, Bootstrap, deck.gl.

Third-party files come from their installed packages, never from a copy or another server. Every
address carries a hash of the content, so that a browser may keep the file for ever.
"""

import gzip
import hashlib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from flask import Blueprint, Response, abort, request

from components.maps.deck import bundle_file, bundle_url

ASSETS = Path(__file__).resolve().parent.parent / "assets"
HASH_LENGTH = 12
YEAR_S = 31_536_000
DAY_S = 86_400
CSS = "text/css; charset=utf-8"
JS = "text/javascript; charset=utf-8"
SVG = "image/svg+xml"
BOOTSTRAP = ("flask_bootstrap", "static/bootstrap5/css/bootstrap.min.css")
MAP_COMMENT = b"/*# sourceMappingURL=bootstrap.min.css.map */"


@dataclass(frozen=True, slots=True)
class Bundle:
    """A file as it is served: its address, content and type."""

    url: str
    content: bytes
    mimetype: str
    packed: bytes


@dataclass(frozen=True, slots=True)
class Bundles:
    """All files under /lib and the addresses that the document names."""

    by_url: dict[str, Bundle]
    styles: tuple[str, ...]
    scripts: tuple[str, ...]
    theme: str
    sign: str


def make_bundles() -> Bundles:
    """Read and join the files once, when the app is made."""
    bootstrap = _named("bootstrap", ".css", _bootstrap(), CSS)
    styles = _named("cockpit", ".css", _joined(ASSETS / "css", "*.css"), CSS)
    scripts = _named("cockpit", ".js", _joined(ASSETS / "js" / "cockpit", "*.js"), JS)
    theme = _named("theme", ".js", (ASSETS / "js" / "theme.js").read_bytes(), JS)
    sign = _at("/lib/sign.svg", (ASSETS / "images" / "sign.svg").read_bytes(), SVG)
    deck = _at(bundle_url(), bundle_file().read_bytes(), JS)
    every = (bootstrap, styles, scripts, theme, sign, deck)
    return Bundles(
        by_url={bundle.url: bundle for bundle in every},
        styles=(bootstrap.url, styles.url),
        scripts=(scripts.url,),
        theme=theme.url,
        sign=sign.url,
    )


def bundles_blueprint(bundles: Bundles) -> Blueprint:
    """Serve the files with a long life and an ETag."""
    blueprint = Blueprint("bundles", __name__)

    @blueprint.get("/lib/<name>")
    def serve(name: str) -> Response:
        bundle = bundles.by_url.get(f"/lib/{name}")
        if bundle is None:
            abort(404)
        takes_gzip = request.accept_encodings.quality("gzip") > 0
        body = bundle.packed if takes_gzip else bundle.content
        response = Response(body, content_type=bundle.mimetype)
        if takes_gzip:
            response.content_encoding = "gzip"
        response.vary.add("Accept-Encoding")
        response.cache_control.public = True
        is_named_by_content = _digest(bundle.content) in name
        response.cache_control.max_age = YEAR_S if is_named_by_content else DAY_S
        response.cache_control.immutable = is_named_by_content
        response.set_etag(_digest(bundle.content))
        response.make_conditional(request)
        return response

    return blueprint


def _joined(folder: Path, pattern: str) -> bytes:
    return b"\n".join(path.read_bytes() for path in sorted(folder.glob(pattern)))


def _named(name: str, suffix: str, content: bytes, mimetype: str) -> Bundle:
    return _at(f"/lib/{name}.{_digest(content)}{suffix}", content, mimetype)


def _at(url: str, content: bytes, mimetype: str) -> Bundle:
    """Pack the file once: the map bundle has 4 MB, and packing it takes 0.2 s."""
    return Bundle(url, content, mimetype, gzip.compress(content, mtime=0))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:HASH_LENGTH]


def _bootstrap() -> bytes:
    package, path = BOOTSTRAP
    found = find_spec(package)
    if found is None or found.origin is None:
        raise FileNotFoundError("Bootstrap-Flask is not installed: run ./cockpit again")
    return (Path(found.origin).parent / path).read_bytes().replace(MAP_COMMENT, b"")
