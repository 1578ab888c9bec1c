"""What reconciliation costs: requests for a thousand segments, time beside the least, and memory.

``python -m bench.reconciliation --segments 1000000`` measures other sizes than ``make bench`` does.
Each measurement is a process of its own (``bench.mending``), so its CPU and its peak of memory are
those of the functions' side; Dataverse is another one (``bench.stand_in``), which makes evidence up
and is first checked against the mock: same requests, same rows. The rests between requests are left
out, and so is what Dataverse takes to work: a request takes 50 ms, reckoned and not waited for.

The least is to read the same segments in pages as full as they can be, and to write the same rows
in as few batches as there can be, with nothing else: a day is written as the representative whose
it is, so that each of them needs a batch of her own. Beside writing alone the ratio depends on what
Dataverse takes to write a row, which is not known: the aim says how much makes it 1.5.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.request import ProxyHandler, build_opener

from bench.agreement import disagreements
from bench.made_up import CASES_EACH, DAYS, SEGMENTS_EACH
from bench.mending import mend
from bench.stand_in import COUNT
from bench.table import Line, table
from tests.local_stack.children import ROOT, Child

SEGMENTS = [10_000, 100_000]
CHECKED_SEGMENTS = 10_000
LATENCY_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Taken:
    """What a piece of work took of its process, and how many requests it made."""

    requests: int
    cpu_seconds: float
    peak_mib: float
    peak_mib_before: float

    @property
    def seconds(self) -> float:
        return self.requests * LATENCY_SECONDS + self.cpu_seconds


@dataclass(frozen=True, slots=True)
class Measured:
    """What so many segments took: to mend, to find right, and for the least."""

    segments: int
    mending: Taken
    checking: Taken
    reading: Taken
    writing: Taken

    @property
    def least_requests(self) -> int:
        return self.reading.requests + self.writing.requests

    @property
    def least_seconds(self) -> float:
        return self.reading.seconds + self.writing.seconds

    @property
    def row_milliseconds(self) -> float:
        """What writing a row must take Dataverse for mending to take 1.5 of writing alone."""
        rows = self.segments // SEGMENTS_EACH * (DAYS + 1) * CASES_EACH
        return (self.mending.seconds - 1.5 * self.writing.seconds) / (0.5 * rows) * 1000

    def each_thousand(self, number: float) -> float:
        return number / self.segments * 1000


def measured(number: int) -> Measured:
    """Measure one size."""
    people = number // SEGMENTS_EACH
    with Child("bench.stand_in") as dataverse:
        url = f"http://127.0.0.1:{dataverse.port()}"
        mending, checking = (_taken("mend", people, url) for _ in range(2))
    with Child("bench.stand_in") as dataverse:
        url = f"http://127.0.0.1:{dataverse.port()}"
        reading, writing = (_taken(work, people, url) for work in ("only_read", "only_write"))
    return Measured(number, mending, checking, reading, writing)


def measure(sizes: Sequence[int] = SEGMENTS) -> list[Line]:
    found = disagreements(mend, CHECKED_SEGMENTS // SEGMENTS_EACH)
    if found:
        raise RuntimeError(f"the stand-in and the mock differ: {found[:3]}")
    each = [measured(number) for number in sizes]
    lines = [line for size in each for line in _lines(size)]
    return lines + [line for size in each[1:] for line in _growth(size, each[0])]


def _taken(work: str, people: int, dataverse: str) -> Taken:
    command = [sys.executable, "-m", "bench.mending", work]
    done = subprocess.run(
        [*command, "--people", str(people), "--dataverse", dataverse],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
    )
    told = json.loads(done.stdout)
    with build_opener(ProxyHandler({})).open(f"{dataverse}{COUNT}", timeout=10) as answer:
        requests = int(json.load(answer))
    return Taken(requests, told["cpuSeconds"], told["peakKib"] / 1024, told["peakKibBefore"] / 1024)


def _lines(of: Measured) -> list[Line]:
    size = f"reconciling {of.segments:,} segments"
    way = f"{LATENCY_SECONDS * 1000:.0f} ms a request"
    mending, writing = of.mending, of.writing
    return [
        Line(
            f"{size}, none recorded: requests per 1,000",
            f"{of.each_thousand(mending.requests):.2f}",
            f"{of.each_thousand(of.least_requests):.2f} (reading and writing the rows)",
            mending.requests / of.least_requests,
            "≤ 2",
        ),
        Line(
            f"{size}, none recorded: time, {way}",
            f"{mending.seconds:.1f} s, {mending.cpu_seconds:.1f} of it CPU",
            f"{of.least_seconds:.1f} s (the same)",
            mending.seconds / of.least_seconds,
            "≤ 1.5",
        ),
        Line(
            f"{size}, none recorded: the same beside writing alone",
            f"{mending.seconds:.1f} s",
            f"{writing.seconds:.1f} s (writing the rows)",
            mending.seconds / writing.seconds,
            f"≤ 1.5 at {of.row_milliseconds:.1f} ms a row",
        ),
        Line(
            f"{size}, all recorded: requests per 1,000",
            f"{of.each_thousand(of.checking.requests):.2f}, {of.checking.cpu_seconds:.1f} s CPU",
            f"{of.each_thousand(of.reading.requests):.2f} (reading the rows)",
            of.checking.requests / of.reading.requests,
            "≤ 2",
        ),
    ]


def _growth(of: Measured, beside: Measured) -> list[Line]:
    size = f"reconciling {of.segments:,} segments"
    ours, theirs = (each.each_thousand(each.mending.seconds) for each in (of, beside))
    cpu, their_cpu = (each.each_thousand(each.mending.cpu_seconds) for each in (of, beside))
    return [
        Line(
            f"{size}: time per 1,000",
            f"{ours * 1000:.0f} ms",
            f"{theirs * 1000:.0f} ms ({beside.segments:,} segments)",
            ours / theirs,
            "≤ 1.3",
        ),
        Line(
            f"{size}: CPU per 1,000",
            f"{cpu * 1000:.0f} ms",
            f"{their_cpu * 1000:.0f} ms ({beside.segments:,} segments)",
            cpu / their_cpu,
            "≤ 1.3",
        ),
        Line(
            f"{size}: peak memory of the functions' process",
            _memory(of),
            f"{_memory(beside)} ({beside.segments:,} segments)",
            of.mending.peak_mib / beside.mending.peak_mib,
            "≤ 1.1",
        ),
    ]


def _memory(of: Measured) -> str:
    grown = of.mending.peak_mib - of.mending.peak_mib_before
    return f"{of.mending.peak_mib:.0f} MiB, {grown:.0f} of it for the work"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.reconciliation")
    parser.add_argument(
        "--segments",
        type=int,
        nargs="+",
        default=SEGMENTS,
        help="multiples of a thousand, the least first",
    )
    print(table(measure(parser.parse_args().segments)))


if __name__ == "__main__":
    main()
