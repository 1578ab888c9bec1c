"""Our solution as far as the model says it.

Forms, views, charts, web resources and the control are in the solution's files only: an
environment has them after an import.
"""

from functools import cache

from solution.model.identity import (
    APP_LABEL,
    APP_NAME,
    OPTION_VALUE_PREFIX,
    PUBLISHER_NAME,
    PUBLISHER_PREFIX,
    SOLUTION_LABEL,
    SOLUTION_NAME,
    VERSION,
)
from solution.model.roles import ROLES
from solution.model.settings import SETTINGS, SettingDefinition
from tests.mock_dataverse.builtin_tables import APP_MODULE, SETTING_DEFINITION
from tests.mock_dataverse.roles import parts_of
from tests.mock_dataverse.schema import BUILTIN_TABLES, Schema
from tests.mock_dataverse.solutions.model_tables import MODEL_CHOICES, MODEL_TABLES
from tests.mock_dataverse.solutions.parts import Part, SolutionParts
from tests.mock_dataverse.solutions.rows import given_id, manifest_parts


@cache
def model_parts() -> SolutionParts:
    """Return the solution of the model."""
    schema = Schema(BUILTIN_TABLES + MODEL_TABLES)
    return SolutionParts(
        name=SOLUTION_NAME,
        version=VERSION,
        choices=MODEL_CHOICES,
        tables=MODEL_TABLES,
        roles=tuple(parts_of(schema, role) for role in ROLES),
        parts=(
            *manifest_parts(
                name=SOLUTION_NAME,
                label=SOLUTION_LABEL,
                version=VERSION,
                publisher=PUBLISHER_NAME,
                publisher_label=SOLUTION_LABEL,
                prefix=PUBLISHER_PREFIX,
                option_prefix=OPTION_VALUE_PREFIX,
            ),
            *(_setting(setting) for setting in SETTINGS),
            Part(
                table=APP_MODULE,
                row_id=given_id(APP_MODULE, APP_NAME),
                values={"uniquename": APP_NAME, "name": APP_LABEL},
            ),
        ),
    )


def _setting(setting: SettingDefinition) -> Part:
    return Part(
        table=SETTING_DEFINITION,
        row_id=given_id(SETTING_DEFINITION, setting.unique_name),
        values={
            "uniquename": setting.unique_name,
            "displayname": setting.label,
            "description": setting.description,
            "datatype": int(setting.data_type),
            "defaultvalue": setting.default,
            "isoverridable": 1,
            "overridablelevel": int(setting.overridden),
            "releaselevel": 0,
            "ishidden": 0,
        },
    )
