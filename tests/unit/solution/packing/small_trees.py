"""Small solutions that are all structure: every kind of file, hardly anything in it."""

import string

from hypothesis import strategies as st

from solution.tools.packing.documents import parsed, written
from solution.tools.packing.tree import Tree

SECTIONS = (
    "Entities Roles EntityRelationships optionsets Dashboards WebResources CustomControls"
    " SdkMessageProcessingSteps ServiceEndpoints AppModuleSiteMaps AppModules Languages"
)
KINDS = ("main", "quick", "card")

names = st.text(string.ascii_letters + string.digits + "_", min_size=1, max_size=8)
words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs")), min_size=1, max_size=12
)


def document(text: str) -> bytes:
    """Return a document as the packer writes it."""
    return written(parsed(text.encode(), "a test's document"))


def skeleton() -> Tree:
    """Return the two files that every solution has."""
    sections = "".join(f"<{section}/>" for section in SECTIONS.split())
    manifest = "<SolutionManifest><UniqueName>Small</UniqueName><Managed>2</Managed>"
    return {
        "Other/Solution.xml": document(
            f"<ImportExportXml>{manifest}</SolutionManifest></ImportExportXml>"
        ),
        "Other/Customizations.xml": document(f"<ImportExportXml>{sections}</ImportExportXml>"),
    }


def table(name: str, *, extra: str = "") -> bytes:
    holders = "<FormXml/><SavedQueries/><Visualizations/>"
    return document(
        f"<Entity><Name OriginalName=''>{name}</Name>{extra}{holders}<RibbonDiffXml/></Entity>"
    )


def form(identifier: str) -> bytes:
    return document(f"<forms><systemform><formid>{identifier}</formid></systemform></forms>")


def view(identifier: str) -> bytes:
    return document(
        "<savedqueries><savedquery>"
        f"<savedqueryid>{identifier}</savedqueryid>"
        "</savedquery></savedqueries>"
    )


def chart(identifier: str) -> bytes:
    return document(
        "<visualization>"
        f"<savedqueryvisualizationid>{identifier}</savedqueryvisualizationid>"
        "</visualization>"
    )


def web_resource(name: str) -> bytes:
    return document(
        f"<WebResource><Name>{name}</Name><FileName>/WebResources/{name}</FileName></WebResource>"
    )


def relationships(one: str, names: list[str]) -> bytes:
    inside = "".join(
        f'<EntityRelationship Name="{name}"><ReferencedEntityName>{one}</ReferencedEntityName>'
        "</EntityRelationship>"
        for name in names
    )
    return document(f"<EntityRelationships>{inside}</EntityRelationships>")


def relationship_index(names: list[str]) -> bytes:
    inside = "".join(f'<EntityRelationship Name="{name}"/>' for name in names)
    return document(f"<EntityRelationships>{inside}</EntityRelationships>")


@st.composite
def tables(draw: st.DrawFn) -> Tree:
    tree: Tree = {}
    for name in draw(st.lists(names, max_size=3, unique_by=str.lower)):
        folder = f"Entities/{name}"
        note = draw(words).replace("&", "").replace("<", "").replace(">", "")
        tree[f"{folder}/Entity.xml"] = table(name, extra=f"<EntityInfo>{note}</EntityInfo>")
        for each in draw(st.lists(names, max_size=2, unique_by=str.lower)):
            kind = draw(st.sampled_from(KINDS))
            tree[f"{folder}/FormXml/{kind}/{each}.xml"] = form(each)
            tree[f"{folder}/SavedQueries/{each}.xml"] = view(each)
            tree[f"{folder}/Visualizations/{each}.xml"] = chart(each)
        if draw(st.booleans()):
            ribbon = document("<RibbonDiffXml><CustomActions/></RibbonDiffXml>")
            tree[f"{folder}/RibbonDiff.xml"] = ribbon
    return tree


@st.composite
def related(draw: st.DrawFn) -> Tree:
    led_to = draw(
        st.dictionaries(names, st.lists(names, min_size=1, max_size=3, unique=True), max_size=2)
    )
    tree: Tree = {}
    index: list[str] = []
    for one, many in led_to.items():
        full = [f"{one}_{name}" for name in sorted(many)]
        tree[f"Other/Relationships/{one}.xml"] = relationships(one, full)
        index += full
    if index:
        tree["Other/Relationships.xml"] = relationship_index(index)
    return tree


@st.composite
def components(draw: st.DrawFn) -> Tree:
    tree: Tree = {}
    for name in draw(st.lists(names, max_size=3, unique_by=str.lower)):
        tree[f"Roles/{name}.xml"] = document(f'<Role name="{name}"/>')
        tree[f"OptionSets/{name}.xml"] = document(f'<optionset Name="{name}"/>')
        tree[f"Dashboards/{name}.xml"] = document(f"<Dashboard><FormId>{name}</FormId></Dashboard>")
        tree[f"WebResources/cht_/{name}.js.data.xml"] = web_resource(f"cht_/{name}.js")
        tree[f"WebResources/cht_/{name}.js"] = draw(st.binary(max_size=20))
        tree[f"settingdefinitions/{name}/settingdefinition.xml"] = draw(st.binary(max_size=20))
        control = f"Controls/{name}/ControlManifest.xml"
        tree[control] = draw(st.binary(max_size=20))
        tree[f"{control}.data.xml"] = document(
            f"<CustomControl><Name>{name}</Name><FileName>/{control}</FileName></CustomControl>"
        )
    return tree


@st.composite
def small_trees(draw: st.DrawFn) -> Tree:
    """Return a tree in the form that the packer writes."""
    return skeleton() | draw(tables()) | draw(related()) | draw(components())
