"""Write the bill of materials beside distributions: ``python -m tools.release.sbom FOLDER``."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.build_steps.sbom import NAME, sbom
from tools.release.project import ROOT, read_project


def main(arguments: list[str]) -> int:
    path = Path(arguments[0], NAME)
    project = read_project()
    path.write_text(sbom(ROOT, project["version"], project["dependencies"]), encoding="utf-8")
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
