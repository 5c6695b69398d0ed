from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

WORDS = {
    "not_set": gettext_lazy("This inbox has no mailbox yet."),
    "no_host": gettext_lazy("There is no server of this name. Look for a typing mistake."),
    "closed": gettext_lazy("The server does not listen on this port."),
    "slow": gettext_lazy("The server did not answer in time."),
    "unreachable": gettext_lazy("The server cannot be reached."),
    "broken": gettext_lazy("The server broke off."),
    "certificate": gettext_lazy("The server’s certificate is not valid for this name."),
    "tls": gettext_lazy("The server does not speak this kind of encryption. Try the other one."),
    "refused": gettext_lazy("User name or password is wrong, or the provider wants an app password."),
    "expired": gettext_lazy("The provider’s permission has run out. Give it anew."),
    "folder": gettext_lazy("One of the folders does not exist."),
    "odd": gettext_lazy("The server answered something unexpected."),
}


def words(code: str) -> "str | Promise":
    """What a code of trouble means, for people."""
    return WORDS.get(code, WORDS["odd"])


def told(code: str) -> str:
    """What is wrong, for people, and on which of the two ways."""
    if code == "not_set":
        return str(words(code))
    way = gettext("Sending: %(problem)s") if code.startswith("smtp_") else gettext("Reading: %(problem)s")
    return way % {"problem": words(code.removeprefix("smtp_"))}
