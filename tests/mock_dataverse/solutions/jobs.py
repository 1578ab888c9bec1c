"""StageSolution, ImportSolution and ImportSolutionAsync, and the jobs that come of the last."""

from uuid import UUID, uuid4

from lxml import etree

from tests.mock_dataverse.calls import Answer, Call, json_answer
from tests.mock_dataverse.columns import show_moment
from tests.mock_dataverse.environment import Environment, ImportJob
from tests.mock_dataverse.errors import IMPORT_FAILED, bad_payload, bad_request, not_simulated
from tests.mock_dataverse.platform_tables import ASYNC_OPERATION, IMPORT_JOB
from tests.mock_dataverse.publishing import require_customizer
from tests.mock_dataverse.putting import put_row
from tests.mock_dataverse.security import Caller
from tests.mock_dataverse.solutions.archive import ImportFailedError, decoded
from tests.mock_dataverse.solutions.importing import import_zip
from tests.mock_dataverse.solutions.reading import read_manifest
from tests.mock_dataverse.store import Row

CRM = "Microsoft.Dynamics.CRM."
PARAMETERS = frozenset(
    {
        "OverwriteUnmanagedCustomizations",
        "PublishWorkflows",
        "CustomizationFile",
        "ImportJobId",
        "SolutionParameters",
    }
)
WAITING: Row = {"statecode": 0, "statuscode": 0}
RUNNING: Row = {"statecode": 2, "statuscode": 20}
SUCCEEDED: Row = {"statecode": 3, "statuscode": 30}
FAILED: Row = {"statecode": 3, "statuscode": 31}


def stage_solution(env: Environment, caller: Caller, call: Call) -> Answer:
    """Keep a zip for a later import, and tell whether it is a solution at all."""
    require_customizer(caller)
    body = call.json_body()
    if body.keys() != {"CustomizationFile"}:
        raise not_simulated("StageSolution with other parameters than CustomizationFile")
    upload_id, problems, details = uuid4(), [], {}
    try:
        content = decoded(body["CustomizationFile"])
        details = read_manifest(content)
        env.staged[str(upload_id)] = content
    except ImportFailedError as error:
        problems.append(str(error))
    return json_answer(
        {
            "@odata.context": f"{env.root}$metadata#{CRM}StageSolutionResponse",
            "StageSolutionResults": {
                "StageSolutionUploadId": str(UUID(int=0) if problems else upload_id),
                "StageSolutionStatus": "Failed" if problems else "Passed",
                "SolutionValidationResults": [
                    {
                        "SolutionValidationResultType": "Error",
                        "Message": problem,
                        "ErrorCode": int(IMPORT_FAILED, 16),
                        "AdditionalInfo": None,
                    }
                    for problem in problems
                ],
                "MissingDependencies": [],
                "SolutionDetails": details or None,
            },
        }
    )


def import_solution(env: Environment, caller: Caller, call: Call) -> Answer:
    """Import at once; the caller waits."""
    require_customizer(caller)
    job = _job(env, call.json_body())
    problem = _run(env, job)
    _show(env, job, FAILED if problem else SUCCEEDED, problem)
    if problem:
        raise bad_request(IMPORT_FAILED, problem)
    return Answer(204)


def import_solution_async(env: Environment, caller: Caller, call: Call) -> Answer:
    """Start a job that goes on a step each time somebody looks at it."""
    require_customizer(caller)
    job = _job(env, call.json_body())
    operation_id = str(uuid4())
    env.running[operation_id] = job
    put_row(env, ASYNC_OPERATION, operation_id, {"name": "Import solution", **WAITING})
    _show_progress(env, job, 0)
    return json_answer(
        {
            "@odata.context": f"{env.root}$metadata#{CRM}ImportSolutionAsyncResponse",
            "AsyncOperationId": operation_id,
            "ImportJobKey": job.job_id,
        }
    )


def look_at_jobs(env: Environment, row_id: str) -> None:
    """Let the job of this operation or import go on a step."""
    for operation_id, job in list(env.running.items()):
        if row_id in {operation_id, job.job_id}:
            _go_on(env, operation_id, job)


def _go_on(env: Environment, operation_id: str, job: ImportJob) -> None:
    job.looks += 1
    if job.looks <= env.switches.import_looks:
        put_row(env, ASYNC_OPERATION, operation_id, RUNNING)
        _show_progress(env, job, 100 * job.looks / (env.switches.import_looks + 1))
        return
    del env.running[operation_id]
    problem = _run(env, job)
    end = FAILED if problem else SUCCEEDED
    told: Row = {"message": problem, "friendlymessage": problem}
    put_row(env, ASYNC_OPERATION, operation_id, end | told | _completed(env))
    _show(env, job, end, problem)


def _run(env: Environment, job: ImportJob) -> str | None:
    """Import, and return why that failed."""
    if env.switches.import_failure:
        return env.switches.import_failure
    try:
        import_zip(env, job.content, settling_looks=env.switches.settling_looks)
    except ImportFailedError as error:
        return str(error)
    return None


def _job(env: Environment, body: dict[str, object]) -> ImportJob:
    """Return what is to be imported: a staged zip or one that came along."""
    if body.keys() - PARAMETERS:
        raise not_simulated(f"the parameters {sorted(body.keys() - PARAMETERS)} of an import")
    if body.get("OverwriteUnmanagedCustomizations") is not True:
        raise not_simulated("importing without OverwriteUnmanagedCustomizations")
    if body.get("PublishWorkflows") is not True:
        raise not_simulated("importing without PublishWorkflows")
    job_id = str(body.get("ImportJobId") or uuid4())
    parameters = body.get("SolutionParameters")
    if parameters is None:
        return ImportJob(job_id, _sent(body))
    if not isinstance(parameters, dict) or parameters.keys() != {"StageSolutionUploadId"}:
        raise not_simulated("other SolutionParameters than StageSolutionUploadId")
    content = env.staged.get(str(parameters["StageSolutionUploadId"]))
    if content is None:
        raise bad_request(IMPORT_FAILED, "There is no such staged solution.")
    return ImportJob(job_id, content)


def _sent(body: dict[str, object]) -> bytes:
    try:
        return decoded(body.get("CustomizationFile"))
    except ImportFailedError as error:
        raise bad_payload(str(error)) from error


def _completed(env: Environment) -> Row:
    return {"completedon": show_moment(env.now)}


def _show_progress(env: Environment, job: ImportJob, progress: float) -> None:
    put_row(env, IMPORT_JOB, job.job_id, {"progress": float(progress)})


def _show(env: Environment, job: ImportJob, end: Row, problem: str | None) -> None:
    """Write the end of an import into its job, as a document with a result."""
    succeeded = end is SUCCEEDED
    document = etree.Element("importexportxml", progress="100.00" if succeeded else "0.00")
    manifests = etree.SubElement(document, "solutionManifests")
    manifest = etree.SubElement(manifests, "solutionManifest")
    etree.SubElement(
        manifest,
        "result",
        result="success" if succeeded else "failure",
        errorcode="0" if succeeded else IMPORT_FAILED,
        errortext=problem or "",
    )
    values: Row = {
        "progress": 100.0 if succeeded else 0.0,
        "data": etree.tostring(document, encoding="unicode"),
    }
    put_row(env, IMPORT_JOB, job.job_id, values | _completed(env))
