"""NetBIOS of captures: what tshark shows of it is announced, and nothing else."""

from __future__ import annotations

from tests.support.devices.captured import announced, captures, fields

TYPES = ((0x800, "unix"), (0x8000, "server"), (0x18, "dc"), (1, "workstation"), (0x200, "printq"))
NAMES = (
    *("frame.number", "ip.src", "nbns.flags.response", "nbns.flags.opcode", "nbns.flags.rcode"),
    *("nbns.name", "nbns.addr", "nbns.nb_flags.group", "nbns.netbios_name", "nbns.name_flags.group"),
)
DATAGRAMS = (
    *("nbdgm.src.ip", "nbdgm.source_name", "browser.command", "browser.server"),
    *("browser.os_major", "browser.os_minor", "browser.server_type", "browser.comment"),
)
OWN = ("<00>", "<20>")


def name_of(shown: str) -> list[str]:
    """tshark shows names as `NAME<20> (Server service)`."""
    name = shown.split("|")[0].split(" (")[0]
    return [f"name {name[:-4]}"] if name.endswith(OWN) else []


def of_names(row: dict[str, str]) -> list[str]:
    if row["nbns.netbios_name"]:
        groups = row["nbns.name_flags.group"].split("|")
        of_node = zip(row["nbns.netbios_name"].split("|"), groups, strict=True)
        return [text for name, group in of_node if group in ("0", "False") for text in name_of(name)]
    asks = row["nbns.flags.response"] in ("0", "False") and row["nbns.flags.opcode"] in ("5", "8", "9", "15")
    answers = row["nbns.flags.response"] in ("1", "True") and row["nbns.flags.opcode"] == "0"
    own = zip(row["nbns.addr"].split("|"), row["nbns.nb_flags.group"].split("|"), strict=True)
    is_own = any(address == row["ip.src"] and group in ("0", "False") for address, group in own)
    return name_of(row["nbns.name"]) if is_own and (asks or answers) else []


def of_datagrams(row: dict[str, str]) -> list[str]:
    if row["ip.src"] != row["nbdgm.src.ip"]:
        return []
    found = name_of(row["nbdgm.source_name"])
    if row["browser.command"] in ("0x01", "0x0f"):
        bits = int(row["browser.server_type"], 16)
        types = "+".join(word for bit, word in TYPES if bits & bit) or "-"
        version = f"{row['browser.os_major']}.{row['browser.os_minor']}"
        found += [f"name {row['browser.server']}", f"browser {version} {types} {row['browser.comment']}"]
    return [text.strip() for text in found]


def test_the_same_as_tshark() -> None:
    count = 0
    for path in captures("nbns"):
        found = {row["packet_number"]: row["announced"] for row in announced(path, "netbios")}
        expected = {}
        for row in fields(path, "(nbns or nbdgm) and ip.version == 4 and not icmp", (*NAMES, *DATAGRAMS)):
            texts = of_datagrams(row) if row["nbdgm.src.ip"] else of_names(row)
            expected[int(row["frame.number"])] = [*dict.fromkeys(texts)]
        assert found == {frame: texts for frame, texts in expected.items() if texts}, path.name
        count += len(found)
    assert count > 50
