"""Checks the tokens that come with calls to the mock, as Dataverse checks Entra's."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

import jwt

from tests.local_stack.office.people import PEOPLE
from tests.local_stack.tokens import ALGORITHM, APPLICATION_ID

BY_ENTRA_OBJECT_ID = {str(person.entra_object_id): person.systemuserid for person in PEOPLE}
MOST_REMEMBERED = 1000


@dataclass(slots=True, kw_only=True)
class Doorkeeper:
    """Maps a token to the user it stands for; a good one is remembered until it expires."""

    public_key: str
    issuer: str
    audience: Callable[[], str]
    service_user_id: Callable[[], UUID]
    _known: dict[str, tuple[UUID, float]] = field(default_factory=dict)

    def __call__(self, token: str) -> UUID | None:
        """Return the user's systemuserid, or ``None`` for a token that opens nothing."""
        known = self._known.get(token)
        if known is not None and datetime.now(UTC).timestamp() < known[1]:
            return known[0]
        try:
            claims = jwt.decode(
                token,
                self.public_key,
                algorithms=[ALGORITHM],
                audience=self.audience(),
                issuer=self.issuer,
                options={"require": ["exp", "iat", "nbf"]},
            )
        except jwt.InvalidTokenError:
            return None
        user = self._user(claims)
        if user is not None:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            self._known[token] = user, float(claims["exp"])
        return user

    def _user(self, claims: dict[str, object]) -> UUID | None:
        if claims.get("appid") == str(APPLICATION_ID):
            return self.service_user_id()
        return BY_ENTRA_OBJECT_ID.get(str(claims.get("oid")))
