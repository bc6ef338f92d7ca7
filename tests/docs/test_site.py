"""The manual builds as a web site without a warning, leads to everything and asks no other host."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

import huginn_cffi as hg
from tests.support.manual_blocks import ROOT


def test_every_public_name_is_in_the_reference() -> None:
    reference = (ROOT / "docs" / "reference" / "api.md").read_text(encoding="utf-8")
    named = re.findall(r"^<!-- ::: huginn_cffi\.(\w+) -->$", reference, re.MULTILINE)
    assert sorted(named) == sorted(set(hg.__all__))


def test_it_builds_without_a_warning(tmp_path: Path) -> None:
    for module in ("sphinx", "furo", "myst_parser", "sphinx_copybutton"):
        if find_spec(module) is None:
            pytest.skip(f"{module} is not installed (extra docs)")
    options = ["-W", "-q", "-d", str(tmp_path / "trees")]
    command = [sys.executable, "-m", "sphinx", *options, "docs", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "site" / "reference" / "api.html").read_text(encoding="utf-8")
    assert "Reads captures and packets, and names the systems and programs in them." in page
    assert 'href="../guide/findings.html"' in page, "every page has the tree of pages"
    outside = re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="(https?://[^"]+)"', page)
    assert outside == [], "the site asks nobody for anything"
    text = (tmp_path / "site" / "searchindex.js").read_text(encoding="utf-8")
    index = json.loads(text[text.index("(") + 1 : text.rindex(")")])
    wanted = {"docker", "rogu", "dhcp", "netflow", "upgrad", "uninstal", "kubernet", "syslog"}  # stems
    assert wanted <= {*index["terms"], *index["titleterms"]}
