"""Every source of the data has a licence that is met, and all files that state licences agree.

tools/build_steps/sources.csv is the one list of sources.
"""

from __future__ import annotations

import re

import pytest

from tests.support.core import DATA
from tools.build_steps.notices import WITH_ITS_LIBRARY, notices
from tools.build_steps.sources import OWN, ROOT, WORK, DataSource, provenances, sources, unlisted, works

DEBIAN = {"MIT": "Expat"}
"""Licences that Debian names differently."""


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def flat(words: str) -> str:
    return " ".join(words.split())


def holder(work: DataSource) -> str:
    return re.sub(r"^Copyright (\(c\) )?|\bby |,(?= Rapid7)", "", work.copyright)


def files_of(work: DataSource) -> set[str]:
    return {
        path
        for path, found in provenances().items()
        if any(match for provenance in found for match in work.named_in(provenance))
    }


def test_every_source_is_listed() -> None:
    new = {(path, one) for path, found in provenances().items() for one in found if unlisted(one)}
    assert new == set(), "add it to tools/build_steps/sources.csv"


@pytest.mark.parametrize(
    ("provenance", "missing"),
    [
        ("rapid7/recog ssh_banners.xml", []),
        ("pf.os of OpenBSD; public captures 2005-2021 (228 labelled hosts)", []),
        ("Fing's database", ["Fing's database", "Fing"]),
        ("public captures 2020; stock p0f database 3.09b", ["stock p0f database 3.09b", "p0f"]),
        ("a fixed receive buffer, p0f forks and public captures", ["p0f"]),
        ("public captures, example/patterns", ["example/patterns"]),
        ("its maker's documentation (GPL-2.0)", ["(GPL-2.0)"]),
        ("nDPI 2024", ["nDPI 2024", "nDPI"]),
        ("stock p0f database, measured 2026", ["p0f"]),
        ("Satori's names", ["Satori"]),
        ("Wappalyzer, requests in public captures", ["Wappalyzer"]),
        ("Nmap 7.93 measured 2026", []),
        ("Nmap's defaults", ["Nmap"]),
        ("pip, network/session.py (MIT), which containers run, too", []),
        ("apt, its README (GPL-2.0)", ["apt, its README (GPL-2.0)", "(GPL-2.0)"]),
    ],
)
def test_a_new_source_is_found(provenance: str, missing: list[str]) -> None:
    assert unlisted(provenance) == missing


def test_other_comments_name_no_other_database() -> None:
    """Heads of files and sections say as well where lines come from."""
    named = "|".join(source.named for source in sources())
    found = {
        (path.name, match["database"])
        for path in DATA.glob("*.fp")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith(";") and not line.startswith(("; source: ", "; rules: "))
        for match in WORK.finditer(line)
        if match["database"] and match["database"].casefold() not in named.casefold()
    }
    assert found == set(), "name it in a source, with its licence in tools/build_steps/sources.csv"


def test_every_listed_work_is_used() -> None:
    assert [work.work for work in works() if work.named and not files_of(work)] == []


@pytest.mark.parametrize("work", works(), ids=lambda work: work.work)
def test_a_work_has_its_notice_where_it_must_be(work: DataSource) -> None:
    assert work.copyright.casefold() in flat(text(work.notice)).casefold()
    if work.work != WITH_ITS_LIBRARY:
        assert text(work.notice) in notices()
    assert work.notice.startswith("LICENSE-") or f'"{work.notice}"' in text("pyproject.toml")
    assert [
        line for line in text("README.md").splitlines() if work.work in line and f"({work.notice})" in line
    ]


def test_the_licence_expression_holds_all_licences() -> None:
    [expression] = re.findall(r'^license = "(.*)"$', text("pyproject.toml"), re.MULTILINE)
    own, *others = expression.split(" AND ")
    assert own == f"({' OR '.join(OWN)})"
    assert set(others) == {work.licence for work in works()}
    assert len(set(others)) == len(others)
    assert '"LICENSE-*"' in text("pyproject.toml")


def test_a_page_with_signatures_has_the_licence_that_notices_refer_to() -> None:
    assert "LICENSE-APACHE" in text("LICENSE-DATA")
    assert text("LICENSE-APACHE") in notices(with_data=True)


@pytest.mark.parametrize("work", works(), ids=lambda work: work.work)
def test_debian_names_holders_and_licences_file_by_file(work: DataSource) -> None:
    paragraphs = text("debian/copyright").split("\n\n")
    licence = DEBIAN.get(work.licence, work.licence)
    assert any(part.startswith(f"License: {licence}\n") for part in paragraphs)
    if not work.named:
        return
    for part in paragraphs:
        if not part.startswith("Files: "):
            continue
        listed = set(flat(part.partition("\nCopyright:")[0]).split()[1:])
        if listed & files_of(work):
            assert listed <= files_of(work)
        is_stated = holder(work) in flat(part) and re.search(rf"\b{licence}\b", part.split("License: ")[1])
        assert bool(is_stated) == bool(listed & files_of(work)), listed
    paths = set(re.findall(r"(?:huginn_cffi/data|sigcompiler)/\S+", "".join(paragraphs)))
    assert files_of(work) <= paths
    assert [path for path in paths if not (ROOT / path).is_file()] == []
