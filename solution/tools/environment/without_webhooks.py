"""What holds where Dataverse does not tell by a webhook: what is found out, how, and how late.

The times are those of the functions' timers (decision 0012), and of their look at the settings.
"""

from itertools import chain

from solution.model.webhooks import SETTING_OVERRIDES, STEPS, TIMED_ACTIVITIES, Message, Step

SETTINGS = "settings are read again every minute"
CASES = "changes of cases are found within 15 minutes"
ACTIVITIES = "new and changed activities are found within 15 minutes"
LEFT = (
    "activities that were deleted, or moved away from a case, are found within 15 minutes if the"
    " total of that case was written within a day, and in the night if within seven days"
)
OF_CASES = {
    Message.UPDATE: CASES,
    Message.CLOSE: "resolutions get their snapshots in the night",
    Message.MERGE: CASES,
    Message.DELETE: "the time of a deleted case goes with it",
    Message.RESTORE: (
        "the days of a case that was restored from the recycle bin are made again in the night, or"
        " by `python -m operations rebuild`"
    ),
}
OF_ACTIVITIES = {
    Message.CREATE: (ACTIVITIES,),
    Message.UPDATE: (ACTIVITIES, LEFT),
    Message.DELETE: (LEFT,),
}


def instead_of(*steps: Step) -> str:
    """Say what holds without these steps, each thing once."""
    return "; ".join(dict.fromkeys(chain.from_iterable(map(_without, steps))))


def _without(step: Step) -> tuple[str, ...]:
    if step.table in SETTING_OVERRIDES:
        return (SETTINGS,)
    if step.table in TIMED_ACTIVITIES:
        return OF_ACTIVITIES[step.message]
    return (OF_CASES[step.message],)


WITHOUT_WEBHOOKS = (
    "an environment that blocks unmanaged customizations may refuse webhooks. What holds without"
    f" them: {instead_of(*STEPS)}"
)
