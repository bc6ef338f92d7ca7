"""The answers that rspamd's module gets for addresses: SOCKET ADDRESS...; one line each. Starts rspamd."""

import http.client
import json
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CONFIG = """
options {{
  pidfile = "{folder}/pid"; tempdir = "{folder}"; control_socket = "{folder}/control";
  filters = ""; disable_hyperscan = true;
}}
logging {{ type = "console"; level = "warning"; }}
worker "normal" {{ bind_socket = "{folder}/mail"; count = 1; }}
modules {{ path = "/usr/share/rspamd/plugins/p0f.lua"; }}
p0f {{ enabled = true; socket = "{socket}"; symbol = "P0F"; }}
"""
MAIL = b"From: a@example.com\r\nTo: b@example.com\r\nSubject: x\r\n\r\nx\r\n"


def answer_of(path: str, address: str) -> object:
    """The module's result for a mail from an address."""
    talk = http.client.HTTPConnection("rspamd", timeout=30)
    talk.sock = socket.socket(socket.AF_UNIX)
    talk.sock.connect(path)
    talk.request("POST", "/checkv2", MAIL, {"IP": address})
    symbols = json.loads(talk.getresponse().read())["symbols"]
    return {name: symbols[name].get("options") for name in ("P0F", "P0F_FAIL") if name in symbols}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder, "rspamd.conf")
        config.write_text(CONFIG.format(folder=folder, socket=sys.argv[1]))
        mail = Path(folder, "mail")
        server = subprocess.Popen(["rspamd", "-f", "-i", "-c", config], stdout=sys.stderr)
        try:
            for _ in range(600):
                if mail.exists():
                    break
                time.sleep(0.1)
            for address in sys.argv[2:]:
                print(address, answer_of(str(mail), address))
        finally:
            server.terminate()
            server.wait(30)


main()
