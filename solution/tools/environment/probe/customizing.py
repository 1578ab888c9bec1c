"""Whether an environment says that it blocks unmanaged customizations."""

import re

from dataverse_client import Query, Row
from dataverse_client import operations as op
from solution.tools.environment.probe.question import (
    Kept,
    Question,
    Reading,
    Replies,
    Request,
    confirmed_if,
    of_rows,
    unanswered,
)
from solution.tools.environment.surroundings import LOCKDOWN, SETTINGS

ABSENT, STRANGE = "absent", "neither true nor false"
FLAG = re.compile(rf"<{LOCKDOWN}>\s*(\w*)\s*</{LOCKDOWN}>")


def _lockdown(organizations: list[Row]) -> Kept:
    (settings,) = (str(row[SETTINGS] or "") for row in organizations)
    said = FLAG.search(settings)
    if said is None:
        return ABSENT
    value = said[1].lower()
    return value if value in {"true", "false"} else STRANGE


def _read(replies: Replies) -> Reading:
    reply = replies["organization"]
    if reply.kept is None:
        return unanswered(reply.text)
    if reply.kept == ABSENT:
        return unanswered(f"{LOCKDOWN} is not among them")
    return confirmed_if(reply.kept != STRANGE, f"{LOCKDOWN} is {reply.kept}")


LOCKDOWN_SETTING = Question(
    name="unmanaged-customizations",
    assumption="The settings of the organization say whether it blocks unmanaged customizations.",
    requests=(
        Request(
            "organization",
            op.read_rows(Query("organizations").select(SETTINGS)),
            of_rows(_lockdown),
        ),
    ),
    read=_read,
    before_us=True,
    confirmed="Compare that with *Block unmanaged customizations* in the admin center: the"
    " deployment brings a managed solution where it is true.",
    refuted="The deployment takes it for false, and brings an unmanaged solution.",
    unanswered="What nobody has set is not told. *Block unmanaged customizations* is in the admin"
    " center; in a trial only: turn it on, ask again, and turn it off.",
)

QUESTIONS = (LOCKDOWN_SETTING,)
