from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from solution.model.identity import CASE_FORM_LABEL, CONTROL_NAME, stable_id
from solution.model.labels import LANGUAGES
from solution.tools.environment.form_xml import (
    FormError,
    Parameters,
    braced,
    tab_names,
    widget_of,
    with_widget,
    without_widget,
)
from solution.tools.packing.documents import Element
from solution.tools.packing.tree import SOURCE
from tests.unit.solution.environment import case_forms
from tests.unit.solution.environment.case_forms import BY_HAND, ELABORATE, PLAIN, same

API = Parameters(apiBaseUrl="https://app.example/api")
SIGNED_IN = Parameters(
    apiBaseUrl="https://app.example/api",
    signInClientId="5c0e7f3a-0000-4000-8000-000000000001",
    signInScope="api://app/Time.Track",
)
REALISTIC = [
    pytest.param(PLAIN, id="a plain form"),
    pytest.param(ELABORATE, id="a form with everything"),
    pytest.param(f'<?xml version="1.0" encoding="utf-16"?>{PLAIN}', id="with a declaration"),
]
texts = st.none() | st.text("abc:/&<é", min_size=1, max_size=9)
parameters = st.builds(Parameters, apiBaseUrl=texts, signInClientId=texts, signInScope=texts)


def tree(formxml: str) -> Element:
    return etree.fromstring(formxml.encode())


@pytest.mark.parametrize("form", REALISTIC)
def test_what_was_put_on_a_form_is_found_there_and_taken_off_without_a_trace(form: str) -> None:
    changed = with_widget(form, SIGNED_IN)

    assert widget_of(form) is None
    assert widget_of(changed) == SIGNED_IN
    assert same(without_widget(changed), form.partition("?>")[2] or form)


@given(case_forms.forms(), parameters)
def test_any_form_is_itself_again_after_putting_on_and_taking_off(
    form: str, told: Parameters
) -> None:
    assert same(without_widget(with_widget(form, told)), form)


@given(case_forms.forms(), parameters, parameters)
def test_the_last_parameters_count_however_often_the_widget_is_put_on(
    form: str, first: Parameters, last: Parameters
) -> None:
    twice = with_widget(with_widget(form, first), last)

    assert same(twice, with_widget(form, last))
    assert widget_of(twice) == last


@given(case_forms.forms())
def test_a_form_that_says_already_what_it_should_comes_back_to_the_byte(form: str) -> None:
    changed = with_widget(form, API)

    assert with_widget(changed, API) == changed
    assert without_widget(form) == form


def test_the_widget_stands_at_the_top_of_the_first_tabs_first_column() -> None:
    sections = tree(with_widget(PLAIN, API)).findall(
        "tabs/tab[1]/columns/column[1]/sections/section"
    )

    assert [section.get("name") for section in sections] == ["handling_time", "details"]
    assert sections[0].get("id") == f"{{{stable_id('section', 'case-time')}}}"


@pytest.mark.parametrize("name", ["related", "Related things"], ids=["name", "label"])
def test_the_tab_may_be_named(name: str) -> None:
    form = tree(with_widget(PLAIN, API, tab=name))

    assert form.find("tabs/tab[@name='related']//section[@name='handling_time']") is not None


def test_an_unknown_tab_is_answered_with_the_known_ones() -> None:
    with pytest.raises(FormError, match="no tab 'summary'; its tabs are: general, related"):
        with_widget(PLAIN, API, tab="summary")
    assert tab_names(ELABORATE) == ["Summary & SLA"]


def test_the_section_is_labelled_in_every_language() -> None:
    form = tree(with_widget(PLAIN, API))
    labels = form.findall(f".//section[@id='{braced('section')}']/labels/label")

    assert [int(label.get("languagecode", "")) for label in labels] == list(LANGUAGES)
    assert labels[1].get("description") == "Bearbeitungszeit"


def test_the_control_is_described_for_every_form_factor_and_bound_to_the_ticket_number() -> None:
    form = tree(with_widget(ELABORATE, API))
    control = form.find(f".//control[@uniqueid='{braced('control')}']")
    described = form.findall(
        f".//controlDescription[@forControl='{braced('control')}']/customControl"
    )

    assert control is not None
    assert control.get("datafieldname") == "ticketnumber"
    assert [(each.get("formFactor"), each.get("name")) for each in described[1:]] == [
        ("0", CONTROL_NAME),
        ("1", CONTROL_NAME),
        ("2", CONTROL_NAME),
    ]
    assert [each.findtext("parameters/anchor") for each in described[1:]] == ["ticketnumber"] * 3


