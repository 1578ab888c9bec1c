"""Sums of several cases in one question are those of each case."""

from functions.repositories import activities, adjustments, automatic_time, figures, time_logs
from functions.timekeeping.totals import Contribution
from tests.builders import AMIRA, BORIS, CASE, OTHER_CASE, THIRD_CASE


def test_each_case_gets_its_own_sums_and_one_without_any_none() -> None:
    tracked = [
        {automatic_time.CASE: str(case), automatic_time.REPRESENTATIVE: str(AMIRA), "seconds": of}
        for case, of in ((CASE, 60), (OTHER_CASE, 90))
    ]
    adjusted = {adjustments.CASE: str(CASE), adjustments.REPRESENTATIVE: str(AMIRA)}
    logged = {time_logs.CASE: str(OTHER_CASE), time_logs.REPRESENTATIVE: str(BORIS), "minutes": 5}
    spent = {activities.REGARDING: str(CASE), activities.OWNER: str(BORIS), "minutes": 2}

    parts = figures.contributions_of_all(
        tracked, [adjusted | {"seconds": -10, "corrections": 1}], [logged], [spent]
    )

    assert parts == {
        CASE: {
            AMIRA: Contribution(representative=AMIRA, tracked=60, adjusted=-10, corrections=1),
            BORIS: Contribution(representative=BORIS, activities=120),
        },
        OTHER_CASE: {
            AMIRA: Contribution(representative=AMIRA, tracked=90),
            BORIS: Contribution(representative=BORIS, time_logs=300),
        },
    }
    assert THIRD_CASE not in parts


def test_the_questions_are_those_of_one_case_asked_of_each() -> None:
    alone = [query.url for query in figures.queries(CASE)]
    of_all = [query.url for query in figures.queries_of_all([CASE, OTHER_CASE])]

    assert len(of_all) == len(alone) == 4
    for url, column in zip(of_all, figures.CASE_COLUMNS, strict=True):
        assert f"{column}%20eq%20{CASE}" in url
        assert f"%20or%20{column}%20eq%20{OTHER_CASE}" in url
        assert f"groupby(({column}," in url
