"""``OptionSets/<name>.xml``: a global choice."""

from solution.generator.elements import (
    FIRST_VERSION,
    descriptions,
    element,
    label_list,
    leaves,
    translated,
)
from solution.model.columns import ChoiceOptions
from solution.tools.packing.documents import Element


def choice_document(options: ChoiceOptions) -> Element:
    return element(
        "optionset",
        *leaves(
            OptionSetType="picklist",
            IsGlobal=1,
            IntroducedVersion=FIRST_VERSION,
            IsCustomizable=1,
            ExternalTypeName="",
        ),
        translated("displaynames", "displayname", options.label),
        descriptions(options.description),
        element("options", *(_option(*option) for option in options.labels.items())),
        Name=options.name,
        localizedName=options.label,
    )


def _option(value: int, label: str) -> Element:
    return element("option", label_list(label), value=str(value), ExternalValue="", IsHidden="0")
