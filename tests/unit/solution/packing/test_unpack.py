import io
import zipfile

import pytest

from solution.tools.errors import SolutionError
from solution.tools.packing.unpack import unpacked

MANIFEST = (
    "<ImportExportXml><SolutionManifest><Managed>0</Managed></SolutionManifest></ImportExportXml>"
)
FILES = {
    "[Content_Types].xml": "<Types/>",
    "solution.xml": MANIFEST,
    "customizations.xml": "<ImportExportXml/>",
}
TWO_ROLES = '<Roles><Role name="A"/><Role name="A"/></Roles>'
SLIPPING_ROLE = '<Roles><Role name="../../A"/></Roles>'
LOST_RESOURCE = (
    "<WebResources><WebResource><Name>a.js</Name>"
    "<FileName>/WebResources/a.js</FileName></WebResource></WebResources>"
)
LOST_CONTROL = (
    "<CustomControls><CustomControl><Name>A</Name>"
    "<FileName>/Controls/A/ControlManifest.xml</FileName></CustomControl></CustomControls>"
)


def zip_of(files: dict[str, str], compression: int = zipfile.ZIP_STORED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def customizations(inside: str) -> dict[str, str]:
    return FILES | {"customizations.xml": f"<ImportExportXml>{inside}</ImportExportXml>"}


def test_a_source_can_be_packed_either_way() -> None:
    assert b"<Managed>2</Managed>" in unpacked(zip_of(FILES))["Other/Solution.xml"]


@pytest.mark.parametrize("missing", sorted(FILES))
def test_a_zip_without_one_of_the_three_documents_is_no_solution(missing: str) -> None:
    rest = {name: text for name, text in FILES.items() if name != missing}

    with pytest.raises(SolutionError, match="this is no solution"):
        unpacked(zip_of(rest))


@pytest.mark.parametrize(
    ("files", "complaint"),
    [
        pytest.param(
            FILES | {"solution.xml": MANIFEST.replace("0", "1")},
            "no unmanaged solution",
            id="managed",
        ),
        pytest.param(FILES | {"../evil.sh": "rm"}, "outside of the folder", id="path that goes up"),
        pytest.param(FILES | {"/etc/evil": "x"}, "outside of the folder", id="absolute path"),
        pytest.param(FILES | {"C:/evil": "x"}, "outside of the folder", id="path with a drive"),
        pytest.param(
            customizations(SLIPPING_ROLE), "outside of the folder", id="name that goes up"
        ),
        pytest.param(customizations(TWO_ROLES), "two components", id="one file for two components"),
        pytest.param(
            customizations(LOST_RESOURCE), "WebResources/a.js is missing", id="lost web resource"
        ),
        pytest.param(
            customizations(LOST_CONTROL), "ControlManifest.xml is missing", id="lost control"
        ),
        pytest.param(
            customizations("<Entities><Entity/></Entities>"), "has no Name", id="nameless table"
        ),
    ],
)
def test_a_zip_that_cannot_be_trusted_is_refused(files: dict[str, str], complaint: str) -> None:
    with pytest.raises(SolutionError, match=complaint):
        unpacked(zip_of(files))


def test_what_is_no_zip_is_refused() -> None:
    with pytest.raises(SolutionError, match="this is no zip"):
        unpacked(b"PK, but not for long")


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_damaged_zip_is_refused(compression: int) -> None:
    whole = bytearray(zip_of(FILES, compression))
    start = whole.index(b"solution.xml") + len("solution.xml")
    whole[start : start + 20] = b"\xff" * 20

    with pytest.raises(SolutionError, match="no zip that can be read"):
        unpacked(bytes(whole))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_zip_that_holds_a_file_twice_is_refused() -> None:
    buffer = io.BytesIO(zip_of(FILES))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("solution.xml", MANIFEST)

    with pytest.raises(SolutionError, match="twice"):
        unpacked(buffer.getvalue())
