"""XML as the solution keeps it: read without trust, written one way."""

from lxml import etree

from solution.tools.errors import SolutionError

Element = etree._Element  # noqa: SLF001 - the name that lxml gives it

DECLARATION = b'<?xml version="1.0" encoding="utf-8"?>\n'
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"


def parsed(data: bytes, place: str) -> Element:
    """Return the root of a document, without the blanks and comments that are for people.

    Entities are not resolved, and a document type is refused: a zip from elsewhere cannot make us
    read a file or fetch an address.

    Raises:
        SolutionError: ``place`` is no XML, or brings a document type.
    """
    parser = etree.XMLParser(
        remove_blank_text=True, remove_comments=True, resolve_entities=False, no_network=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise SolutionError(f"{place} is no XML: {error}") from error
    if root.getroottree().docinfo.doctype:
        raise SolutionError(f"{place} brings a document type, which a solution never does")
    return root


def written(element: Element) -> bytes:
    """Return an element as a document of its own, indented by two, with a last line break."""
    # Through text and back: what it was cut out of leaves neither blanks nor namespaces behind.
    alone = etree.fromstring(etree.tostring(element, with_tail=False))
    etree.cleanup_namespaces(alone)
    etree.indent(alone, "  ")
    return DECLARATION + etree.tostring(alone, encoding="utf-8") + b"\n"


def text_of(element: Element, path: str, place: str) -> str:
    """Return the text at a path.

    Raises:
        SolutionError: there is none.
    """
    text = element.findtext(path)
    if not text:
        raise SolutionError(f"{place} has no {path}")
    return text


def tag_of(element: Element) -> str:
    """Return the element's name; no name of ours is in a namespace."""
    return str(element.tag)
