"""Figures and promises of the pages: each names where it comes from, and a wrong one is found."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tools.release import figures
from tools.release.figures import Block, blocks, malformed, rerun

ONCE = "<!-- measured once: 2026-11-26, 58d7d190, 2-core VM; python -m x -->"


def block(text: str, *origins: tuple[str, str], page: str = "docs/a.md") -> Block:
    return Block(page, 1, text, origins)


def test_each_figure_and_promise_of_the_pages_names_its_origin() -> None:
    found = [
        one
        for path in figures.pages()
        for one in blocks(str(path.relative_to(figures.ROOT)), path.read_text("utf-8"))
    ]
    assert sum(bool(one.origins) for one in found) > 80
    assert [fault for one in found for fault in malformed(one)] == []


@pytest.mark.parametrize(
    "text", ["98.5 % of hosts", "12 times 3 ms", "7 of 9 hosts", "a rate of 3 packets/s"]
)
def test_a_figure_needs_an_origin(text: str) -> None:
    assert "no comment" in next(malformed(block(text)))
    assert [*malformed(block(text, ("measured once", "2026-11-26, 58d7d190, a machine; a command")))] == []
    assert "no comment" in next(
        malformed(block(text, ("tests", "tests/release/test_figures.py::test_tolerance")))
    )


@pytest.mark.parametrize(
    "text", ["Python 3.10", "```text\n98.5 %\n```", "port 80 of a host", "## 5 % of all"]
)
def test_other_numbers_need_none(text: str) -> None:
    assert [*malformed(block(text))] == []


def test_a_promise_needs_a_test_that_exists() -> None:
    text = "It never sends."
    assert [*malformed(block(text))] == []
    assert "promise" in next(malformed(block(text, page="README.md")))
    real, absent = "tests/release/test_figures.py::test_tolerance", "tests/release/test_figures.py::test_none"
    assert [*malformed(block(text, ("tests", real), page="README.md"))] == []
    assert "no such test" in next(malformed(block(text, ("tests", f"{real}, {absent}"), page="README.md")))


@pytest.mark.parametrize(
    ("kind", "text", "fault"),
    [
        ("measured once", "26 November 2026, 58d7d190, VM; x", "not DATE"),
        ("measured once", "2026-11-26, 58d7d190, VM", "not DATE"),
        ("figures", "python -m x", "not COMMAND"),
        ("limit", "csrc/absent.c", "no such file"),
    ],
)
def test_malformed_comments(kind: str, text: str, fault: str) -> None:
    assert fault in next(malformed(block("3 %", (kind, text))))


def test_comments_belong_to_a_block_or_to_a_section() -> None:
    page = f"# A\n\n## B\n\n{ONCE}\n\none\n\n<!-- limit: csrc -->\n\ntwo\n\n### C\n\nthree\n\n## D\n\nfour\n"
    kinds = {one.text: [kind for kind, _ in one.origins] for one in blocks("a.md", page)}
    assert kinds == {"one": ["measured once"], "two": ["limit"], "three": ["measured once"], "four": []}


def printing(text: str) -> str:
    """A command that prints a text."""
    return f"python -c {shlex.quote(f'print({text!r})')}"


@pytest.mark.parametrize(
    ("page", "printed", "holds"),
    [
        ("In captures, 699 of 763 have a name.", "699 of 763 have a name", True),
        ("In captures, 710 of 763 have a name.", "699 of 763 have a name", False),
        ("```text\nSYN  194  98.5\n```", "more 1\nSYN 194 98.5\nother 2", True),
        ("```text\nSYN  194  90.0\n```", "more 1\nSYN 194 98.5\nother 2", False),
        ("| a | 1,000 |\n|---|---|\n| b | 2 |", "| b | 2 |\n| a | 1,000 |", True),
        ("no number", "", False),
    ],
)
def test_a_wrong_page_is_found(page: str, printed: str, holds: bool) -> None:
    assert (rerun(block(page), printing(printed), 1.0) is None) is holds


def test_tolerance() -> None:
    command = printing("1000 packets, 21 misses")
    assert rerun(block("1049 packets, 22 misses"), command, 5.0) is None  # the last digit is rounding
    assert rerun(block("1060 packets, 21 misses"), command, 5.0) is not None
    assert rerun(block("1000 packets, 24 misses"), command, 5.0) is not None


def test_without_the_reference_material_a_command_is_not_run() -> None:
    assert rerun(block("3 %"), "huginn pcap ../shared/absent-folder", 1.0) == (
        "(not run: ../shared/absent-folder is absent)"
    )


def test_the_program_fails_for_a_wrong_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.md"
    monkeypatch.setattr(figures, "ROOT", tmp_path)
    monkeypatch.setattr(figures, "pages", lambda: [page])
    for number, status in ((7, 0), (9, 1)):
        page.write_text(f"<!-- figures: {printing('7 of 9')}; within 1 % -->\n\nIt is {number} of 9.\n")
        assert figures.main([]) == status
        assert figures.main(["--list"]) == 0
    assert "page.md:3: the page has 'It is 9 of 9.', the command prints '7 of 9'" in capsys.readouterr().err
