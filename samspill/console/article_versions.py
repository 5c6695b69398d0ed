"""What was written before: compare and restore."""

from difflib import SequenceMatcher

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspill.console.access import requires
from samspill.knowledge.models import Version
from samspill.knowledge.write import save


@require_safe
@requires("agent")
def article_version(request: HttpRequest, pk: int, language: str, number: int) -> HttpResponse:
    """What a version changed against the one before it, or against another one."""
    new = _find(pk, language, number)
    against = request.GET.get("against", "")
    others = new.translation.versions.exclude(pk=new.pk).order_by("-number")
    wanted = {"number": int(against)} if against.isdigit() else {"number__lt": number}
    old = others.filter(**wanted).first()
    context = {
        "article": new.translation.article,
        "language": language,
        "old": old,
        "new": new,
        "others": others[:30],
        "parts": [(_("Title"), compare(old.title if old else "", new.title)),
                  (_("Summary"), compare(old.summary if old else "", new.summary)),
                  (_("Text"), compare(old.body if old else "", new.body))],
    }  # fmt: skip
    return render(request, "console/articles/version.html", context)


@require_POST
@requires("lead")
def article_restore(request: HttpRequest, pk: int, language: str, number: int) -> HttpResponse:
    """Write an old version anew, on top."""
    old = _find(pk, language, number)
    new = save(old.translation.article, language, old.title, old.summary, old.body, request.user)
    words = _("Version %(old)d is back, as version %(new)d. Publish it when it is right.")
    messages.success(request, words % {"old": old.number, "new": new.number})
    return redirect("console:article_text", pk, language)


def compare(old: str, new: str) -> list[tuple[str, str]]:
    """Pieces of text in reading order, each "same", "gone" or "added"."""
    before, after = _pieces(old), _pieces(new)
    found: list[tuple[str, str]] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        pairs = [("same", after[c:d])] if kind == "equal" else [("gone", before[a:b]), ("added", after[c:d])]
        found += [(name, "".join(words)) for name, words in pairs if words]
    return found


def _pieces(text: str) -> list[str]:
    """Words with the space after them; characters where a script has no spaces."""
    return [
        piece
        for line in text.splitlines(keepends=True)
        for word in line.replace(" ", " \0").split("\0")
        for piece in (list(word) if any(letter > "\u2e80" for letter in word) else [word])
        if piece
    ]


def _find(pk: int, language: str, number: int) -> Version:
    all_of_them = Version.objects.select_related("translation__article", "by")
    return get_object_or_404(
        all_of_them, translation__article=pk, translation__language=language, number=number
    )
