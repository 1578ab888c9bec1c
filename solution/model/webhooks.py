"""What Dataverse tells the functions about: one endpoint, and a step for each message of a table.

All steps are asynchronous and run after the change is committed: nobody waits for us, and nothing
fails because of us.
"""

from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from solution.model.identity import stable_id

ENDPOINT_NAME = "Case handling time functions"
ENDPOINT_ID = stable_id("endpoint", ENDPOINT_NAME)
RECEIVER = "webhooks/dataverse"
"""Where the functions listen, behind the base address that ends in ``/api``."""


class Message(Enum):
    """What happened to a row; the value is the name of Dataverse's message."""

    CREATE = "Create"
    UPDATE = "Update"
    DELETE = "Delete"
    CLOSE = "Close"
    MERGE = "Merge"
    RESTORE = "Restore"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One message of one table; an update only when one of these columns was written.

    ``before`` are columns that are told as they were, too: a deleted row cannot be asked any more,
    and a changed one no longer says what it was.
    """

    table: str
    message: Message
    columns: tuple[str, ...] = ()
    before: tuple[str, ...] = ()

    @property
    def is_required(self) -> bool:
        """Tell whether a deployment without it is none: it tells what happened to a case.

        Environments differ in the others. Changed activities and settings are found otherwise; a
        case is restored only where there is a recycle bin, which older environments lack.
        """
        return self.table == CASE and self.message is not Message.RESTORE

    @property
    def name(self) -> str:
        return f"{ENDPOINT_NAME}: {self.message.value} of {self.table}"

    @property
    def id(self) -> UUID:
        return stable_id("step", f"{self.table}/{self.message.value}")

    @property
    def image_id(self) -> UUID:
        """What the image of the row as it was is called by."""
        return stable_id("image", f"{self.table}/{self.message.value}")


IMAGE_ALIAS = "before"
"""What the functions look for such an image under."""

CASE = "incident"
TIMED_ACTIVITIES = ("task", "phonecall", "email", "appointment")
SETTING_OVERRIDES = ("organizationsetting", "appsetting")
_LIFE = (Message.CREATE, Message.UPDATE, Message.DELETE)
_ACTIVITY_COLUMNS = ("actualdurationminutes", "regardingobjectid", "statecode", "ownerid")


def _life(table: str, *columns: str, before: tuple[str, ...] = ()) -> tuple[Step, ...]:
    return tuple(
        Step(
            table=table,
            message=each,
            columns=columns if each is Message.UPDATE else (),
            before=() if each is Message.CREATE else before,
        )
        for each in _LIFE
    )


STEPS = (
    Step(table=CASE, message=Message.UPDATE, columns=("statecode", "statuscode")),
    Step(table=CASE, message=Message.CLOSE),
    Step(table=CASE, message=Message.MERGE),
    Step(table=CASE, message=Message.DELETE),
    Step(table=CASE, message=Message.RESTORE),
    *(
        step
        for table in TIMED_ACTIVITIES
        for step in _life(table, *_ACTIVITY_COLUMNS, before=("regardingobjectid",))
    ),
    *(step for table in SETTING_OVERRIDES for step in _life(table, "value")),
)

ACTIVITY_STEPS = tuple(step for step in STEPS if step.table in TIMED_ACTIVITIES)
"""Steps on all e-mails, tasks, calls and appointments of an environment. Each change of one is a
job there, and one that fails stays behind, so they are registered only where that is asked for."""
