"""The signature file that Debian's p0f comes with (acceptance case 1)."""

from __future__ import annotations

from pathlib import Path

from sigcompiler.model import Section
from sigcompiler.reading.parser import parse_files
from sigcompiler.vocabulary import Direction


def test_acceptance_1(stock_path: Path) -> None:
    model, diagnostics = parse_files([stock_path])
    assert len(model) == 322
    assert len(model.mtu) == 25
    assert sum(signature.direction == Direction.REQUEST for signature in model.tcp) == 91
    assert sum(signature.direction == Direction.RESPONSE for signature in model.tcp) == 101
    assert sum(signature.label.section == Section.HTTP_REQUEST for signature in model.http) == 85
    assert sum(signature.label.section == Section.HTTP_RESPONSE for signature in model.http) == 20
    assert [(item.line, item.severity, item.code) for item in diagnostics] == [
        (465, "warning", "W031"),
        (466, "warning", "W031"),
    ]
    assert "line 465 can never match: covered by line 440" in diagnostics[0].message
    assert "line 466 can never match: covered by line 441" in diagnostics[1].message


def test_model(stock_path: Path) -> None:
    model, _ = parse_files([stock_path])
    assert model.files == [str(stock_path)]
    assert model.classes == ["win", "unix", "other"]
    assert [(item.name, item.text) for item in model.user_agent_systems[:3]] == [
        ("Linux", None),
        ("Windows", None),
        ("iOS", "iPad"),
    ]
    first = model.tcp[0]
    assert (first.place.line, first.place.column) == (96, 9)
    assert (first.label.name, first.label.flavor, first.label.os_class) == ("Linux", "3.11 and newer", "unix")
    tool = next(signature.label for signature in model.tcp if signature.label.userland)
    assert (tool.name, tool.flavor, tool.systems) == ("NMap", "SYN scan", ("@unix", "@win"))
