"""Is the solution there, in which version, and with the widget of that version?"""

from collections.abc import Iterator
from pathlib import Path

from dataverse_client import DataverseClient, Query, eq
from solution.model.identity import APP_NAME, CONTROL_NAME, SOLUTION_NAME, VERSION
from solution.tools.environment.case_forms import control_version
from solution.tools.environment.deployment.importing import INSTALLED
from solution.tools.environment.package import ordered
from solution.tools.environment.reporter import Finding, ok, problem, warning
from solution.tools.packing.documents import parsed
from solution.tools.packing.tree import SOLUTION

MANIFEST = SOLUTION / "controls/case-time/CaseTime/ControlManifest.Input.xml"


def solution_finding(dataverse: DataverseClient) -> Finding:
    there = next(dataverse.rows(INSTALLED), None)
    if there is None:
        return problem(f"{SOLUTION_NAME} is not installed.", "Run `deploy`.")
    version = str(there["version"])
    if ordered(version) < ordered(VERSION):
        return warning(f"{SOLUTION_NAME} {version} is installed, not {VERSION}.", "Run `deploy`.")
    if ordered(version) > ordered(VERSION):
        return warning(
            f"{SOLUTION_NAME} {version} is installed, which is newer than these tools.",
            f"Take the tools of {version}: what follows is judged by {VERSION}.",
        )
    return ok(f"{SOLUTION_NAME} {version} is installed.")


def control_findings(dataverse: DataverseClient) -> Iterator[Finding]:
    version, packaged = control_version(dataverse), packaged_control_version()
    if version is None:
        yield problem(f"The widget {CONTROL_NAME} is not there.", "Run `deploy --reimport`.")
    elif version != packaged:
        # The platform keeps showing the old bundle as long as this number stays.
        yield problem(
            f"The widget is version {version}, not {packaged}.", "Run `deploy --reimport`."
        )
    else:
        yield ok(f"The widget {CONTROL_NAME} {version} is there.")


def app_findings(dataverse: DataverseClient) -> Iterator[Finding]:
    """Look for the admin app; Dataverse shows an app only once it is published."""
    query = Query("appmodules").select("uniquename").where(eq("uniquename", APP_NAME))
    if next(dataverse.rows(query), None) is None:
        yield warning(f"The admin app {APP_NAME} is not published.", "Publish it in Power Apps.")
    else:
        yield ok(f"The admin app {APP_NAME} is there.")


def packaged_control_version(manifest: Path = MANIFEST) -> str:
    control = parsed(manifest.read_bytes(), manifest.name).find("control")
    return "" if control is None else control.get("version", "")
