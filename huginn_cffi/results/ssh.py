"""What both ends of an SSH connection say of themselves."""

from __future__ import annotations

from typing import ClassVar

from huginn_cffi.results.fields import SshFields, SshServerFields
from huginn_cffi.results.parts import EventPart


class SshClientObservation(EventPart, SshFields):
    """A message of a client: its identification, or its key exchange with that."""

    __slots__ = ()
    _shown: ClassVar[tuple[str, ...]] = ("source", "destination", *SshFields._names)

    @property
    def _facts(self) -> tuple[str, str]:
        return self.banner or "", self.hassh or ""


class SshServerObservation(SshClientObservation, SshServerFields):
    """A message of a server: its identification, its key exchange, or its host key, with those before."""

    __slots__ = ()
    _shown: ClassVar[tuple[str, ...]] = (*SshClientObservation._shown, *SshServerFields._names)
