"""The global choices of the solution."""

from solution.model.columns import ChoiceOptions

TIME_LOG_CATEGORY = ChoiceOptions(
    name="cht_timelogcategory",
    label="Time log category",
    description="What logged time is spent on.",
    labels={0: "Research", 1: "Collaboration", 2: "External Tool", 3: "Miscellaneous"},
)

SURFACE = ChoiceOptions(
    name="cht_surface",
    label="Surface",
    description="Where a case is open: in a session, on a page of its own, or in the inbox.",
    labels={0: "Workspace", 1: "Hub", 2: "Inbox"},
)

CHOICES = (TIME_LOG_CATEGORY, SURFACE)
