"""Check a tag, and print what changed: ``python -m tools.release.check [--changes] v1.0.0``.

It refuses a tag that is not the version of the sources, and a version without a section in CHANGELOG.md. With
`--changes` it prints that section. It needs nothing but Python.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VERSIONS = {
    "pyproject.toml": r'^version = "(.*)"$',
    "huginn_cffi/__init__.py": r'^__version__ = "(.*)"$',
    "csrc/huginn.h": r'^#define HG_VERSION "(.*)"$',
    "debian/changelog": r"\Ahuginn-cffi \((.*?)\)",
    "CITATION.cff": r"^version: (.*)$",
    "share/man/man1/huginn.1": r'^\.TH HUGINN 1 ".*?" "huginn (.*?)"',
}


def versions(root: Path = ROOT) -> dict[str, str]:
    found = {}
    for name, pattern in VERSIONS.items():
        match = re.search(pattern, (root / name).read_text(encoding="utf-8"), re.MULTILINE)
        found[name] = match[1] if match else "none"
    return found


def changes(version: str, root: Path = ROOT) -> str:
    """The section of a version in the changelog, without its heading; empty if there is none."""
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    found = re.search(rf"^## {re.escape(version)} - .*\n((?:(?!## ).*\n)*)", text, re.MULTILINE)
    return found[1].strip() + "\n" if found else ""


def main(arguments: list[str]) -> int:
    version = arguments[-1].removeprefix("v") if arguments else ""
    wrong = [f"{name}: the version is {found}" for name, found in versions().items() if found != version]
    if not wrong and not changes(version):
        wrong = [f"CHANGELOG.md: no section {version}"]
    if wrong:
        print(f"the tag is {version or 'missing'}", *wrong, sep="\n", file=sys.stderr)
        return 1
    if "--changes" in arguments:
        print(changes(version), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
