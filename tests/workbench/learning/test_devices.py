"""Lines that are proposed for announcements of labelled devices, from captures to named announcements."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.cli import main
from huginn_workbench.core import explain_device
from huginn_workbench.evaluation.labels import LabelError
from huginn_workbench.learning.devices import learn_devices
from huginn_workbench.learning.evidence import LearningError
from huginn_workbench.learning.program_lines import LearnedPrograms
from sigcompiler.reading.parser import parse_text
from tests.support.devices.arp import arp
from tests.support.devices.dhcp import ACK, NAK, from_client, from_server, message, option
from tests.support.devices.made import capture

TEXT = """\
[device]
label = s::Known:::
sig = dhcp-class known*
"""
NONE = hg.Database.compile(text=TEXT)


def mac(number: int) -> str:
    return f"00:00:5e:00:53:{number:02x}"


def dhcp(number: int, text: str, *, name: str = "", numbers: bytes = b"") -> bytes:
    options = [option(60, text.encode())] if text else []
    options += [option(12, name.encode())] * bool(name) + [option(55, numbers)] * bool(numbers)
    return from_client(message(*options, mac=mac(number)), mac=mac(number))


def learned(
    folder: Path, frames: Sequence[bytes], labels: dict[int, str], database: hg.Database = NONE
) -> LearnedPrograms:
    (folder / "a.pcap").write_bytes(capture(frames))
    rows = [f"a.pcap,{mac(number)},{label}" for number, label in labels.items()]
    (folder / "labels.csv").write_text("\n".join(("file,ip,device", *rows)), "utf-8")
    found = learn_devices(folder / "a.pcap", labels=folder / "labels.csv", database=database)
    assert not found.text or parse_text(found.text)[1] == []
    return found


def lines(found: LearnedPrograms) -> list[tuple[str, str]]:
    return [(one.label, one.text) for one in found.proposals]


def reasons(found: LearnedPrograms) -> list[str]:
    return [one.reason for one in found.refusals]


def named(found: LearnedPrograms, text: str, kind: str = "dhcp-class") -> tuple[str | None, ...]:
    said = explain_device(hg.Database.compile(text=found.text), kind, text)
    return said.type, said.manufacturer, said.model, said.system, said.version


def test_what_no_signature_names_gives_no_line(tmp_path: Path) -> None:
    """ARP and neighbor discovery are announcements without a kind in signature files."""
    frames = [arp(mac=mac(1)), dhcp(1, "Acme Eye C3 2.1"), arp(mac=mac(2))]
    found = learned(tmp_path, frames, {1: "camera:Acme:Eye C3::2.1"})
    assert lines(found) == [("s:camera:Acme:Eye C3::2.1", "dhcp-class Acme Eye C3 2.1")]
    assert (found.refusals, found.known) == ((), ())


def test_one_device_gives_a_literal_line_that_names_it(tmp_path: Path) -> None:
    found = learned(tmp_path, [dhcp(1, "Acme Eye C3 2.1")], {1: "camera:Acme:Eye C3::2.1"})
    assert lines(found) == [("s:camera:Acme:Eye C3::2.1", "dhcp-class Acme Eye C3 2.1")]
    assert named(found, "Acme Eye C3 2.1") == ("camera", "Acme", "Eye C3", None, "2.1")
    assert "; source: captures (1 labelled host); medium" in found.text
    again = learned(
        tmp_path,
        [dhcp(1, "Acme Eye C3 2.1")],
        {1: "camera:Acme:Eye C3::2.1"},
        hg.Database.compile(text=found.text),
    )
    assert (again.proposals, again.refusals, len(again.known)) == ((), (), 1)


def test_models_and_versions_that_differ_become_captures(tmp_path: Path) -> None:
    texts = {1: "Acme Eye C3 fw 2.1", 2: "Acme Eye C5 fw 2.1", 3: "Acme Eye C3 fw 3.0.7"}
    labels = {1: "camera:Acme:C3::2.1", 2: "camera:Acme:C5::2.1", 3: "camera:Acme:C3::3.0.7"}
    found = learned(tmp_path, [dhcp(*one) for one in texts.items()], labels)
    assert lines(found) == [("s:camera:Acme:<model>::<version>", "dhcp-class Acme Eye <model> fw <version>")]
    assert named(found, "Acme Eye D900 fw 4.4") == ("camera", "Acme", "D900", None, "4.4")
    assert "(3 labelled hosts); high" in found.text


def test_numbers_that_differ_become_wildcards(tmp_path: Path) -> None:
    frames = [dhcp(1, "Acme boot 1.20"), dhcp(2, "Acme boot 1.21.3")]
    found = learned(tmp_path, frames, dict.fromkeys((1, 2), "plug:Acme"))
    assert lines(found) == [("s:plug:Acme:::", "dhcp-class Acme boot *")]


def test_models_keep_their_common_letters_where_no_maker_is_named(tmp_path: Path) -> None:
    frames = [dhcp(1, "UPnP QX-116E/1"), dhcp(2, "UPnP QX-108E/1")]
    labels = {1: "switch:Acme:QX-116E", 2: "switch:Acme:QX-108E"}
    found = learned(tmp_path, frames, labels)
    assert lines(found) == [("s:switch:Acme:QX-<model>::", "dhcp-class UPnP QX-<model>/1")]
    assert named(found, "UPnP QX-24/1")[2] == "QX-24"
    other = learned(tmp_path, [dhcp(1, "UPnP A1/1"), dhcp(2, "UPnP B2/1")], {1: "plug::A1", 2: "plug::B2"})
    assert sorted(lines(other)) == [
        ("s:plug::A1::", "dhcp-class UPnP A1/1"),
        ("s:plug::B2::", "dhcp-class UPnP B2/1"),
    ]


@pytest.mark.parametrize(
    ("secret", "text"),
    [
        ("00:00:5e:00:53:07", "Acme 00:00:5e:00:53:07 x"),
        ("00005E005307", "Acme 00005E005307 x"),
        ("00-00-5E-00-53-07", "Acme 00-00-5E-00-53-07 x"),
        ("G22XB2S", "Acme G22XB2S x"),
        ("123e4567-e89b-12d3-a456-426614174000", "Acme 123e4567-e89b-12d3-a456-426614174000 x"),
        ("Petra", "Acme Petras-Haus x"),
        ("77", "Acme serial: 77"),
    ],
)
def test_no_line_holds_what_tells_who_it_is(tmp_path: Path, secret: str, text: str) -> None:
    frames = [dhcp(1, text, name="Petras-Haus")]
    found = learned(tmp_path, frames, {1: "plug:Acme"})
    assert len(found.proposals) == 1
    assert named(found, text)[:2] == ("plug", "Acme")
    assert secret.lower() not in (found.text + str(found)).lower()
    known = learned(tmp_path, frames, {1: "plug:Acme"}, hg.Database.compile(text=found.text))
    assert len(known.known) == 1
    assert secret.lower() not in str(known).lower()


def test_host_names_give_no_line(tmp_path: Path) -> None:
    (tmp_path / "a.pcap").write_bytes(capture([dhcp(1, "", name="acme-eye")]))
    found = learn_devices(tmp_path / "a.pcap", device="camera:Acme", database=NONE)
    assert (found.proposals, found.refusals, found.known) == ((), (), ())


def test_a_name_that_says_less_is_improved(tmp_path: Path) -> None:
    found = learned(tmp_path, [dhcp(1, "known C3"), dhcp(2, "known")], {1: "plug:Known:C3", 2: "plug:Known"})
    assert lines(found) == [("s:plug:Known:C3::", "dhcp-class known C3")]
    assert [one.reason for one in found.known] == ["<text>:3"]


def test_what_contradicts_a_signature_is_refused(tmp_path: Path) -> None:
    found = learned(tmp_path, [dhcp(1, "known 7")], {1: "plug:Acme"})
    assert (lines(found), reasons(found)) == ([], ["<text>:3 names it Known"])


def test_texts_of_two_labels_are_refused(tmp_path: Path) -> None:
    found = learned(
        tmp_path, [dhcp(1, "Acme Other"), dhcp(2, "Acme Other")], {1: "plug:Acme", 2: "camera:Other"}
    )
    assert lines(found) == []
    assert reasons(found) == ["1 host with another label sent the same"] * 2


def test_a_wide_line_is_narrowed(tmp_path: Path) -> None:
    """The common line of the plugs would take the camera's text."""
    database = hg.Database.compile(text="[device]\nlabel = s:camera:Acme:::\nsig = dhcp-class Acme box 3\n")
    frames = [dhcp(number, f"Acme box {number}") for number in (1, 2, 3)]
    labels = {1: "plug:Acme", 2: "plug:Acme", 3: "camera:Acme"}
    found = learned(tmp_path, frames, labels, database)
    assert sorted(text for _, text in lines(found)) == ["dhcp-class Acme box 1", "dhcp-class Acme box 2"]


