"""A WSGI application that tells visitors what they are, with gunicorn; in the project's folder.

gunicorn --chdir examples/servers --config examples/servers/gunicorn_settings.py wsgi_app:application
"""

from typing import Any

from huginn_cffi.server.wsgi import WsgiMiddleware


def plain(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """One request."""
    text = f"{environ['huginn.client'] or 'unknown'}\n".encode()
    start_response("200 OK", [("Content-Length", str(len(text)))])
    return [text]


application = WsgiMiddleware(plain)
