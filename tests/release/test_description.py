"""The description of the distribution, which a package index shows without the files beside it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = "https://example.org/huginn"
PROJECT = """\
[project]
name = "made"
version = "1.2"
license = "MIT"
license-files = ["LICENSE"]
dynamic = ["readme"]
{urls}
[tool.setuptools]
packages = []
ext-modules = []

[tool.setuptools.dynamic]
readme = {{ file = ["README.md"], content-type = "text/markdown" }}
"""
METADATA = "from tools.build_steps import backend; print(backend.prepare_metadata_for_build_wheel('out'))"


def description(folder: Path, text: str, urls: str) -> str:
    """What is shown of a project with this README."""
    (folder / "pyproject.toml").write_text(PROJECT.format(urls=urls))
    (folder / "README.md").write_text(text)
    (folder / "LICENSE").touch()
    (folder / "out").mkdir()
    path = f"import sys; sys.path.insert(0, {str(ROOT)!r}); "
    done = subprocess.run(
        [sys.executable, "-c", path + METADATA], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    (found,) = (folder / "out").glob("*/METADATA")
    return found.read_text().partition("\n\n")[2].strip()


@pytest.mark.parametrize(
    ("urls", "shown"),
    [
        (f'[project.urls]\nSource = "{SOURCE}"', f"{SOURCE}/blob/v1.2/docs/reference/api.md#x"),
        ("", "docs/reference/api.md#x"),
    ],
)
def test_links_lead_to_the_repository(tmp_path: Path, urls: str, shown: str) -> None:
    text = "[a](docs/reference/api.md#x), [b](https://example.com/y) and [c](#d)"
    assert description(tmp_path, text, urls) == text.replace("docs/reference/api.md#x", shown)


def test_what_links_name_is_there() -> None:
    for name in ("README.md", "CHANGELOG.md"):
        links = re.findall(r"\]\((?!https?:|#)([^)#]+)", (ROOT / name).read_text(encoding="utf-8"))
        assert links
        assert [link for link in links if not (ROOT / link).exists()] == []
