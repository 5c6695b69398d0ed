"""What our own mail server found out about the sender (Authentication-Results, RFC 8601)."""

import re

from samspill.mail.mail import Mail

_RESULT = re.compile(r"\b(dmarc|dkim|spf)\s*=\s*pass\b([^;]*)", re.I)
_DOMAIN = {
    "dmarc": re.compile(r"header\.from\s*=\s*\"?(?:[^\s;@\"]*@)?([\w.-]+)", re.I),
    "dkim": re.compile(r"header\.(?:d|i)\s*=\s*\"?(?:[^\s;@\"]*@)?([\w.-]+)", re.I),
    "spf": re.compile(r"smtp\.mailfrom\s*=\s*\"?(?:[^\s;@\"]*@)?([\w.-]+)", re.I),
}
_COMMENT = re.compile(r"\([^()]*\)")


def proven(mail: Mail, authserv_id: str) -> bool:
    """Whether our own mail server vouches for the domain in From.

    Only the topmost header counts, and only where it names our server: a sender can write such headers too,
    but none above the one that our server adds.
    """
    headers = mail.headers.get("authentication-results", ())
    if not authserv_id or not headers or not mail.sender.domain:
        return False
    server, _, results = _COMMENT.sub(" ", headers[0]).partition(";")
    if server.casefold().split()[:1] != [authserv_id.casefold()]:  # a version may follow
        return False
    return any(_aligned(kind.lower(), facts, mail.sender.domain) for kind, facts in _RESULT.findall(results))


def _aligned(kind: str, facts: str, domain: str) -> bool:
    found = _DOMAIN[kind].search(facts)
    return bool(found) and _same(found[1].rstrip(".").casefold(), domain)


def _same(signed: str, domain: str) -> bool:
    # the same domain, or the sender's lies below the one that signed; never the other way round
    return signed == domain or (signed.count(".") > 0 and domain.endswith("." + signed))
