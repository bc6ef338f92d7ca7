"""The command line of the compiler."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sigcompiler.__main__ import main
from tests.support.sanitizers import OF_OTHERS

HEAD = "classes = unix\n[tcp:request]\nlabel = s:unix:A:x\n"
SIGNATURE = "sig = *:64:0:*:*,*:mss::0\n"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.fp"
    path.write_text(HEAD + SIGNATURE)
    return path


@pytest.fixture
def doubtful(tmp_path: Path) -> Path:
    path = tmp_path / "doubtful.fp"
    path.write_text(HEAD + SIGNATURE + SIGNATURE)
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.fp"
    path.write_text(HEAD + SIGNATURE + "sig = 4\nfoo\n")
    return path


def test_check_clean(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--strict", str(good)]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "1 signature, 0 errors, 0 warnings\n"


def test_check_warnings(doubtful: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(doubtful)]) == 0
    assert main(["check", "--strict", str(doubtful)]) == 1
    out, _ = capsys.readouterr()
    assert out.count("warning[W031]") == 2


def test_check_errors(bad: Path, good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(bad), str(good)]) == 2
    out, err = capsys.readouterr()
    assert f"{bad}:5:8: error[E040]" in out
    assert f"{bad}:6:1: error[E011]" in out
    assert err == "2 signatures, 2 errors, 1 warning\n"


def test_missing_file_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "none.fp"
    assert main(["check", str(path)]) == 2
    out, _ = capsys.readouterr()
    assert out == f"{path}: error[E001]: cannot read the file: No such file or directory\n"


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


def test_compile_strict_refuses_warnings(doubtful: Path, tmp_path: Path) -> None:
    database = tmp_path / "x.hgdb"
    assert main(["compile", "--strict", str(doubtful), "-o", str(database)]) == 1
    assert not database.exists()
    assert main(["compile", str(doubtful), "-o", str(database)]) == 0
    assert database.exists()


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
    assert capsys.readouterr().err == f"{paths[-1]}: is an input as well; write to another file\n"


def test_output_that_cannot_be_written(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "no" / "x.hgdb"
    assert main(["compile", str(good), "-o", str(path)]) == 2
    _, err = capsys.readouterr()
    assert err == f"{path}: cannot write the file: No such file or directory\n"


def test_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in ([], ["check"], ["compile", "x.fp"], ["frobnicate"]):
        with pytest.raises(SystemExit) as caught:
            main(arguments)
        assert caught.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


def test_module_with_a_reader_that_leaves(doubtful: Path) -> None:
    doubtful.write_text(HEAD + SIGNATURE * 3000)
    run = subprocess.Popen(
        [sys.executable, "-m", "sigcompiler", "check", str(doubtful)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert run.stdout is not None
    assert run.stderr is not None
    assert run.stdout.readline()
    run.stdout.close()
    assert b"Traceback" not in run.stderr.read()
    run.stderr.close()
    assert run.wait(60) == 2


def test_terminal_that_prints_ascii_only(tmp_path: Path) -> None:
    path = tmp_path / "x.fp"
    path.write_text(HEAD + "sig = \u00e4\n", encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "sigcompiler", "check", str(path)],
        capture_output=True,
        check=False,
        cwd=Path(__file__).parents[2],
        env={"PYTHONIOENCODING": "ascii"},
    )
    assert run.returncode == 2
    assert rb"sig = \xe4" in run.stdout
    assert b"Traceback" not in run.stderr
