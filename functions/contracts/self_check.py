"""``POST self-check``: whom to act for and on what, and what became of each check."""

from collections.abc import Iterable

from pydantic import Field

from functions.contracts.parameters import AppName
from functions.contracts.wire import Body, NewId, View
from functions.usecases.self_check import Check, Line


class SelfCheckBody(Body):
    """The representative, by the id of the user or of their sign-in, a case and an app of theirs.

    Where no case or no app is named, any is taken that can be read.
    """

    representative: NewId
    case_id: NewId | None = None
    app: AppName | None = None


class SelfCheckLineView(View):
    """One check: neither ids nor contents of rows."""

    check: Check
    ok: bool
    status: int | None = Field(description="What Dataverse answered, if it was asked and did.")
    code: str | None = Field(description="The code of its error.")
    follows: str = Field(description="What follows from that, in words.")


class SelfCheckView(View):
    """Every check, in the order in which they are tried."""

    ok: bool
    checks: tuple[SelfCheckLineView, ...]

    @classmethod
    def of(cls, lines: Iterable[Line]) -> "SelfCheckView":
        checks = tuple(
            SelfCheckLineView(
                check=line.check,
                ok=line.is_ok,
                status=line.outcome.status,
                code=line.outcome.code,
                follows=line.follows,
            )
            for line in lines
        )
        return cls(ok=all(check.ok for check in checks), checks=checks)
