"""Replies are read without an environment."""

import pytest

from solution.tools.environment.probe.question import (
    Replies,
    Reply,
    Verdict,
    conclude,
)
from solution.tools.environment.probe.questions import BY_HAND, QUESTIONS
from tests.unit.solution.environment.probing import BY_NAME


@pytest.mark.parametrize(
    ("name", "replies", "expected"),
    [
        pytest.param(
            "ne-and-rows-without-a-value",
            {"rows without a value": Reply(200, kept=1), "compared": Reply(200, kept=0)},
            ("refuted", "it drops them"),
            id="a comparison that drops rows",
        ),
        pytest.param(
            "ne-and-rows-without-a-value",
            {"rows without a value": Reply(200, kept=0), "compared": Reply(200, kept=0)},
            ("not answered", "there are no rows to compare"),
            id="a comparison of nothing",
        ),
        pytest.param(
            "sum-of-nulls", {"sum": Reply(200, kept=[0])}, ("refuted", "it is 0"), id="a sum of 0"
        ),
        pytest.param(
            "batch-status",
            {"a batch that stops": Reply(200), "a batch that goes on": Reply(200)},
            ("refuted", "200 where it stops, 200 where it goes on"),
            id="a batch that always has 200",
        ),
        pytest.param(
            "elastic-page-size",
            {"page": Reply(200, kept={"rows": 2000, "goes on": False})},
            ("refuted", "200 and 2000 rows"),
            id="a page that is larger",
        ),
        pytest.param(
            "elastic-duplicate",
            {"create": Reply(204), "again": Reply(204)},
            ("refuted", "204"),
            id="a row that was written over",
        ),
        pytest.param(
            "elastic-duplicate",
            {"create": Reply(204), "again": Reply(500, "0x80040216")},
            ("refuted", "500 0x80040216"),
            id="a refusal that looks like a failure",
        ),
        pytest.param(
            "elastic-duplicate",
            {"create": Reply(400, "0x80048d19"), "again": Reply(400, "0x80048d19")},
            ("not answered", "a new row is refused: 400 0x80048d19"),
            id="a row that cannot be made",
        ),
        pytest.param(
            "elastic-default-partition",
            {"create": Reply(204), "read": Reply(200, kept="none")},
            ("refuted", "none"),
            id="a row without a partition",
        ),
        pytest.param(
            "elastic-default-partition",
            {"create": Reply(204), "read": Reply(404, "0x80040217")},
            ("refuted", "404 0x80040217"),
            id="a row without a partition that its id does not find",
        ),
        pytest.param(
            "elastic-bulk-failure",
            {"create": Reply(204), "bulk": Reply(400, "0x80048d99", kept=False)},
            ("refuted", "400 0x80048d99, the rows are not named"),
            id="a bulk call that does not name its rows",
        ),
    ],
)
def test_replies_are_read_alone(name: str, replies: Replies, expected: tuple[str, str]) -> None:
    reading = conclude(BY_NAME[name], replies).reading

    assert (reading.verdict.value, reading.said) == expected


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(None), "no answer"),
        (Reply(403, "0x80040220"), "403 0x80040220"),
        (Reply(503), "503"),
    ],
)
def test_who_is_not_heard_gets_no_answer(reply: Reply, said: str) -> None:
    question = BY_NAME["ticketnumber-is-locked"]

    conclusion = conclude(question, {"column": reply})

    assert conclusion.reading.verdict is Verdict.UNANSWERED
    assert conclusion.reading.said == f"column: {said}"
    assert conclusion.follows == question.unanswered


def test_what_an_environment_does_not_do_needs_no_other_role() -> None:
    replies = {"create": Reply(204), "update": Reply(501)}

    conclusion = conclude(BY_NAME["elastic-etag-condition"], replies)

    assert conclusion.reading.verdict is Verdict.UNANSWERED
    assert conclusion.reading.said == "update: 501"
    assert conclusion.follows == "This environment does not do it (501)."


def test_who_may_not_ask_one_part_is_told_so_before_what_is_not_done() -> None:
    question = BY_NAME["elastic-etag-condition"]

    conclusion = conclude(question, {"create": Reply(403), "update": Reply(501)})

    assert conclusion.follows == question.unanswered


def test_a_setting_that_changes_an_environment_is_turned_on_in_a_trial_only() -> None:
    question = BY_NAME["unmanaged-customizations"]

    advice = conclude(question, {"organization": Reply(200, kept="absent")}).follows

    assert "in a trial only" in advice
    assert advice.endswith("ask again, and turn it off.")


def test_what_was_not_asked_is_not_answered() -> None:
    reading = conclude(BY_NAME["elastic-duplicate"], {"create": Reply(204)}).reading

    assert (reading.verdict, reading.said) == (Verdict.UNANSWERED, "again: not asked")


def test_names_are_given_once() -> None:
    named = [question.name for question in QUESTIONS]
    named += [by_hand.name for by_hand in BY_HAND]

    assert len(named) == len(set(named))
    for question in QUESTIONS:
        requests = [request.name for request in question.requests]
        assert len(requests) == len(set(requests)), question.name
