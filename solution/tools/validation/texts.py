"""What people read is there in every language; what only machines may know is not there at all."""

import re
from collections.abc import Iterator

from solution.model.labels import LANGUAGES
from solution.tools.packing.documents import Element, tag_of
from solution.tools.packing.layout import CUSTOMIZATIONS
from solution.tools.validation.findings import Finding
from solution.tools.validation.solution import Solution

LANGUAGE_ATTRIBUTES = {"languagecode": "description", "LCID": "Title"}
"""The attribute that holds the language, and the one beside it that holds the text."""

LISTS = {"displaynames", "labels", "LocalizedCollectionNames", "LocalizedNames", "Titles"}
"""Elements that name something; one that is empty names it in no language at all."""

SECRET_FILES = re.compile(r"(^|/)environmentvariablevalues?(\.json|\.xml|/|$)")


def texts_are_in_every_language(solution: Solution) -> Iterator[Finding]:
    expected = set(LANGUAGES)
    for document in solution.documents():
        for element in document.root.iter():
            texts = _texts(element)
            missing = expected - {language for language, text in texts.items() if text.strip()}
            if missing and (texts or element.tag in LISTS):
                shown = texts.get(LANGUAGES[0]) or next(iter(texts.values()), "")
                message = f"{tag_of(element)} {shown!r} has no text in {sorted(missing)}"
                yield Finding(document.place, "language-missing", message)


def _texts(element: Element) -> dict[int, str]:
    """Return the texts directly under an element by their language."""
    return {
        int(language): child.get(text, "")
        for child in element
        for attribute, text in LANGUAGE_ATTRIBUTES.items()
        if (language := child.get(attribute)) is not None
    }


def languages_are_those_of_the_texts(solution: Solution) -> Iterator[Finding]:
    """An import takes texts in the languages that the solution says it is in."""
    document = solution.document(CUSTOMIZATIONS)
    listed = [] if document is None else document.root.iterfind("Languages/Language")
    said = {each.text for each in listed}
    if said != {str(language) for language in LANGUAGES}:
        yield Finding(CUSTOMIZATIONS, "languages", f"it is said to be in {sorted(map(str, said))}")


def no_secret_is_in_the_source(solution: Solution) -> Iterator[Finding]:
    """Keys and values of one environment are set there, after the import."""
    for place in sorted(solution.tree):
        if SECRET_FILES.search(place):
            message = "the value of an environment variable belongs to an environment"
            yield Finding(place, "secret", message)
