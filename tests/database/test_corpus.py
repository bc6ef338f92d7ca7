"""Own signatures name public captures alike in all forms: a sample of `tests.database.corpus`."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.support.core import ROOT, SHARED

CORPUS = SHARED / "corpus"


@pytest.mark.slow
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the reference captures are absent")
def test_all_forms_name_alike() -> None:
    command = [sys.executable, "-m", "tests.database.corpus", str(CORPUS), "--every", "100"]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert done.returncode == 0, done.stdout
    assert re.search(r"^every_kind with default: named by own lines: [1-9]", done.stdout, re.MULTILINE)
    assert re.search(r"^\d+ captures, 0 differences$", done.stdout, re.MULTILINE)
