"""All questions, in the order in which they are asked."""

from solution.tools.environment.probe import by_hand as hand
from solution.tools.environment.probe import (
    customizing,
    elastic,
    metadata,
    permissions,
    queries,
    settings,
    standard,
)
from solution.tools.environment.probe.question import ByHand, Question

QUESTIONS: tuple[Question, ...] = (
    *metadata.QUESTIONS,
    *customizing.QUESTIONS,
    *settings.QUESTIONS,
    *permissions.QUESTIONS,
    *queries.QUESTIONS,
    *standard.QUESTIONS,
    *elastic.QUESTIONS,
)
BY_HAND: tuple[ByHand, ...] = hand.QUESTIONS
