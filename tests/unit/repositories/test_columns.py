"""What all rows have in common."""

import pytest
from pydantic import ValidationError

from functions.repositories.cases import NamedCaseRow


def test_a_row_that_is_not_what_it_should_be_is_told_without_its_values() -> None:
    row = {"incidentid": "a call from Amira", "title": None, "merged": False, "_masterid_value": 1}

    with pytest.raises(ValidationError, match="incidentid") as caught:
        NamedCaseRow.model_validate(row)

    assert "Amira" not in str(caught.value)
