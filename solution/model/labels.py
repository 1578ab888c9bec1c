"""What administrators and supervisors read, in the widget's five languages.

The model is written in English; ``translations/<lcid>.json`` maps each English text to the other
languages.
"""

import json
from functools import cache
from pathlib import Path

ENGLISH = 1033
LANGUAGES = (ENGLISH, 1031, 1036, 1041, 1025)
"""As Dataverse numbers them. English comes first: it is what others fall back to."""

NAMES_OF_LANGUAGES = dict(
    zip(LANGUAGES, ("English", "German", "French", "Japanese", "Arabic"), strict=True)
)

TRANSLATIONS = Path(__file__).parent / "translations"


class MissingTranslationError(LookupError):
    """A text has no translation."""


def labels(english: str) -> dict[int, str]:
    """Return the text in every language, English first.

    Raises:
        MissingTranslationError: a language lacks it.
    """
    return {lcid: _in(lcid, english) for lcid in LANGUAGES}


def _in(lcid: int, english: str) -> str:
    if lcid == ENGLISH:
        return english
    try:
        return catalogue(lcid)[english]
    except KeyError as error:
        raise MissingTranslationError(f"{lcid} has no translation of {english!r}") from error


@cache
def catalogue(lcid: int) -> dict[str, str]:
    """Return every translation into one language, by the English text."""
    text = (TRANSLATIONS / f"{lcid}.json").read_text(encoding="utf-8")
    translations: dict[str, str] = json.loads(text)
    return translations
