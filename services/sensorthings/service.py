"""Answers SensorThings requests: follows the path, reads a page, puts expanded entities into it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from sqlalchemy.orm import Session, sessionmaker

from data.sensorthings import rows as store
from data.sensorthings.query import Comparison, Condition, FieldError, Wanted
from services.clock import Clock
from services.errors import BadParameterError
from services.reading import Reading
from services.sensorthings.bounds import check_bounds
from services.sensorthings.entities import (
    EPOCH,
    Entity,
    Frame,
    Row,
    entity,
    key_of,
    own_value,
    quoted,
)
from services.sensorthings.model import KINDS, LINKS, Expanded, Link, Options, Step
from services.sensorthings.observation_ids import spelled_out
from services.sensorthings.options import parse_options
from services.sensorthings.path import kind_of, parse_path, unknown

MOST_QUESTIONS = 1000
"""Questions to the store for one answer; a deeper $expand asks for a smaller $top."""
ID_DIGITS = 18
PATH_SIGNS = "/()'"


@dataclass(slots=True)
class _Asked:
    """One answer on its way: how many questions it has cost."""

    session: Session
    frame: Frame
    count: int = 0
    seen: dict[tuple[str, str | int], Entity] = field(default_factory=dict)

    def rows(self, wanted: Wanted) -> list[Row]:
        self.count += 1
        if self.count > MOST_QUESTIONS:
            words = f"$expand führt zu mehr als {MOST_QUESTIONS} Abfragen. Bitte $top verkleinern."
            raise BadParameterError(user_message=words)
        return store.rows(self.session, wanted)


@dataclass(frozen=True, slots=True)
class SensorThingsService:
    """Reads the store as SensorThings entities; `licence` is that of the readings."""

    sessions: sessionmaker[Session]
    clock: Clock
    licence: str
    is_simulated: bool

    def root(self, address: str) -> Entity:
        """Return the root of the service: its collections and what it can do."""
        return {
            "value": [{"name": kind, "url": f"{address}/{kind}"} for kind in KINDS],
            "serverSettings": {
                "conformance": [
                    "http://www.opengis.net/spec/iot_sensing/1.1/req/datamodel",
                    "http://www.opengis.net/spec/iot_sensing/1.1/req/resource-path",
                    "http://www.opengis.net/spec/iot_sensing/1.1/req/request-data",
                ]
            },
        }

    def answer(self, address: str, path: str, given: Mapping[str, str]) -> Entity:
        """Return an entity or a page of a collection.

        Raises
        ------
        UnknownResourceError
            When the path leads nowhere.
        BadParameterError
            When an option is not understood, or asks for too much.
        """
        steps = parse_path(path)
        kind, is_many = kind_of(steps)
        options = parse_options(kind, given)
        frame = Frame(address, self.licence, self.is_simulated)
        with Reading(self.sessions) as session:
            asked = _Asked(session, frame)
            try:
                pins = _follow(asked, steps)
                if is_many:
                    return self._page(asked, Wanted(kind, pins), options, (address, path, given))
                found = asked.rows(Wanted(kind, pins, top=1))
                if not found:
                    raise unknown(path)
                return self._entity(asked, kind, found[0], options)
            except FieldError as error:
                raise BadParameterError(user_message=str(error)) from error

    def _page(
        self,
        asked: _Asked,
        wanted: Wanted,
        options: Options,
        came: tuple[str, str, Mapping[str, str]],
    ) -> Entity:
        wanted = self._with(wanted, options)
        made: Entity = {}
        if options.is_counted:
            made["@iot.count"] = store.count(asked.session, wanted)
        found = asked.rows(replace(wanted, top=options.top + 1)) if options.top else []
        if len(found) > options.top:
            address, path, given = came
            skip = str(options.skip + options.top)
            query = {**given, "$skip": skip, "$top": str(options.top)}
            pairs = "&".join(f"{name}={quote(text, safe='')}" for name, text in query.items())
            made["@iot.nextLink"] = f"{address}/{quote(path, safe=PATH_SIGNS)}?{pairs}"
        kept = found[: options.top]
        made["value"] = [self._entity(asked, wanted.kind, row, options) for row in kept]
        return made

    def _with(self, wanted: Wanted, options: Options) -> Wanted:
        made = replace(
            wanted,
            where=_without_ids(wanted.kind, options.where),
            order=tuple(
                order for order in options.order if (wanted.kind, order.path) != OBSERVATION_ID
            ),
            top=options.top,
            skip=options.skip,
        )
        check_bounds(made, is_counted=options.is_counted, now=self.clock.now() + FORECAST)
        return made

    def _entity(self, asked: _Asked, kind: str, row: Row, options: Options) -> Entity:
        made = entity(kind, row, asked.frame)
        if options.select:
            made = {name: value for name, value in made.items() if name in options.select}
        for expanded in options.expand:
            link = LINKS[kind][expanded.name]
            made.pop(f"{expanded.name}@iot.navigationLink", None)
            made.update(self._expand(asked, kind, row, expanded, link))
        return made

    def _expand(
        self, asked: _Asked, kind: str, row: Row, expanded: Expanded, link: Link
    ) -> dict[str, Any]:
        own = own_value(kind, row, link.own)
        pins = (Comparison(link.field, "eq", own),)
        name, options = expanded.name, expanded.options
        if link.is_many:
            path = f"{kind}({quoted(key_of(kind, row))})/{name}"
            page = self._page(asked, Wanted(link.kind, pins), options, (asked.frame.root, path, {}))
            made = {name: page.pop("value")}
            return made | {f"{name}{key}": value for key, value in page.items()}
        key = (repr(expanded), own)
        if key not in asked.seen:
            found = asked.rows(Wanted(link.kind, pins, top=1))
            if not found:
                return {}
            asked.seen[key] = self._entity(asked, link.kind, found[0], options)
        return {name: asked.seen[key]}


FORECAST = timedelta(days=15)
"""How far ahead of the clock a forecast may lie (estimate)."""
OBSERVATION_ID = ("Observations", "id")


def _follow(asked: _Asked, steps: tuple[Step, ...]) -> tuple[Comparison, ...]:
    """Return what pins the last step of a path; each step before must exist."""
    kind = steps[0].name
    pins = _by_key(kind, steps[0])
    for step in steps[1:]:
        found = asked.rows(Wanted(kind, pins, top=1))
        if not found:
            raise unknown(step.name)
        link = LINKS[kind][step.name]
        own = own_value(kind, found[0], link.own)
        kind = link.kind
        pins = (Comparison(link.field, "eq", own), *_by_key(kind, step))
    return pins


def _by_key(kind: str, step: Step) -> tuple[Comparison, ...]:
    if step.key is None:
        return ()
    if kind == "Observations":
        return _observation_pins(step.key)
    wants_number = kind in ("Datastreams", "Sensors")
    if isinstance(step.key, int) is not wants_number:
        raise unknown(str(step.key))
    return (Comparison("id", "eq", step.key),)


def _observation_pins(key: object) -> tuple[Comparison, ...]:
    """Return what names an observation: `<datastream>-<microseconds since 1970>`."""
    stream, _, micros = str(key).partition("-")
    digits = micros.removeprefix("-")
    is_whole = all(text.isascii() and text.isdigit() for text in (stream, digits))
    if not is_whole or len(digits) > ID_DIGITS or len(stream) > ID_DIGITS:
        raise unknown(str(key))
    try:
        at = EPOCH + int(micros) * timedelta(microseconds=1)
    except OverflowError as error:
        raise unknown(str(key)) from error
    return (Comparison("Datastream/id", "eq", int(stream)), Comparison("phenomenonTime", "eq", at))


def _without_ids(kind: str, where: Condition | None) -> Condition | None:
    """Put what an observation's id stands for in the place of a comparison with it."""
    if kind != "Observations" or where is None:
        return where
    return spelled_out(where, _observation_pins)
