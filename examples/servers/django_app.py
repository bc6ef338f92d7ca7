"""A Django application that tells visitors what they are, with gunicorn; in the project's folder.

gunicorn --chdir examples/servers --config examples/servers/gunicorn_settings.py django_app:application
"""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

from huginn_cffi.server.wsgi import WsgiMiddleware


def page(request: HttpRequest) -> HttpResponse:
    """One request."""
    return HttpResponse(f"{request.META['huginn.client'] or 'unknown'}\n")


settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__)
urlpatterns = [path("", page)]
application = WsgiMiddleware(get_wsgi_application())
