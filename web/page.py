"""The page in one file: styles and scripts of the report, those of web/, and the core, compressed."""

from __future__ import annotations

import base64
import gzip
import json
from html import escape
from pathlib import Path

import huginn_cffi
from huginn_cffi.database import Database
from huginn_cffi.tools.reporting.page import asset, library, policy

HERE = Path(__file__).resolve().parent
WORKER = ("labels.js", "core.js", "times.js", "findings.js", "totals.js", "worker.js")
SCRIPTS = ("labels.js", "cells.js", "over_time.js", "sections.js", "page.js")
RULES = ("img-src data:", "worker-src blob:")


def write_page(parts: Path, page: Path) -> Path:
    """Put the parts that were built together, to `page`, which is returned."""
    worker = "\n".join(map(_own, WORKER))
    (parts / "worker.js").write_text(worker, encoding="utf-8")
    payload = {
        "core": _packed((parts / "core.wasm").read_bytes()),
        "words": _packed((parts / "words.json").read_bytes()),
        "worker": _packed(worker.encode()),
    }
    script = "\n".join((asset("tables.js"), asset("charts.js"), *map(_own, SCRIPTS)))
    database = Database.load_default()
    texts = {
        "POLICY": policy(library(), script, more=RULES).replace(
            "script-src", "script-src 'wasm-unsafe-eval'"
        ),
        "STYLE": asset("report.css") + _own("page.css"),
        "VERSION": huginn_cffi.__version__,
        "COUNT": f"{len(database):,}",
        "HASH": database.source_hash[:16],
        "PAYLOAD": json.dumps(payload),
        "LICENCE": escape(asset("chart.umd.LICENSE.md")),
        "LIBRARY": library(),
        "SCRIPT": script,
    }
    whole = _own("page.html")
    for name, text in texts.items():
        whole = whole.replace(f"@{name}@", text)
    page.write_text(whole, encoding="utf-8")
    return page


def _own(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def _packed(data: bytes) -> str:
    return base64.b64encode(gzip.compress(data, 9, mtime=0)).decode("ascii")
