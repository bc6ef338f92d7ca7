"""What a server says of itself before its client speaks."""

from __future__ import annotations

from typing import ClassVar

from huginn_cffi.results.fields import GreetingFields
from huginn_cffi.results.parts import EventPart


class GreetingObservation(EventPart, GreetingFields):
    """The greeting of a server of FTP, SMTP, POP3, IMAP or MySQL."""

    __slots__ = ()
    _shown: ClassVar[tuple[str, ...]] = ("source", "destination", *GreetingFields._names)

    @property
    def _facts(self) -> tuple[str, str]:
        return self.greeting_protocol, self.program or ""
