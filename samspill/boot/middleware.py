from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from samspill.kit import languages

View = Callable[[HttpRequest], HttpResponse]


class ContentPolicy:
    """No inline script, nothing from elsewhere; pages that may be framed say so with `response.framed_by`."""

    def __init__(self, view: View) -> None:
        self.view = view

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.view(request)
        framed_by = getattr(response, "framed_by", "'none'")
        response.headers.setdefault(
            "Content-Security-Policy",
            "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
            " connect-src 'self'; frame-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self';"
            f" frame-ancestors {framed_by}",
        )
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        if framed_by != "'none'":
            response.xframe_options_exempt = True
            response.headers.pop("X-Frame-Options", None)
        return response


class SignInRequired(LoginRequiredMiddleware):
    """Every page asks for a signed-in agent unless it says otherwise; the API asks for its own tokens."""

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[object], kwargs: dict[str, object]
    ) -> HttpResponse | None:
        """None lets the request pass."""
        if request.resolver_match and request.resolver_match.app_name == "ninja":
            return None
        return super().process_view(request, view, args, kwargs)


class ReaderLanguage:
    """The language of the page: the one chosen, else the browser's, else the workspace's."""

    def __init__(self, view: View) -> None:
        self.view = view

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        with translation.override(languages.django_code(chosen) if chosen else _of_browser(request)):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.view(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response


def _of_browser(request: HttpRequest) -> str:
    wanted = request.headers.get("Accept-Language", "").lower()
    for tag in (part.split(";")[0].strip() for part in wanted.split(",")):
        if tag in {"nn", "no", "nb-no", "nn-no", "no-no"}:
            return "nb"
        if tag in {"zh", "zh-tw", "zh-hk", "zh-hant-tw", "zh-cn", "zh-hans"}:
            return "zh-hant"
        code = tag if tag in dict(settings.LANGUAGES) else tag.split("-")[0]
        if code in dict(settings.LANGUAGES):
            return code
    return settings.LANGUAGE_CODE