def test_a_wide_line_stays_where_a_narrower_one_leads(tmp_path: Path) -> None:
    frames = [dhcp(number, f"Acme box {number}") for number in (1, 2, 3)]
    found = learned(tmp_path, frames, {1: "plug:Acme", 2: "plug:Acme", 3: "camera:Acme"})
    assert [named(found, f"Acme box {number}")[0] for number in (1, 2, 3)] == ["plug", "plug", "camera"]


def test_blanks_at_the_ends(tmp_path: Path) -> None:
    found = learned(tmp_path, [dhcp(1, " Acme box ")], {1: "plug:Acme"})
    assert lines(found) == [("s:plug:Acme:::", "dhcp-class *Acme box")]


def test_words_that_many_devices_use_need_a_contrast(tmp_path: Path) -> None:
    own = [dhcp(number, "", numbers=b"\x01\x03\x99") for number in (1, 2, 3)]
    others = [dhcp(number, "", numbers=b"\x01\x03") for number in (4, 5, 6)]
    labels = dict.fromkeys((1, 2, 3), "plug:Acme")
    alone = learned(tmp_path, own, labels)
    assert lines(alone) == []
    assert "holds no word of the label" in reasons(alone)[0]
    found = learned(tmp_path, [*own, *others], labels)
    assert lines(found) == [("s:plug:Acme:::", "dhcp-list 1,3,153")]
    shared = learned(tmp_path, [*own, *others, dhcp(7, "", numbers=b"\x01\x03\x99")], labels)
    assert lines(shared) == []