def test_what_else_is_described_stays() -> None:
    form = tree(with_widget(ELABORATE, API))

    assert (
        form.find("controlDescriptions/controlDescription/customControl[@name='abc_Other.Control']")
        is not None
    )
    assert len(form.findall("controlDescriptions")) == 1


def test_the_descriptions_stand_behind_the_layout_and_before_the_scripts() -> None:
    form = tree(with_widget(ELABORATE.replace("controlDescriptions", "clientresources"), API))
    order = [str(part.tag) for part in form if isinstance(part.tag, str)]

    assert ("footer", "controlDescriptions") in pairwise(order)


def test_a_column_that_is_on_the_form_already_gets_a_control_id_of_its_own() -> None:
    ids = [control.get("id") for control in tree(with_widget(ELABORATE, API)).iter("control")]

    assert sorted(filter(None, ids)) == ["header_ticketnumber", "ticketnumber", "ticketnumber1"]


def test_a_widget_placed_by_hand_is_adjusted_where_it_is_and_can_be_taken_off() -> None:
    adjusted = with_widget(BY_HAND, API)

    assert widget_of(BY_HAND) == Parameters()
    assert widget_of(adjusted) == API
    assert len(tree(adjusted).findall(".//control")) == 1
    assert tree(without_widget(adjusted)).find(".//control") is None
    assert tree(without_widget(adjusted)).find(".//section[@name='details']") is not None


def test_a_section_of_ours_that_others_use_stays_and_is_used_again() -> None:
    shared = with_widget(PLAIN, API).replace(
        "</row></rows></section>",
        '</row><row><cell><control id="ownerid" /></cell></row></rows></section>',
        1,
    )

    without = without_widget(shared)
    again = with_widget(without, API)

    assert [each.get("id") for each in tree(without).iter("control")] == ["ownerid", "title"]
    assert same(again, shared)


def test_the_widget_is_told_the_same_for_every_form_factor() -> None:
    form = with_widget(PLAIN, API)
    told = f'<apiBaseUrl type="SingleLine.Text" static="true">{API.apiBaseUrl}</apiBaseUrl>'
    forgetful = form.replace(told, "", 1)

    assert told not in forgetful[: forgetful.index('formFactor="1"')]
    assert widget_of(forgetful) == API
    assert same(with_widget(forgetful, API), form)


def test_a_widget_that_was_taken_out_of_the_layout_is_not_there_and_is_put_on_again() -> None:
    form = with_widget(PLAIN, API)
    orphan = form.replace(f' uniqueid="{braced("control")}"', "")

    assert widget_of(orphan) is None
    assert widget_of(with_widget(orphan, API)) == API
    assert len(tree(with_widget(orphan, API)).findall(".//controlDescription")) == 1


def test_a_widget_whose_control_is_gone_leaves_no_description_behind() -> None:
    form = with_widget(PLAIN, API)
    orphan = form.replace(f' uniqueid="{braced("control")}"', "")

    assert tree(without_widget(orphan)).find(".//controlDescription") is None


def test_the_form_of_the_solution_carries_the_widget_unconfigured() -> None:
    path = f"Entities/Incident/FormXml/main/{{{stable_id('form', CASE_FORM_LABEL)}}}.xml"
    form = etree.parse(SOURCE / path).find(".//form")
    assert form is not None
    shipped = etree.tostring(form, encoding="unicode")

    assert widget_of(shipped) == Parameters()
    assert same(with_widget(with_widget(shipped, API), Parameters()), shipped)
    assert widget_of(without_widget(shipped)) is None


def test_later_parameters_go_over_earlier_ones() -> None:
    assert Parameters(signInScope="b").over(
        Parameters(apiBaseUrl="a", signInScope="a")
    ) == Parameters(apiBaseUrl="a", signInScope="b")


@pytest.mark.parametrize(
    ("formxml", "said"),
    [
        pytest.param("<form><tabs>", "cannot be read", id="no XML"),
        pytest.param("<savedquery />", "not a form but 'savedquery'", id="something else"),
        pytest.param("<form><tabs><tab name='a' /></tabs></form>", "no column", id="no column"),
        pytest.param("<form><tabs /></form>", "its tabs are: none", id="no tab"),
    ],
)
def test_what_is_no_form_is_refused(formxml: str, said: str) -> None:
    with pytest.raises(FormError, match=said):
        with_widget(formxml, API)
