"""How settings and their values are joined, and whether the values can be read."""

from dataverse_client import Query, Row
from dataverse_client import operations as op
from functions.repositories import setting_rows
from functions.timekeeping.settings import NAMES
from solution.tools.environment.probe.question import (
    Kept,
    Question,
    Reading,
    Replies,
    Request,
    confirmed_if,
    get,
    of_object,
    of_rows,
    unanswered,
)

NAVIGATIONS = {
    "appsetting": "settingdefinition_appsetting_settingdefinitionId",
    "organizationsetting": "settingdefinition_organizationsetting_settingdefinitionid",
}
"""What leads from a setting to its values in a live environment; the case of letters matters."""
NAME = "ReferencedEntityNavigationPropertyName"


def _names(relationships: list[Row]) -> Kept:
    names = {str(row["ReferencingEntity"]): row[NAME] for row in relationships}
    return {table: names[table] for table in NAVIGATIONS if table in names}


def _read_names(replies: Replies) -> Reading:
    reply = replies["relationships"]
    if not isinstance(reply.kept, dict):
        return unanswered(reply.text)
    said = ", ".join(str(name) for name in reply.kept.values()) or "there are none"
    return confirmed_if(reply.kept == NAVIGATIONS, said)


NAVIGATION_NAMES = Question(
    name="setting-navigation-names",
    assumption="Settings lead to their values by the names that a live environment once showed,"
    " settingdefinitionId with a capital letter for those of apps.",
    requests=(
        Request(
            "relationships",
            get(
                "EntityDefinitions(LogicalName='settingdefinition')/OneToManyRelationships"
                f"?$select=ReferencingEntity,{NAME}"
            ),
            of_rows(_names),
        ),
    ),
    read=_read_names,
    before_us=True,
    confirmed="Nothing: the functions read values from their own side, whose lookups have one name"
    " everywhere.",
    refuted="Nothing: the functions read values from their own side, whose lookups have one name"
    " everywhere.",
)


def _read_values(replies: Replies) -> Reading:
    refused = [f"{name}: {reply.text}" for name, reply in replies.items() if not reply.succeeded]
    return confirmed_if(not refused, ", ".join(refused) or "both can be read")


def _values(query: Query) -> Request:
    return Request(query.entity_set, op.read_rows(query.top(1)))


VALUES = Question(
    name="setting-values-are-readable",
    assumption="The values of settings can be read as rows, those of apps too.",
    requests=(
        _values(setting_rows.OF_ENVIRONMENT),
        _values(setting_rows.OF_APPS),
    ),
    read=_read_values,
    before_us=True,
    confirmed="Environment and app are read in one request.",
    refuted="What cannot be read as rows is asked for one by one, with RetrieveSetting.",
)


def _is_told(answer: Row) -> Kept:
    return setting_rows.retrieved(answer) is not None


def _read_one(replies: Replies) -> Reading:
    reply = replies["setting"]
    return confirmed_if(reply.kept, "it is told" if reply.kept else f"{reply.text} and no value")


ONE_BY_ONE = Question(
    name="setting-values-one-by-one",
    assumption=f"{setting_rows.RETRIEVE} tells the value of a single setting.",
    requests=(Request("setting", setting_rows.retrieve(NAMES[0], None), of_object(_is_told)),),
    read=_read_one,
    confirmed="Settings are known also where their tables may not be read.",
    refuted="Where the tables may not be read either, settings are not known: nobody sees the time"
    " of others or logs time by hand.",
)

QUESTIONS = (NAVIGATION_NAMES, VALUES, ONE_BY_ONE)
