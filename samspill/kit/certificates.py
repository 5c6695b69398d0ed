"""Whom we trust when we call somebody: read once a process, for it takes longer than many a call."""

import ssl
from functools import cache

import httpx


@cache
def trusted() -> ssl.SSLContext:
    """For the `verify` of a call; what $SSL_CERT_FILE names counts in the place of what ships."""
    return httpx.create_ssl_context()
