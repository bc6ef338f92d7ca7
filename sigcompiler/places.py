"""Finds the places of a signature's fields, by reading its text with the grammar once more."""

from __future__ import annotations

from typing import TypeAlias

from sigcompiler.model import HttpSignature, MtuSignature, Place, TcpSignature
from sigcompiler.signatures import start_of
from sigcompiler.syntax import parse_line

Signature: TypeAlias = "MtuSignature | TcpSignature | HttpSignature"

_KEY = "sig="
_STARTS: dict[type[Signature], str] = {MtuSignature: "mtu", TcpSignature: "tcp", HttpSignature: "http"}
_SEPARATORS = (":", ",")


def field_places(signature: Signature) -> dict[str, Place]:
    """Map every field to the place where its text starts.

    The fields are ``mtu``; ``version ittl olen mss window scale olayout quirks payload``; or
    ``version headers absent software``. An empty field starts where its text would.
    """
    _, tokens = parse_line(_KEY + signature.text, _STARTS[type(signature)])
    at = signature.place
    places = {}
    for token in tokens[1:]:
        name = token.type.rpartition("_")[2].lower()
        offset = start_of(token) - len(_KEY) + token.startswith(_SEPARATORS)
        places[name] = Place(at.file, at.line, at.column + offset)
    return places
