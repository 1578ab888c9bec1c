import re
import xml.etree.ElementTree as ET
from collections import Counter

import pytest

from bench.accuracy.chart import PICTURE, chart
from bench.accuracy.day import Closed, Opened
from bench.accuracy.figures import METHODS, Figures, differences_of, measure, measured
from bench.accuracy.report import report
from tests.builders import CASE, OTHER_CASE, THIRD_CASE
from tests.unit.bench.stories import MAIN, day

SVG = "{http://www.w3.org/2000/svg}"


def test_what_is_lost_is_never_set_off_against_what_is_counted_too_much() -> None:
    counted = Counter({CASE: 90, OTHER_CASE: 120})
    truth = Counter({CASE: 100, OTHER_CASE: 100, THIRD_CASE: 7})

    assert differences_of(counted, truth) == {CASE: -10, OTHER_CASE: 20, THIRD_CASE: -7}


def test_figures_add_up_over_days() -> None:
    days = [
        day(Opened(0, MAIN, CASE), Closed(900, MAIN)),
        day(Opened(0, MAIN, CASE), Closed(600, MAIN)),
    ]

    counter = next(each for each in measured(days) if each.method.endswith("every 10 min"))

    assert counter == Figures(
        method="Counter per case, every 10 min",
        lost_seconds=300,
        over_counted_seconds=0,
        true_seconds=1500,
        worst_seconds=300,
        exact_days=1,
        near_days=1,
        days=2,
    )
    assert counter.lost_percent == pytest.approx(20)
    assert counter.exact_percent == pytest.approx(50)


def test_the_table_has_a_row_for_each_method_and_says_what_is_a_model() -> None:
    text = report(measure(days=1, seed=1), seed=1)

    assert all(f"| {method} " in text for method in METHODS)
    assert "All rows but ours are" in text


def test_the_picture_in_the_docs_shows_what_is_measured() -> None:
    drawn = PICTURE.read_text(encoding="utf-8")
    stated = re.search(r"(\d+) made-up days whose truth is known \(seed (\d+)\)", drawn)

    assert stated is not None
    days, seed = int(stated[1]), int(stated[2])
    assert drawn == chart(measure(days=days, seed=seed), seed=seed), (
        "run `python -m bench.accuracy --svg`"
    )


def test_the_picture_says_in_words_what_it_shows() -> None:
    picture = ET.fromstring(chart(measure(days=2, seed=1), seed=1))  # noqa: S314 - ours

    assert picture.get("role") == "img"
    described = picture.findtext(f"{SVG}desc", default="")
    assert all(method in described for method in METHODS)
