from pathlib import Path

import pytest
from lxml import etree

from solution.model.identity import VERSION
from solution.tools.archive import unzipped, zipped
from solution.tools.environment.deployment.publishing import COLUMNS
from solution.tools.environment.errors import BadOption
from solution.tools.environment.form_xml import Parameters, widget_of
from solution.tools.environment.package import CASE_FORM_ID, Package, ordered, package_at
from tests.unit.solution.environment.targets import FUNCTIONS

TOLD = Parameters(apiBaseUrl=FUNCTIONS, signInScope="api://app/Time.Track")


@pytest.fixture(scope="module")
def package() -> Package:
    return package_at(None)


def case_form(package: Package) -> str:
    root = etree.fromstring(unzipped(package.content)["customizations.xml"])
    for form in root.iterfind(".//systemform"):
        if form.findtext("formid") == f"{{{CASE_FORM_ID}}}":
            found = form.find("form")
            assert found is not None
            return etree.tostring(found, encoding="unicode")
    raise AssertionError("there is no case form")


def test_the_checkouts_package_says_what_it_brings(package: Package) -> None:
    assert package.version == VERSION
    assert package.name == "CaseHandlingTime"
    assert ("systemforms", CASE_FORM_ID) in package.publishable
    assert {entity_set for entity_set, _ in package.publishable} == COLUMNS.keys()
    assert len(package.publishable) == len(set(package.publishable))


def test_a_fitted_package_tells_its_form(package: Package) -> None:
    fitted = package.fitted(TOLD)

    assert widget_of(case_form(package)) == Parameters()
    assert widget_of(case_form(fitted)) == TOLD


def test_fitting_changes_nothing_else(package: Package) -> None:
    before, after = unzipped(package.content), unzipped(package.fitted(TOLD).content)

    assert {name for name in before if before[name] != after[name]} == {"customizations.xml"}
    old, new = (etree.fromstring(each["customizations.xml"]) for each in (before, after))
    changed = [
        part.tag for part, other in zip(old, new, strict=True) if _text(part) != _text(other)
    ]
    assert changed == ["Entities"]


def _text(part: etree._Element) -> bytes:
    for blank in part.iter():
        blank.text, blank.tail = (blank.text or "").strip(), None
    return etree.tostring(part, method="c14n")


def test_labels_of_other_languages_are_left_out_and_nothing_else(package: Package) -> None:
    languages = (1033, 1031)
    before, after = unzipped(package.content), unzipped(package.in_languages(languages).content)

    changed = {name for name in before if before[name] != after[name]}
    assert {"customizations.xml", "solution.xml"} < changed
    assert {name.partition("/")[0] for name in changed} == {
        "customizations.xml",
        "solution.xml",
        "settingdefinitions",
    }
    spoken = set()
    for name in changed:
        root = etree.fromstring(after[name])
        spoken |= set(map(str, root.xpath("//@languagecode | //@LCID | Languages/Language/text()")))
        whole = etree.fromstring(before[name])
        others = "//*[@languagecode='1036' or @languagecode='1041' or @languagecode='1025']"
        left_out = whole.xpath(f"{others} | //*[@LCID>1033 and @LCID!=1031] | //*[@LCID=1025]")
        listed = whole.xpath("Languages/Language[.!='1033' and .!='1031']")
        assert len(list(root.iter())) == len(list(whole.iter())) - len(left_out) - len(listed)
    assert spoken == {"1033", "1031"}


def test_fitting_is_the_same_every_time(package: Package) -> None:
    assert package.fitted(TOLD).content == package.fitted(TOLD).content


def test_a_zip_of_ours_is_taken(tmp_path: Path, package: Package) -> None:
    (tmp_path / "ours.zip").write_bytes(package.content)

    assert package_at(tmp_path / "ours.zip") == package


def manifest(name: str, version: str) -> bytes:
    return (
        f"<ImportExportXml><SolutionManifest><UniqueName>{name}</UniqueName>"
        f"<Version>{version}</Version></SolutionManifest></ImportExportXml>"
    ).encode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"PK and then nothing", "this is no zip", id="no zip"),
        pytest.param(zipped({"readme.txt": b""}), "holds no solution.xml", id="another zip"),
        pytest.param(
            zipped({"solution.xml": manifest("Other", "1.0")}),
            "is the solution Other, not CaseHandlingTime",
            id="another solution",
        ),
        pytest.param(
            zipped({"solution.xml": manifest("CaseHandlingTime", "one")}), "'one'", id="no version"
        ),
        pytest.param(None, "No such file", id="no file"),
    ],
)
def test_what_is_no_package_of_ours_names_the_option(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    path = tmp_path / "theirs.zip"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(BadOption, match=r"^--solution: ") as caught:
        package_at(path)
    assert said in str(caught.value)


def test_a_checkout_amounts_to_a_managed_package_too(package: Package) -> None:
    managed = package_at(None, managed=True)

    assert (package.is_managed, managed.is_managed) == (False, True)
    assert (managed.name, managed.version) == (package.name, package.version)


def test_versions_compare_as_numbers() -> None:
    assert ordered("0.10.0.0") > ordered("0.9.9.9") > ordered("0.9")
