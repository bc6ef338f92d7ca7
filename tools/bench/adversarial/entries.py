"""The list of adversarial inputs. Each module has its part of it."""

from __future__ import annotations

from tools.bench.adversarial import datagrams, devices, frames, http, http2, tls

BASELINES = {one.name: one for part in (frames, tls, http, datagrams, devices) for one in part.BASELINES}
ENTRIES = {one.name: one for part in (frames, tls, http, http2, datagrams, devices) for one in part.ENTRIES}
