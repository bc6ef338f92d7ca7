"""What routers announce and answer."""

from __future__ import annotations

from tests.support.devices import ssdp
from tests.support.devices.made import datagram
from tests.support.packets import Ip4
from tests.support.tunnels import UDP

ROUTER = "00:00:5e:00:53:fe"
SERVER = "SERVER: Linux/3.14.0 UPnP/1.0 IpBridge/1.17.0"


def answered(source: str, ttl: int, mac: str = ROUTER) -> bytes:
    """An answer to a searcher, which a router may have passed on."""
    ip = Ip4(source=source, destination="192.0.2.99", protocol=UDP, ttl=ttl)
    return datagram(ssdp.message(ssdp.FOUND, "ST: upnp:rootdevice", SERVER), 1900, 50000, ip=ip, mac=mac)
