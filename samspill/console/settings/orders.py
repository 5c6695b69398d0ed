from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from samspill.commerce.configure import configure
from samspill.commerce.models import OrderSettings
from samspill.commerce.sources import SourceUnavailable
from samspill.connectors.rest.orders import DEFAULT_FIELDS, RestOrders
from samspill.console.access import requires
from samspill.kit import crypto

SOURCES = [("own", gettext_lazy("Samspill itself")), ("rest", gettext_lazy("Another system (REST)"))]
PLACES = {
    "url": "",
    "find": "/orders/{number}",
    "order": "",
    "listing": "/orders?email={email}",
    "orders": "",
}
KEPT_AS = {"listing": "list"}
HEADER = "Authorization"
STATUSES = ("placed", "packed", "shipped", "delivered", "cancelled", "returned")


class OrdersForm(forms.Form):
    """Where orders are read from; each of their fields and states has a row that says where it stands."""

    source = forms.ChoiceField(label=gettext_lazy("Orders come from"), choices=SOURCES)
    url = forms.URLField(
        label=gettext_lazy("Address"), required=False, assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://shop.example.com/api"}),
    )  # fmt: skip
    find = forms.CharField(label=gettext_lazy("Path to one order"), required=False, max_length=200)
    order = forms.CharField(
        label=gettext_lazy("The order stands in the answer at"), required=False, max_length=100,
        help_text=gettext_lazy(
            "Names with dots between them, as in data.order. Empty: the answer is the order."
        ),
    )  # fmt: skip
    listing = forms.CharField(
        label=gettext_lazy("Path to a customer’s orders"), required=False, max_length=200
    )
    orders = forms.CharField(
        label=gettext_lazy("The orders stand in the answer at"), required=False, max_length=100
    )
    header = forms.CharField(label=gettext_lazy("Header for the key"), required=False, max_length=60)
    key = forms.CharField(
        label=gettext_lazy("Key"), required=False, max_length=400,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("Kept encrypted, never shown again. Leave it empty to keep the present one."),
    )  # fmt: skip

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for name in DEFAULT_FIELDS:
            self.fields[f"field_{name}"] = forms.CharField(label=name, required=False, max_length=100)
        for name in STATUSES:
            self.fields[f"status_{name}"] = forms.CharField(label=name, required=False, max_length=200)

    def clean(self) -> dict[str, object]:
        """Another system needs an address and paths with the places for number and e-mail address."""
        facts = super().clean() or {}
        if facts.get("source") == "rest":
            if not facts.get("url"):
                self.add_error("url", _("Needed when orders come from another system."))
            for name, place in (("find", "{number}"), ("listing", "{email}")):
                if place not in (facts.get(name) or ""):
                    self.add_error(name, _("The path must hold %(place)s.") % {"place": place})
        if not (facts.get("header") or HEADER).replace("-", "").isalnum():
            self.add_error("header", _("This is no name of a header."))
        return facts

    def rows(self) -> list[forms.BoundField]:
        """A field for each fact of an order."""
        return [self[f"field_{name}"] for name in DEFAULT_FIELDS]

    def states(self) -> list[forms.BoundField]:
        """A field for each state of an order."""
        return [self[f"status_{name}"] for name in STATUSES]

    def places(self) -> list[forms.BoundField]:
        """Where the other system answers."""
        return [self[name] for name in (*PLACES, "header", "key")]

    def chosen(self) -> dict[str, Any]:
        """What is kept, as the connector reads it."""
        facts = self.cleaned_data
        fields = {name: facts[f"field_{name}"] or default for name, default in DEFAULT_FIELDS.items()}
        theirs = {name: facts[f"status_{name}"].split(",") for name in STATUSES}
        statuses = {word.strip(): name for name, words in theirs.items() for word in words if word.strip()}
        places = {KEPT_AS.get(name, name): facts[name] for name in PLACES}
        return {**places, "header": facts["header"] or HEADER, "fields": fields, "statuses": statuses}


@requires("admin")
def orders(request: HttpRequest) -> HttpResponse:
    """Where orders are read from."""
    kept = OrderSettings.objects.filter(pk=1).first() or OrderSettings()
    form = OrdersForm(request.POST or None, initial=_initial(kept))
    if form.is_valid():
        facts = form.cleaned_data
        configure(source=facts["source"], settings=form.chosen(), key=facts["key"], by=request.user.actor)
        messages.success(request, _("Saved."))
        return redirect("console:settings_orders")
    return render(request, "console/settings/orders.html", {"form": form, "has_key": bool(kept.key_sealed)})


@require_POST
@requires("admin")
def try_it(request: HttpRequest) -> HttpResponse:
    """Look up one order with what is filled in on the page; nothing is saved."""
    form = OrdersForm(request.POST)
    number = request.POST.get("number", "").strip()[:40]
    if not form.is_valid() or form.cleaned_data["source"] != "rest" or not number:
        return render(request, "console/settings/orders_tried.html", {})
    kept = OrderSettings.objects.filter(pk=1).first() or OrderSettings()
    key = form.cleaned_data["key"] or crypto.unseal(kept.key_sealed)
    try:
        found, problem = RestOrders(form.chosen(), key).find(number), ""
    except SourceUnavailable as error:
        found, problem = None, str(error)
    context = {"tried": True, "order": found, "problem": problem, "statuses": STATUSES}
    return render(request, "console/settings/orders_tried.html", context)


def _initial(kept: OrderSettings) -> dict[str, object]:
    settings = (
        {KEPT_AS.get(name, name): path for name, path in PLACES.items()} | {"header": HEADER} | kept.settings
    )
    fields = DEFAULT_FIELDS | settings.get("fields", {})
    statuses = settings.get("statuses", {})
    theirs = {name: [word for word, ours in statuses.items() if ours == name] for name in STATUSES}
    return {
        **{name: settings[KEPT_AS.get(name, name)] for name in (*PLACES, "header")},
        "source": kept.source,
        **{f"field_{name}": path for name, path in fields.items()},
        **{f"status_{name}": ", ".join(words) for name, words in theirs.items()},
    }
