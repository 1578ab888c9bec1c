"""One setting as Dataverse tells it by itself."""

import pytest
from pydantic import ValidationError

from functions.repositories.setting_rows import retrieved


def test_a_value_is_told_as_text() -> None:
    assert retrieved({"SettingDetail": {"Value": "false", "DataType": 2}}) == "false"


@pytest.mark.parametrize(
    "answer",
    [
        {},
        [],
        {"SettingDetail": None},
        {"SettingDetail": "false"},
        {"SettingDetail": {"value": "false"}},
        {"SettingDetail": {"Value": ["false"]}},
    ],
    ids=str,
)
def test_an_answer_of_another_shape_is_not_taken_for_the_default(answer: object) -> None:
    with pytest.raises(ValidationError):
        retrieved(answer)
