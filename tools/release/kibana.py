"""Compile the dashboard for Kibana: python -m tools.release.kibana

Reads examples/elastic/dashboard.yaml and writes dashboard.ndjson beside it: the dashboard and the data view
that it needs, for Kibana's import. Needs Python 3.12 and kb-dashboard-core, nothing else of this project.
"""

from __future__ import annotations

import json
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "elastic"
SOURCE, TARGET = FOLDER / "dashboard.yaml", FOLDER / "dashboard.ndjson"
OF_NO_USE = ("created_at", "created_by", "updated_at", "updated_by", "version")
"""Kibana writes these itself."""

DATA_VIEW: dict[str, object] = {
    "id": "logs-huginn-*",
    "type": "index-pattern",
    "attributes": {"title": "logs-huginn-*", "timeFieldName": "@timestamp"},
    "coreMigrationVersion": "8.8.0",
    "references": [],
}


def compiled() -> str:
    from kb_dashboard_core import load, render

    objects: list[dict[str, object]] = [DATA_VIEW]
    for dashboard in load(str(SOURCE)):
        made = json.loads(render(dashboard).model_dump_json())
        objects.append({name: value for name, value in made.items() if name not in OF_NO_USE})
    return "".join(json.dumps(one, separators=(",", ":"), sort_keys=True) + "\n" for one in objects)


if __name__ == "__main__":
    TARGET.write_text(compiled(), encoding="utf-8")
