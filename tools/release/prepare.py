"""Sets the version of the sources, and inserts the contacts from contacts.toml.

    python -m tools.release.prepare 1.0.0

It refuses while contacts.toml has a placeholder, CHANGELOG.md has no section "Unreleased", or the version is
older. After a change of contacts.toml run it again, with the version that the sources have.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from datetime import datetime, timezone
from email.utils import format_datetime
from pathlib import Path
from typing import NamedTuple

import tomllib
from packaging.version import InvalidVersion, Version

from tools.release.project import ROOT, read_project

CONTACTS = "contacts.toml"


NEXT_TABLE = "[project.optional-dependencies]"
URLS = rf"(^\[project\.urls\]\n(.+\n)*\n)?^{re.escape(NEXT_TABLE)}$"


class ReleaseError(Exception):
    """The reason why nothing was written."""


class Contacts(NamedTuple):
    repository: str
    documentation: str
    conduct: str
    security: str


FORMS = {
    "repository": r"https://[^\s/]+/\S+[^\s/]",
    "documentation": r"https://\S+",
    "conduct": r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+",
    "security": r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+",
}


def read_contacts(root: Path) -> Contacts:
    """The content of the file; `ReleaseError` if a value is missing or has a wrong form."""
    values = tomllib.loads((root / CONTACTS).read_text(encoding="utf-8"))
    absent = [name for name in Contacts._fields if name not in values]
    if absent or len(values) != len(Contacts._fields):
        raise ReleaseError(f"{CONTACTS}: the names are {', '.join(Contacts._fields)}")
    left = [name for name, value in values.items() if "<" in value or not value.strip()]
    if left:
        raise ReleaseError(f"{CONTACTS}: still to be written: {', '.join(left)}")
    for name, form in FORMS.items():
        if not re.fullmatch(form, values[name]):
            raise ReleaseError(f"{CONTACTS}: {name} is {values[name]!r}, which has another form")
    return Contacts(**values)


def urls(contacts: Contacts) -> str:
    """The table of pyproject.toml."""
    pages = {
        "Homepage": contacts.repository,
        "Documentation": contacts.documentation,
        "Source": contacts.repository,
        "Changelog": f"{contacts.repository}/blob/main/CHANGELOG.md",
        "Issues": f"{contacts.repository}/issues",
    }
    return "[project.urls]\n" + "".join(f'{name} = "{page}"\n' for name, page in pages.items()) + "\n"


def changed(text: str, pattern: str, new: str, name: str) -> str:
    """The text with the one place of `pattern` replaced; `ReleaseError` unless there is exactly one."""
    found = re.subn(pattern, lambda _: new, text, flags=re.MULTILINE)
    if found[1] != 1:
        raise ReleaseError(f"{name}: {found[1]} places are {pattern!r}, not one")
    return found[0]


def prepared(root: Path, version: str, now: datetime) -> dict[str, str]:
    """New contents of files, by path; nothing is written. `ReleaseError` if it is impossible."""
    contacts = read_contacts(root)
    day, old = f"{now:%Y-%m-%d}", str(read_project(root)["version"])
    try:
        if Version(version) < Version(old) or str(Version(version)) != version:
            raise ReleaseError(f"{version}: the version is {old}; name a newer one")
    except InvalidVersion:
        raise ReleaseError(f"{version}: no version, as 1.0.0 is one") from None
    made: dict[str, str] = {}

    def change(name: str, pattern: str, new: str) -> None:
        text = made.get(name) or (root / name).read_text(encoding="utf-8")
        made[name] = changed(text, pattern, new, name)

    change("pyproject.toml", r'^version = ".*"$', f'version = "{version}"')
    change("workbench/pyproject.toml", r'^version = ".*"$', f'version = "{version}"')
    change("workbench/pyproject.toml", r'"huginn-cffi==.*"', f'"huginn-cffi=={version}"')
    change("pyproject.toml", URLS, urls(contacts) + NEXT_TABLE)
    change("huginn_cffi/__init__.py", r'^__version__ = ".*"$', f'__version__ = "{version}"')
    change("workbench/huginn_workbench/__init__.py", r'^__version__ = ".*"$', f'__version__ = "{version}"')
    change("csrc/huginn.h", r'^#define HG_VERSION ".*"$', f'#define HG_VERSION "{version}"')
    change("docs/guide/first-ten-minutes.md", r"^huginn, version .*$", f"huginn, version {version}")
    date = f'BUILT_IN_DATE = "{now:%Y-%m-%dT%H:%M:%SZ}"'
    change("huginn_cffi/database/default.py", r'^BUILT_IN_DATE = ".*"$', date)
    cited = f"version: {version}\ndate-released: {day}\nrepository-code: {contacts.repository}\n"
    change("CITATION.cff", r"^version: .*\n(date-released: .*\n)?(repository-code: .*\n)?", cited)
    people = f"the huginn_cffi contributors <{contacts.conduct}>"
    change("debian/control", r"^Maintainer: .*$", f"Maintainer: {people}")
    change("debian/changelog", r"\Ahuginn-cffi \(.*?\)", f"huginn-cffi ({version})")
    change("debian/changelog", r"^ -- .*$", f" -- {people}  {format_datetime(now)}")
    if version != old:
        change("CHANGELOG.md", r"^## Unreleased$", f"## {version} - {day}")
    return made


def main(arguments: list[str]) -> int:
    as_written = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=as_written)
    parser.add_argument("version")
    given = parser.parse_args(arguments)
    try:
        made = prepared(ROOT, given.version, datetime.now(timezone.utc))
    except ReleaseError as error:
        print(error, file=sys.stderr)
        return 1
    for name, text in made.items():
        (ROOT / name).write_text(text, encoding="utf-8")
        print(name)
    # A separate process imports the new version.
    return subprocess.run([sys.executable, "-m", "tools.release.share"], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
