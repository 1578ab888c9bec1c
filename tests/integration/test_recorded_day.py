"""A day of one representative, replayed; recorded_day/README.md works the numbers out by hand."""

from collections import Counter

import pytest

from tests.api.harness import Api
from tests.integration.recorded_day.replay import Kinds, Manner, Office, stretches_by_hand

TRACKED = {
    ("Amira", "printer"): 5337,
    ("Amira", "toner"): 2066,
    ("Amira", "network"): 5533,
    ("Amira", "password"): 2865,
    ("Amira", "invoice"): 3970,
    ("Amira", "vpn"): 5435,
    ("Ben", "network"): 1200,
}
"""Seconds by the machine, before corrections."""

EVIDENCE = {
    ("Amira", "printer"): 13,
    ("Amira", "toner"): 6,
    ("Amira", "network"): 13,
    ("Amira", "password"): 8,
    ("Amira", "invoice"): 9,
    ("Amira", "vpn"): 11,
    ("Ben", "network"): 2,
}

AMIRAS: dict[str, Kinds] = {
    "printer": (5337, 0, 900, 6237),
    "toner": (2066, 0, 0, 2066),
    "network": (5533, 0, 0, 5533),
    "password": (2865, 0, 0, 2865),
    "invoice": (3700, 0, 0, 3700),
    "vpn": (5435, 1500, 0, 6935),
}
BENS: dict[str, Kinds] = {
    "printer": (0, 0, 0, 0),
    "toner": (0, 0, 0, 0),
    "network": (1200, 0, 0, 1200),
    "password": (0, 0, 0, 0),
    "invoice": (0, 0, 0, 0),
    "vpn": (0, 0, 0, 0),
}
EVERYONES: dict[str, Kinds] = AMIRAS | {"network": (6733, 0, 0, 6733)}

MANNERS = {
    "as recorded": Manner(),
    "every POST sent twice": Manner(sends=2),
    "a new process for each call": Manner(new_process_for_each_call=True),
}


@pytest.fixture
def office(api: Api) -> Office:
    return Office(api)


@pytest.mark.parametrize("manner", MANNERS.values(), ids=MANNERS)
def test_the_day_comes_to_what_was_worked_out_by_hand(office: Office, manner: Manner) -> None:
    answers = list(office.replay(manner))

    assert [each for each in answers if each.answer != each.expected] == []
    days = [(of, row["cht_trackedseconds"]) for of, row in office.stored("cht_automatictime")]
    assert sorted(days) == sorted(TRACKED.items())
    assert Counter(of for of, _ in office.stored("cht_focussegment")) == EVIDENCE
    for viewer, own in (("Amira", AMIRAS), ("Ben", BENS)):
        times = {case: office.time_of(case, viewer) for case in office.cases}
        assert {case: time[viewer] for case, time in times.items()} == own
        assert {case: time["everyone"] for case, time in times.items()} == EVERYONES


def test_the_table_gives_every_second_of_the_day_once() -> None:
    stretches = stretches_by_hand()

    owed = Counter[str]()
    for _, start, end, case in stretches:
        owed[case] += (end - start).seconds
    nobodys = owed.pop("nobody")

    assert [seconds for seconds, *_ in stretches] == [
        (end - start).seconds for _, start, end, _ in stretches
    ]
    assert [end for *_, end, _ in stretches[:-1]] == [start for _, start, *_ in stretches[1:]]
    assert (nobodys, owed.total()) == (7194, 25206)
    assert owed == {case: TRACKED["Amira", case] for case in AMIRAS}


@pytest.mark.parametrize(
    ("times", "day"),
    [
        pytest.param(AMIRAS, (24936, 1500, 900, 27336), id="Amira"),
        pytest.param(BENS, (1200, 0, 0, 1200), id="Ben"),
        pytest.param(EVERYONES, (26136, 1500, 900, 28536), id="everyone"),
    ],
)
def test_the_cases_add_up_to_the_day(times: dict[str, Kinds], day: Kinds) -> None:
    assert tuple(map(sum, zip(*times.values(), strict=True))) == day
