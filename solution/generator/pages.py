"""What the pages of the admin app know of the model, as JSON beside them.

``python -m solution.generator.pages`` writes it anew.
"""

import json
from pathlib import Path

from solution.model.identity import SOLUTION_NAME, VERSION
from solution.model.labels import LANGUAGES, labels
from solution.model.settings import SETTINGS, DataType, Overridden
from solution.model.tables import TABLES
from solution.model.webhooks import ENDPOINT_ID, RECEIVER, STEPS

FILE = Path(__file__).parents[1] / "controls/case-time/pages/model/solution.json"
KINDS = {DataType.NUMBER: "number", DataType.TEXT: "timeZone", DataType.YES_NO: "yesNo"}
"""The only text among the settings is the zone."""


def pages_model() -> str:
    """Return the file's text."""
    model = {
        "solution": SOLUTION_NAME,
        "version": VERSION,
        "settings": [
            {
                "name": setting.unique_name,
                "kind": KINDS[setting.data_type],
                "fallback": setting.default,
                "perApp": setting.overridden is Overridden.BY_ENVIRONMENT_AND_APP,
            }
            for setting in SETTINGS
        ],
        "tables": [{"name": table.logical_name, "set": table.entity_set} for table in TABLES],
        "endpoint": str(ENDPOINT_ID),
        "receiver": RECEIVER,
        "steps": [{"id": str(step.id), "optional": not step.is_required} for step in STEPS],
        "texts": {str(language): _texts(language) for language in LANGUAGES},
    }
    return json.dumps(model, ensure_ascii=False, indent=2) + "\n"


def _texts(language: int) -> dict[str, str]:
    """Return what settings and tables are called, and what each setting does."""
    english = {
        **{f"Setting_{each.unique_name}": each.label for each in SETTINGS},
        **{f"Setting_{each.unique_name}_Hint": each.description for each in SETTINGS},
        **{f"Table_{table.logical_name}": table.plural for table in TABLES},
    }
    return {key: labels(text)[language] for key, text in sorted(english.items())}


if __name__ == "__main__":
    FILE.write_text(pages_model(), "utf-8")
