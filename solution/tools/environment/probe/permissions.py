"""What may be held and heard: privileges by name and depth, roles, and messages that take steps."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from dataverse_client import AlternateKey, Expand, Query, Row, any_of, eq, one_of
from dataverse_client import operations as op
from solution.generator.roles import LEVELS, VERBS, named_privileges
from solution.model.identity import PUBLISHER_PREFIX
from solution.model.roles import ROLES, Access, Depth
from solution.model.webhooks import SETTING_OVERRIDES, STEPS, Step
from solution.tools.environment.examination.roles import INHERITED
from solution.tools.environment.probe.question import (
    Kept,
    Question,
    Reading,
    Replies,
    Request,
    confirmed_if,
    of_object,
    of_rows,
    unanswered,
)

LEVEL_COLUMNS = {level: f"canbe{level.lower()}" for level in LEVELS.values()}
"""Where a privilege says that it can be held at a level."""
ALLOWED = "iscustomprocessingstepallowed"
MOST_SHOWN = 6


def needed() -> Mapping[str, list[str]]:
    """Return every privilege that a role of ours holds, with the levels it is held at."""
    depths: defaultdict[str, set[Depth]] = defaultdict(set)
    for role in ROLES:
        for name, depth in named_privileges(role).items():
            depths[name].add(depth)
    return {name: [LEVELS[depth] for depth in sorted(depths[name])] for name in sorted(depths)}


def _levels(privileges: list[Row]) -> Kept:
    # Names are compared without their case, as an import finds them.
    return {
        str(row["name"]).casefold(): [
            level for level, column in LEVEL_COLUMNS.items() if row[column]
        ]
        for row in sorted(privileges, key=lambda row: str(row["name"]))
    }


PRIVILEGES = Request(
    "privileges",
    op.read_rows(
        Query("privileges").select("name", *LEVEL_COLUMNS.values()).where(one_of("name", needed()))
    ),
    of_rows(_levels),
)


def _read_names(replies: Replies) -> Reading:
    found = replies["privileges"].kept
    if not isinstance(found, dict):
        return unanswered(replies["privileges"].text)
    # Privileges on our own tables come with them.
    expected = [name for name in needed() if PUBLISHER_PREFIX not in name or _is_ours_in(found)]
    missing = [name for name in expected if name.casefold() not in found]
    said = f"{len(expected) - len(missing)} of {len(expected)} are there"
    return confirmed_if(not missing, f"{said}; not {_some(missing)}" if missing else said)


def _is_ours_in(names: Iterable[str]) -> bool:
    return any(PUBLISHER_PREFIX in name for name in names)


def _read_depths(replies: Replies) -> Reading:
    found = replies["privileges"].kept
    if not isinstance(found, dict):
        return unanswered(replies["privileges"].text)
    impossible = [
        f"{name} at {level}"
        for name, levels in needed().items()
        for level in levels
        if level not in found.get(name.casefold(), [level])
    ]
    return confirmed_if(not impossible, _some(impossible) or "all of them are possible")


PRIVILEGE_NAMES = Question(
    name="privilege-names",
    assumption="Every privilege that a role of ours names is there.",
    requests=(PRIVILEGES,),
    read=_read_names,
    before_us=True,
    confirmed="No role fails to import for a name.",
    refuted="A role that names one of these does not import: take it out of the role.",
)
PRIVILEGE_DEPTHS = Question(
    name="privilege-depths",
    assumption="Every privilege can be held as far as a role of ours holds it.",
    requests=(PRIVILEGES,),
    read=_read_depths,
    before_us=True,
    confirmed="No role fails to import for a depth.",
    refuted="A role that holds one so far does not import: it has to go further, or without.",
)


SETTINGS_OF_APPS = "appsetting"


def _reading_privilege(table: Row) -> Kept:
    """Return the levels of the privilege to read a table, by its name."""
    return {
        str(told["Name"]): [level for level in LEVELS.values() if told[f"CanBe{level}"]]
        for told in table["Privileges"]
        if told["PrivilegeType"] == VERBS[Access.READ]
    }


def _read_reading_privilege(replies: Replies) -> Reading:
    reply = replies["table"]
    if not isinstance(reply.kept, dict):
        return unanswered(reply.text)
    said = ", ".join(f"{name} at {_some(levels)}" for name, levels in reply.kept.items())
    whole = LEVELS[Depth.ORGANIZATION]
    return confirmed_if(
        any(whole in levels for levels in reply.kept.values()), said or "it names none"
    )


APP_SETTING_PRIVILEGE = Question(
    name="app-setting-privilege",
    assumption="The table of settings of apps names the privilege to read it, which can be given"
    " for the whole organization.",
    requests=(
        Request(
            "table",
            op.read_row(
                "EntityDefinitions",
                AlternateKey(LogicalName=SETTINGS_OF_APPS),
                select=["LogicalName", "Privileges"],
            ),
            of_object(_reading_privilege),
        ),
    ),
    read=_read_reading_privilege,
    before_us=True,
    confirmed="The deployment gives it to our roles by this name.",
    refuted="Our roles go without it: settings of apps are asked for one by one.",
)


def _inheritance(roles: list[Row]) -> Kept:
    return {str(row["name"]): row["isinherited"] for row in roles}


def _read_inheritance(replies: Replies) -> Reading:
    reply = replies["roles"]
    if not isinstance(reply.kept, dict) or not reply.kept:
        return unanswered("there are none" if reply.succeeded else reply.text)
    said = ", ".join(f"{name}: {value}" for name, value in sorted(reply.kept.items()))
    return confirmed_if(set(reply.kept.values()) == {INHERITED}, said)


INHERITANCE = Question(
    name="roles-are-inherited",
    assumption=f"Our roles are imported with isinherited {INHERITED}.",
    requests=(
        Request(
            "roles",
            op.read_rows(
                Query("roles")
                .select("name", "isinherited")
                .where(one_of("name", [role.name for role in ROLES]))
            ),
            of_rows(_inheritance),
        ),
    ),
    read=_read_inheritance,
    confirmed="Members of a team that has such a role own their rows.",
    refuted="Members of a team cannot: set the role's member's privilege inheritance, as doctor"
    " says.",
)


def _messages(filters: list[Row]) -> Kept:
    offered: defaultdict[str, list[str]] = defaultdict(list)
    for row in filters:
        if row[ALLOWED] and row["isvisible"]:
            offered[str(row["primaryobjecttypecode"])].append(str(row["sdkmessageid"]["name"]))
    return {table: sorted(offered[table]) for table in sorted(offered)}


def _filters(steps: Iterable[Step]) -> Request:
    tables = sorted({step.table for step in steps})
    query = (
        Query("sdkmessagefilters")
        .select("primaryobjecttypecode", ALLOWED, "isvisible")
        .where(any_of(*(eq("primaryobjecttypecode", table) for table in tables)))
        .expand(Expand("sdkmessageid").select("name"))
    )
    return Request("filters", op.read_rows(query), of_rows(_messages))


def _steps_question(
    steps: Iterable[Step], *, name: str, assumption: str, confirmed: str, refuted: str
) -> Question:
    wanted = tuple(steps)

    def read(replies: Replies) -> Reading:
        offered = replies["filters"].kept
        if not isinstance(offered, dict):
            return unanswered(replies["filters"].text)
        missing = [
            f"{step.message.value} of {step.table}"
            for step in wanted
            if step.message.value not in offered.get(step.table, [])
        ]
        said = f"{len(wanted) - len(missing)} of {len(wanted)} take steps"
        return confirmed_if(not missing, f"{said}; not {_some(missing)}" if missing else said)

    return Question(
        name=name,
        assumption=assumption,
        requests=(_filters(wanted),),
        read=read,
        before_us=True,
        confirmed=confirmed,
        refuted=refuted,
    )


SETTING_STEPS = _steps_question(
    (step for step in STEPS if step.table in SETTING_OVERRIDES),
    name="steps-on-setting-tables",
    assumption="Changes of settings are offered to webhooks.",
    confirmed="A changed setting is known to the functions at once.",
    refuted="A changed setting is known to the functions after the 60 seconds that they keep it.",
)
CASE_STEPS = _steps_question(
    (step for step in STEPS if step.table not in SETTING_OVERRIDES),
    name="steps-on-cases-and-activities",
    assumption="What happens to cases and activities is offered to webhooks.",
    confirmed="The deployment can register all its steps.",
    refuted="What is not offered is found by reconciliation, within 15 minutes.",
)


def _some(names: list[str]) -> str:
    more = len(names) - MOST_SHOWN
    return ", ".join(names[:MOST_SHOWN]) + (f" and {more} more" if more > 0 else "")


QUESTIONS = (
    PRIVILEGE_NAMES,
    PRIVILEGE_DEPTHS,
    APP_SETTING_PRIVILEGE,
    INHERITANCE,
    SETTING_STEPS,
    CASE_STEPS,
)
