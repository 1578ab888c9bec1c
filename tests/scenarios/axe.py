"""Asks axe, the checker of accessibility rules that the control's own tests use."""

from functools import cache
from typing import Any

from playwright.sync_api import Page

from tests.local_stack.children import ROOT

SOURCE = ROOT / "solution/controls/case-time/node_modules/axe-core/axe.min.js"
FORWARDS_FOCUS = "[data-tabster-dummy]"
"""What Fluent puts at the ends of a page: whatever is focused there passes it on at once."""

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
MOST_TURNS = 200


def violations(page: Page) -> list[str]:
    """Return each rule that a page breaks, with where; frames in it are not looked into.

    Raises:
        TimeoutError: axe does not come to an end.
    """
    page.evaluate(_source())
    page.evaluate(
        """([rules, exclude]) => {
          window.axeResult = undefined;
          const done = (result) => { window.axeResult = result; };
          axe.run({ exclude: [exclude] }, { runOnly: rules, iframes: false }).then(done);
        }""",
        [RULES, FORWARDS_FOCUS],
    )
    for _ in range(MOST_TURNS):
        page.clock.run_for(1)  # axe waits with timers, which stand still
        result: Any = page.evaluate("() => window.axeResult")
        if result:
            return [
                f"{each['id']}: {node['target']} {node['failureSummary']}"
                for each in result["violations"]
                for node in each["nodes"]
            ]
    raise TimeoutError("axe does not come to an end")


@cache
def _source() -> str:
    return SOURCE.read_text("utf-8")
