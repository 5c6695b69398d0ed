"""An agent arranges a callback for a customer."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.callbacks import words
from samspill.callbacks.ask import Wish
from samspill.callbacks.ask import ask as ask_for
from samspill.callbacks.errors import BadNumber, Refused
from samspill.callbacks.models import Callback
from samspill.callbacks.number import shown
from samspill.callbacks.times import Span, offers
from samspill.console.access import requires
from samspill.contacts.models import Contact, Identity
from samspill.conversations.models import Conversation
from samspill.kit import clock
from samspill.workspace.models import Team

OTHER = "other"


class AskForm(forms.Form):
    """Whom to call, about what, and when."""

    known = forms.ChoiceField(label=gettext_lazy("Number"), widget=forms.RadioSelect, required=False)
    number = forms.CharField(
        label=gettext_lazy("Another number"), max_length=60, required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )  # fmt: skip
    topic = forms.CharField(
        label=gettext_lazy("What about"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    when = forms.ChoiceField(label=gettext_lazy("When"), widget=forms.RadioSelect)
    fixed = forms.DateTimeField(
        label=gettext_lazy("Date and time"), required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        help_text=gettext_lazy("An appointment is kept whatever the plan says."),
    )  # fmt: skip
    team = forms.ModelChoiceField(
        Team.objects.all(), label=gettext_lazy("Team"), required=False, empty_label=gettext_lazy("Everybody")
    )

    def __init__(self, contact: Contact, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.spans = {str(i): span for i, span in enumerate(offers(clock.now()))}
        self.numbers = {str(one.pk): one.value for one in contact.identities.filter(kind=Identity.Kind.PHONE)}
        known = [(pk, shown(value)) for pk, value in self.numbers.items()]
        self.fields["known"].choices = [*known, (OTHER, _("Another number"))]  # type: ignore[attr-defined]
        self.fields["known"].initial = known[0][0] if known else OTHER
        self.fields["when"].choices = [  # type: ignore[attr-defined]
            ("soon", _("As soon as possible")),
            *((key, said(span)) for key, span in self.spans.items()),
            ("fixed", _("At an exact time")),
        ]
        self.fields["when"].initial = "soon"

    def clean(self) -> dict[str, Any]:
        """An exact time needs one that lies ahead."""
        facts = super().clean() or {}
        fixed = facts.get("fixed")
        if facts.get("when") == "fixed" and (fixed is None or fixed <= clock.now()):
            self.add_error("fixed", _("Please choose a time that lies ahead."))
        return facts

    def wish(self, conversation: Conversation | None) -> Wish:
        """What the agent filled in."""
        said_ = self.cleaned_data
        return Wish(
            self.numbers.get(said_["known"]) or said_["number"], Callback.Source.DESK, topic=said_["topic"],
            wanted=self.spans.get(said_["when"]), fixed=said_["fixed"] if said_["when"] == "fixed" else None,
            team=said_["team"], conversation=conversation,
        )  # fmt: skip


@requires("agent")
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Arrange a callback with a contact; `conversation` in the address says where it comes from."""
    contact = get_object_or_404(Contact, pk=pk, merged_into=None)
    talk = _talk(request, contact)
    initial = {"topic": talk.subject if talk else "", "team": talk.team_id if talk else None}
    form = AskForm(contact, request.POST or None, initial=initial)
    if form.is_valid() and (made := _made(form, contact, talk, request.user.actor)):
        messages.success(request, _("Arranged. We call %(when)s.") % {"when": promised(made)})
        return redirect("console:callbacks_one", made.pk)
    open_one = Callback.objects.filter(contact=contact, state="open").first()
    context = {"form": form, "contact": contact, "talk": talk, "open_one": open_one}
    return render(request, "console/callbacks/ask.html", context)


def _made(form: AskForm, contact: Contact, talk: Conversation | None, by: str) -> Callback | None:
    try:
        return ask_for(contact, form.wish(talk), by=by)
    except BadNumber as bad:
        form.add_error("number", words.bad_number(bad.code))
    except Refused as refused:
        form.add_error(None, words.refusal(refused.code))
    return None


def _talk(request: HttpRequest, contact: Contact) -> Conversation | None:
    text = request.GET.get("conversation", "")
    known = text.isascii() and text.isdigit() and len(text) < 18
    return Conversation.objects.filter(pk=int(text), contact=contact).first() if known else None


def said(span: Span) -> str:
    """Monday, 16 November, 08:00–12:00, in the reader's time."""
    start, end = (timezone.localtime(moment) for moment in span)
    until = f"{end:%H:%M}" if start.date() == end.date() else f"{_day(end)}, {end:%H:%M}"
    return f"{_day(start)}, {start:%H:%M}–{until}"


def promised(callback: Callback) -> str:
    """When the first call was promised for."""
    if callback.fixed_at:
        return f"{_day(callback.fixed_at)}, {timezone.localtime(callback.fixed_at):%H:%M}"
    return said((callback.promised_from, callback.promised_by))


def _day(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{date_format(local, 'D')} {date_format(local, 'MONTH_DAY_FORMAT')}"
