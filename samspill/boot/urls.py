"""The table of contents of the web."""

from django.urls import URLPattern, URLResolver, include, path

from samspill.api.api import api
from samspill.portal import urls as portal

handler500 = "samspill.boot.errors.server_error"
urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/", include("samspill.console.urls")),
    path("widget/", include("samspill.widget.urls")),
    path("help/", include(portal.help_centre)),
    path("hooks/", include("samspill.channels.hooks")),
    path("demo/", include("samspill.sample.urls")),
    path("api/v1/", api.urls),
    path("", include(portal.front)),
]
