"""One article in one language: write, see it as readers will, publish."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samspill.console.access import requires
from samspill.console.articles import used_categories
from samspill.kit import languages
from samspill.knowledge import categories, markdown, overview
from samspill.knowledge.arrange import arrange, delete
from samspill.knowledge.models import Article, Translation, Version
from samspill.knowledge.publish import publish, withdraw
from samspill.knowledge.write import autosave, save
from samspill.workspace.models import Agent


class TextForm(forms.ModelForm):
    """What a person writes."""

    class Meta:
        model = Version
        fields = ["title", "summary", "body"]
        widgets = {"body": forms.Textarea, "summary": forms.Textarea}


class FactsForm(forms.Form):
    """Where the article belongs and who looks after it."""

    category = forms.CharField(label=gettext_lazy("Topic"), max_length=60, required=False)
    visibility = forms.ChoiceField(label=gettext_lazy("Visible to"), choices=Article.Visibility.choices)
    review_on = forms.DateField(
        label=gettext_lazy("Review on"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    owner = forms.ModelChoiceField(
        Agent.objects.filter(is_active=True), required=False, label=gettext_lazy("Owner"), empty_label="–"
    )


@require_safe
@requires("agent")
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the article in the first language it has."""
    found = get_object_or_404(Article, pk=pk)
    here = set(found.translations.values_list("language", flat=True))
    wanted = [request.user.language, "en", *languages.NAMES]
    return redirect("console:article_text", pk, next((code for code in wanted if code in here), wanted[0]))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("agent")
def article_text(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """The editor; leads save and publish, everybody reads."""
    if language not in languages.NAMES:
        raise Http404
    if request.method == "POST":
        return _save(request, pk, language)
    return _editor(request, pk, language)


@requires("lead")
def _save(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    found, form = get_object_or_404(Article, pk=pk), TextForm(request.POST)
    if not form.is_valid():
        return _editor(request, pk, language, form)
    before = Version.objects.filter(translation__article=found, translation__language=language).first()
    version = save(found, language, **form.cleaned_data, by=request.user)
    _tell_of_others(request, before)
    if request.POST.get("action") == "publish":
        publish(version.translation, version, request.user)
        messages.success(request, _("Published. The assistant answers from it in a few seconds."))
    else:
        messages.success(request, _("Saved as version %(number)d.") % {"number": version.number})
    return redirect("console:article_text", pk, language)


def _tell_of_others(request: HttpRequest, before: Version | None) -> None:
    seen = request.POST.get("seen", "")
    if before and before.by_id != request.user.pk and seen.isdigit() and before.number > int(seen):
        words = _("%(name)s saved version %(number)d meanwhile. Please compare the two below.")
        name = before.by.name if before.by else _("Somebody")
        messages.warning(request, words % {"name": name, "number": before.number})


def _editor(request: HttpRequest, pk: int, language: str, form: TextForm | None = None) -> HttpResponse:
    found = get_object_or_404(Article.objects.select_related("owner"), pk=pk)
    texts = {
        text.language: text for text in overview.with_newest(found.translations.select_related("published"))
    }
    text = texts.get(language)
    versions = list(text.versions.select_related("by")[:30]) if text else []
    context = {
        "article": found,
        "language": language,
        "text": text,
        "state": overview.state(text),
        "tabs": [(code, overview.state(texts.get(code))) for code in _tabs(texts)],
        "form": form or TextForm(instance=versions[0] if versions else None),
        "facts": FactsForm(initial=vars(found) | {"owner": found.owner_id}, label_suffix=""),
        "categories": [(name, categories.name(name)) for name in used_categories() if name],
        "versions": versions,
        "preview": markdown.html(versions[0].body) if versions else "",
        "gaps": list(found.gaps.all()[:5]),
    }
    return render(request, "console/articles/edit.html", context, status=422 if form else 200)


def _tabs(texts: dict[str, Translation]) -> list[str]:
    return [code for code in languages.NAMES if code in texts or code in languages.FULL]


@require_POST
@requires("lead")
def article_autosave(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """Keep what is being typed."""
    form = TextForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    found = get_object_or_404(Article, pk=pk)
    version = autosave(found, language, **form.cleaned_data, by=request.user)
    return JsonResponse({"number": version.number})


@require_POST
@requires("agent")
def article_preview(request: HttpRequest) -> HttpResponse:
    """The text as readers will see it."""
    return HttpResponse(markdown.html(request.POST.get("body", "")[:200_000]))


@require_POST
@requires("lead")
def article_withdraw(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """Take the text off the help centre."""
    withdraw(get_object_or_404(Translation, article=pk, language=language), request.user)
    messages.success(request, _("Withdrawn. Only agents see it now."))
    return redirect("console:article_text", pk, language)


@require_POST
@requires("lead")
def article_facts(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """Topic, readers, owner, review."""
    form = FactsForm(request.POST)
    if form.is_valid():
        arrange(get_object_or_404(Article, pk=pk), request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
    else:
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
    return redirect("console:article_text", pk, language)


@require_POST
@requires("lead")
def article_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete the article, once the person said they mean it."""
    found = get_object_or_404(Article, pk=pk)
    if request.POST.get("sure") != "yes":
        messages.warning(request, _("Nothing was deleted: please tick the box first."))
        return redirect("console:article", pk)
    delete(found, request.user)
    messages.success(request, _("The article is deleted."))
    return redirect("console:articles")
