"""Signing in on both databases: what lets in, what locks, what a token is worth."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pyotp
import pytest
from sqlalchemy import func, select

from data import audit, known_browsers
from data.models import KnownBrowser
from services.people import second_factor
from services.people.accounts import Accounts
from services.people.errors import AccountError, SignInError, SignInLockedError
from services.people.identity import acting, current
from services.people.known_browsers import KNOWN_FOR, digest
from services.people.model import PUBLIC, Right, Role, system
from services.people.sign_in import IDLE, SHIFT, WALL, Entry, SignIn

GOOD = "vier wilde Rotmilane kreisen"
BERLIN = ZoneInfo("Europe/Berlin")


@dataclass
class House:
    sessions: object
    now: datetime = datetime(2026, 11, 28, 1, 0, tzinfo=UTC)
    door: SignIn = field(init=False)
    accounts: Accounts = field(init=False)

    def __post_init__(self):
        self.door = SignIn(self.sessions, BERLIN, wall=lambda: self.now)
        self.accounts = Accounts(self.sessions, wall=lambda: self.now)

    def person(self, login="dienst", role=Role.CRISIS):
        with acting(system("test")):
            first = self.accounts.add(login, f"Dienst {login}", role)
        token = self.door.enter(Entry(login, first))
        with acting(self.door.find(token)):
            self.accounts.change_password(first, GOOD)
        return token

    def enrol(self, token):
        secret = second_factor.new_secret()
        with acting(self.door.find(token)):
            codes = self.accounts.set_up_second_factor(secret, self.code(secret))
        return secret, codes

    def code(self, secret):
        return pyotp.TOTP(secret).at(self.now)

    def actions(self):
        with self.sessions() as session:
            return [row.action for row in audit.newest(session, 50)][::-1]


@pytest.fixture
def house(sessions):
    return House(sessions)


def test_an_emergency_role_may_do_nothing_before_its_second_factor_is_set_up(house):
    token = house.person()
    found = house.door.find(token)
    assert (found.role, found.is_confirmed) == (Role.CRISIS, False)
    assert found.rights == PUBLIC.rights
    house.enrol(token)
    assert Right.OPERATE in house.door.find(token).rights


def test_with_a_second_factor_the_password_alone_lets_nobody_in(house):
    secret, codes = house.enrol(house.person())
    house.now += timedelta(minutes=1)
    with pytest.raises(SignInError):
        house.door.enter(Entry("dienst", GOOD))
    token = house.door.enter(Entry("dienst", GOOD, house.code(secret)))
    assert Right.OPERATE in house.door.find(token).rights
    with pytest.raises(SignInError):
        house.door.enter(Entry("dienst", GOOD, house.code(secret)))
    assert house.door.enter(Entry("dienst", GOOD, codes[0]))
    with pytest.raises(SignInError):
        house.door.enter(Entry("dienst", GOOD, codes[0]))


@pytest.mark.parametrize("code", ["１２３４５６", "äöü", ""])
def test_a_code_in_other_signs_is_a_wrong_code_and_is_in_the_log(house, code):
    house.enrol(house.person())
    house.now += timedelta(minutes=1)
    with pytest.raises(SignInError):
        house.door.enter(Entry("dienst", GOOD, code))
    assert house.actions()[-1] == "sign-in-refused"


def test_a_planner_needs_no_second_factor(house):
    found = house.door.find(house.person("plan", Role.PLANNER))
    assert Right.CURATE in found.rights
    assert Right.OPERATE not in found.rights


def test_ten_thousand_wrong_passwords_lock_the_attacker_and_not_the_officer(sqlite_sessions):
    house = House(sqlite_sessions)
    house.person("plan", Role.PLANNER)
    refusals = {SignInError: 0, SignInLockedError: 0}
    for number in range(10_000):
        with pytest.raises((SignInError, SignInLockedError)) as caught:
            house.door.enter(Entry("plan", f"falsch {number}", address="10.0.0.66"))
        refusals[caught.type] += 1
    assert refusals[SignInError] == 5
    assert house.actions()[-2:] == ["sign-in-refused", "sign-in-locked"]
    assert "noch einmal" in caught.value.user_message
    with pytest.raises(SignInLockedError):
        house.door.enter(Entry("plan", GOOD, address="10.0.0.66"))
    assert house.door.enter(Entry("plan", GOOD, address="10.0.0.7"))
    house.now += timedelta(minutes=16)
    assert house.door.enter(Entry("plan", GOOD, address="10.0.0.66"))


def test_many_addresses_lock_the_account_for_minutes(house):
    house.person("plan", Role.PLANNER)
    for number in range(50):
        with pytest.raises(SignInError):
            house.door.enter(Entry("plan", "falsch", address=f"10.0.1.{number}"))
    with pytest.raises(SignInLockedError):
        house.door.enter(Entry("plan", GOOD, address="10.0.2.1"))
    house.now += timedelta(minutes=16)
    assert house.door.enter(Entry("plan", GOOD, address="10.0.2.1"))


def lock_from_many_addresses(house, login="plan"):
    for number in range(50):
        with pytest.raises(SignInError):
            house.door.enter(Entry(login, "falsch", address=f"10.0.1.{number}"))


def test_a_known_browser_gets_in_while_strangers_lock_the_account(house):
    token = house.person("plan", Role.PLANNER)
    known = house.door.remember_browser(token, "")
    lock_from_many_addresses(house)
    with pytest.raises(SignInLockedError):
        house.door.enter(Entry("plan", GOOD, address="10.0.2.1"))
    assert house.door.enter(Entry("plan", GOOD, address="10.0.2.1", known=known))
    with pytest.raises(SignInLockedError):  # for all others it stays locked
        house.door.enter(Entry("plan", GOOD, address="10.0.2.2"))


def test_a_known_browser_is_no_way_around_the_lock_for_who_guesses(house):
    known = house.door.remember_browser(house.person("plan", Role.PLANNER), "")
    for number in range(5):
        with pytest.raises(SignInError):
            house.door.enter(Entry("plan", "falsch", address=f"10.0.1.{number}", known=known))
    with pytest.raises(SignInLockedError):
        house.door.enter(Entry("plan", GOOD, address="10.0.2.1", known=known))
    assert house.door.enter(Entry("plan", GOOD, address="10.0.2.1"))


def test_a_browser_is_known_for_its_own_account_only_and_not_for_ever(house):
    known = house.door.remember_browser(house.person("plan", Role.PLANNER), "")
    house.person("rat", Role.COUNCIL)
    lock_from_many_addresses(house, "rat")
    for token in (known, "erraten"):
        with pytest.raises(SignInLockedError):
            house.door.enter(Entry("rat", GOOD, address="10.0.2.1", known=token))
    house.now += KNOWN_FOR + timedelta(minutes=1)
    lock_from_many_addresses(house)
    with pytest.raises(SignInLockedError):
        house.door.enter(Entry("plan", GOOD, address="10.0.2.1", known=known))


def test_a_browser_stays_known_with_each_sign_in_and_a_reset_forgets_it(house):
    known = house.door.remember_browser(house.person("plan", Role.PLANNER), "")
    for _ in range(3):
        house.now += KNOWN_FOR - timedelta(days=1)
        token = house.door.enter(Entry("plan", GOOD, known=known))
        assert house.door.remember_browser(token, known) == known
    with acting(system("test")):
        first = house.accounts.reset("plan")
    lock_from_many_addresses(house)
    with pytest.raises(SignInLockedError):
        house.door.enter(Entry("plan", first, address="10.0.2.1", known=known))


def test_at_a_desk_where_shifts_change_the_browser_is_known_to_both(house):
    first = house.person("eins", Role.PLANNER)
    home = house.door.remember_browser(first, "")
    desk = house.door.remember_browser(first, "")
    house.person("zwei", Role.PLANNER)
    for _ in range(12):
        for login in ("eins", "zwei"):
            house.now += timedelta(minutes=1)
            token = house.door.enter(Entry(login, GOOD, known=desk))
            assert house.door.remember_browser(token, desk) == desk
    for login in ("eins", "zwei"):
        lock_from_many_addresses(house, login)
    for login, known in (("eins", desk), ("eins", home), ("zwei", desk)):
        assert house.door.enter(Entry(login, GOOD, address="10.0.2.1", known=known))
    with pytest.raises(SignInLockedError):
        house.door.enter(Entry("zwei", GOOD, address="10.0.2.1", known=home))


def test_a_new_password_and_a_closed_account_forget_its_browsers(house):
    token = house.person("plan", Role.PLANNER)

    def is_known(known):
        with house.sessions() as session:
            return known_browsers.is_known_to_any(session, digest(known), house.now)

    known = house.door.remember_browser(token, "")
    assert is_known(known)
    with acting(house.door.find(token)):
        house.accounts.change_password(GOOD, f"{GOOD} weiter")
    assert not is_known(known)
    known = house.door.remember_browser(token, "")
    assert is_known(known)
    with acting(system("test")):
        house.accounts.set_active("plan", is_active=False)
    assert not is_known(known)


def test_what_is_known_no_more_is_deleted_with_the_next_sign_in_of_anybody(house):
    house.door.remember_browser(house.person("plan", Role.PLANNER), "")
    house.now += KNOWN_FOR
    house.person("rat", Role.COUNCIL)
    with house.sessions() as session:
        assert session.scalar(select(func.count()).select_from(KnownBrowser)) == 0


def test_of_many_browsers_the_longest_unused_is_forgotten(house):
    first = house.person("plan", Role.PLANNER)
    tokens = []
    for _ in range(11):
        tokens.append(house.door.remember_browser(first, ""))
        house.now += timedelta(minutes=1)
    lock_from_many_addresses(house)
    with pytest.raises(SignInLockedError):
        house.door.enter(Entry("plan", GOOD, address="10.0.2.1", known=tokens[0]))
    assert house.door.enter(Entry("plan", GOOD, address="10.0.2.1", known=tokens[1]))


def test_without_a_session_no_browser_becomes_known(house):
    assert house.door.remember_browser("erraten", "alt") == "alt"


def test_attempts_at_the_same_moment_do_not_slip_past_the_lock(house):
    house.person("plan", Role.PLANNER)

    def attempt(number):
        try:
            house.door.enter(Entry("plan", f"falsch {number}", address="10.0.0.66"))
        except SignInLockedError:
            return "locked"
        except SignInError:
            return "judged"
        return "in"

    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(attempt, range(24)))
    assert seen.count("judged") == 5
    assert seen.count("locked") == 19


def test_unknown_names_are_refused_like_wrong_passwords(house):
    with pytest.raises(SignInError) as unknown:
        house.door.enter(Entry("niemand", "falsch"))
    house.person("plan", Role.PLANNER)
    with pytest.raises(SignInError) as wrong:
        house.door.enter(Entry("plan", "falsch"))
    assert unknown.value.user_message == wrong.value.user_message


def test_a_session_ends_after_a_shift_or_when_nobody_is_there(house):
    token = house.person("plan", Role.PLANNER)
    house.now += IDLE + timedelta(seconds=1)
    assert house.door.find(token) == PUBLIC
    token = house.door.enter(Entry("plan", GOOD))
    for _ in range(int(SHIFT / timedelta(hours=1)) - 1):
        house.now += timedelta(hours=1)
        assert house.door.find(token).is_signed_in
    house.now += timedelta(hours=1)
    assert house.door.find(token) == PUBLIC


def test_a_wall_stays_signed_in_and_only_looks(house):
    secret, _ = house.enrol(house.person())
    house.now += timedelta(minutes=1)
    token = house.door.enter(Entry("dienst", GOOD, house.code(secret), is_wall=True))
    house.now += WALL - timedelta(minutes=1)
    assert house.door.find(token).rights == {Right.READ, Right.WATCH}


def test_whoever_leaves_is_out_and_so_is_a_closed_account(house):
    token = house.person("plan", Role.PLANNER)
    house.door.leave(token)
    assert house.door.find(token) == PUBLIC
    token = house.door.enter(Entry("plan", GOOD))
    with acting(system("test")):
        house.accounts.set_active("plan", is_active=False)
    assert house.door.find(token) == PUBLIC
    with pytest.raises(SignInError):
        house.door.enter(Entry("plan", GOOD))


def test_the_last_administrator_stays(house):
    house.person("chef", Role.ADMIN)
    with acting(system("test")):
        for change in (
            lambda: house.accounts.set_role("chef", Role.COUNCIL),
            lambda: house.accounts.set_active("chef", is_active=False),
            lambda: house.accounts.remove("chef"),
        ):
            with pytest.raises(AccountError, match="letzte Konto"):
                change()


@pytest.mark.parametrize(
    "weak", ["kurz", "passwort1234", "aaaaaaaaaaaaaaaa", "dienst dienst dienst"]
)
def test_a_weak_password_is_refused(house, weak):
    with acting(system("test")):
        first = house.accounts.add("dienst", "Dienst", Role.PLANNER)
    token = house.door.enter(Entry("dienst", first))
    with acting(house.door.find(token)), pytest.raises(AccountError):
        house.accounts.change_password(first, weak)


def test_everything_that_happens_is_in_the_chained_log(house):
    token = house.person("plan", Role.PLANNER)
    house.door.leave(token)
    assert house.actions() == ["account-add", "sign-in", "password-change", "sign-out"]
    with house.sessions() as session:
        verdict = audit.verify(session)
    assert (verdict.entries, verdict.broken_at) == (4, None)


def test_the_demonstration_lets_in_without_password_and_real_operation_does_not(house):
    with pytest.raises(SignInError):
        house.door.enter_demo(Role.CRISIS)
    door = SignIn(house.sessions, BERLIN, is_demo=True, wall=lambda: house.now)
    assert Right.OPERATE in door.find(door.enter_demo(Role.CRISIS)).rights
    with pytest.raises(SignInError):
        door.enter(Entry("vorfuehrung-crisis", ""))


def test_without_a_sign_in_everybody_is_the_public(house):
    assert current() == PUBLIC
    for token in ("", "x" * 43, "ü"):
        assert house.door.find(token) == PUBLIC
