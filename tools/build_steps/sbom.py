"""The bill of materials of a distribution in CycloneDX 1.6: its components and its dependencies.

A wheel has it in the folder ``sboms`` (PEP 770).
"""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tools.build_steps.sources import works

NAME = "huginn_cffi.cdx.json"
ASSETS = Path("huginn_cffi", "applications", "reporting", "assets")


def sbom(root: Path, version: str, requirements: Iterable[str]) -> str:
    own = f"pkg:pypi/huginn-cffi@{version}"
    licence = [{"expression": _own_licence(root)}]
    itself = _component("library", "huginn-cffi", own, version=version, licenses=licence)
    asked = [_requirement(text) for text in requirements if ";" not in text]
    components = [_chart(root), *_data(), *asked]
    document: dict[str, Any] = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": uuid.uuid5(uuid.NAMESPACE_URL, own).urn,
        "version": 1,
        "metadata": {"component": itself},
        "components": components,
        "dependencies": [
            {"ref": own, "dependsOn": [one["bom-ref"] for one in components]},
            *({"ref": one["bom-ref"]} for one in components),
        ],
    }
    return json.dumps(document, indent=1) + "\n"


def _component(kind: str, name: str, purl: str, **more: object) -> dict[str, Any]:
    return {"type": kind, "bom-ref": purl, "name": name, "purl": purl, **more}


def _own_licence(root: Path) -> str:
    found = re.search(
        r'^license = "(.+)"$', (root / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert found is not None
    return found[1]


def _chart(root: Path) -> dict[str, Any]:
    """The charting library that pages include."""
    data = (root / ASSETS / "chart.umd.min.js").read_bytes()
    found = re.search(rb"Chart\.js v(\d+\.\d+\.\d+)", data)
    assert found is not None
    version = found[1].decode()
    licences = [{"license": {"id": "MIT"}}]
    hashes = [{"alg": "SHA-256", "content": hashlib.sha256(data).hexdigest()}]
    purl = f"pkg:npm/chart.js@{version}"
    return _component("library", "chart.js", purl, version=version, licenses=licences, hashes=hashes)


def _data() -> list[dict[str, Any]]:
    """Works of others behind the signatures, with their licences."""
    return [
        _component(
            "data",
            work.work,
            work.url.replace("https://github.com/", "pkg:github/"),
            description=work.taken,
            licenses=[{"license": {"id": work.licence}}],
        )
        for work in works()
        if work.named
    ]


def _requirement(text: str) -> dict[str, Any]:
    """A package that is installed with it; the installer chooses its version."""
    found = re.match(r"[A-Za-z0-9._-]+", text)
    assert found is not None
    name = found[0].lower().replace("_", "-")
    return _component("library", name, f"pkg:pypi/{name}", description=f"asked for: {text}")
