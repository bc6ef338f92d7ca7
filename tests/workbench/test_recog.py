"""Patterns of recog as signatures: expressions, values, files that are refused, and recog's own examples."""

from __future__ import annotations

from functools import cache
from itertools import chain
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.cli import main
from huginn_workbench.core import explain_device
from huginn_workbench.recog import KINDS, Converted, convert_recog, examples_of, fp_text
from huginn_workbench.recog_files import RecogError, read_recog
from sigcompiler.reading.parser import parse_text
from tests.support.devices.captured import DEVICES
from workbench.lab.recog import FILES, TARGET

RECOG = DEVICES / "recog"


def write(folder: Path, *fingerprints: str, matches: str = "dhcp_vendor_class") -> Path:
    path = folder / "made.xml"
    path.write_text(f'<fingerprints matches="{matches}">{"".join(fingerprints)}</fingerprints>', "utf-8")
    return path


def fingerprint(pattern: str, *params: str, examples: tuple[str, ...] = ()) -> str:
    words = (one.partition("=") for one in params)
    some = "".join(
        f'<param pos="{value if value.isdigit() else 0}" name="{name}" value="{value}"/>'
        for name, _, value in words
    )
    texts = "".join(f"<example>{text}</example>" for text in examples)
    return f'<fingerprint pattern="{pattern}">{some}{texts}</fingerprint>'


PRINTER = ("hw.device=Printer", "hw.vendor=Acme")


def lines(folder: Path, *fingerprints: str, matches: str = "dhcp_vendor_class") -> list[tuple[str, str]]:
    found = convert_recog([write(folder, *fingerprints, matches=matches)])
    return [(one.label, one.pattern) for one in found.signatures]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("^Acme Print$", ["Acme Print"]),
        ("(?i)^Acme Print$", ["Acme Print"]),
        ("Acme Print", ["*Acme Print*"]),
        ("^Acme Print", ["Acme Print*"]),
        ("^Acme Print.*$", ["Acme Print*"]),
        (r"^Acme\s+Print\S{1,9}$", ["Acme Print*"]),
        ("^Acme (?:Print|Draw)$", ["Acme Print", "Acme Draw"]),
        ("^Acme(?: II)? Print$", ["Acme Print", "Acme II Print"]),
        (r"^Acme\*\?Print\\$", [r"Acme\*\?Print\\"]),
        (r"^Acme [A-F0-9]{4} Print$", ["Acme ???? Print"]),
        (r"^Acme [A-F0-9]{4}.* Print$", ["Acme * Print"]),
        ("^Acme [XY]1$", ["Acme x1", "Acme y1"]),
        (r"^Acme\d+,Print (?:V)?[\d.]+ end$", ["Acme*,Print * end", "Acme*,Print V* end"]),
        ("^Acme 6.1 Print$", ["Acme 6.1 Print"]),
    ],
)
def test_expressions(tmp_path: Path, pattern: str, expected: list[str]) -> None:
    found = [pattern for _, pattern in lines(tmp_path, fingerprint(pattern, *PRINTER))]
    assert found == [f"dhcp-class {one}" for one in expected]


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("^Acme (?!x)Print$", "a construct that patterns do not have"),
        (r"^(Acme) \1$", "a construct that patterns do not have"),
        ("^Acme (Print", "a construct that patterns do not have"),
        ("^Acme )Print", "a construct that patterns do not have"),
        ("^Acme [Print", "a construct that patterns do not have"),
        ("^Acme a{9999999}$", "a construct that patterns do not have"),
        ("*", "a construct that patterns do not have"),
        ("^Acme (?:Print )*$", "a group that repeats"),
        ("^" + "(?:a|b)" * 9 + "$", "many alternatives"),
        ("(?:" * 30 + "Acme" + ")" * 30, "many groups in groups"),
        ("A" * 3000, "a long expression"),
        ("^Ac.*$", "too little literal text"),
        (".*", "too little literal text"),
        ("Ac-Print$", ""),
        (".*Ac(.*)Print$", "no literal text after a capture or at the beginning"),
    ],
)
def test_what_is_not_converted(tmp_path: Path, pattern: str, reason: str) -> None:
    found = convert_recog([write(tmp_path, fingerprint(pattern, *PRINTER, "hw.model=1"))])
    if reason:
        assert {name for name, count in found.reasons.items() if count} == {reason}
        assert found.signatures == []
    assert found.converted + sum(found.reasons.values()) == found.fingerprints == 1


