"""``Entities/<table>/Entity.xml``: a table with its columns and what it can do.

The ids of the elastic provider and its source are those of every environment: Microsoft's Power Fx
library knows elastic tables by the first, TALXIS' public templates write both.
"""

from collections.abc import Iterator
from dataclasses import replace

from solution.generator.attributes import of_column, written
from solution.generator.elements import (
    FIRST_VERSION,
    descriptions,
    element,
    leaves,
    names,
    translated,
)
from solution.generator.system_columns import system_columns
from solution.model.tables import Kind, Ownership, Table
from solution.tools.packing.documents import Element

COSMOS_PROVIDER = "{1d9bde74-9ebd-4da9-8ff5-aa74945b9f74}"
COSMOS_SOURCE = "{19897b6e-b2c2-461c-8f32-5a2413028030}"
OWNERSHIP = {Ownership.USER: "UserOwned", Ownership.ORGANIZATION: "OrgOwned"}


def table_document(table: Table, *, has_charts: bool) -> Element:
    """Return the file's document; views, forms and charts have files of their own."""
    info = element(
        "entity",
        names(table.label),
        translated("LocalizedCollectionNames", "LocalizedCollectionName", table.plural),
        descriptions(table.description),
        element("attributes", *_attributes(table)),
        element("EntitySetName", table.entity_set),
        *_abilities(table),
        Name=table.schema_name,
    )
    title = element("Name", table.schema_name, LocalizedName=table.label, OriginalName=table.label)
    charts = [element("Visualizations")] if has_charts else []
    places = (element("FormXml"), element("SavedQueries"), *charts, element("RibbonDiffXml"))
    return element("Entity", title, element("EntityInfo", info), *places)


def _attributes(table: Table) -> Iterator[Element]:
    columns = [of_column(column, table) for column in table.columns] + system_columns(table)
    for column in sorted(columns, key=lambda column: column.logical_name):
        audited = column.audited and table.written_by_people
        yield written(replace(column, audited=audited), table)


def _abilities(table: Table) -> list[Element]:
    standard = int(table.kind is Kind.STANDARD)
    elastic = {"DataProviderId": COSMOS_PROVIDER, "DataSourceId": COSMOS_SOURCE}
    return leaves(
        IsDuplicateCheckSupported=0,
        IsBusinessProcessEnabled=0,
        IsRequiredOffline=0,
        IsInteractionCentricEnabled=0,
        IsCollaboration=0,
        AutoRouteToOwnerQueue=0,
        IsConnectionsEnabled=0,
        IsDocumentManagementEnabled=0,
        AutoCreateAccessTeams=0,
        IsOneNoteIntegrationEnabled=0,
        IsKnowledgeManagementEnabled=0,
        IsSLAEnabled=0,
        IsDocumentRecommendationsEnabled=0,
        **({} if standard else elastic),
        IsBPFEntity=0,
        OwnershipTypeMask=OWNERSHIP[table.ownership],
        IsAuditEnabled=int(table.written_by_people),
        IsRetrieveAuditEnabled=0,
        IsRetrieveMultipleAuditEnabled=0,
        IsActivity=0,
        ActivityTypeMask="",
        IsActivityParty=0,
        IsReplicated=0,
        IsReplicationUserFiltered=0,
        IsMailMergeEnabled=0,
        **_on_phones_and_in_search(),
        IntroducedVersion=FIRST_VERSION,
        IsCustomizable=1,
        IsRenameable=1,
        IsMappable=1,
        **_what_others_may_change(),
        CanCreateAttributes=1,
        CanCreateForms=1,
        CanCreateCharts=standard,
        CanCreateViews=1,
        CanModifyAdditionalSettings=1,
        CanEnableSyncToExternalSearchIndex=1,
        EnforceStateTransitions=0,
        CanChangeHierarchicalRelationship=1,
        EntityHelpUrlEnabled=0,
        ChangeTrackingEnabled=standard,
        CanChangeTrackingBeEnabled=1,
        IsEnabledForExternalChannels=0,
        IsMSTeamsIntegrationEnabled=0,
        IsSolutionAware=0,
    )


def _on_phones_and_in_search() -> dict[str, object]:
    return {
        "IsVisibleInMobile": 0,
        "IsVisibleInMobileClient": 0,
        "IsReadOnlyInMobileClient": 0,
        "IsOfflineInMobileClient": 0,
        "DaysSinceRecordLastModified": 0,
        "MobileOfflineFilters": "",
        "IsMapiGridEnabled": 1,
        "IsReadingPaneEnabled": 1,
        "IsQuickCreateEnabled": 0,
        "SyncToExternalSearchIndex": 0,
    }


def _what_others_may_change() -> dict[str, object]:
    subjects = (
        "AuditSettings",
        "MobileVisibility",
        "MobileClientVisibility",
        "MobileClientReadOnly",
        "MobileClientOffline",
        "ConnectionSettings",
        "DuplicateDetectionSettings",
        "MailMergeSettings",
        "QueueSettings",
    )
    return {f"CanModify{subject}": 1 for subject in subjects}
