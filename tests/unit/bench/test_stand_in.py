"""The Dataverse of the reconciliation benchmark beside the mock."""

import pytest

from bench.agreement import disagreements
from bench.mending import Work, mend, only_write


@pytest.mark.integration
@pytest.mark.parametrize("work", [mend, only_write])
def test_the_stand_in_is_asked_and_left_as_the_mock_is(work: Work) -> None:
    assert disagreements(work, people=1) == []
