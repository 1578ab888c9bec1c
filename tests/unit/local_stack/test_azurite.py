from pathlib import Path

import pytest

from tests.local_stack import azurite


def test_who_has_not_installed_it_is_told_how(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(azurite, "FOLDER", tmp_path)

    with pytest.raises(azurite.AzuriteMissingError, match="make tests/azurite/node_modules"):
        azurite.azurite()
