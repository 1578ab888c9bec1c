"""The one command: starts everything, says where it is, and serves until it is told to stop."""

import argparse
import signal
import sys
import threading
from pathlib import Path
from types import FrameType

from tests.local_stack.azurite import AzuriteMissingError
from tests.local_stack.children import ROOT, ChildFailedError, InterruptedStartError
from tests.local_stack.stack import RunningStack, Wishes, running

DEMO_PORT = 7070
LOOK_EVERY_SECONDS = 0.5


def main() -> None:
    """Run the stack; exit 0 when asked to stop, 1 when a part fails."""
    arguments = _arguments()
    stop = threading.Event()

    def ask_to_stop(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask_to_stop)
    signal.signal(signal.SIGINT, ask_to_stop)
    wishes = Wishes(
        port=arguments.port,
        seed=arguments.seed,
        keys=arguments.keys,
        timers=arguments.timers,
        durable_queues=arguments.queues == "azurite",
        app=arguments.app,
    )
    try:
        with running(wishes, stopping=stop.is_set) as stack:
            print(stack.addresses.as_json() if arguments.json else _welcome(stack), flush=True)
            while not stop.wait(LOOK_EVERY_SECONDS):
                stack.check()
    except InterruptedStartError:
        return
    except (AzuriteMissingError, ChildFailedError) as error:
        sys.exit(f"the local stack stops: {error}")
    except OSError as error:
        sys.exit(f"the local stack cannot start: {error} (--port 0 takes any free ports)")


def _welcome(stack: RunningStack) -> str:
    addresses = stack.addresses
    return (
        f"\n  Case handling time is running. Open  {addresses.workspace}/\n\n"
        f"    API        {addresses.api}\n"
        f"    Dataverse  {addresses.dataverse}  (mock)\n"
        f"    Tokens     {addresses.tokens}\n"
        f"{_queues(stack.storage)}\n"
        "  Everything is in memory and starts afresh each time. Stop it with Ctrl-C.\n"
    )


def _queues(storage: str | None) -> str:
    return f"    Queues     AzureWebJobsStorage='{storage}'\n" if storage else ""


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.local_stack",
        description="Run case handling time on this machine, without a tenant.",
    )
    parser.add_argument(
        "--port",
        type=int,
        default=DEMO_PORT,
        help="first of four: page, API, Dataverse, tokens; 0 takes any ones (default: %(default)s)",
    )
    parser.add_argument("--json", action="store_true", help="print the addresses as one JSON line")
    parser.add_argument(
        "--seed",
        choices=("office", "empty"),
        default="office",
        help="with earlier work, or only people and cases (default: %(default)s)",
    )
    parser.add_argument("--keys", action="store_true", help="let the host ask for function keys")
    parser.add_argument("--timers", action="store_true", help="let timers fire by themselves")
    parser.add_argument(
        "--queues",
        choices=("memory", "azurite"),
        default="memory",
        help="where messages wait; Azurite's outlive the functions' process (default: %(default)s)",
    )
    parser.add_argument(
        "--app", type=Path, default=ROOT, help="folder of another function app to run instead"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
