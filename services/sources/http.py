"""GET for sources: time limits, size limit, few redirects, https only, validators (ETag)."""

import ipaddress
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import requests

from services.build import VERSION
from services.sources.errors import NotModified, SourceUnavailableError
from services.sources.model import Answer, Request, Validators

CONNECT_S, READ_S = 10.0, 30.0
WHOLE_S = 90.0
"""Longest time for one body, so that a server that drips bytes holds up nobody (estimate)."""

CHUNK_BYTES = 65_536
MOST_REDIRECTS = 3
OK, UNCHANGED = 200, 304
REDIRECTS = frozenset({301, 302, 303, 307, 308})
USER_AGENT = f"Regionalcockpit/{VERSION} (Landkreis, Abruf offener Daten)"


def get(request: Request, validators: Validators = Validators()) -> Answer:  # noqa: B008  # frozen
    """Return the answer to a request.

    Raises
    ------
    SourceUnavailableError
        For an address that is not allowed, another status, no answer in time, too many bytes.
    NotModified
        When the server says that the body with these validators still holds.
    """
    url, start = request.url, request.url
    began = time.monotonic()
    try:
        with requests.Session() as session:
            for _ in range(MOST_REDIRECTS + 1):
                require_allowed(url, start)
                with session.get(
                    url,
                    headers=_headers(request, validators),
                    timeout=(CONNECT_S, READ_S),
                    stream=True,
                    allow_redirects=False,
                ) as response:
                    if response.status_code in REDIRECTS:
                        url = urljoin(url, response.headers.get("Location", ""))
                        continue
                    return _answer(response, url, request.max_bytes, began)
    except (requests.RequestException, OSError) as error:
        raise SourceUnavailableError(_why(error)) from error
    raise SourceUnavailableError(f"mehr als {MOST_REDIRECTS} Weiterleitungen")


def require_allowed(url: str, start: str = "") -> None:
    """Refuse what is not https, except on this machine, and a way from outside to this machine.

    Raises
    ------
    SourceUnavailableError
        With the reason.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError as error:
        raise SourceUnavailableError("die Adresse ist nicht lesbar") from error
    is_here = is_loopback(host)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_here):
        raise SourceUnavailableError("die Adresse ist nicht verschlüsselt (https)")
    if is_here and start and not is_loopback(urlsplit(start).hostname or ""):
        raise SourceUnavailableError("die Weiterleitung führt auf diesen Rechner")


def is_loopback(host: str) -> bool:
    """Tell whether a host name is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def retry_after(value: str, now: Callable[[], datetime] | None = None) -> timedelta | None:
    """Return the wait in a Retry-After header (seconds or a date), None for none or rubbish."""
    if value.isascii() and value.isdigit():
        return timedelta(seconds=min(int(value[:9]), 10**8))
    try:
        until = parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return None
    at = now() if now is not None else datetime.now(UTC)
    return max(until.replace(tzinfo=until.tzinfo or UTC) - at, timedelta())


def _headers(request: Request, validators: Validators) -> dict[str, str]:
    headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "gzip", **request.headers}
    if request.is_conditional and validators.etag:
        headers["If-None-Match"] = validators.etag
    if request.is_conditional and validators.last_modified:
        headers["If-Modified-Since"] = validators.last_modified
    return headers


def _answer(response: requests.Response, url: str, limit: int, began: float) -> Answer:
    if response.status_code == UNCHANGED:
        raise NotModified
    if response.status_code != OK:
        raise SourceUnavailableError(
            f"Status {response.status_code}",
            status=response.status_code,
            retry_after=retry_after(response.headers.get("Retry-After", "")),
        )
    headed_at = datetime.now(UTC)
    body = bytearray()
    for chunk in response.iter_content(CHUNK_BYTES):
        body += chunk
        if len(body) > limit:
            raise SourceUnavailableError(f"die Antwort hat mehr als {limit} Bytes")
        if time.monotonic() - began > WHOLE_S:
            raise SourceUnavailableError(f"die Antwort dauert länger als {WHOLE_S:.0f} s")
    _require_whole(response, len(body))
    return Answer(
        url,
        response.status_code,
        bytes(body),
        Validators(response.headers.get("ETag", ""), response.headers.get("Last-Modified", "")),
        response.headers.get("Date", ""),
        headed_at,
    )


def _require_whole(response: requests.Response, size: int) -> None:
    """Refuse a body that is shorter than announced; a compressed one is checked by its end."""
    announced = response.headers.get("Content-Length", "")
    is_plain = not response.headers.get("Content-Encoding")
    if is_plain and announced.isdigit() and int(announced) != size:
        raise SourceUnavailableError(f"die Antwort bricht nach {size} Bytes ab")


def _why(error: Exception) -> str:
    if isinstance(error, requests.Timeout):
        return "keine Antwort in der erlaubten Zeit"
    if isinstance(error, requests.exceptions.SSLError):
        return "das Zertifikat ist nicht gültig"
    if isinstance(error, requests.ConnectionError):
        return "keine Verbindung"
    return f"die Übertragung ist gescheitert ({type(error).__name__})"