def test_values(tmp_path: Path) -> None:
    model = fingerprint(
        "^Acme (Laser|Jet) (\\w+);v([\\d.]+)$",
        *PRINTER,
        "hw.family=1",
        "hw.model=2",
        "hw.product={hw.family} {hw.model}",
        examples=("Acme Laser L7;v1",),
    )
    assert lines(tmp_path, model) == [
        ("s:printer:Acme:Laser <model>::", "dhcp-class Acme Laser <model>;v*"),
        ("s:printer:Acme:Jet <model>::", "dhcp-class Acme Jet <model>;v*"),
    ]
    two = fingerprint(
        "^Acme (\\S+) / (\\S+)$", "hw.family=1", "hw.model=2", "hw.product={hw.family} {hw.model}"
    )
    assert lines(tmp_path, two) == []  # too little literal text
    two = two.replace("Acme", "Acmetron")
    assert lines(tmp_path, two) == [("s:::<model> <suffix>::", "dhcp-class Acmetron <model> / <suffix>")]


@pytest.mark.parametrize(
    ("params", "label"),
    [
        (("os.product=Windows 10",), "s:computer:::Windows:10"),
        (("os.product=Windows Server 2012 R2",), "s:server:::Windows:2012 R2"),
        (("os.product=Mac OS X", "os.vendor=Apple", "os.version=13.0"), "s::Apple::macOS:13"),
        (("os.product=Mac OS X", "os.vendor=Apple", "os.version=10.9"), "s::Apple::macOS:10.9"),
        (("os.product=Linux", "os.vendor=Linux", "os.version=4.9"), "s::::Linux:4.9"),
        (("os.product=Linux", "os.vendor=Red Hat", "os.version=7"), "s::::Linux:"),
        (("os.product=Switch 9", "os.device=Switch", "os.vendor=Acme"), "s:switch:Acme:Switch 9::"),
        (("os.product=IOS", "os.vendor=Cisco"), "s::Cisco::Cisco IOS:"),
    ],
)
def test_systems(tmp_path: Path, params: tuple[str, ...], label: str) -> None:
    [(found, _)] = lines(tmp_path, fingerprint("^a system$", *params))
    assert found == label


def test_models_of_apple_keep_their_identifiers(tmp_path: Path) -> None:
    one = fingerprint("^model=(?:N104AP|iPhone12,1)$", "hw.product=iPhone 11", "hw.vendor=Apple")
    assert lines(tmp_path, one, matches="mdns.device-info.txt") == [
        ("s::Apple:iPhone 11 (N104AP)::", "mdns _device-info._tcp model=N104AP"),
        ("s::Apple:iPhone 11 (iPhone12,1)::", "mdns _device-info._tcp model=iPhone12,1"),
    ]


def test_what_names_an_example_otherwise_is_left_out(tmp_path: Path) -> None:
    wrong = fingerprint("^Acme Print.*$", *PRINTER, examples=("Acme Draw",))
    right = fingerprint("^Acme Scan.*$", *PRINTER, examples=("Acme Scan 7",))
    found = convert_recog([write(tmp_path, wrong, right)])
    assert [one.pattern for one in found.signatures] == ["dhcp-class Acme Scan*"]
    assert found.reasons["its examples get another name"] == 1


