"""The widget on a form: put on, adjusted, found and taken off. Pure: XML in, XML out.

Two places of a form belong together: a cell with a control that carries a ``uniqueid``, and at the
end of the form a ``controlDescription`` that says what stands in for that control, once for each
form factor. The widget is recognised by its name there, so one that was placed by hand in the form
designer is adjusted and taken off like one of ours.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import reduce

from lxml import etree

from solution.model.identity import CONTROL_NAME, stable_id
from solution.model.labels import labels
from solution.tools.errors import SolutionError
from solution.tools.packing.documents import Element

ANCHOR = "ticketnumber"
"""The column the widget is bound to. It reads nothing from it: a form wants one."""

TEXT_CONTROL = "{4273EDBD-AC1D-40d3-9FB2-095C621B552D}"
TEXT = "SingleLine.Text"
FORM_FACTORS = ("0", "1", "2")
"""Dataverse's numbers for where a form is shown: a browser, a tablet, a phone."""


class FormError(SolutionError):
    """This is no form that could take the widget."""


class UnknownTab(FormError):  # noqa: N818 - it says what is wrong
    """The form has no tab of this name; the text says which it has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """What the widget is told on a form; None is left out of it."""

    apiBaseUrl: str | None = None  # noqa: N815 - the names of the control's manifest
    signInClientId: str | None = None  # noqa: N815
    signInScope: str | None = None  # noqa: N815

    def over(self, earlier: "Parameters") -> "Parameters":
        """Return these, and the earlier ones where these say nothing."""
        return Parameters(**(earlier.given | self.given))

    @property
    def given(self) -> dict[str, str]:
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value for name, value in values.items() if value is not None}


def widget_of(formxml: str) -> Parameters | None:
    """Return what the widget is told on this form, for any form factor; None if it is not there."""
    told = [_told(control) for control in _widgets(_parsed(formxml))]
    return reduce(lambda earlier, later: later.over(earlier), told) if told else None


def with_widget(formxml: str, parameters: Parameters, *, tab: str | None = None) -> str:
    """Return the form with the widget on it, told exactly these parameters.

    It is put at the top of the first column of a tab, which is named by its name or label; the
    first tab when none is. A widget that is on the form stays where it is. What says already what
    it should is returned as it came, to the byte.

    Raises:
        UnknownTab: there is no such tab.
        FormError: this is no form.
    """
    form = _parsed(formxml)
    told = [_told(control) for control in _widgets(form)]
    if told and all(each == parameters for each in told):
        return formxml
    if not told:
        for left_behind in list(_descriptions(form)):
            _drop(left_behind, and_empty={"controlDescriptions"})
        _put_on(form, tab)
    for control in _widgets(form):
        _tell(control, parameters)
    return _text(form)


def without_widget(formxml: str) -> str:
    """Return the form without any widget, and without our section unless others use it too.

    A list of sections or of descriptions that is left empty is dropped: it says as much as none.
    """
    form = _parsed(formxml)
    descriptions = list(_descriptions(form))
    if not descriptions:
        return formxml
    for description in descriptions:
        for control in _described(form, description):
            _take_off(control)
        _drop(description, and_empty={"controlDescriptions"})
    return _text(form)


def braced(kind: str) -> str:
    """Return the fixed id of a part of the widget on forms, as form XML writes it."""
    return f"{{{stable_id(kind, 'case-time')}}}"


def tab_names(formxml: str) -> list[str]:
    """Return what each tab can be asked for by: its name, else its label."""
    return [names[0] for names in map(_names_of, _parsed(formxml).iterfind("tabs/tab")) if names]


def _parsed(formxml: str) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, strip_cdata=False, encoding="utf-8"
    )
    try:
        form = etree.fromstring(formxml.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise FormError(f"the form's XML cannot be read: {error}") from error
    if form.tag != "form":
        raise FormError(f"this is not a form but {form.tag!r}")
    return form


def _text(form: Element) -> str:
    return etree.tostring(form, encoding="unicode")


def _widgets(form: Element) -> list[Element]:
    """Return what stands in for fields of the layout: a widget, once for each form factor."""
    return [
        control
        for description in _descriptions(form)
        if _described(form, description)
        for control in _named(description)
    ]


def _descriptions(form: Element) -> Iterator[Element]:
    """Yield each description that names the widget, also one that was left behind."""
    return filter(_named, form.iterfind("controlDescriptions/controlDescription"))


def _named(description: Element) -> list[Element]:
    return description.findall(f"customControl[@name='{CONTROL_NAME}']")


def _described(form: Element, description: Element) -> list[Element]:
    """Return what a description is about."""
    identity = description.get("forControl", "").lower()
    marked = form.iterfind(".//control[@uniqueid]")
    return [each for each in marked if each.get("uniqueid", "").lower() == identity]


def _put_on(form: Element, tab: str | None) -> None:
    row = _row(_free_control_id(form))
    ours = next(filter(_is_ours, form.iter("section")), None)
    if ours is None:
        _sections(_chosen_tab(form, tab)).insert(0, _section(row))
    else:  # its cell was taken away, and something else put there
        _child(ours, "rows").insert(0, row)
    descriptions = form.find("controlDescriptions")
    if descriptions is None:
        descriptions = etree.Element("controlDescriptions")
        form.insert(_end_of_layout(form), descriptions)
    descriptions.append(_description())


def _chosen_tab(form: Element, name: str | None) -> Element:
    tabs = form.findall("tabs/tab")
    chosen = [tab for tab in tabs if name is None or name in _names_of(tab)]
    if not chosen:
        known = ", ".join(names[0] for names in map(_names_of, tabs) if names)
        raise UnknownTab(f"the form has no tab {name!r}; its tabs are: {known or 'none'}")
    return chosen[0]


def _sections(tab: Element) -> Element:
    column = tab.find("columns/column")
    if column is None:
        raise FormError("the tab has no column")
    return _child(column, "sections")


def _child(parent: Element, tag: str) -> Element:
    found = parent.find(tag)
    return etree.SubElement(parent, tag) if found is None else found


def _names_of(tab: Element) -> list[str]:
    found = [tab.get("name"), *(label.get("description") for label in tab.iterfind("labels/label"))]
    return [name for name in found if name]


def _free_control_id(form: Element) -> str:
    """Return an id as the form designer gives it: the column, with a number when it is taken."""
    taken = {control.get("id") for control in form.iter("control")}
    candidates = [ANCHOR, *(f"{ANCHOR}{number}" for number in range(1, len(taken) + 1))]
    return next(name for name in candidates if name not in taken)


def _end_of_layout(form: Element) -> int:
    layout = [form.index(part) for part in form if part.tag in {"tabs", "header", "footer"}]
    return max(layout) + 1


def _section(row: Element) -> Element:
    section = etree.Element(
        "section",
        name="handling_time",
        id=braced("section"),
        IsUserDefined="0",
        locklevel="0",
        showlabel="false",
        showbar="false",
        columns="1",
        labelwidth="115",
        celllabelalignment="Left",
        celllabelposition="Left",
    )
    _label(section)
    etree.SubElement(section, "rows").append(row)
    return section


def _row(control_id: str) -> Element:
    row = etree.Element("row")
    cell = etree.SubElement(
        row, "cell", id=braced("cell"), locklevel="0", colspan="1", rowspan="1", showlabel="false"
    )
    _label(cell)
    etree.SubElement(
        cell,
        "control",
        id=control_id,
        uniqueid=braced("control"),
        classid=TEXT_CONTROL,
        datafieldname=ANCHOR,
        disabled="false",
    )
    return row


def _label(element: Element) -> None:
    holder = etree.SubElement(element, "labels")
    for lcid, text in labels("Handling time").items():
        etree.SubElement(holder, "label", description=text, languagecode=str(lcid))


def _description() -> Element:
    description = etree.Element("controlDescription", forControl=braced("control"))
    plain = etree.SubElement(description, "customControl", id=TEXT_CONTROL)
    etree.SubElement(etree.SubElement(plain, "parameters"), "datafieldname").text = ANCHOR
    for factor in FORM_FACTORS:
        control = etree.SubElement(
            description, "customControl", formFactor=factor, name=CONTROL_NAME
        )
        bound = etree.SubElement(etree.SubElement(control, "parameters"), "anchor", type=TEXT)
        bound.text = ANCHOR
    return description


def _told(control: Element) -> Parameters:
    texts = {str(each.tag): each.text or "" for each in control.iterfind("parameters/*")}
    known = {each.name for each in fields(Parameters)}
    return Parameters(**{name: text for name, text in texts.items() if name in known and text})


def _tell(control: Element, parameters: Parameters) -> None:
    holder = _child(control, "parameters")
    for each in fields(Parameters):
        for told in holder.findall(each.name):
            holder.remove(told)
    for name, text in parameters.given.items():
        etree.SubElement(holder, name, type=TEXT, static="true").text = text


def _take_off(control: Element) -> None:
    """Remove a control with its cell, and what then holds nothing of ours any more."""
    cell = control.getparent()
    row = cell.getparent() if cell is not None else None
    if cell is None or row is None:
        return
    ours = next(filter(_is_ours, row.iterancestors("section")), None)
    _drop(cell, and_empty={"row"})
    if ours is not None and ours.find(".//cell") is None:
        _drop(ours, and_empty={"sections"})


def _is_ours(section: Element) -> bool:
    return section.get("id", "").lower() == braced("section")


def _drop(element: Element, *, and_empty: set[str]) -> None:
    parent = element.getparent()
    if parent is None:
        return
    parent.remove(element)
    if parent.tag in and_empty and len(parent) == 0:
        _drop(parent, and_empty=set())
