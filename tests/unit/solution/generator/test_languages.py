"""Whatever people read is there in the widget's five languages."""

import re
from collections.abc import Iterable

import pytest

from solution.generator.source import generated
from solution.model.labels import ENGLISH, LANGUAGES, catalogue
from solution.tools.packing.tree import SOURCE, read_tree
from tests.unit.solution.generator.files import document, paths

ALL = {"1033", "1031", "1036", "1041", "1025"}
WRITING = {1041: re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]"), 1025: re.compile(r"[\u0600-\u06ff]")}
OTHERS = [lcid for lcid in LANGUAGES if lcid != ENGLISH]


def blocks(path: str) -> list[dict[str, str]]:
    """Return the texts by language of each block of labels in a file."""
    found = []
    for parent in document(path).iter():
        labels = [each for each in parent if each.get("languagecode")]
        if labels:
            assert len({each.get("languagecode") for each in labels}) == len(labels), path
            found.append(
                {each.get("languagecode", ""): each.get("description", "") for each in labels}
            )
    return found


def english_texts(files: Iterable[str]) -> set[str]:
    return {block["1033"] for path in files for block in blocks(path)}


def test_every_label_says_something_in_all_languages() -> None:
    for path in paths("**/*.xml"):
        for block in blocks(path):
            assert set(block) == ALL, f"{path}: {block}"
            assert all(block.values()), f"{path}: {block}"


@pytest.mark.parametrize("lcid", OTHERS)
def test_every_english_text_is_translated_and_no_translation_is_unused(lcid: int) -> None:
    everywhere = english_texts(paths("**/*.xml"))
    written_by_us = english_texts(generated(read_tree(SOURCE)))

    assert written_by_us <= catalogue(lcid).keys() <= everywhere


@pytest.mark.parametrize("lcid", WRITING)
def test_a_translation_is_written_as_its_language_is(lcid: int) -> None:
    unwritten = [text for text in catalogue(lcid).values() if not WRITING[lcid].search(text)]

    assert unwritten == []


def test_the_environment_is_told_all_languages() -> None:
    languages = document("Other/Customizations.xml").iterfind("Languages/Language")

    assert {each.text for each in languages} == ALL
