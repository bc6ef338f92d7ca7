"""What `huginn compile` writes."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from huginn_cffi.cli import main
from tests.support.sanitizers import OF_OTHERS

HEAD = "classes = unix\n[tcp:request]\nlabel = s:unix:A:x\n"
SIGNATURE = "sig = *:64:0:*:*,*:mss::0\n"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.fp"
    path.write_text(HEAD + SIGNATURE)
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.fp"
    path.write_text(HEAD + SIGNATURE + "sig = 4\nfoo\n")
    return path


def test_compile_writes_both_files(good: Path, tmp_path: Path) -> None:
    database, header = tmp_path / "x.hgdb", tmp_path / "x.h"
    assert main(["compile", str(good), "-o", str(database), "--header", str(header)]) == 0
    assert database.stat().st_size > 0
    assert header.stat().st_size > 0
    first = database.read_bytes()
    assert main(["compile", str(good), "-o", str(database)]) == 0
    assert database.read_bytes() == first


@pytest.mark.parametrize("command", ["cc -x c -std=c11", "c++ -x c++ -std=c++11", "c++ -x c++ -std=c++20"])
def test_the_header_is_c_and_cpp(good: Path, tmp_path: Path, command: str) -> None:
    if shutil.which(command.split()[0]) is None:
        pytest.skip(f"no compiler: {command}")
    header, program = tmp_path / "own.h", tmp_path / "program"
    binary = str(tmp_path / "own.hgdb")
    assert main(["compile", str(good), "-o", binary, "--header", str(header), "--prefix", "own"]) == 0
    program.write_text(
        '#include <stdio.h>\n#include "own.h"\nstatic const hg_tables tables = OWN_TABLES;\n'
        'int main(void) { return printf("%u", tables.signatures_count) < 0; }\n'
    )
    warnings = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]
    out = tmp_path / "out"
    subprocess.run([*command.split(), *warnings, str(program), "-o", str(out)], env=OF_OTHERS, check=True)
    assert subprocess.run([out], capture_output=True, text=True, check=True).stdout == "1"


def test_compile_writes_nothing_where_there_are_errors(
    bad: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = tmp_path / "x.hgdb"
    assert main(["compile", str(bad), "-o", str(database)]) == 2
    assert not database.exists()
    out, err = capsys.readouterr()
    assert out == ""
    assert "error[E040]" in err
    assert "error[E011]" in err


@pytest.mark.parametrize("options", [["-o", "{good}"], ["-o", "{other}", "--header", "{link}"]])
def test_inputs_are_never_overwritten(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    link, other = tmp_path / "link.fp", tmp_path / "other.hgdb"
    link.symlink_to(good)
    paths = [option.format(good=good, link=link, other=other) for option in options]
    assert main(["compile", str(good), *paths]) == 2
    assert good.read_text() == HEAD + SIGNATURE
    assert not other.exists()
    assert paths[-1] in capsys.readouterr().err