def test_a_text_that_names_the_system_says_no_more(tmp_path: Path) -> None:
    found = learned(tmp_path, [dhcp(1, "Zentrix-client 14")], {1: "phone:Acme::Zentrix:14"})
    assert lines(found) == [("s::::Zentrix:14", "dhcp-class Zentrix-client 14")]


def test_a_text_without_a_word_of_the_label_weighs_less(tmp_path: Path) -> None:
    found = learned(tmp_path, [dhcp(1, "zzz boot")], {1: "plug:Acme"})
    assert lines(found) == [("s:plug:Acme:::", "dhcp-class zzz boot")]
    assert "(1 labelled host); low" in found.text
    other = learned(tmp_path, [dhcp(1, "zzz boot"), dhcp(2, "zzz boot")], {1: "plug:Acme"})
    assert (lines(other), reasons(other)) == ([], ["1 host without this label sent the same"])


def test_generic_lines_give_way_but_not_to_themselves(tmp_path: Path) -> None:
    database = hg.Database.compile(text="[device]\nlabel = g:plug:Acme:::\nsig = dhcp-class acme*\n")
    labels = {1: "plug:Acme:Q7", 2: "plug:Acme"}
    found = learned(tmp_path, [dhcp(1, "acme Q7"), dhcp(2, "acme*")], labels, database)
    assert lines(found) == [("s:plug:Acme:Q7::", "dhcp-class acme Q7")]
    assert len(found.known) == 1


def test_long_texts_are_cut_behind_the_version(tmp_path: Path) -> None:
    start = "Acme operating system for many boxes, and words to make this long, build"
    found = learned(tmp_path, [dhcp(1, f"{start} 4.2, made by petra on a Friday")], {1: "router:Acme:::4.2"})
    assert lines(found) == [("s:router:Acme:::4.2", f"dhcp-class {start} 4.2*")]


def test_special_characters_are_literal(tmp_path: Path) -> None:
    found = learned(tmp_path, [dhcp(1, r"acme*<model>?\x")], {1: "plug:Acme"})
    assert named(found, r"acme*<model>?\x")[1] == "Acme"
    assert named(found, r"acmeX<model>?\x")[1] is None