def test_other_files_and_what_asserts_nothing(tmp_path: Path) -> None:
    found = convert_recog([write(tmp_path, fingerprint("^Acme Print$", *PRINTER), matches="ssh.banner")])
    assert found.reasons == {**dict.fromkeys(found.reasons, 0), "texts that are not read": 1}
    nothing = fingerprint("^Acme Print$", *PRINTER, "os.certainty=0.0")
    assert lines(tmp_path, nothing) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "made.xml:1: not XML: no element found"),
        ("<fingerprints>\n<a", "made.xml:2: not XML"),
        ("<html></html>", "made.xml:1: begins with <html>"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><fingerprints/>', "made.xml:1: declares a type of document"),
        ("<fingerprints>\n<fingerprint/></fingerprints>", "made.xml:2: a fingerprint without a pattern"),
        (
            '<fingerprints><fingerprint pattern="a"><param pos="x"/></fingerprint></fingerprints>',
            "made.xml:1: pos is no number",
        ),
    ],
)
def test_files_that_are_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "made.xml"
    path.write_text(text, "utf-8")
    with pytest.raises(RecogError, match=message):
        read_recog(path)


def test_large_and_absent_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, fingerprint("^Acme Print$", *PRINTER))
    monkeypatch.setattr("huginn_workbench.recog_files.MOST_BYTES", 10)
    with pytest.raises(RecogError, match="has more than"):
        read_recog(path)
    with pytest.raises(RecogError, match="No such file"):
        read_recog(tmp_path / "absent.xml")


# ---- the command -----------------------------------------------------------------------------------------


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, fingerprint("^Acme (\\w+) Print$", *PRINTER, "hw.model=1"), fingerprint("^(?=x)$"))
    assert main(["convert", str(path)]) == 0
    printed = capsys.readouterr()
    assert "1 pattern of 2 converted, to 1 signature" in printed.err
    assert "not converted: 1 pattern (names nothing of a device)" in printed.err
    assert "label = s:printer:Acme:<model>::\n; source: rapid7/recog made.xml; medium\n" in printed.out
    assert parse_text(printed.out)[1] == []
    out = tmp_path / "recog.fp"
    assert main(["convert", str(path), "-o", str(out)]) == 0
    assert out.read_text("utf-8") == printed.out
    found = explain_device(hg.Database.compile(out), "dhcp-class", "ACME L7 print")
    assert (found.type, found.manufacturer, found.model) == ("printer", "Acme", "L7")


def test_the_command_refuses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "made.xml"
    path.write_text("<html/>", "utf-8")
    assert main(["convert", str(path)]) == 2
    assert "made.xml:1: begins with <html>" in capsys.readouterr().err
    assert main(["convert", str(write(tmp_path)), "-o", str(tmp_path / "made.xml")]) == 2
    assert main(["convert", str(write(tmp_path)), "-o", str(tmp_path / "out.fp")]) == 0
    assert "there is no line to write" in capsys.readouterr().err
    assert not (tmp_path / "out.fp").exists()


# ---- recog itself ----------------------------------------------------------------------------------------


def recog_paths() -> list[Path]:
    return [RECOG / f"{name}.xml" for name in FILES]


@cache
def converted() -> Converted:
    return convert_recog(recog_paths())


def test_examples_of_recog() -> None:
    """Each example of a pattern that is shipped gets a name, with a type as recog's where it has one."""
    if not RECOG.is_dir():
        pytest.skip("needs ../shared")
    shipped = set(TARGET.read_text("utf-8").splitlines())
    found = converted()
    assert found.converted >= 700
    kept = {(one.file, one.number) for one in found.signatures if f"sig   = {one.pattern}" in shipped}
    lost = {(one.file, one.number) for one in found.signatures if f"sig   = {one.pattern}" not in shipped}
    database, texts = hg.Database.load_default(), 0
    for file in map(read_recog, recog_paths()):
        own = [one for one in file.fingerprints if (file.name, one.number) in kept - lost]
        for text, _ in chain.from_iterable(examples_of(file, one) for one in own):
            assert explain_device(database, KINDS[file.matches][0], text).match is not None, text
            texts += 1
    assert texts > 900


def test_the_shipped_file_is_that_of_the_converter() -> None:
    if not RECOG.is_dir():
        pytest.skip("needs ../shared")
    made = fp_text(converted())
    own = [line for line in TARGET.read_text("utf-8").splitlines() if line.startswith("sig")]
    assert {*own} <= {*made.splitlines()}
