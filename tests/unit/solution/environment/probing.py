"""Questions put to the mock, as tests ask them."""

from solution.tools.environment.probe.asking import ask
from solution.tools.environment.probe.question import Conclusion, conclude
from solution.tools.environment.probe.questions import QUESTIONS
from tests.unit.solution.environment.conftest import Desk

BY_NAME = {question.name: question for question in QUESTIONS}


def answered(desk: Desk, name: str) -> Conclusion:
    question = BY_NAME[name]
    return conclude(question, ask(desk.session.dataverse, question).replies)
