"""Reads that share a request: ask several queries in one batch, then take the rows of each."""

from collections.abc import Iterable
from typing import Any, Protocol

from dataverse_client import BatchAnswers, DataverseClient, Operation, Page, Query, Row
from dataverse_client import operations as op


class IsAsked(Protocol):
    """One part of a batch."""

    @property
    def operation(self) -> Operation[Any]: ...


class Question:
    """A query as one part of a batch."""

    def __init__(self, query: Query) -> None:
        self._query = query
        self.operation: Operation[Page] = op.read_rows(query)

    def rows(self, answers: "Answers") -> list[Row]:
        """Return all rows; pages after the first cost a request each.

        Raises:
            DataverseError: what became of this part of the batch.
        """
        page = answers.parts[self.operation]
        rows = list(page.rows)
        while page.next_link:
            page = answers.client.send(op.read_next(page.next_link, self._query))
            rows.extend(page.rows)
        return rows


class Answers:
    """An answered batch, and the client to read on with."""

    def __init__(self, client: DataverseClient, parts: BatchAnswers) -> None:
        self.client = client
        self.parts = parts


def ask(client: DataverseClient, questions: Iterable[IsAsked]) -> Answers:
    """Ask all questions in one request; no questions cost none."""
    return Answers(client, client.batch([question.operation for question in questions]))
