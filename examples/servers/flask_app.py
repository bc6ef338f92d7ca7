"""A Flask application that tells visitors what they are, with gunicorn; in the project's folder.

gunicorn --chdir examples/servers --config examples/servers/gunicorn_settings.py flask_app:app
"""

from flask import Flask, request

from huginn_cffi.server.wsgi import WsgiMiddleware

app = Flask(__name__)
app.wsgi_app = WsgiMiddleware(app.wsgi_app)


@app.get("/")
def page() -> str:
    """One request."""
    return f"{request.environ['huginn.client'] or 'unknown'}\n"
