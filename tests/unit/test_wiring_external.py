"""Which roles of a provider stand for which of ours, as the settings say it."""

import pytest

from config import Settings
from services.people.model import Role
from wiring import wire
from wiring_external import make_external, mapping


def settings(folder, **changes):
    return Settings(state_dir=folder, _env_file=None, **changes)


def test_pairs_are_read_and_what_is_no_pair_is_refused_at_the_start(tmp_path):
    given = settings(tmp_path, oidc_roles="krisenstab=crisis, planung=planner")
    assert mapping(given) == {"krisenstab": Role.CRISIS, "planung": Role.PLANNER}
    for wrong in ("krisenstab", "krisenstab=chef", "=crisis", "a=public"):
        with pytest.raises(ValueError, match="kein Paar"):
            mapping(settings(tmp_path, oidc_roles=wrong))


def test_a_provider_is_made_where_it_is_configured_whole(tmp_path):
    folder = tmp_path / "state"
    wired = wire(settings(folder))
    assert make_external(wired, None) is None
    with pytest.raises(ValueError, match="fehlen"):
        make_external(wire(settings(folder, oidc_issuer="https://id.example")), None)
    made = make_external(
        wire(
            settings(
                folder, oidc_issuer="https://id.example", oidc_client_id="cockpit",
                oidc_roles="a=planner", public_url="https://cockpit.example/",
            )
        ),
        None,
    )  # fmt: skip
    known = made.provider.settings
    assert known.redirect_uri == "https://cockpit.example/anmelden/extern/zurueck"
    assert "secret" not in repr(known)
