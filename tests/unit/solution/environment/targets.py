"""What an environment is to be like, in tests."""

from typing import Any

from solution.tools.environment.deployment.target import Target
from solution.tools.environment.form_xml import Parameters
from solution.tools.environment.package import Package
from solution.tools.environment.surroundings import Surroundings

FUNCTIONS = "https://app.example/api"
RECEIVER = f"{FUNCTIONS}/webhooks/dataverse"
KEY = "key-that-nobody-may-see"
NO_PACKAGE = Package(b"")
ORDINARY = Surroundings()


def a_target(**more: Any) -> Target:  # noqa: ANN401 - any of its attributes
    given: dict[str, Any] = {
        "package": NO_PACKAGE,
        "functions_url": FUNCTIONS,
        "parameters": Parameters(apiBaseUrl=FUNCTIONS),
        "webhook_key": KEY,
    }
    return Target(**(given | more))
