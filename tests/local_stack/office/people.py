"""Who works in the office."""

from dataclasses import dataclass
from uuid import UUID, uuid5

OFFICE = UUID("c3a1b6de-4f0f-4a57-9a0e-6a1f4d2b8c77")
"""Namespace of the ids of everything seeded."""

CASE_WORKER = "Customer Service Representative"
REPRESENTATIVE = "Case Time Representative"
SUPERVISOR = "Case Time Supervisor"
ADMINISTRATOR = "System Administrator"


@dataclass(frozen=True, slots=True)
class Person:
    """A user of the environment."""

    alias: str
    roles: tuple[str, ...]

    @property
    def full_name(self) -> str:
        return f"{self.alias.capitalize()} (demo)"

    @property
    def systemuserid(self) -> UUID:
        return uuid5(OFFICE, f"systemuser/{self.alias}")

    @property
    def entra_object_id(self) -> UUID:
        return uuid5(OFFICE, f"entra/{self.alias}")

    def as_json(self) -> dict[str, object]:
        return {
            "alias": self.alias,
            "fullName": self.full_name,
            "systemuserId": str(self.systemuserid),
            "entraObjectId": str(self.entra_object_id),
            "roles": list(self.roles),
        }


AMIRA = Person("amira", (REPRESENTATIVE, CASE_WORKER))
BEN = Person("ben", (REPRESENTATIVE, CASE_WORKER))
CHLOE = Person("chloe", (REPRESENTATIVE, CASE_WORKER))
DANA = Person("dana", (SUPERVISOR, CASE_WORKER))
ERIK = Person("erik", (ADMINISTRATOR,))

PEOPLE = (AMIRA, BEN, CHLOE, DANA, ERIK)
