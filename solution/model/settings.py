"""The setting definitions an administrator toggles in Power Apps (design: "Settings")."""

from dataclasses import dataclass
from enum import IntEnum


class DataType(IntEnum):
    """``settingdefinition.datatype`` as Dataverse numbers it."""

    NUMBER = 0
    TEXT = 1
    YES_NO = 2


class Overridden(IntEnum):
    """``settingdefinition.overridablelevel``: where an administrator can set another value."""

    BY_ENVIRONMENT_AND_APP = 0
    BY_ENVIRONMENT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingDefinition:
    """One setting. Neither its type nor where it is overridden can change once it is installed."""

    unique_name: str
    label: str
    description: str
    data_type: DataType
    default: str
    overridden: Overridden = Overridden.BY_ENVIRONMENT_AND_APP


SETTINGS = (
    SettingDefinition(
        unique_name="cht_HandlingTimeEnabled",
        label="Track case handling time",
        description="Off: nothing is tracked; what is recorded stays visible.",
        data_type=DataType.YES_NO,
        default="true",
    ),
    SettingDefinition(
        unique_name="cht_UpdateIntervalMinutes",
        label="Update interval (minutes)",
        description="How often the widget sends and refreshes: 10 to 60.",
        data_type=DataType.NUMBER,
        default="10",
    ),
    SettingDefinition(
        unique_name="cht_MyTimeVisible",
        label="Show the My time toggle",
        description="Off: representatives see only their own time.",
        data_type=DataType.YES_NO,
        default="true",
    ),
    SettingDefinition(
        unique_name="cht_TimeLogsAllowed",
        label="Allow time logs",
        description="Off: no new time logs; existing ones still count.",
        data_type=DataType.YES_NO,
        default="true",
    ),
    SettingDefinition(
        unique_name="cht_IdleLimitMinutes",
        label="Idle limit (minutes)",
        description="Without keyboard or pointer for this long, tracking ends; 0 is never.",
        data_type=DataType.NUMBER,
        default="0",
    ),
    SettingDefinition(
        unique_name="cht_ReportingTimeZone",
        label="Reporting time zone",
        description="IANA name of the zone that days are cut in.",
        data_type=DataType.TEXT,
        default="UTC",
        overridden=Overridden.BY_ENVIRONMENT,
    ),
    SettingDefinition(
        unique_name="cht_SegmentRetentionDays",
        label="Keep focus segments (days)",
        description="Evidence older than this expires and its days are never recomputed.",
        data_type=DataType.NUMBER,
        default="90",
        overridden=Overridden.BY_ENVIRONMENT,
    ),
)
