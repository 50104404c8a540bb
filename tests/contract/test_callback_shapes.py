"""Every callback takes what the browser sends it: as many values as it has inputs and states."""

from api.identity import COOKIE
from services.people.model import Role

UPDATE = "/_dash-update-component"
HERE = {"Sec-Fetch-Site": "same-origin"}
SHAPE = ("positional argument", "unexpected keyword", "required keyword")
"""How Python says that a function was called with other values than it takes."""


def calls(client):
    """Yield output and body of each callback of the server that has plain ids."""
    for entry in client.get("/_dash-dependencies").get_json():
        parts = [*entry["inputs"], *entry["state"]]
        outputs = entry["output"].strip(".").split("...")
        if entry.get("clientside_function") or any("{" in part["id"] for part in parts):
            continue
        if "{" in entry["output"] or not entry["inputs"]:
            continue
        named = [dict(zip(("id", "property"), one.rsplit(".", 1), strict=True)) for one in outputs]
        first = entry["inputs"][0]
        yield (
            entry["output"],
            {
                "output": entry["output"],
                "outputs": named if entry["output"].startswith("..") else named[0],
                "inputs": [{**part, "value": None} for part in entry["inputs"]],
                "state": [{**part, "value": None} for part in entry["state"]],
                "changedPropIds": [f"{first['id']}.{first['property']}"],
            },
        )


def test_every_callback_takes_as_many_values_as_it_is_sent(client, caplog):
    found = list(calls(client))
    assert len(found) > 60
    for _, body in found:
        for role in (Role.CRISIS, Role.ADMIN, Role.PLANNER):
            client.set_cookie(COOKIE, role.value)
            if client.post(UPDATE, json=body, headers=HERE).status_code not in {401, 403}:
                break
    said = [str(record.exc_info[1]) for record in caplog.records if record.exc_info]
    assert [words for words in said if any(part in words for part in SHAPE)] == []
