from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from samspill.console.access import requires
from samspill.workspace.models import ApiToken
from samspill.workspace.tokens import make_token, revoke_token


class TokenForm(forms.ModelForm):
    class Meta:
        model = ApiToken
        fields = ["name", "writes"]


@requires("admin")
def tokens(request: HttpRequest) -> HttpResponse:
    """The keys to the API; a new one is shown once."""
    form, fresh = TokenForm(request.POST or None), ""
    if form.is_valid():
        _made, fresh = make_token(**form.cleaned_data, by=request.user)
        form = TokenForm()
    rows = ApiToken.objects.select_related("created_by")
    context = {"form": form, "fresh": fresh, "rows": rows}
    return render(request, "console/settings/tokens.html", context)


@require_POST
@requires("admin")
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End a key."""
    revoke_token(get_object_or_404(ApiToken, pk=pk), by=request.user)
    return redirect("console:settings_tokens")
