from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext as _

from samspill.contacts.models import Code
from samspill.kit import clock, crypto, languages
from samspill.workspace.current import workspace
from samspill.workspace.models import Workspace


def mail_code(code: Code) -> None:
    """Send the code to the address it proves, once; a code that is used up or for nobody is left alone."""
    if code.identity and code.sealed and code.used_at is None and code.expires_at > clock.now():
        company = workspace()
        reader = languages.spoken(code.language, company.language)
        with translation.override(languages.django_code(reader)):
            _send(code, company)
    Code.objects.filter(pk=code.pk).update(sealed="", claim="")


def _send(code: Code, company: Workspace) -> None:
    assert code.identity is not None
    text = _(
        "Hello,\n\nyour code is %(code)s. Enter it in the chat with %(company)s. It is valid for 15 minutes."
        "\n\nYou did not ask for it? Then do nothing; nobody sees your data without this code.\n"
    )
    send_mail(
        _("Your code for the chat with %(company)s") % {"company": company.name},
        text % {"code": crypto.unseal(code.sealed), "company": company.name},
        company.email or None,
        [code.identity.value],
    )
