"""A web server whose page does what pages can, with a resolver: ``python leading.py``, on all addresses."""

from __future__ import annotations

import socket
import struct
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

SERVER, RESOLVER = "203.0.113.5", "203.0.113.53"
CLOUDS = [
    "p2p.reolink.com",
    "cs-1.immedia-semi.com",
    "dh.amcrestsecurity.com",
    "a.xiaoyi.com",
    "api.ring.com",
]
"""Names that devices call."""
XML = (
    '<?xml version="1.0"?><root><device><deviceType>urn:schemas-upnp-org:device:InternetGatewayDevice:1'
    "</deviceType><manufacturer>AVM</manufacturer><modelName>FRITZ!Box 7590</modelName></device></root>"
)
IMAGES = [9200, 6379], range(200, 260), range(40_000, 40_060)
"""Ports of many servers, and of one."""
SOCKETS = [1883, 502, 5060, 1900, 554, 102, 44_818, 47_808, 20_000, 2404, 5353, 137, 3389]
PAGE = f"""<!doctype html><body><script>
const quiet = (one) => Promise.resolve(one).catch(() => 0), xml = {XML!r};
const link = (rel, href) =>
  document.head.append(Object.assign(document.createElement("link"), {{rel, href}}));
const image = (url) => {{ new Image().src = url; }};
for (let i = 10; i < 90; i++) for (const port of {IMAGES[0]}) {{
  image(`http://203.0.113.${{i}}:${{port}}/`); image(`http://[2001:db8:66::${{i}}]:${{port}}/`);
}}
for (const port of {[*IMAGES[1], *IMAGES[2]]}) image(`http://203.0.113.9:${{port}}/`);
for (let i = 100; i < 130; i++) for (const port of [80, 8443])
  link("preconnect", `http://203.0.113.${{i}}:${{port}}`);
for (let i = 1; i < 31; i++) {{
  link("preconnect", `http://198.51.100.${{i}}`); link("preconnect", `http://198.51.100.99:${{9000 + i}}`);
  image(`http://198.51.100.${{i}}:445/`); image(`http://192.168.1.${{100 + i}}:8080/`);
}}
for (const name of {CLOUDS}) {{
  link("dns-prefetch", `//${{name}}`); image(`https://${{name}}/`);
  quiet(fetch(`http://${{name}}/`, {{mode: "no-cors"}}));
}}
const Authorization = "Basic dTpw";
for (let i = 0; i < 60; i++) quiet(fetch(`/refused${{i}}`, {{headers: {{Authorization}}}}));
for (let i = 0; i < 40; i++)
  quiet(fetch(`/refused${{i}}`, {{method: "POST", body: xml, headers: {{Authorization}}}}));
for (const [at, agent] of ["Roku/DVP-9.10", "Hikvision/1.0", "SONOS/58.1 (ZPS12)"].entries())
  quiet(fetch(`http://203.0.113.5:${{8081 + at}}/`, {{headers: {{"User-Agent": agent}}}}));
for (const url of ["/description", "/ssdp"]) quiet(fetch(url));
const form = new FormData(); form.append("file", new Blob([xml], {{type: "text/xml"}}), "d.xml");
const message = "NOTIFY * HTTP/1.1\\r\\nNT: upnp:rootdevice\\r\\nServer: Linux UPnP/1.0 Sonos/57\\r\\n\\r\\n";
for (const body of [form, message])
  quiet(fetch("/upload", {{method: "POST", body}}));
for (const port of {SOCKETS}) try {{ new WebSocket(`ws://203.0.113.9:${{port}}/`); }} catch {{}}
const ports = [3478, 53, 161, 137, 5353, 1900, 5683, 123];
for (let at = 130; at < 190; at += 8) try {{
  const peer = new RTCPeerConnection({{iceServers: [
    {{urls: ports.map((port, i) => `stun:203.0.113.${{at + i}}:${{port}}`)}},
    {{urls: ["turn:203.0.113.5:445?transport=tcp", "turn:203.0.113.5:161"],
      username: "SSH-2.0-dropbear_2014.63", credential: "a"}}]}});
  peer.createDataChannel("a"); peer.createOffer().then((one) => peer.setLocalDescription(one));
}} catch {{}}
setTimeout(() => fetch("/done"), 8000);
</script></body>"""


class LeadingHandler(BaseHTTPRequestHandler):
    """Refuses some requests, and answers others with files that somebody stored."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer."""
        kind, body = "text/html", b"a"
        if self.path == "/":
            body = PAGE.encode()
        elif self.path == "/description":
            kind, body = "text/xml", XML.encode()
        elif self.path == "/ssdp":
            body = b"HTTP/1.1 200 OK\r\nST: upnp:rootdevice\r\nServer: Linux UPnP/1.0 Sonos/57\r\n\r\n"
        self.send_response(401 if self.path.startswith("/refused") else 200)
        heads = {"Content-Type": kind, "Content-Length": str(len(body)), "Access-Control-Allow-Origin": "*"}
        for name, value in {**heads, "Access-Control-Allow-Headers": "authorization, user-agent"}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        if self.path == "/done":
            print("done", flush=True)

    def do_POST(self) -> None:
        """Take the body."""
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.do_GET()

    do_OPTIONS = do_GET  # noqa: N815 (http.server calls it so)

    def log_message(self, *_: object) -> None:
        """Write nothing."""


class LeadingServer(ThreadingHTTPServer):
    """For both IP versions and many connections at once."""

    address_family = socket.AF_INET6
    request_queue_size = 256

    def handle_error(self, *_: object) -> None:
        """Write nothing about connections that a browser resets."""


def resolve() -> None:
    """Answer each question for an IPv4 address with the server's."""
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as opened:
        opened.bind(("::", 53))
        while True:
            asked, client = opened.recvfrom(2000)
            end = asked.index(b"\0", 12) + 5
            is_ip4 = asked[end - 4 : end - 2] == b"\0\1"
            head = asked[:2] + struct.pack("!HHHHH", 0x8180, 1, is_ip4, 0, 0) + asked[12:end]
            found = struct.pack("!HHHIH", 0xC00C, 1, 1, 60, 4) + socket.inet_aton(SERVER)
            opened.sendto(head + found * is_ip4, client)


if __name__ == "__main__":
    for port in (80, 443, 445, 8443, 8081, 8082, 8083, *SOCKETS, *(one for some in IMAGES for one in some)):
        Thread(target=LeadingServer(("::", port), LeadingHandler).serve_forever, daemon=True).start()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    resolve()
