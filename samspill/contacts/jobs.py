from samspill.contacts.mail import mail_code as mail
from samspill.contacts.models import Code
from samspill.kit.jobs import job


@job(queue="turns")
def mail_code(event: int, conversation: int | None, code: int) -> None:
    """Mail a one-time code, unless nobody is to get it."""
    mail(Code.objects.select_related("identity").get(pk=code))
