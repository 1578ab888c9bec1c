"""The names that the control's own tests take for Dataverse's are the mock's."""

from tests.mock_dataverse.names import FILE, dataverse_names


def test_the_names_that_queries_of_the_control_are_checked_against_are_current() -> None:
    hint = "run python -m tests.mock_dataverse.names"

    assert FILE.read_text("utf-8") == dataverse_names(), hint
