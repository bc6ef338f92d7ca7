"""Announcements that devices send about themselves."""

from __future__ import annotations

from huginn_cffi._native import lib
from huginn_cffi.base.names import EVENTS
from huginn_cffi.results.fields import AnnouncementFields, DeviceChangeFields, DeviceFields, DhcpFields
from huginn_cffi.results.parts import EventPart


class DeviceObservation(EventPart, DeviceFields, shows=("kind",)):
    """An announcement. Host names and other personal values are ``None`` without ``host_names=True``."""

    @property
    def kind(self) -> str:
        """The protocol, which is also the name of the event in records, such as ``dhcp``."""
        return EVENTS[self._batch._cells.event[self._row]]


class DhcpObservation(DeviceObservation, DhcpFields):
    """A DHCP message from or to a client."""

    def _facts(self) -> tuple[str, str]:
        return f"{self.dhcp_message} of {self.mac}", self.vendor_class or ""


class AnnouncementObservation(DeviceObservation, AnnouncementFields):
    """An announcement by any protocol other than DHCP."""

    def _facts(self) -> tuple[str, str]:
        return f"{self.kind} of {self.mac}", ", ".join(self.announced)


class DeviceChangeObservation(DeviceObservation, DeviceChangeFields):
    """A change of a device (`Analyzer` with ``device_news=True``)."""

    def _facts(self) -> tuple[str, str]:
        return f"{self.change} of {self.mac}", self.device_type or ""


_OTHERS = {"dhcp": DhcpObservation, "device_change": DeviceChangeObservation}
ANNOUNCEMENTS: dict[int, type[DeviceObservation]] = {
    event: _OTHERS.get(name, AnnouncementObservation)
    for event, name in enumerate(EVENTS)
    if lib.hg_event_reader(event) == lib.HG_READER_DEVICES
}
"""The classes by event number."""
