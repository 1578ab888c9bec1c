"""List what ended in the poison queues and why, or put it back on the queues it was meant for.

A message ends there when it cannot be read, or when it was delivered for two days in vain.
"""

import argparse
import os
import sys

from azure.core.exceptions import AzureError

from functions.contracts.poison import SUFFIX
from operations.poison.listing import lines, listing
from operations.poison.messages import QUEUES
from operations.poison.replay import Choice, replay
from operations.poison.storage import CREDENTIALS, BadVariable, StorageAccount, storage_account

LIST = """\
Tell for each queue how many messages wait, how many are poison, and what these are about.

Only the first 32 of a queue are shown, which changes nothing. With --all each one is taken and
given back: meanwhile, or for five minutes if the command is killed, no other command gets it.
"""
REPLAY = """\
Put poison messages back on the queues they were meant for, and delete them where they were.

Mend the cause first: what cannot be read comes back at once, everything else after two more days in
vain. A message that was worked on already changes nothing. Ends with 1 when something that was
asked for is still there.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = CREDENTIALS
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    shown = _action(actions, "list", LIST)
    shown.add_argument("--all", action="store_true", help="show more than the first 32 of a queue")
    shown.add_argument("--json", action="store_true", help="print JSON, with the whole messages")
    replayed = _action(actions, "replay", REPLAY)
    replayed.add_argument("--reason", metavar="TEXT", help="only those with this in their reason")
    replayed.add_argument("--id", help="only the one with this id")
    replayed.add_argument(
        "--dry-run", action="store_true", help="say what would be put back, and change nothing"
    )


def run(arguments: argparse.Namespace) -> int:
    try:
        with storage_account(os.environ) as account:
            try:
                return _ACTIONS[arguments.action](account, arguments)
            except AzureError as error:
                return _complain(account.plain(error), code=1)
            except KeyboardInterrupt:
                return _complain("interrupted; what was not put back is where it was", code=1)
    except BadVariable as error:
        return _complain(str(error), code=2)


def _list(account: StorageAccount, arguments: argparse.Namespace) -> int:
    found = listing(account, _queues(arguments), complete=arguments.all)
    if arguments.json:
        print(found.model_dump_json(indent=2))
        return 0
    for queue in found.queues:
        for line in lines(queue):
            print(line)
    return 0


def _replay(account: StorageAccount, arguments: argparse.Namespace) -> int:
    choice = Choice(id=arguments.id, reason=arguments.reason)
    chosen = hidden = 0
    for name in _queues(arguments):
        print(f"{name}:", flush=True)
        done = replay(account, name, choice, dry_run=arguments.dry_run, say=_say)
        chosen, hidden = chosen + done.chosen, hidden + done.hidden
    print(f"{'would be ' if arguments.dry_run else ''}put back: {chosen}")
    if hidden:
        print(f"hidden from us, perhaps by another command: {hidden}; try again in five minutes")
    if arguments.id and not chosen:
        print(f"there is no message {arguments.id}")
    return 1 if hidden or (arguments.id and not chosen) else 0


_ACTIONS = {"list": _list, "replay": _replay}


def _action(
    actions: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, description: str
) -> argparse.ArgumentParser:
    parser = actions.add_parser(
        name,
        help=description.partition("\n")[0],
        description=description,
        epilog=CREDENTIALS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "queues",
        nargs="*",
        type=_queue,
        metavar="QUEUE",
        help=f"only of these: {', '.join(QUEUES)}",
    )
    return parser


def _queues(arguments: argparse.Namespace) -> list[str]:
    return list(dict.fromkeys(arguments.queues)) or list(QUEUES)


def _queue(text: str) -> str:
    name = text.removesuffix(SUFFIX)
    if name not in QUEUES:
        raise argparse.ArgumentTypeError(f"{text!r} is none of {', '.join(QUEUES)}")
    return name


def _say(text: str) -> None:
    print(text, flush=True)


def _complain(text: str, *, code: int) -> int:
    print(f"poison: {text}", file=sys.stderr)
    return code
