from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspill.console.access import requires
from samspill.console.contacts.searching import found

A_PAGE = 50


@require_safe
@requires("agent")
def contacts(request: HttpRequest) -> HttpResponse:
    """Everybody we know, searched by name, organisation or a whole address."""
    text = request.GET.get("q", "").replace("\0", "").strip()[:160]
    sort, inactive = request.GET.get("sort", ""), "inactive" in request.GET
    page = Paginator(found(text, sort, inactive=inactive), A_PAGE).get_page(request.GET.get("page"))
    sorts = [("new", _("Newest first")), ("last", _("Last contact first")), ("name", _("By name"))]
    context = {"page": page, "q": text, "sort": sort or "new", "sorts": sorts, "inactive": inactive}
    template = "console/contacts/rows.html" if request.htmx else "console/contacts/list.html"
    return render(request, template, context)
