"""The figures as a picture: what is lost to the left, what is counted too much to the right."""

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from bench.accuracy.figures import NEAR_SECONDS, Figures

PICTURE = Path(__file__).parents[2] / "docs" / "images" / "accuracy.svg"
"""Where the picture is that a test holds to be current."""

WIDTH, ROW, TOP, BOTTOM = 960, 44, 118, 84
ZERO, LEFT_ROOM, RIGHT_ROOM = 392, 64, 250
"""Where the bars begin, and how long they may be on either side."""

LEAST_PERCENT = 0.01
"""What is less is not told in figures."""

NAMES, WORST, NEAR = 24, 790, 936
"""Where the columns of text are: the last two end there."""

ATTRIBUTES = (
    'role="img" aria-labelledby="title desc" font-family="system-ui, \'Segoe UI\', sans-serif"'
)

NOTES = (
    "All but ours are models made from public descriptions; what is not public is read kindly.",
    "Ours: production's accounting behind a model of the widget. Wrong clocks hit only ours.",
)

STYLE = """\
    .ground { fill: #ffffff; }
    .band { fill: #f4f6f9; }
    .title { font-size: 19px; font-weight: 600; fill: #1d2733; }
    .name { font-size: 14px; fill: #1d2733; }
    .ours { font-weight: 700; }
    .text { font-size: 12.5px; fill: #4a5666; }
    .figure { font-size: 13px; fill: #1d2733; }
    .axis { stroke: #5b6b7f; stroke-width: 1; }
    .lost { fill: #c2541b; }
    .over { fill: #2b5fb3; }
    @media (prefers-color-scheme: dark) {
      .ground { fill: #12181f; }
      .band { fill: #1b232d; }
      .title, .name, .figure { fill: #e8edf3; }
      .text { fill: #a9b5c3; }
      .axis { stroke: #8494a7; }
      .lost { fill: #f08a4b; }
      .over { fill: #6ea8fe; }
    }"""


def chart(figures: Sequence[Figures], *, seed: int) -> str:
    """Return an SVG for light and dark pages that says how it was made."""
    days = figures[0].days
    height = TOP + ROW * len(figures) + BOTTOM
    scale = _scale(figures)
    spoken = "; ".join(
        f"{each.method}: {each.lost_percent:.2f} % lost, "
        f"{each.over_counted_percent:.2f} % over-counted, worst {_length(each.worst_seconds)}"
        for each in figures
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" {ATTRIBUTES}>',
        '  <title id="title">How exactly handling time is counted</title>',
        f'  <desc id="desc">{escape(spoken)}.</desc>',
        f"  <style>\n{STYLE}\n  </style>",
        f'  <rect class="ground" width="{WIDTH}" height="{height}"/>',
        _text(NAMES, 38, "title", "How exactly handling time is counted"),
        _text(NAMES, 62, "text", f"{days} made-up days whose truth is known (seed {seed})"),
        _text(ZERO - 10, 100, "text", "lost", anchor="end"),
        _text(ZERO + 10, 100, "text", "over-counted, of the true time"),
        _text(WORST, 100, "text", "worst case of a day", anchor="end"),
        _text(NEAR, 100, "text", f"days right to {NEAR_SECONDS} s", anchor="end"),
        *(line for place, each in enumerate(figures) for line in _row(place, each, scale)),
        f'  <line class="axis" x1="{ZERO}" y1="{TOP - 8}" x2="{ZERO}" y2="{height - BOTTOM + 8}"/>',
        _text(NAMES, height - 44, "text", NOTES[0]),
        _text(NAMES, height - 24, "text", NOTES[1]),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _scale(figures: Sequence[Figures]) -> float:
    """Return how many units are one percent: as many as the longest bars leave room for."""
    lost = max(1.0, *(each.lost_percent for each in figures))
    over = max(1.0, *(each.over_counted_percent for each in figures))
    return min(LEFT_ROOM / lost, RIGHT_ROOM / over)


def _row(place: int, figures: Figures, scale: float) -> Iterator[str]:
    top = TOP + ROW * place
    middle = top + ROW // 2 + 5
    if place % 2 == 0:
        yield f'  <rect class="band" x="12" y="{top}" width="{WIDTH - 24}" height="{ROW}" rx="6"/>'
    lost = round(figures.lost_percent * scale, 1)
    over = round(figures.over_counted_percent * scale, 1)
    bar = f'y="{top + 12}" height="{ROW - 24}"'
    yield f'  <rect class="lost" x="{ZERO - lost:.1f}" width="{lost}" {bar}/>'
    yield f'  <rect class="over" x="{ZERO}" width="{over}" {bar}/>'
    yield _text(NAMES, middle, "name ours" if place == 0 else "name", figures.method)
    yield _text(ZERO - lost - 6, middle, "figure", _percent(figures.lost_percent), anchor="end")
    yield _text(ZERO + over + 6, middle, "figure", _percent(figures.over_counted_percent))
    yield _text(WORST, middle, "figure", _length(figures.worst_seconds), anchor="end")
    yield _text(NEAR, middle, "figure", f"{figures.near_percent:.0f} %", anchor="end")


def _text(x: float, y: int, style: str, text: str, *, anchor: str = "start") -> str:
    place = f'x="{x:.1f}" y="{y}" text-anchor="{anchor}"'
    return f'  <text class="{style}" {place}>{escape(text)}</text>'


def _percent(value: float) -> str:
    if 0 < value < LEAST_PERCENT:
        return f"< {LEAST_PERCENT} %"
    return f"{value:.2f} %" if value < 1 else f"{value:.1f} %"


def _length(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"
