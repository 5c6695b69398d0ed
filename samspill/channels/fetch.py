"""Fetching a file from outside without being led astray.

An address comes with a customer's message, so it may point anywhere. It is asked only where the host is one that the
service's documentation names, by https, and where every address the name stands for lies in the open internet. The
name is looked up once and that very address is asked, so that a second look-up cannot lead elsewhere.
"""

import ipaddress
import socket
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

import httpx

from samspill.channels.errors import Refused, Unreachable
from samspill.kit.certificates import trusted

MOST_BYTES = 10 * 1024 * 1024
PATIENCE_S = 30.0  # for the whole file
TIMEOUT = httpx.Timeout(10, connect=5)
MOST_STEPS = 3
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True)
class Places:
    """Where files may lie: hosts (with all below them), and one origin the operator himself has set."""

    hosts: Sequence[str]
    own: str = ""


@dataclass(frozen=True)
class Found:
    """A file; `kind` as the other side declares it."""

    content: bytes
    kind: str


def fetch(url: str, places: Places, headers: Mapping[str, str] | None = None) -> Found:
    """The file at an address. Raises Refused (a code: host, address, too_large, gone) or Unreachable."""
    deadline, sent = time.monotonic() + PATIENCE_S, dict(headers or {})
    for _step in range(MOST_STEPS):
        answer = _step_to(url, places, sent, deadline)
        if isinstance(answer, Found):
            return answer
        following = urljoin(url, answer)
        if _origin(urlsplit(following)) != _origin(urlsplit(url)):
            sent = {}  # keys are for the service alone
        url = following
    raise Refused("host")


def _step_to(url: str, places: Places, headers: Mapping[str, str], deadline: float) -> Found | str:
    parts = _allowed(url, places)
    own = bool(places.own) and _origin(parts) == _origin(urlsplit(places.own))
    host = parts.hostname or ""
    pinned = url if own else _pinned(parts, _open_address(host))
    named = {**headers, "Host": parts.netloc.rpartition("@")[2]}
    try:
        with httpx.Client(
            timeout=TIMEOUT, trust_env=False, follow_redirects=False, verify=trusted()
        ) as client:
            request = client.build_request("GET", pinned, headers=named, extensions={"sni_hostname": host})
            response = client.send(request, stream=True)
            try:
                return _taken(response, deadline)
            finally:
                response.close()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Unreachable(f"unreachable:{type(error).__name__}") from None


def _allowed(url: str, places: Places) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Refused("host") from None
    if places.own and _origin(parts) == _origin(urlsplit(places.own)):
        return parts
    host = (parts.hostname or "").rstrip(".")
    named = any(host == allowed or host.endswith(f".{allowed}") for allowed in places.hosts)
    if parts.scheme != "https" or port not in (None, 443) or parts.username is not None or not named:
        raise Refused("host")
    return parts


def _open_address(host: str) -> str:
    addresses = resolve(host)
    if not addresses:
        raise Unreachable("unreachable:no address")
    if not all(is_open(address) for address in addresses):
        raise Refused("address")
    return addresses[0]


def resolve(host: str) -> list[str]:
    """Every address a name stands for."""
    try:
        return [str(row[4][0]) for row in socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        return []


def is_open(address: str) -> bool:
    """Whether an address lies in the open internet, also when one is wrapped in another."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if "%" in address:
            return False
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo and found.teredo[1])
        if found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner:
            return is_open(str(inner))
        if int(found) >> 32 == 0:  # the old way to write an IPv4 address
            return False
    return found.is_global and not found.is_multicast


def _pinned(parts: SplitResult, address: str) -> str:
    host = f"[{address}]" if ":" in address else address
    return parts._replace(netloc=host, fragment="").geturl()


def _origin(parts: SplitResult) -> tuple[str, str, int | None]:
    try:
        port = parts.port or {"https": 443, "http": 80}.get(parts.scheme)
    except ValueError:
        port = None
    return parts.scheme, (parts.hostname or "").rstrip("."), port


def _taken(response: httpx.Response, deadline: float) -> Found | str:
    if response.is_redirect:
        return response.headers.get("Location", "")
    if response.status_code in (429, 408) or response.status_code >= 500:
        raise Unreachable(f"unreachable:HTTP {response.status_code}")
    if not response.is_success:
        raise Refused("gone")
    content = bytearray()
    for piece in response.iter_bytes():
        content += piece
        if len(content) > MOST_BYTES:
            raise Refused("too_large")
        if time.monotonic() > deadline:
            raise Unreachable("unreachable:slow")
    return Found(bytes(content), response.headers.get("Content-Type", "").partition(";")[0].strip())
