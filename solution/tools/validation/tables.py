"""Tables: their columns have the relationships and choices they need; elastic ones can do less."""

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from solution.model.tables import TABLES
from solution.tools.packing.documents import Element, tag_of
from solution.tools.packing.layout import RELATIONSHIP_INDEX
from solution.tools.validation.findings import Finding
from solution.tools.validation.solution import Solution, Table

REFERRING = {"lookup", "owner", "customer"}
UNLISTED = {"createdonbehalfby", "modifiedonbehalfby"}
"""Lookups whose relationships every table has and no export lists."""
NOTHING_HAPPENS = "NoCascade"


def index_is_what_there_is(solution: Solution) -> Iterator[Finding]:
    """The index of relationships names each once, and none besides."""
    index = solution.document(RELATIONSHIP_INDEX)
    listed = [] if index is None else [str(each.get("Name")) for each in index.root]
    there = {str(relationship.get("Name")): place for place, relationship in solution.relationships}
    for name in sorted(set(listed) - there.keys()):
        yield Finding(RELATIONSHIP_INDEX, "relationship-missing", f"{name} has no file")
    for name in sorted(there.keys() - set(listed)):
        message = f"{RELATIONSHIP_INDEX} does not list {name}"
        yield Finding(there[name], "relationship-unlisted", message)


def columns_are_named_once(solution: Solution) -> Iterator[Finding]:
    for table in _ours(solution):
        names = table.definition.root.iterfind("EntityInfo/entity/attributes/*/LogicalName")
        for name in _repeated(each.text for each in names):
            yield Finding(table.place, "column-twice", f"there are several columns {name}")


def tables_have_a_primary_name(solution: Solution) -> Iterator[Finding]:
    """One column says what a row is called wherever it is referred to."""
    for table in _ours(solution):
        masks = [column.findtext("DisplayMask", "") for column in table.columns.values()]
        names = [mask for mask in masks if "PrimaryName" in mask.split("|")]
        if len(names) != 1:
            message = f"{len(names)} columns name a row of {table.schema_name}, not one"
            yield Finding(table.place, "primary-name", message)


def ranges_hold_a_number(solution: Solution) -> Iterator[Finding]:
    for table in _ours(solution):
        for name, column in table.columns.items():
            least, most = column.findtext("MinValue"), column.findtext("MaxValue")
            if least and most and Decimal(least) > Decimal(most):
                message = f"no number is in the range of {name}, {least} to {most}"
                yield Finding(table.place, "range", message)


def options_have_a_value_each(solution: Solution) -> Iterator[Finding]:
    for choice in solution.choices:
        for value in _repeated(each.get("value") for each in choice.root.iter("option")):
            message = f"several options have the value {value}"
            yield Finding(choice.place, "option-twice", message)


def lookups_have_a_relationship(solution: Solution) -> Iterator[Finding]:
    related = {_referring(relationship) for _, relationship in solution.relationships}
    for table in _ours(solution):
        for name, column in table.columns.items():
            if column.findtext("Type") not in REFERRING or name in UNLISTED:
                continue
            if (table.logical_name, name) not in related:
                message = f"the column {name} refers to rows, but no relationship says of what"
                yield Finding(table.place, "lookup-without-relationship", message)


def relationships_have_a_lookup(solution: Solution) -> Iterator[Finding]:
    for place, relationship in solution.relationships:
        many, column = _referring(relationship)
        table = solution.tables.get(many)
        found = None if table is None else table.columns.get(column)
        if found is None or found.findtext("Type") not in REFERRING:
            message = f"{relationship.get('Name')} has no column {column} in {many} to go by"
            yield Finding(place, "relationship-without-lookup", message)


def relationships_lead_to_tables(solution: Solution) -> Iterator[Finding]:
    for place, relationship in solution.relationships:
        one = relationship.findtext("ReferencedEntityName", "").lower()
        if solution.columns_of(one) is None and one != "owner":
            message = f"{relationship.get('Name')} leads to {one}, which is not known"
            yield Finding(place, "table-unknown", message)


def choice_columns_have_a_choice(solution: Solution) -> Iterator[Finding]:
    choices = {choice.root.get("Name") for choice in solution.choices}
    for table in _ours(solution):
        for name, column in table.columns.items():
            choice = column.findtext("OptionSetName")
            if choice is not None and choice not in choices:
                message = f"the column {name} is of the choice {choice}, which is not there"
                yield Finding(table.place, "choice-unknown", message)


def elastic_tables_do_not_cascade(solution: Solution) -> Iterator[Finding]:
    """Nothing happens to an elastic row when the row it refers to changes hands or goes."""
    for place, relationship in solution.relationships:
        table = solution.tables.get(_referring(relationship)[0])
        if table is None or not table.elastic:
            continue
        for element in relationship:
            tag = tag_of(element)
            if tag.startswith("Cascade") and element.text != NOTHING_HAPPENS:
                message = f"{relationship.get('Name')}: {tag} cannot be {element.text}"
                yield Finding(place, "elastic-cascade", message)


def elastic_tables_have_only_what_they_can(solution: Solution) -> Iterator[Finding]:
    """Elastic tables know no charts, no keys of our own, no states and no duplicate detection.

    Source: Microsoft, *Create and edit elastic tables*, "Features currently not supported".
    """
    for table in _ours(solution):
        if not table.elastic:
            continue
        for chart in table.charts:
            yield Finding(chart.place, "elastic-chart", f"{table.schema_name} cannot have charts")
        for name in sorted({"statecode", "statuscode"} & table.columns.keys()):
            message = f"{table.schema_name} cannot have {name}"
            yield Finding(table.place, "elastic-state", message)
        if table.definition.root.find(".//EntityKey") is not None:
            message = f"{table.schema_name} cannot have a key of our own"
            yield Finding(table.place, "elastic-key", message)
        if table.property("IsDuplicateCheckSupported") == "1":
            message = f"{table.schema_name} cannot detect duplicates"
            yield Finding(table.place, "elastic-duplicates", message)


def only_what_people_write_is_audited(solution: Solution) -> Iterator[Finding]:
    """Each audited change is kept in the log that an environment pays for, for ever as a rule."""
    people_write = {table.schema_name for table in TABLES if table.written_by_people}
    for table in _ours(solution):
        audited = table.property("IsAuditEnabled") == "1"
        if audited != (table.schema_name in people_write):
            message = f"{table.schema_name} is audited, or is written by people: not just one"
            yield Finding(table.place, "table-audit", message)


def _repeated(values: Iterable[str | None]) -> list[str | None]:
    return [value for value, times in Counter(values).items() if times > 1]


def _referring(relationship: Element) -> tuple[str, str]:
    """Return the table on the many side and its column, by logical name."""
    table = relationship.findtext("ReferencingEntityName", "")
    column = relationship.findtext("ReferencingAttributeName", "")
    return table.lower(), column.lower()


def _ours(solution: Solution) -> Iterator[Table]:
    return (table for table in solution.tables.values() if table.ours)
