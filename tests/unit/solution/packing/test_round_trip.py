from hypothesis import given, settings
from lxml import etree

from solution.tools.packing.pack import packed
from solution.tools.packing.tree import Tree
from solution.tools.packing.unpack import unpacked
from tests.unit.solution.packing.small_trees import form, skeleton, small_trees, table


@settings(max_examples=100, deadline=None)
@given(small_trees())
def test_what_was_packed_is_unpacked_to_the_same_files(tree: Tree) -> None:
    assert unpacked(packed(tree)) == tree


@settings(max_examples=50, deadline=None)
@given(small_trees())
def test_what_was_unpacked_is_packed_to_the_same_zip(tree: Tree) -> None:
    zipped = packed(tree)

    assert packed(unpacked(zipped)) == zipped


def test_the_order_in_which_files_are_found_makes_no_difference() -> None:
    tree = skeleton() | {
        "Entities/A/Entity.xml": table("A"),
        "Entities/A/FormXml/main/1.xml": form("1"),
        "Entities/A/FormXml/main/2.xml": form("2"),
        "Entities/B/Entity.xml": table("B"),
    }
    backwards = dict(reversed(tree.items()))

    assert packed(backwards) == packed(tree)


def test_indentation_and_comments_of_the_source_make_no_difference() -> None:
    tree = skeleton() | {"Entities/A/Entity.xml": table("A")}
    compact = {
        path: b"<!-- for people -->" + etree.tostring(etree.fromstring(content))
        for path, content in tree.items()
    }
    without_blanks = {path: content.replace(b">\n  <", b"><") for path, content in compact.items()}

    assert packed(without_blanks) == packed(tree)
