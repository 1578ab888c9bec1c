"""The functions' process is killed again and again while 32 widgets work."""

import pytest

from tests.real_queues.endurance.findings import findings
from tests.real_queues.endurance.storm import endure

pytestmark = [pytest.mark.integration, pytest.mark.enable_socket]

KILLS = 20
"""A hundred take too long for every run: ``python -m tests.real_queues.endurance --kills 100``."""


def test_no_second_is_lost_and_none_counted_twice_however_often_the_functions_are_killed() -> None:
    outcome = endure(KILLS, seed=20)

    assert findings(outcome) == []
    assert {"accepted", "queued", "duplicate"} <= outcome.diary.receipts.keys()
