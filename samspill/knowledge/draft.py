from django.db import transaction
from django.utils import translation as texts
from django.utils.translation import gettext as _

from samspill.kit import languages
from samspill.kit.events import emit
from samspill.knowledge.create import create
from samspill.knowledge.models import Article, Gap
from samspill.knowledge.write import save
from samspill.workspace.models import Agent


@transaction.atomic
def draft_from_gap(gap: Gap, by: Agent) -> Article:
    """Open a draft that asks what customers ask; publishing it closes the gap. Again gives the same."""
    held = Gap.objects.select_for_update(of=("self",)).get(pk=gap.pk)
    if held.article and held.state == Gap.State.DRAFTED:
        return held.article
    article = create(held.title, by)
    language = languages.spoken(held.language)
    save(article, language, held.title, "", _skeleton(held, language), by)
    Gap.objects.filter(pk=held.pk).update(state=Gap.State.DRAFTED, article=article, owner=held.owner or by)
    emit("gap.drafted", actor=by.actor, gap=held.pk, article=article.pk)
    return article


def _skeleton(gap: Gap, language: str) -> str:
    asked = dict.fromkeys(gap.questions.order_by("-pk").values_list("text", flat=True)[:8])
    with texts.override(languages.django_code(language)):
        head = _("Answer the question in the first sentence. Then say what to do, step by step.")
        notes = _("Questions customers asked (remove this list before publishing):")
    return "\n".join([f"*{head}*", "", f"*{notes}*", "", *(f"- {text}" for text in asked)])
