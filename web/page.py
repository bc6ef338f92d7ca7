"""The page in one file: styles and scripts of the report, those of web/, and the core, compressed."""

from __future__ import annotations

import base64
import gzip
import json
from pathlib import Path

from huginn_cffi.database import Database
from huginn_cffi.tools.reporting.page import filled, scripts, shared

HERE = Path(__file__).resolve().parent
WORKER = ("core.js", "worker.js")
RULES = ("img-src data:", "worker-src blob:")


def write_page(parts: Path, page: Path) -> Path:
    """Put the parts that were built together, to `page`, which is returned."""
    worker = "\n".join(map(_own, WORKER))
    (parts / "worker.js").write_text(worker, encoding="utf-8")
    payload = {"core": _packed((parts / "core.wasm").read_bytes()), "worker": _packed(worker.encode())}
    texts = shared(f"{scripts()}\n{_own('page.js')}", Database.load_default(), RULES)
    texts["POLICY"] = texts["POLICY"].replace("script-src", "script-src 'wasm-unsafe-eval'")
    texts["STYLE"] += _own("page.css")
    texts["PAYLOAD"] = json.dumps(payload)
    page.write_text(filled(_own("page.html"), texts), encoding="utf-8")
    return page


def _own(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def _packed(data: bytes) -> str:
    return base64.b64encode(gzip.compress(data, 9, mtime=0)).decode("ascii")
