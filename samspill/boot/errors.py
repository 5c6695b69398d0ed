"""What a visitor of a page sees when we fall over."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader

TRY_AGAIN_S = 2


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that something broke, or, while the database is away, that it will be back in a moment."""
    response = HttpResponse(loader.get_template("500.html").template.source, status=500)
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        response.status_code = 503
        response.headers["Retry-After"] = str(TRY_AGAIN_S)
    return response
