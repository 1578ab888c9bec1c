"""Plants one fault in a copy of the solution."""

from collections.abc import Callable

from lxml import etree

from solution.model.identity import stable_id
from solution.tools.packing.documents import Element, parsed, written
from solution.tools.packing.tree import Tree
from solution.tools.validation.checks import findings
from solution.tools.validation.code import Code
from solution.tools.validation.solution import Solution

Found = list[tuple[str, str]]
"""The code and the file of each finding."""
Inspect = Callable[[Tree], Found]

MANIFEST = "Other/Solution.xml"
TIME_LOG = "Entities/cht_TimeLog/Entity.xml"
SEGMENT = "Entities/cht_FocusSegment/Entity.xml"
TOTALS = "Entities/cht_CaseHandlingTime/Entity.xml"
OF_CASES = "Other/Relationships/Incident.xml"
APP = "AppModules/cht_CaseHandlingTimeAdmin/AppModule.xml"
SITE_MAP = "AppModuleSiteMaps/cht_CaseHandlingTimeAdmin/AppModuleSiteMap.xml"
REPRESENTATIVE = "Roles/Case Time Representative.xml"


def inspector(code: Code) -> Inspect:
    return lambda tree: [(each.code, each.place) for each in findings(Solution(tree), code)]


def replaced(tree: Tree, place: str, old: str, new: str) -> Tree:
    """Return the tree with one text in one file replaced, where it comes first."""
    text = tree[place].decode()
    assert old in text, f"{place} has no {old}"
    return tree | {place: text.replace(old, new, 1).encode()}


def without(tree: Tree, place: str, path: str) -> Tree:
    """Return the tree with the first element at a path taken out of one file."""
    root = parsed(tree[place], place)
    element = _first(root, path)
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)
    return tree | {place: written(root)}


def emptied(tree: Tree, place: str, path: str) -> Tree:
    """Return the tree with nothing left in the first element at a path of one file."""
    root = parsed(tree[place], place)
    _first(root, path)[:] = []
    return tree | {place: written(root)}


def with_in(tree: Tree, place: str, path: str, xml: str) -> Tree:
    """Return the tree with an element added at the end of another one in one file."""
    root = parsed(tree[place], place)
    _first(root, path).append(etree.fromstring(xml))
    return tree | {place: written(root)}


def moved(tree: Tree, place: str, to: str) -> Tree:
    """Return the tree with a file in another place."""
    rest = {path: content for path, content in tree.items() if path != place}
    return rest | {to: tree[place]}


def without_file(tree: Tree, place: str) -> Tree:
    assert place in tree
    return {path: content for path, content in tree.items() if path != place}


def place_of(tree: Tree, folder: str, containing: str) -> str:
    """Return the first file of a folder that has a text in it."""
    return next(
        place
        for place in sorted(tree)
        if place.startswith(folder) and containing in tree[place].decode()
    )


def case_form() -> str:
    identifier = stable_id("form", "Case with handling time")
    return f"Entities/Incident/FormXml/main/{{{identifier}}}.xml"


def _first(root: Element, path: str) -> Element:
    element = root.find(path)
    assert element is not None, f"there is nothing at {path}"
    return element
