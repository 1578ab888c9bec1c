"""``settingdefinitions/<name>/settingdefinition.xml``: a setting that administrators can change.

Source: exported setting definitions of Microsoft's CoE Starter Kit.
"""

from solution.generator.elements import element, leaves
from solution.model.labels import labels
from solution.model.settings import SettingDefinition
from solution.tools.packing.documents import Element


def setting_document(definition: SettingDefinition) -> Element:
    return element(
        "settingdefinition",
        *leaves(datatype=int(definition.data_type), defaultvalue=definition.default),
        _said("description", definition.description),
        _said("displayname", definition.label),
        *leaves(
            iscustomizable=1,
            ishidden=0,
            isoverridable=1,
            isplatform=0,
            overridablelevel=int(definition.overridden),
            releaselevel=0,
            statecode=0,
            statuscode=1,
        ),
        uniquename=definition.unique_name,
    )


def _said(tag: str, english: str) -> Element:
    texts = (
        element("label", description=text, languagecode=str(lcid))
        for lcid, text in labels(english).items()
    )
    return element(tag, *texts, default=english)
