"""The committed files, read as somebody would who has never heard of the generator."""

from functools import cache

from solution.tools.packing.documents import Element, parsed
from solution.tools.packing.tree import SOURCE


def document(path: str) -> Element:
    """Return the root of a file of ``solution/src``."""
    return parsed((SOURCE / path).read_bytes(), path)


@cache
def paths(pattern: str) -> tuple[str, ...]:
    """Return the files that a glob pattern matches."""
    return tuple(sorted(path.relative_to(SOURCE).as_posix() for path in SOURCE.glob(pattern)))


def texts(parent: Element) -> dict[str, str]:
    """Return the text of each child element that has no children itself."""
    return {str(child.tag): child.text or "" for child in parent if not len(child)}


def english(parent: Element, block: str) -> str:
    """Return the English text of one of the blocks of labels directly below an element."""
    (text,) = parent.xpath(f"{block}/*[@languagecode='1033']/@description")
    return str(text)
