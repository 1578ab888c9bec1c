"""The manifest lists what is there, whoever made it."""

import re

from solution.model.identity import CASE_FORM_LABEL, VERSION, stable_id
from solution.model.roles import ROLES
from solution.model.tables import TABLES
from tests.unit.solution.generator.files import document, paths, texts

IDENTIFIER = re.compile(r"\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}")


def roots(kind: str) -> dict[str, str]:
    """Return how far a kind's components are part of the solution, by name or id."""
    return {
        str(each.get("schemaName") or each.get("id")): str(each.get("behavior"))
        for each in document("Other/Solution.xml").iter("RootComponent")
        if each.get("type") == kind
    }


def test_our_tables_are_in_it_whole_and_the_case_only_for_its_form() -> None:
    ours = dict.fromkeys((table.logical_name for table in TABLES), "0")

    assert roots("1") == ours | {"incident": "2"}
    assert f"{{{stable_id('form', CASE_FORM_LABEL)}}}" in roots("60")


def test_every_role_is_in_it_by_id() -> None:
    assert set(roots("20")) == {f"{{{stable_id('role', role.name)}}}" for role in ROLES}


def test_what_is_made_by_hand_is_in_it() -> None:
    named = {
        "61": ("WebResources/**/*.data.xml", "Name"),
        "62": ("AppModuleSiteMaps/*/*.xml", "SiteMapUniqueName"),
        "66": ("Controls/*/*.data.xml", "Name"),
        "80": ("AppModules/*/*.xml", "UniqueName"),
    }

    for kind, (pattern, name) in named.items():
        assert set(roots(kind)) == {document(path).findtext(name) for path in paths(pattern)}
    dashboards = {document(path).findtext("FormId") for path in paths("Dashboards/*.xml")}
    assert dashboards < set(roots("60"))


def test_webhooks_are_left_to_the_deployment() -> None:
    assert paths("SdkMessageProcessingSteps/*") == paths("PluginAssemblies/*") == ()
    assert set(roots("92")) == set(roots("95")) == set()


def test_setting_definitions_travel_unlisted() -> None:
    """Their type has another number in every environment, so exports do not list them either."""
    kinds = {each.get("type") for each in document("Other/Solution.xml").iter("RootComponent")}

    assert kinds == {"1", "9", "20", "60", "61", "62", "66", "80"}


def test_the_source_can_be_packed_either_way_and_has_the_version_of_the_model() -> None:
    manifest = document("Other/Solution.xml").find("SolutionManifest")
    assert manifest is not None

    said = texts(manifest)
    assert (said["UniqueName"], said["Version"], said["Managed"]) == (
        "CaseHandlingTime",
        VERSION,
        "2",
    )
    assert manifest.findtext("Publisher/CustomizationPrefix") == "cht"
    assert manifest.findtext("Publisher/CustomizationOptionValuePrefix") == "76120"


def test_what_has_an_id_has_one_of_its_own_and_its_file_is_called_by_it() -> None:
    files = [
        *paths("Entities/*/FormXml/*/*.xml"),
        *paths("Entities/*/SavedQueries/*.xml"),
    ]
    names = [path.rpartition("/")[2].removesuffix(".xml") for path in files]

    assert len(set(names)) == len(names)
    for path, name in zip(files, names, strict=True):
        assert IDENTIFIER.fullmatch(name)
        (written,) = document(path).xpath("systemform/formid | savedquery/savedqueryid")
        assert written.text == name


def test_ids_outlive_a_build() -> None:
    """These are in environments that have the solution; another id would be another part."""
    assert set(roots("20")) == {
        "{4015a719-865f-5872-8b30-ebeee5015444}",
        "{ac5e8684-faaf-5dc6-b4a0-3c198f8e377a}",
        "{bcc08e5f-606e-5539-b376-838db2dd70e2}",
    }
    default_view = "Entities/cht_TimeLog/SavedQueries/{30bc5a43-a5e4-5092-b761-ec425dfbc409}.xml"
    assert document(default_view).findtext("savedquery/isdefault") == "1"