def test_hosts_are_addresses_networks_or_macs(tmp_path: Path) -> None:
    path = tmp_path / "a.pcap"
    path.write_bytes(capture([dhcp(1, "acme a"), dhcp(2, "acme b")]))
    with pytest.raises(LearningError, match=r"2 devices announce something: .*say with --host"):
        learn_devices(path, device="plug:Acme", database=NONE)
    found = learn_devices(path, device="plug:Acme", hosts=[mac(2).upper().replace(":", "-")], database=NONE)
    assert lines(found) == [("s:plug:Acme:::", "dhcp-class acme b")]
    with pytest.raises(LearningError, match="announce nothing"):
        learn_devices(path, device="plug:Acme", hosts=["198.51.100.0/24"], database=NONE)


@pytest.mark.parametrize("label", ["toaster:Acme", "a:b:c:d:e:f", "", "plug:<model>", "plug:Ac\x1bme"])
def test_labels_in_error(label: str, tmp_path: Path) -> None:
    path = tmp_path / "a.pcap"
    path.write_bytes(capture([dhcp(1, "acme")]))
    with pytest.raises(LearningError, match="is not a label"):
        learn_devices(path, device=label, database=NONE)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("file,device\n", ":1: no column ip"),
        ("file,ip,device\na.pcap,x,plug:Acme\n", ":2: .*x"),
        ("file,ip,device\na.pcap,192.0.2.7,toaster\n", ":2: .*no type"),
    ],
)
def test_files_of_labels_in_error(text: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "a.pcap").write_bytes(capture([dhcp(1, "acme")]))
    (tmp_path / "labels.csv").write_text(text, "utf-8")
    with pytest.raises(LabelError, match=words):
        learn_devices(tmp_path / "a.pcap", labels=tmp_path / "labels.csv", database=NONE)


def test_a_device_is_found_by_the_address_of_its_lease(tmp_path: Path) -> None:
    """It announced itself before it had an address; a request that the server refused gives it none."""
    path = tmp_path / "a.pcap"
    ack = from_server(message(kind=ACK, op=2, mac=mac(1), yiaddr="192.0.2.22"))
    nak = from_server(message(kind=NAK, op=2, mac=mac(2)))
    path.write_bytes(capture([dhcp(1, "acme eye 7"), ack, dhcp(2, "other"), nak]))
    found = learn_devices(path, device="camera:Acme", hosts=["192.0.2.22"], database=NONE)
    assert lines(found) == [("s:camera:Acme:::", "dhcp-class acme eye 7")]
    (tmp_path / "labels.csv").write_text("file,ip,device\na.pcap,192.0.2.22,camera:Acme\n", "utf-8")
    assert learn_devices(path, labels=tmp_path / "labels.csv", database=NONE).text == found.text
    with pytest.raises(LearningError, match=f"these do: {mac(1)}, {mac(2)}"):
        learn_devices(path, device="camera:Acme", hosts=["192.0.2.23"], database=NONE)


def test_the_limit_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.pcap"
    path.write_bytes(capture([dhcp(1, "acme", numbers=b"\x01\x03")]))
    assert learn_devices(path, device="plug:Acme", database=NONE, max_inventory=1).left_out == 1


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, output = tmp_path / "a.pcap", tmp_path / "own.fp"
    path.write_bytes(capture([dhcp(1, "zentralix gadget 7", name="Petras-Haus")]))
    words = ["learn", "--device", "plug:Zentralix", str(path), "-o", str(output)]
    assert main(words) == 0
    assert "proposed: s:plug:Zentralix:::, device" in capsys.readouterr().out
    assert main(["check", "--with-default", "--strict", str(output)]) == 0
    found = explain_device(hg.Database.open(output), "dhcp-class", "zentralix gadget 7")
    assert (found.type, found.manufacturer) == ("plug", "Zentralix")
    capsys.readouterr()
    (tmp_path / "labels.csv").write_text(f"file,ip,device\na.pcap,{mac(1)},plug:Zentralix\n", "utf-8")
    assert main(["learn", "--labels", str(tmp_path / "labels.csv"), str(path)]) == 0
    assert capsys.readouterr().out == output.read_text("utf-8")
    assert main(["learn", "--device", "plug:Acme", "--client", "Acme", str(path)]) == 2
    assert "give either --as" in capsys.readouterr().err
