"""Do the functions answer, and does Dataverse answer them?"""

import requests

from solution.tools.environment.reporter import Finding, ok, problem, warning
from solution.tools.environment.self_check import why_silent

TIMEOUT_SECONDS = 15.0  # an app that slept takes a while to wake up


def service_finding(functions_url: str) -> Finding:
    url = f"{functions_url}/health"
    try:
        answer = requests.get(url, timeout=TIMEOUT_SECONDS, allow_redirects=False)
        document = answer.json() if answer.status_code == requests.codes.ok else None
    except (requests.RequestException, ValueError) as error:
        return _silent(url, why_silent(error))
    if not isinstance(document, dict) or document.get("status") != "up":
        return _silent(url, f"status {answer.status_code}")
    settings = document.get("settings")
    if isinstance(settings, dict) and settings.get("readable") is False:
        return problem(
            "The functions answer, but Dataverse does not tell them the settings.",
            "Those known last hold, or none: run this with a function key to see what is refused.",
        )
    dataverse = document.get("dataverse")
    match dataverse.get("reachable") if isinstance(dataverse, dict) else None:
        case True:
            return ok(f"The functions answer at {functions_url}, and Dataverse answers them.")
        case False:
            return problem(
                "The functions answer, but Dataverse did not answer them.",
                "Look at their sign-in to Dataverse and at the application user.",
            )
        case _:
            return warning(
                "The functions answer, and have not asked Dataverse anything yet.",
                "Open a case with the widget, then look again.",
            )


def _silent(url: str, how: str) -> Finding:
    return problem(
        f"The functions do not answer at {url}: {how}.",
        "Look whether the function app is deployed and running, and whether the address is right.",
    )
