"""A drill by hand: the booth of real operation, the desk and figures of a running one."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from data.drills import ENDED, RUNNING, InjectionRow, RequestRow
from services.alarms.model import Rule
from services.drills.booth import BoothView, Wish
from services.drills.desk import DrillView
from services.drills.errors import DrillRefusedError, NotInDrillError
from services.drills.evaluation import Call, Evaluation, Missed
from services.people.identity import require
from services.people.model import Right

ZONE = ZoneInfo("Europe/Berlin")
AT = datetime(2021, 7, 14, 16, 0, tzinfo=UTC)
WALL = datetime(2026, 11, 28, 20, 0, tzinfo=UTC)


def request(status: str = RUNNING, number: int = 1, message: str = "") -> RequestRow:
    ended_at = WALL if status == ENDED else None
    return RequestRow(
        number, "myk", "Juli 2021", {"arguments": ["2021-07"]}, 20.0, 8051, status, message,
        "Dienst crisis", WALL - timedelta(hours=1), ended_at,
    )  # fmt: skip


@dataclass
class FakeBooth:
    """Remembers what was asked for."""

    running: RequestRow | None = None
    has_leader: bool = True
    wishes: list[Wish] = field(default_factory=list)
    ended: int = 0

    def view(self) -> BoothView:
        return BoothView(
            self.running,
            (request(ENDED, 7),),
            (("2021-07", "Juli 2021"), ("normal", "Ruhiger Tag")),
            self.has_leader,
            ("uebung-20261128-190000-2021-07.csv",),
        )

    def start(self, wish: Wish) -> None:
        require(Right.OPERATE)
        if self.running is not None:
            raise DrillRefusedError(user_message="Es läuft schon eine Übung: Juli 2021.")
        self.wishes.append(wish)
        self.running = request()

    def end(self) -> None:
        require(Right.OPERATE)
        self.ended += 1
        self.running = None

    def report(self, name: str) -> str:
        require(Right.OPERATE)
        return f"ÜBUNG: {name}\r\n"


def shown() -> DrillView:
    remark = InjectionRow("bemerkung", "", None, "Anruf aus Mayen", "Dienst crisis", AT, WALL)
    return DrillView(
        title="Juli 2021",
        description="Das Hochwasser vom Juli 2021.",
        now=AT,
        wall_now=WALL,
        start=AT - timedelta(hours=4),
        end=AT + timedelta(hours=12),
        speed=20.0,
        is_paused=False,
        silent=frozenset({"iot-nitz"}),
        injections=(remark,),
        gauges=(("iot-bermel", "Bermel"), ("iot-nitz", "Nitz")),
    )


@dataclass
class FakeDrillDesk:
    """Remembers how it was steered."""

    is_drill: bool = False
    acts: list[tuple[object, ...]] = field(default_factory=list)
    shown: DrillView = field(default_factory=shown)

    def view(self) -> DrillView:
        if not self.is_drill:
            raise NotInDrillError
        return self.shown

    def pause(self) -> None:
        self._act("pause")
        self.shown = replace(self.shown, is_paused=True)

    def resume(self) -> None:
        self._act("resume")

    def set_speed(self, speed: float) -> None:
        self._act("speed", speed)

    def jump(self, to: datetime) -> bool:
        self._act("jump", to)
        return to < AT

    def silence(self, gauge_id: str, *, is_silent: bool) -> None:
        self._act("silence", gauge_id, is_silent)

    def report_falsely(self, gauge_id: str, level_m: float) -> None:
        self._act("false", gauge_id, level_m)

    def remark(self, text: str) -> None:
        self._act("remark", text)

    def _act(self, *what: object) -> None:
        require(Right.OPERATE)
        if not self.is_drill:
            raise NotInDrillError
        self.acts.append(what)


@dataclass
class FakeDrills:
    booth: FakeBooth = field(default_factory=FakeBooth)
    desk: FakeDrillDesk = field(default_factory=FakeDrillDesk)
    zone: ZoneInfo = ZONE

    def evaluation(self) -> Evaluation:
        if not self.desk.is_drill:
            raise NotInDrillError
        return evaluation()


def call(**changes: object) -> Call:
    made = Call(
        alarm_id="a1", rule=Rule.LEVEL, subject="mayen/nette", name="Mayen", severity="warnung",
        called_at=AT, called_wall_at=WALL, came_at=AT + timedelta(minutes=90),
        taken_at=AT + timedelta(minutes=12), taken_after_min=12.0, taken_after_wall_min=0.6,
        taken_by="Dienst crisis", role="Krisenstab", messages=2, measures=1,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def evaluation() -> Evaluation:
    waiting = call(
        alarm_id="a2", name="=Monreal", came_at=None, taken_at=None, taken_after_min=None,
        taken_after_wall_min=None, taken_by="", role="",
    )  # fmt: skip
    missed = Missed("plaidt/nette", "Plaidt", "voralarm", AT)
    return Evaluation(
        title="Juli 2021",
        until=AT,
        is_final=False,
        knows_truth=True,
        calls=(call(), waiting),
        missed=(missed,),
        measures=(),
        drafts=(),
        messages=4,
    )
