from samspill.conversations.models import Inbox
from samspill.sample.files import read
from samspill.workspace.models import Workspace


def load() -> dict[str, Inbox]:
    """The company's facts and its inboxes, by channel; a workspace that somebody named is left alone."""
    facts = read("company")
    Workspace.objects.get_or_create(pk=1, defaults={"name": "Samspill"})
    Workspace.objects.filter(pk=1, name="Samspill").update(**facts["workspace"])
    return {one["channel"]: _inbox(one) for one in facts["inboxes"]}


def _inbox(one: dict[str, object]) -> Inbox:
    known = Inbox.objects.filter(channel=one["channel"], settings__sample=True).first()
    settings = {"sample": True, **one["settings"]}  # type: ignore[dict-item]
    return known or Inbox.objects.create(channel=one["channel"], name=one["name"], settings=settings)
