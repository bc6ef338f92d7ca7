"""Messages of WS-Discovery (2005/04, and OASIS 1.1)."""

from __future__ import annotations

PORT = 3702
DISCOVERY = "http://schemas.xmlsoap.org/ws/2005/04/discovery"
OASIS = "http://docs.oasis-open.org/ws-dd/ns/discovery/2009/01"
NETWORK = "http://www.onvif.org/ver10/network/wsdl"
PRINT = "http://schemas.microsoft.com/windows/2006/08/wdp/print"
PUB = "http://schemas.microsoft.com/windows/pub/2005/07"
SPACES = f'xmlns:d="{DISCOVERY}" xmlns:dn="{NETWORK}" xmlns:w=\'{PRINT}\' xmlns:pub = "{PUB}"'.replace(
    " = ", "="
)
SCOPES = (
    "onvif://www.onvif.org/type/video_encoder onvif://www.onvif.org/name/anna "
    "onvif://www.onvif.org/location/bedroom onvif://www.onvif.org/hardware/DS-2CD2032-I"
)


def match(types: str = "dn:NetworkVideoTransmitter", scopes: str = SCOPES) -> str:
    """What a device is, and where."""
    return f"<d:ProbeMatch><d:Types>{types}</d:Types><d:Scopes>{scopes}</d:Scopes></d:ProbeMatch>"


def message(*matches: str, action: str = DISCOVERY + "/ProbeMatches", spaces: str = SPACES) -> bytes:
    body = "".join(matches)
    return (
        f'<?xml version="1.0"?><!-- a --><s:Envelope {spaces}><s:Header><a:Action>\n {action} </a:Action>'
        f"</s:Header><s:Body>{body}</s:Body></s:Envelope>"
    ).encode()
