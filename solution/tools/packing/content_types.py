"""The list of what kinds of files a zip holds, which the package format asks for."""

from collections.abc import Iterable
from pathlib import PurePosixPath

from lxml import etree

from solution.tools.packing.documents import written

NAMESPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
ANY = "application/octet-stream"


def content_types(names: Iterable[str]) -> bytes:
    """Return ``[Content_Types].xml`` for files of these names.

    Kinds go by the part after the last dot; a file without one is listed itself.

    Source: Open Packaging Conventions (ECMA-376 part 2), 10.1.2.
    """
    paths = [PurePosixPath(name) for name in names]
    types = etree.Element("Types", nsmap={None: NAMESPACE})
    endings = {path.suffix.removeprefix(".").lower() for path in paths if path.suffix}
    for ending in sorted({"xml"} | endings):
        etree.SubElement(types, "Default", Extension=ending, ContentType=ANY)
    for path in sorted(path for path in paths if not path.suffix):
        etree.SubElement(types, "Override", PartName=f"/{path}", ContentType=ANY)
    return written(types)
