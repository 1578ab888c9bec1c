"""Azurite, the storage emulator from npm: queues of one account, in memory, on loopback."""

import base64

from tests.local_stack.children import ROOT, Child

FOLDER = ROOT / "tests/azurite"
ACCOUNT = "local"
KEY = base64.b64encode(b"opens nothing but queues on this machine").decode()


class AzuriteMissingError(Exception):
    """Its packages are not installed."""


def azurite() -> Child:
    """Start Azurite.

    Raises:
        AzuriteMissingError: its packages are not installed.
    """
    if not (FOLDER / "node_modules/azurite").is_dir():
        raise AzuriteMissingError(
            "Azurite is not installed: make tests/azurite/node_modules/installed"
        )
    return Child(
        str(FOLDER / "serve.cjs"),
        runtime=("node",),
        environment={"AZURITE_ACCOUNTS": f"{ACCOUNT}:{KEY}"},
    )


def connection_string(port: int) -> str:
    """Return what opens the account of an Azurite that serves on a port."""
    return (
        f"DefaultEndpointsProtocol=http;AccountName={ACCOUNT};AccountKey={KEY};"
        f"QueueEndpoint=http://127.0.0.1:{port}/{ACCOUNT};"
    )
