"""Browsers from which an account signed in before: strangers cannot lock it out there.

Whoever knows a login can lock the account everywhere by wrong attempts from many addresses. A
browser that holds a token of an earlier sign-in is counted by itself instead ("device cookies",
OWASP). The token opens nothing: password and second factor are asked as ever.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from data import known_browsers

KNOWN_FOR = timedelta(days=180)
"""From the last sign-in on: duties may lie months apart (estimate)."""
MOST = 10
"""Browsers of one account, the longest unused is forgotten first (estimate)."""


def mark_of(session: Session, token: str, login: str, now: datetime) -> str:
    """Return what a token stands for in a count, "" where it is no known browser of a login."""
    if not token:
        return ""
    key = digest(token)
    return key if known_browsers.is_known(session, key, login, now) else ""


def remember(session: Session, token: str, person_id: str, now: datetime) -> str:
    """Return the token that a browser keeps: its own, be it of another account, or a new one."""
    is_ours = bool(token) and known_browsers.is_known_to_any(session, digest(token), now)
    kept = token if is_ours else secrets.token_urlsafe(32)
    known_browsers.put(session, digest(kept), person_id, now + KNOWN_FOR)
    known_browsers.forget(session, person_id, keep=MOST)
    return kept


def digest(token: str) -> str:
    """Return what is stored of a token."""
    return hashlib.sha256(f"browser|{token}".encode()).hexdigest()
