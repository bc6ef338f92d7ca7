"""The page for browsers is built with the package only on request, and without it the package is complete."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from setuptools import Distribution

from tools.build_steps import page
from tools.build_steps.extension import BuildPage


@pytest.mark.parametrize(
    ("switch", "failure", "expected"),
    [
        (None, None, None),
        ("0", None, None),
        ("1", None, "made"),
        ("1", FileNotFoundError("clang"), None),
        ("1", subprocess.CalledProcessError(1, "clang"), None),
    ],
    ids=["without", "off", "on", "no compiler", "failed"],
)
def test_the_page_is_built_on_request(
    switch: str | None,
    failure: Exception | None,
    expected: str | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def write(path: Path) -> None:
        if failure is not None:
            raise failure
        path.write_text("made")

    monkeypatch.delenv("HUGINN_PAGE", raising=False)
    if switch is not None:
        monkeypatch.setenv("HUGINN_PAGE", switch)
    monkeypatch.setattr(page, "write_page", write)
    monkeypatch.setattr("tools.build_steps.extension.ROOT", tmp_path)
    command = BuildPage(Distribution())
    command.build_lib = str(tmp_path / "lib")
    command.run()
    made = tmp_path / "lib" / page.PAGE
    assert (made.read_text() if made.exists() else None) == expected
