"""The case form of the solution, and the tool that puts the widget on any other form."""

from lxml import etree

from solution.model.identity import CASE_FORM_LABEL, stable_id
from solution.tools.environment.form_xml import Parameters, braced, with_widget, without_widget
from solution.tools.packing.documents import Element, parsed
from solution.tools.packing.tree import SOURCE

IDENTITY = f"{{{stable_id('form', CASE_FORM_LABEL)}}}"


def test_the_case_form_carries_the_widget_as_the_tool_puts_it_on_a_form() -> None:
    form = case_form()

    put_on = etree.fromstring(with_widget(without_widget(text(form)), Parameters()))

    for part in (f".//section[@id='{braced('section')}']", "controlDescriptions"):
        assert canonical(form, part) == canonical(put_on, part)


def case_form() -> Element:
    path = f"Entities/Incident/FormXml/main/{IDENTITY}.xml"
    form = parsed((SOURCE / path).read_bytes(), path).find("systemform/form")
    assert form is not None
    return form


def text(element: Element) -> str:
    return etree.tostring(element, encoding="unicode")


def canonical(form: Element, part: str) -> bytes:
    """Return a part of a form without the names that a form gives out in order."""
    found = form.find(part)
    assert found is not None
    for control in found.iter("control"):
        control.attrib.pop("id")
    etree.indent(found, "")
    return etree.tostring(found, method="c14n")
