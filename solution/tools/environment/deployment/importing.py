"""Stage, import: the solution is brought in, unless this version is there."""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from lxml import etree

from dataverse_client import Query, Row, eq
from dataverse_client import operations as op
from solution.model.identity import SOLUTION_NAME
from solution.model.labels import NAMES_OF_LANGUAGES
from solution.tools.environment.case_forms import case_form
from solution.tools.environment.deployment.target import Target
from solution.tools.environment.errors import Stopped
from solution.tools.environment.form_change import described
from solution.tools.environment.form_xml import Parameters, widget_of
from solution.tools.environment.package import CASE_FORM_ID, Package, ordered
from solution.tools.environment.plans import Change, Plan
from solution.tools.environment.session import Session
from solution.tools.environment.surroundings import Surroundings

COMPLETED, SUCCEEDED = 3, 30
POLL_SECONDS = 10.0
LONGEST_IMPORT_SECONDS = 3600.0
MOST_REASONS = 10
PUT_BACK = (
    "what was changed here on the solution's own forms, views, roles and pages is put back;"
    " changes belong on parts of your own, such as a case form with `add-to-form`"
)

INSTALLED = Query("solutions").select("version", "ismanaged").where(eq("uniquename", SOLUTION_NAME))


def import_plan(session: Session, target: Target, around: Surroundings) -> Plan:
    """Say whether the package has to be imported.

    Raises:
        Stopped: a newer version is there, or the environment does not take a package of this kind.
    """
    package = target.package
    there = next(session.dataverse.rows(INSTALLED), None)
    version = None if there is None else str(there["version"])
    if version is not None and ordered(version) > ordered(package.version):
        raise Stopped(
            f"{SOLUTION_NAME} {version} is installed, which is newer than {package.version};"
            " nothing was changed"
        )
    if (
        version is not None
        and ordered(version) == ordered(package.version)
        and not target.reimports
    ):
        return Plan()
    _require_kind(package, there, around)
    form = case_form(session.dataverse, CASE_FORM_ID)
    told = (form and widget_of(form.draft)) or Parameters()
    parameters = target.parameters.over(told)
    fitted = package.in_languages(around.languages).fitted(parameters)
    instead = f" in place of {version}" if version else ""
    text = (
        f"import {SOLUTION_NAME} {package.version}{instead}, its case form told"
        f" {described(parameters)}"
    )
    notes = tuple(_notes(version, around))
    return Plan((Change(text, lambda: bring_in(session, fitted)),), notes, brings=fitted)


def _notes(version: str | None, around: Surroundings) -> Iterator[str]:
    if version is not None:
        yield PUT_BACK
    if around.missing_languages:
        missing = ", ".join(NAMES_OF_LANGUAGES[language] for language in around.missing_languages)
        yield (
            f"not provisioned here: {missing}; names of tables and columns are not in these"
            " languages until they are and --reimport brings them, the widget is"
        )


def _require_kind(package: Package, there: Row | None, around: Surroundings) -> None:
    """Refuse what the import would end with after minutes."""
    if there is not None and bool(there["ismanaged"]) != package.is_managed:
        kind, way = (
            ("managed", "deploy it with --managed")
            if there["ismanaged"]
            else ("unmanaged", "deploy it without --managed, or delete it there first")
        )
        raise Stopped(f"{SOLUTION_NAME} is installed {kind}: {way}; nothing was changed")
    if around.blocks_unmanaged and not package.is_managed:
        raise Stopped(
            "this environment blocks unmanaged customizations, and takes managed solutions only:"
            " deploy with --managed; nothing was changed"
        )


def bring_in(session: Session, package: Package) -> None:
    """Stage the package, import it and wait for the end.

    Raises:
        Stopped: Dataverse refuses it, or the import failed or does not end.
    """
    file = b64encode(package.content).decode("ascii")
    staging = op.call_action("StageSolution", {"CustomizationFile": file}, repeatable=True)
    staged = session.dataverse.send(staging)["StageSolutionResults"]
    reasons = refusals(staged)
    if reasons:
        raise Stopped("\n  ".join(["Dataverse would not take the solution:", *reasons]))
    started = session.dataverse.send(
        op.call_action(
            "ImportSolutionAsync",
            {
                "OverwriteUnmanagedCustomizations": True,
                "PublishWorkflows": True,
                "SolutionParameters": {"StageSolutionUploadId": staged["StageSolutionUploadId"]},
            },
        )
    )
    _await(session, UUID(started["AsyncOperationId"]), UUID(started["ImportJobKey"]))


def refusals(staged: Mapping[str, Any]) -> list[str]:
    """Return why Dataverse would not import what was staged; nothing when it would."""
    missing = staged.get("MissingDependencies") or []
    if staged.get("StageSolutionStatus") == "Passed" and not missing:
        return []
    said = [str(result.get("Message")) for result in staged.get("SolutionValidationResults") or []]
    lacking = [
        f"{each.get('RequiredComponentType')} {each.get('RequiredComponentSchemaName')} is missing,"
        f" which {each.get('DependentComponentSchemaName')} needs"
        for each in missing
    ]
    return (said + lacking)[:MOST_REASONS] or ["it does not say why"]


def failures(data: str | None) -> list[str]:
    """Return what went wrong with single components, from the log of an import job."""
    try:
        log = etree.fromstring((data or "<nothing/>").encode(), _PARSER)
    except etree.XMLSyntaxError:
        return []
    texts = [result.get("errortext") for result in log.iterfind(".//result[@result='failure']")]
    return list(dict.fromkeys(text for text in texts if text))[:MOST_REASONS]


_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, encoding="utf-8")


def _await(session: Session, operation_id: UUID, job_id: UUID) -> None:
    shown = -1

    def ended() -> Row | None:
        nonlocal shown
        columns = ("statecode", "statuscode", "message", "friendlymessage")
        running = op.read_row("asyncoperations", operation_id, select=columns)
        job = op.read_row("importjobs", job_id, select=["progress"])
        answers = session.dataverse.batch([running, job])
        # The job's row comes into being a moment after the import has started.
        progress = 0 if answers.error(job) else int(answers[job].get("progress") or 0)
        if progress > shown:
            session.report.say(f"  importing {progress} %")
            shown = progress
        return answers[running] if answers[running]["statecode"] == COMPLETED else None

    end = session.until(ended, every_seconds=POLL_SECONDS, at_most_seconds=LONGEST_IMPORT_SECONDS)
    if end is None:
        raise Stopped(
            f"the import has not ended after {LONGEST_IMPORT_SECONDS / 60:.0f} minutes; it may yet:"
            " look at the solution history, then run this again"
        )
    if end["statuscode"] != SUCCEEDED:
        job = session.dataverse.row("importjobs", job_id, select=["data"])
        said = end.get("friendlymessage") or end.get("message") or "it does not say why"
        raise Stopped("\n  ".join(["the import failed:", str(said), *failures(job.get("data"))]))
