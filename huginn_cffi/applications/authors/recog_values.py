"""What a fingerprint of recog says of a device, as a label of ``[device]``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from huginn_cffi.applications.authors.recog_regex import RegexError

TYPES = {
    **dict.fromkeys(("Laptop", "Desktop", "Workstation"), "computer"),
    **dict.fromkeys(("Printer", "Multifunction Device", "Print Server", "Copier"), "printer"),
    **dict.fromkeys(("Router", "Broadband Router", "ADSL Router"), "router"),
    **dict.fromkeys(("Cable Modem", "ADSL Modem", "DSL Modem", "ATM DSL Unit"), "modem"),
    **dict.fromkeys(("VoIP", "IP Phone"), "voip-phone"),
    **dict.fromkeys(("Mobile Phone", "Mobile"), "phone"),
    **dict.fromkeys(("Storage", "NAS"), "nas"),
    **dict.fromkeys(("UPS", "Power Device"), "ups"),
    **dict.fromkeys(
        ("Lights Out Management", "Management Processor", "Onboard Administrator"), "server-management"
    ),
    **dict.fromkeys(("Firewall", "VPN", "Security Appliance"), "firewall"),
    **dict.fromkeys(("Media Player", "Media Server"), "media-player"),
    "Switch": "switch",
    "WAP": "access-point",
    "Tablet": "tablet",
    "PLC": "plc",
    "IP Camera": "camera",
    "Smart TV": "tv",
    "Thin Client": "thin-client",
    "Wireless Controller": "wireless-controller",
}
"""Types by recog's words."""

_FOR_ANY = (
    *("Linux", "Android", "Solaris", "AIX", "HP-UX", "IRIX", "NetWare", "FreeBSD", "OpenBSD", "NetBSD"),
    "Windows",
)
"""Systems that do not come from the maker of the device alone."""

SYSTEMS = {
    **{name: name for name in _FOR_ANY},
    **{name: name for name in ("tvOS", "iOS", "watchOS", "Comware", "PAN-OS", "QTS", "macOS")},
    **{name: name for name in ("RouterOS", "ScreenOS", "SonicOS", "FortiOS", "CatOS", "ExtremeXOS", "AirOS")},
    "Mac OS X": "macOS",
    "Chrome OS": "ChromeOS",
    "Junos OS": "Junos",
    "IOS": "Cisco IOS",
    "IOS-XE": "Cisco IOS XE",
    "NX-OS": "Cisco NX-OS",
}
"""Systems by recog's words; others are products."""

_LEAST_SURE = 0.5
"""Certainty of recog from which a source is medium."""
_REFERENCE = re.compile(r"\{([a-z0-9_.]+)\}")
_GROUP = re.compile(r"\0(\d+)\0")
_NAMES = {"model": ("model", "suffix"), "version": ("version",), "system": ("system",)}
_UNUSABLE = re.compile(r"[:\x00-\x08\x0a-\x1f\x7f<>]")
_NEWEST_NUMBERING = 11
"""macOS has one number from this one on."""


@dataclass(frozen=True, slots=True)
class RecogValues:
    """Values, in which a group of the expression stands as its number between NULs."""

    type: str
    manufacturer: str
    model: str
    system: str
    version: str
    weight: str
    keeps_identifier: bool

    def label(self, constants: Mapping[int, str], identifier: str) -> tuple[str, dict[int, str]]:
        """The label where groups have these texts, and the names of the captures of the others."""
        names: dict[int, str] = {}
        model = self.model
        if self.keeps_identifier and identifier:
            model = f"{model.partition(' (')[0]} ({identifier})" if model else ""
        values = {"manufacturer": self.manufacturer, "model": model, "version": self.version}
        system, version = _system(_filled(self.system, constants))
        values["version"] = version or values["version"]
        made = {field: self._value(field, text, constants, names) for field, text in values.items()}
        is_server = system == "Windows" and re.match(r"20(0[38]|1|2)", version) is not None
        type_ = "server" if is_server else self.type
        type_ = type_ or ("computer" if system == "Windows" else "")
        texts = (type_, made["manufacturer"], made["model"], system, _short(system, made["version"]))
        if not any(texts):
            raise RegexError("names nothing of a device")
        if any(_UNUSABLE.search(re.sub("<[a-z]+>", "", one)) for one in texts):
            raise RegexError("a value with characters that labels do not have")
        return "s:" + ":".join(texts), names

    @staticmethod
    def _value(field: str, text: str, constants: Mapping[int, str], names: dict[int, str]) -> str:
        text = _filled(text, constants)
        for number in map(int, _GROUP.findall(text)):
            if number not in names:
                free = [name for name in _NAMES.get(field, (field,)) if name not in names.values()]
                if not free:
                    raise RegexError("more captures than a value takes")
                names[number] = free[0]
        return _GROUP.sub(lambda match: f"<{names[int(match[1])]}>", text).strip()


def values_of(params: Mapping[str, tuple[int, str]], *, keeps_identifier: bool) -> RecogValues | None:
    """What a fingerprint says; None: nothing of a device."""
    certainty = min(_certainty(params, "os.certainty"), _certainty(params, "hw.certainty"))
    device = _value(params, "hw.device") or _value(params, "os.device")
    product, family = _value(params, "os.product"), _value(params, "os.family")
    type_ = TYPES.get(device, "")
    model = _value(params, "hw.product") or _value(params, "hw.model") or _value(params, "hw.family")
    maker = _value(params, "hw.vendor")
    is_system = product in SYSTEMS or product.startswith(("Windows", "\0"))
    system = product if is_system else SYSTEMS.get(family, "")
    if type_ and not system:
        model = model or (product if product != device else "")
    if (type_ and not system) or (system in SYSTEMS and system not in _FOR_ANY):
        maker = maker or _value(params, "os.vendor")
    if not certainty or not (type_ or maker or model or system):
        return None
    version = _value(params, "os.version") if product in SYSTEMS and product != "Windows" else ""
    if system == "Linux" and _value(params, "os.vendor") not in ("", "Linux"):
        version = ""  # that of a distribution
    weight = "medium" if certainty >= _LEAST_SURE else "low"
    return RecogValues(type_, maker, model, system, version, weight, keeps_identifier)


def _certainty(params: Mapping[str, tuple[int, str]], name: str) -> float:
    try:
        return float(params.get(name, (0, "1"))[1])
    except ValueError:
        return 0.0


def _value(params: Mapping[str, tuple[int, str]], name: str, depth: int = 0) -> str:
    """A value with groups as numbers; references to others are filled in."""
    position, text = params.get(name, (0, ""))
    if position:
        return f"\0{position}\0"
    if depth > 2:
        return ""
    return _REFERENCE.sub(lambda match: _value(params, match[1], depth + 1), text).strip()


def _filled(text: str, constants: Mapping[int, str]) -> str:
    return _GROUP.sub(lambda match: constants.get(int(match[1]), match[0]), text)


def _system(text: str) -> tuple[str, str]:
    """A system in our words, and its version where the name has it."""
    if _GROUP.search(text):
        return "", ""
    if text.startswith("Windows"):
        version = text.removeprefix("Windows").strip()
        return "Windows", re.sub(r"(^|or )(Windows )?Server ", r"\1", version)
    return SYSTEMS.get(text, ""), ""


def _short(system: str, version: str) -> str:
    """A version as the system is called by: macOS 13, not 13.0."""
    number = version.removesuffix(".0")
    return number if system == "macOS" and number.isdigit() and int(number) >= _NEWEST_NUMBERING else version
