import json
from typing import Any

import pytest

from functions.repositories.snapshots import create
from functions.timekeeping.identifiers import snapshot_id
from tests.builders import snapshot


def written(title: str) -> dict[str, Any]:
    row: dict[str, Any] = json.loads(create(snapshot(title)).body or b"")
    return row


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Printer on fire", "Printer on fire (12)"),
        ("", " (12)"),
        ("x" * 200, "x" * 195 + " (12)"),
        ("\N{FIRE}" * 100, "\N{FIRE}" * 97 + " (12)"),
    ],
)
def test_a_snapshot_is_called_after_its_case_and_version_as_far_as_there_is_room(
    title: str, name: str
) -> None:
    assert written(title)["cht_name"] == name
    assert len(name.encode("utf-16-le")) <= 2 * 200


def test_a_snapshot_is_only_ever_created() -> None:
    creation = create(snapshot())

    assert creation.headers["If-None-Match"] == "*"
    assert str(snapshot_id(snapshot().resolution.id)) in creation.url
