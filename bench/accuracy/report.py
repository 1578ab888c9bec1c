"""What was measured, as a table."""

from collections.abc import Sequence

from bench.accuracy.figures import NEAR_SECONDS, Figures

HEADINGS = (
    "accuracy",
    "lost",
    "over-counted",
    "worst case of a day",
    "days exact",
    f"within {NEAR_SECONDS} s",
)

NOTE = """\
Lost and over-counted are of the time that cases really had her attention, and are never set off;
worst is one case on one day; exact: every case of the day to the second. All rows but ours are
models of ours, made from public descriptions and read kindly; ours is production's accounting
behind a model of the widget. bench/accuracy/peers.py and widget.py say what each does."""


def report(figures: Sequence[Figures], *, seed: int) -> str:
    """Return the table, with what it is about above and how to read it below."""
    rows = [HEADINGS, *(_cells(each) for each in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = [
        f"| {' | '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))} |"
        for row in rows
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    days = figures[0].days
    hours = figures[0].true_seconds / days / 3600
    title = f"{days} days of {hours:.1f} hours on cases, seed {seed}"
    return "\n".join([title, "", lines[0], rule, *lines[1:], "", NOTE])


def _cells(figures: Figures) -> tuple[str, ...]:
    return (
        figures.method,
        f"{figures.lost_percent:.2f} %",
        f"{figures.over_counted_percent:.2f} %",
        f"{figures.worst_seconds:,} s",
        f"{figures.exact_percent:.1f} %",
        f"{figures.near_percent:.1f} %",
    )
