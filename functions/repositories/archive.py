"""The lists of a case's history and the names on them, in one round trip."""

from dataclasses import dataclass

from dataverse_client import DataverseClient
from functions.repositories import activities, adjustments, representatives, time_logs
from functions.repositories.availability import as_service, in_time
from functions.repositories.paging import Cursor
from functions.repositories.questions import Question, ask
from functions.repositories.representatives import KnownPeople
from functions.usecases.show_history import Lists, Part, Section, Wanted


@dataclass(frozen=True, slots=True)
class Archive:
    """History, read as the application user after the caller's access is proven."""

    service: DataverseClient
    people: KnownPeople

    @in_time
    @as_service
    def read(self, wanted: Wanted) -> Lists:
        case, only, cursor = wanted.case, wanted.only, _cursor(wanted)
        logs = Question(time_logs.of_case(case, only, cursor))
        done = Question(activities.of_case(case, only, cursor))
        corrections = Question(adjustments.of_case(case, only))
        people = {each: person for each in wanted.people if (person := self.people.get(each))}
        unknown = sorted(wanted.people - people.keys())
        names = Question(representatives.named(unknown)) if unknown else None
        of_section = {
            Section.TIME_LOGS: logs,
            Section.ACTIVITIES: done,
            Section.AUTOMATIC_TIME: corrections,
        }
        asked = [of_section[section] for section in sorted(wanted.sections)]
        answers = ask(self.service, [*asked, names] if names else asked)
        if names:
            for each, person in representatives.people(names.rows(answers)).items():
                self.people.keep(each, person)
                people[each] = person
        return Lists(
            time_logs=time_logs.to_page(logs.rows(answers), cursor) if logs in asked else Part(),
            activities=activities.to_page(done.rows(answers), cursor) if done in asked else Part(),
            adjustments=tuple(map(adjustments.to_adjustment, corrections.rows(answers)))
            if corrections in asked
            else (),
            people=people,
        )


def _cursor(wanted: Wanted) -> Cursor | None:
    if wanted.cursor is None:
        return None
    (section,) = wanted.sections
    return Cursor.read(wanted.cursor, section)
