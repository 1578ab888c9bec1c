"""What a Dataverse webhook says in its headers, which come even where the body is left out."""

from collections.abc import Mapping

TABLE_HEADER = "x-ms-dynamics-entity-name"
SETTING_OVERRIDES = frozenset({"organizationsetting", "appsetting"})
"""The tables that hold what administrators set."""


def settings_changed(headers: Mapping[str, str]) -> bool:
    """Tell whether the webhook is about a setting."""
    return headers.get(TABLE_HEADER, "").lower() in SETTING_OVERRIDES
