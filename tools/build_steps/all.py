"""Regenerates everything that depends on the description of records: ``python -m tools.build_steps.all``.

This includes the extension with its generated headers, the attributes of typed results, the JSON Schemas, and
the manual pages that list fields and counters. Run it after changes in ``sigcompiler/schema/`` or ``csrc/``.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STEPS = (
    ("-c", "import setuptools; setuptools.setup()", "-q", "build_ext", "--inplace"),
    ("-m", "tools.build_steps.manual"),
    ("-m", "tools.build_steps.python_counters"),
)


def main() -> None:
    for step in STEPS:
        subprocess.run([sys.executable, *step], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
