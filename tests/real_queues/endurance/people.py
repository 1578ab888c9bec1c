"""Whose widgets they are: a few windows each, so that windows overlap."""

from tests.local_stack.office.people import CASE_WORKER, REPRESENTATIVE, Person

WIDGETS = 32
WINDOWS_EACH = 2

PEOPLE = tuple(
    Person(f"person{number}", (REPRESENTATIVE, CASE_WORKER))
    for number in range(WIDGETS // WINDOWS_EACH)
)
