"""What the solution is called, and the ids of its parts.

An id is made from the part's name, so it is the same in every environment and in every build: that
is what makes a second import, a second deployment and an undo find what the first one made.
"""

from uuid import UUID, uuid5

PUBLISHER_NAME = "casehandlingtime"
PUBLISHER_PREFIX = "cht"
OPTION_VALUE_PREFIX = 76120
SOLUTION_NAME = "CaseHandlingTime"
SOLUTION_LABEL = "Case handling time"
SOLUTION_DESCRIPTION = "Tracks and shows the time spent on cases."
VERSION = "0.1.0.0"
"""Raised with every release: an environment that has this version is not imported into again."""

CONTROL_NAME = "cht_Cht.CaseTime"
APP_NAME = "cht_CaseHandlingTimeAdmin"
APP_LABEL = "Handling time administration"
CASE_FORM_LABEL = "Case with handling time"

NAMESPACE = UUID("0d4f3c52-7b1e-4f7c-9a55-5a2d6d5b8c31")


def stable_id(kind: str, name: str) -> UUID:
    """Return the id of a part: ``kind`` is what it is, such as ``view``, ``name`` which one."""
    return uuid5(NAMESPACE, f"{kind}/{name}")
