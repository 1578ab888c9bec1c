"""Forms: every field is a column, and what stands in for a field is a control of ours."""

from collections.abc import Iterator

from solution.tools.packing.documents import parsed, tag_of
from solution.tools.packing.layout import DATA
from solution.tools.validation.findings import Finding
from solution.tools.validation.solution import Document, Solution


def fields_are_columns(solution: Solution) -> Iterator[Finding]:
    for table in solution.tables.values():
        columns = solution.columns_of(table.logical_name) or frozenset()
        for form in table.forms:
            for control in form.root.iter("control"):
                field = control.get("datafieldname")
                if field is not None and field not in columns:
                    message = f"{table.logical_name} has no column {field}"
                    yield Finding(form.place, "field-unknown", message)


def stand_ins_have_a_field(solution: Solution) -> Iterator[Finding]:
    """What stands in for a field stands in for one that is on the form."""
    for form in _forms(solution):
        for mark in sorted(_described(form) - _marked(form)):
            message = f"no field of the form is marked {mark}"
            yield Finding(form.place, "control-without-field", message)


def marked_fields_have_a_stand_in(solution: Solution) -> Iterator[Finding]:
    """A field is marked only for what stands in for it; without that, the plain field is shown."""
    for form in _forms(solution):
        for mark in sorted(_marked(form) - _described(form)):
            message = f"nothing stands in for the field marked {mark}"
            yield Finding(form.place, "field-without-control", message)


def controls_have_a_class(solution: Solution) -> Iterator[Finding]:
    """The class of a control says how its column is shown; without it, no form opens."""
    for form in (*_forms(solution), *solution.dashboards):
        for control in form.root.iter("control"):
            if not control.get("classid"):
                message = f"the control {control.get('id')} has no class"
                yield Finding(form.place, "control-class", message)


def stand_ins_are_our_controls(solution: Solution) -> Iterator[Finding]:
    """A control by name is one that the solution brings, told only what it can be told.

    One without a name is the platform's own, given by its class.
    """
    known = {each.text("Name"): _properties(solution, each) for each in solution.controls}
    for form in _forms(solution):
        for control in form.root.iterfind(".//customControl[@name]"):
            name = control.get("name", "")
            if name not in known:
                yield Finding(form.place, "control-unknown", f"there is no control {name}")
                continue
            told = {tag_of(parameter) for parameter in control.iterfind("parameters/*")}
            for parameter in sorted(told - known[name]):
                message = f"{name} has no parameter {parameter}"
                yield Finding(form.place, "parameter-unknown", message)


def bound_parameters_are_columns(solution: Solution) -> Iterator[Finding]:
    """A parameter that is no fixed text names a column of the form's table."""
    for table in solution.tables.values():
        columns = solution.columns_of(table.logical_name) or frozenset()
        for form in table.forms:
            for parameter in form.root.iterfind(".//customControl/parameters/*"):
                fixed = parameter.get("static") == "true"
                if not fixed and parameter.text not in columns:
                    message = f"{tag_of(parameter)} is bound to {parameter.text}, no column"
                    yield Finding(form.place, "field-unknown", message)


def _marked(form: Document) -> set[str]:
    return {str(each.get("uniqueid")) for each in form.root.iterfind(".//control[@uniqueid]")}


def _described(form: Document) -> set[str]:
    return {each.get("forControl", "") for each in form.root.iter("controlDescription")}


def _forms(solution: Solution) -> Iterator[Document]:
    for table in solution.tables.values():
        yield from table.forms


def _properties(solution: Solution, control: Document) -> set[str]:
    """Return what a control can be told, by its manifest; one that is not built by nobody's."""
    place = control.place.removesuffix(DATA)
    manifest = parsed(solution.tree.get(place, b"<manifest/>"), place)
    return {each.get("name", "") for each in manifest.iterfind("control/property")}
