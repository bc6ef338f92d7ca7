"""Gunicorn: a settings file imports these, and the application is wrapped by `huginn_cffi.server.wsgi`.

::

    from huginn_cffi.server.gunicorn import on_reload, when_ready
"""

from __future__ import annotations

from typing import Any

from huginn_cffi.server.sockets import arm


def when_ready(server: Any) -> None:
    """Arm the listeners, before the workers are forked."""
    for listener in server.LISTENERS:
        arm(listener.sock)


on_reload = when_ready
"""After a change of addresses there are new listeners."""
