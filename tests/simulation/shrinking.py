"""Makes a story that fails short: what is left is what the failure needs.

A step that is left out leaves a story, so whatever makes it shorter may be tried. Any failure
counts: one that turns into another on the way is one all the same.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from tests.simulation.story import Step, Story, numbers, values

MOST_RUNS = 250


def shrunk(story: Story, fails: Callable[[Story], bool], *, most_runs: int = MOST_RUNS) -> Story:
    """Return a story that still fails, as short as so many runs can make it."""
    shrinking = _Shrinking(story, fails, most_runs)
    before: Story = ()
    while before != shrinking.story and shrinking.runs_left:
        before = shrinking.story
        shrinking.leave_out_groups()
        shrinking.leave_out_steps()
        shrinking.simplify()
    return shrinking.story


@dataclass(slots=True)
class _Shrinking:
    """The shortest failing story so far."""

    story: Story
    fails: Callable[[Story], bool]
    runs_left: int

    def leave_out_groups(self) -> None:
        """Leave out everybody in turn, then everything of a kind."""
        for who in numbers(self.story, "who"):
            self._try(tuple(each for each in self.story if getattr(each, "who", None) != who))
        for kind in sorted({type(step) for step in self.story}, key=lambda kind: kind.__name__):
            self._try(tuple(each for each in self.story if not isinstance(each, kind)))

    def leave_out_steps(self) -> None:
        """Leave out ever smaller runs of steps, down to single ones."""
        size = len(self.story) // 2
        while size:
            start = 0
            while start < len(self.story):
                shorter = self.story[:start] + self.story[start + size :]
                if not self._try(shorter):
                    start += size
            size //= 2

    def simplify(self) -> None:
        """Make numbers of steps smaller and spans shorter, one after the other."""
        for place in range(len(self.story)):
            tried = True
            while tried:
                tried = any(
                    self._try((*self.story[:place], simpler, *self.story[place + 1 :]))
                    for simpler in _simpler(self.story[place])
                )

    def _try(self, shorter: Story) -> bool:
        if shorter == self.story or not self.runs_left:
            return False
        self.runs_left -= 1
        if not self.fails(shorter):
            return False
        self.story = shorter
        return True


def _simpler(step: Step) -> Iterator[Step]:
    """Yield the same step with a number that is smaller, or a shorter span."""
    said = values(step)
    for name, least in (("skip", 0), ("times", 1), ("minutes", 1)):
        number = said.get(name)
        if isinstance(number, int) and number > least:
            yield replace(step, **{name: least})  # type: ignore[arg-type]
            yield replace(step, **{name: (number + least) // 2})  # type: ignore[arg-type]
    start, end = said.get("start"), said.get("end")
    if isinstance(start, int) and isinstance(end, int) and end - start > 1:
        yield replace(step, end=start + (end - start) // 2)  # type: ignore[arg-type]
