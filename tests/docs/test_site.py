"""The manual builds as a web site without a warning, and leads to everything."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

import huginn_cffi as hg
from tests.support.manual_blocks import ROOT

NAVIGATION = ROOT / "mkdocs.yml"


def test_navigation_and_index_list_the_same_pages_in_the_same_order() -> None:
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    listed = re.findall(r"^- \[[^\]]+\]\(([a-z0-9/-]+\.md)\)", index, re.MULTILINE)
    _, _, navigation = NAVIGATION.read_text(encoding="utf-8").partition("\nnav:\n")
    assert re.findall(r"- ([a-z0-9/-]+\.md)$", navigation, re.MULTILINE) == ["index.md", *listed]


def test_every_public_name_is_in_the_reference() -> None:
    reference = (ROOT / "docs" / "reference" / "api.md").read_text(encoding="utf-8")
    named = re.findall(r"^<!-- ::: huginn_cffi\.(\w+) -->$", reference, re.MULTILINE)
    assert sorted(named) == sorted(set(hg.__all__))


def test_it_builds_without_a_warning(tmp_path: Path) -> None:
    for module in ("mkdocs", "mkdocstrings_handlers"):
        if find_spec(module) is None:
            pytest.skip(f"{module} is not installed (extra docs)")
    site = tmp_path / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(site)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    page = (site / "reference" / "api.html").read_text(encoding="utf-8")
    assert "Reads captures and packets, and names the systems and programs in them." in page
    outside = re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="(https?://[^"]+)"', page)
    assert outside == [], "the site asks nobody for anything"
