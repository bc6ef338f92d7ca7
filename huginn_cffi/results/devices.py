"""What devices announce of themselves."""

from __future__ import annotations

from huginn_cffi._native import lib
from huginn_cffi.base.names import EVENTS
from huginn_cffi.results.fields import AnnouncementFields, DeviceChangeFields, DeviceFields, DhcpFields
from huginn_cffi.results.parts import EventPart


class DeviceObservation(EventPart, DeviceFields, shows=("kind",)):
    """An announcement. Names of hosts and the like are ``None`` unless asked for (``host_names=True``)."""

    __slots__ = ()

    @property
    def kind(self) -> str:
        """The protocol, as records name the event: ``dhcp`` and the like."""
        return EVENTS[self._batch._cells.event[self._row]]


class DhcpObservation(DeviceObservation, DhcpFields):
    """A message of DHCP: from a client, or to one."""

    __slots__ = ()

    @property
    def _facts(self) -> tuple[str, str]:
        return f"{self.dhcp_message} of {self.mac}", self.vendor_class or ""


class AnnouncementObservation(DeviceObservation, AnnouncementFields):
    """What a device says by another protocol than DHCP."""

    __slots__ = ()

    @property
    def _facts(self) -> tuple[str, str]:
        return f"{self.kind} of {self.mac}", ", ".join(self.announced)


class DeviceChangeObservation(DeviceObservation, DeviceChangeFields):
    """News about a device (`Analyzer` with ``device_news=True``)."""

    __slots__ = ()

    @property
    def _facts(self) -> tuple[str, str]:
        return f"{self.change} of {self.mac}", self.device_type or ""


_OTHERS = {"dhcp": DhcpObservation, "device_change": DeviceChangeObservation}
ANNOUNCEMENTS: dict[int, type[DeviceObservation]] = {
    event: _OTHERS.get(name, AnnouncementObservation)
    for event, name in enumerate(EVENTS)
    if lib.hg_event_reader(event) == lib.HG_READER_DEVICES
}
"""The classes by the numbers of their events."""
