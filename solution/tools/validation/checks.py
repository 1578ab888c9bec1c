"""All checks, in the order in which a reader would look."""

from collections.abc import Callable, Iterable

from solution.tools.validation import (
    code,
    components,
    files,
    forms,
    identifiers,
    manifest,
    navigation,
    previous,
    queries,
    roles,
    settings,
    tables,
    texts,
    webhooks,
)
from solution.tools.validation.code import Code
from solution.tools.validation.findings import Finding
from solution.tools.validation.solution import Solution

Check = Callable[[Solution], Iterable[Finding]]

CHECKS: tuple[Check, ...] = (
    manifest.manifest_is_ours,
    manifest.components_are_listed_once,
    components.listed_components_are_there,
    components.components_are_listed,
    identifiers.ids_are_well_formed,
    identifiers.ids_are_unique,
    identifiers.files_are_named_as_their_component,
    identifiers.names_have_our_prefix,
    identifiers.entity_sets_are_unique,
    tables.columns_are_named_once,
    tables.tables_have_a_primary_name,
    tables.ranges_hold_a_number,
    tables.options_have_a_value_each,
    tables.index_is_what_there_is,
    tables.lookups_have_a_relationship,
    tables.relationships_have_a_lookup,
    tables.relationships_lead_to_tables,
    tables.choice_columns_have_a_choice,
    tables.elastic_tables_do_not_cascade,
    tables.elastic_tables_have_only_what_they_can,
    tables.only_what_people_write_is_audited,
    texts.texts_are_in_every_language,
    texts.languages_are_those_of_the_texts,
    texts.no_secret_is_in_the_source,
    roles.privileges_exist,
    roles.privileges_are_given_once,
    roles.privileges_reach_as_far_as_they_can,
    roles.roles_reach_own_rows_through_teams,
    forms.fields_are_columns,
    forms.stand_ins_have_a_field,
    forms.marked_fields_have_a_stand_in,
    forms.controls_have_a_class,
    forms.stand_ins_are_our_controls,
    forms.bound_parameters_are_columns,
    queries.queries_ask_for_what_there_is,
    queries.views_show_what_they_ask_for,
    queries.charts_draw_what_they_ask_for,
    queries.elastic_tables_are_not_joined,
    navigation.dashboards_show_what_there_is,
    navigation.site_maps_lead_to_what_there_is,
    navigation.apps_consist_of_what_there_is,
    navigation.apps_are_for_roles_there_are,
    files.web_resources_have_their_file,
    files.web_resources_are_what_they_say,
    files.controls_are_built,
    files.controls_have_what_they_name,
    files.pages_have_what_they_name,
    settings.defaults_are_of_their_type,
    webhooks.webhooks_are_left_to_the_deployment,
)


def findings(solution: Solution, asking: Code) -> list[Finding]:
    """Return what is wrong with a solution, or with the code that asks for its settings."""
    found = [finding for check in CHECKS for finding in check(solution)]
    found += code.settings_in_code_are_defined(solution, asking)
    found += code.defined_settings_are_used(solution, asking)
    return sorted(set(found))


def findings_since(solution: Solution, earlier: Solution) -> list[Finding]:
    """Return what is wrong with a solution as the successor of another one."""
    found = [
        *previous.changed_controls_have_a_higher_version(solution, earlier),
        *previous.a_changed_solution_has_a_higher_version(solution, earlier),
    ]
    return sorted(set(found))
