"""XML in a few words: elements, and texts in every language."""

from lxml import etree

from solution.model.labels import labels
from solution.tools.packing.documents import Element

FIRST_VERSION = "0.1.0.0"
"""The version that brought every part there is so far; what comes later names its own."""


def element(tag: str, *content: Element | str, **attributes: str) -> Element:
    """Return an element; a text among the content becomes its text."""
    made = etree.Element(tag, attrib=attributes)
    for part in content:
        if isinstance(part, str):
            made.text = part
        else:
            made.append(part)
    return made


def leaves(**texts: object) -> list[Element]:
    """Return one element per name, with the value as its text, in the order given."""
    return [element(tag, str(value)) for tag, value in texts.items()]


def translated(block: str, item: str, english: str) -> Element:
    """Return a block that says a text in every language: one ``item`` for each."""
    return element(
        block,
        *(
            element(item, description=text, languagecode=str(lcid))
            for lcid, text in labels(english).items()
        ),
    )


def names(english: str) -> Element:
    return translated("LocalizedNames", "LocalizedName", english)


def descriptions(english: str) -> Element:
    return translated("Descriptions", "Description", english)


def label_list(english: str) -> Element:
    return translated("labels", "label", english)


def braced(identifier: object) -> str:
    """Return an id as the files write it."""
    return f"{{{identifier}}}"
