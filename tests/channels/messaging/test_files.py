"""Files that customers send: fetched from the service and from nowhere else."""

from collections.abc import Callable

import pytest

from samspill.channels import fetch as fetching
from samspill.channels.errors import Refused, Unreachable
from samspill.channels.fetch import Places, fetch, is_open
from samspill.conversations.models import Attachment, Inbox, Message
from tests.channels.messaging import payloads as p
from tests.channels.messaging.conftest import post, work
from tests.fakes.messaging_server import PICTURE, MessagingServer, messaging_server

Open = Callable[..., Inbox]
HOSTS = Places(("fbcdn.net", "lookaside.fbsbx.com"))


@pytest.fixture
def looked_up(monkeypatch: pytest.MonkeyPatch) -> Callable[[list[str]], list[str]]:
    """Every name stands for these addresses from now on; returns the names that were looked up."""
    asked: list[str] = []

    def be(addresses: list[str]) -> list[str]:
        monkeypatch.setattr(fetching, "resolve", lambda host: asked.append(host) or addresses)
        return asked

    return be


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",  # noqa: S104 - to be refused
        "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.0.1", "198.18.0.1", "::1", "::", "fe80::1", "fe80::1%eth0",
        "fc00::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
        "2002:7f00:1::", "2002:a00:1::", "64:ff9b::7f00:1", "64:ff9b::a00:1", "::127.0.0.1", "2001:db8::1",
        "2001:0:4136:e378:8000:63bf:80ff:fffe", "nothing", "", "0x7f.1",
    ],
)  # fmt: skip
def test_addresses_that_lead_inside(address: str) -> None:
    assert not is_open(address)


@pytest.mark.parametrize(
    "address", ["157.240.1.1", "8.8.8.8", "2a03:2880:f10c:83:face:b00c:0:25de", "::ffff:8.8.8.8"]
)
def test_addresses_of_the_open_internet(address: str) -> None:
    assert is_open(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://scontent.fbcdn.net/a", "https://fbcdn.net.evil.example/a", "https://evilfbcdn.net/a", "https://127.0.0.1/",
        "https://scontent.fbcdn.net:8443/a", "https://user:key@scontent.fbcdn.net/a", "https://fbcdn.net@evil.example/",
        "file:///etc/passwd", "ftp://scontent.fbcdn.net/", "gopher://scontent.fbcdn.net/", "//scontent.fbcdn.net/a", "",
        "https://[::1]/", "https://evil.example#fbcdn.net", "https://evil.example\\@fbcdn.net/", "https://fbcdn.net:x/",
    ],
)  # fmt: skip
def test_places_that_are_not_trusted(url: str, looked_up: Callable[[list[str]], list[str]]) -> None:
    asked = looked_up(["157.240.1.1"])
    with pytest.raises(Refused, match="host"):
        fetch(url, HOSTS)
    assert asked == []


@pytest.mark.parametrize(
    "addresses", [["127.0.0.1"], ["157.240.1.1", "10.0.0.1"], ["::ffff:127.0.0.1"], ["fe80::1"]]
)
def test_a_trusted_name_that_leads_inside(addresses: list[str], looked_up) -> None:  # type: ignore[no-untyped-def]
    looked_up(addresses)
    with pytest.raises(Refused, match="address"):
        fetch("https://scontent.fbcdn.net/a", HOSTS)


def test_the_name_is_looked_up_once_and_that_address_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    answers = iter([["157.240.1.1"], ["127.0.0.1"]])
    monkeypatch.setattr(fetching, "resolve", lambda host: next(answers))

    def send(self, request, **given):  # type: ignore[no-untyped-def]
        asked.append(f"{request.url.host} {request.headers['Host']} {request.extensions['sni_hostname']}")
        raise fetching.httpx.ConnectError("no way out here")

    monkeypatch.setattr(fetching.httpx.Client, "send", send)
    with pytest.raises(Unreachable):
        fetch("https://scontent.fbcdn.net/a", HOSTS)
    assert asked == ["157.240.1.1 scontent.fbcdn.net scontent.fbcdn.net"]


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1:9/",
        "https://evil.example/x",
        "https://169.254.169.254/latest/",
        "file:///etc/passwd",
    ],
)
def test_a_way_that_leads_elsewhere_is_not_followed(location: str) -> None:
    with messaging_server() as fake:
        fake.location = location
        with pytest.raises(Refused):
            fetch(f"{fake.url}/file/a", Places(HOSTS.hosts, own=fake.url))
        assert len(fake.asked) == 1


def test_keys_stay_with_the_service() -> None:
    with messaging_server() as fake, messaging_server() as other:
        fake.location = f"{other.url}/file/b"
        with pytest.raises(Refused):
            fetch(f"{fake.url}/file/a", Places((), own=fake.url), {"Authorization": "secret"})
        assert other.asked == []


def test_too_large_is_left_there() -> None:
    with messaging_server() as fake:
        fake.file = b"x" * (fetching.MOST_BYTES + 1)
        with pytest.raises(Refused, match="too_large"):
            fetch(f"{fake.url}/file/a", Places((), own=fake.url))


SENT = [
    ("whatsapp", p.whatsapp(p.wa("1", "image", {"id": "275", "mime_type": "image/png", "caption": "Ødelagt"}))),
    ("telegram", p.telegram(1, message=p.tg(1, caption="Ødelagt", photo=[
        {"file_id": "s", "file_size": 1, "width": 1, "height": 1}, {"file_id": "L", "file_size": 9}]))),
    ("line", p.line(p.line_event("1", message={"type": "image", "id": "555", "contentProvider": {"type": "line"}}))),
    ("sms", p.sms("SM1", "Ødelagt", NumMedia="1", MediaContentType0="image/png", MediaUrl0="{url}/Media/ME1")),
    ("messenger", p.meta(p.event(message={"mid": "1", "text": "Ødelagt", "attachments": [
        {"type": "image", "payload": {"url": "{url}/file/1"}}]}))),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "payload"), SENT)
def test_a_picture_is_here_once(inbox: Open, service: MessagingServer, kind: str, payload) -> None:  # type: ignore[no-untyped-def]
    import json

    payload = json.loads(json.dumps(payload).replace("{url}", service.url))
    service.answers = {
        "/275": {"url": f"{service.url}/file/275", "mime_type": "image/png", "file_size": 72},
        "/getFile": {"ok": True, "result": {"file_id": "L", "file_path": "photos/file_0.png"}},
    }
    opened = inbox(kind)
    for _again in range(2):
        post(opened, payload)
        work()
    message = Message.objects.get()
    file = Attachment.objects.get(message=message)
    assert (file.kind, file.size) == ("image/png", len(PICTURE))
    assert message.extras["media"][0]["problem"] == ""


def test_a_file_elsewhere_is_named_and_left_there(inbox: Open, service: MessagingServer) -> None:
    event = p.event(
        message={"mid": "1", "attachments": [{"type": "image", "payload": {"url": "http://10.0.0.1/x"}}]}
    )
    post(inbox("messenger"), p.meta(event))
    work()
    assert Message.objects.get().extras["media"][0]["problem"] == "host"
    assert not Attachment.objects.exists()


def test_a_file_of_a_bad_kind_is_named(inbox: Open, service: MessagingServer) -> None:
    service.file = b"MZ\x90\x00" + b"\0" * 100
    service.answers = {"/275": {"url": f"{service.url}/file/275"}}
    post(inbox("whatsapp"), p.whatsapp(p.wa("1", "document", {"id": "275", "filename": "x.exe"})))
    work()
    assert Message.objects.get().extras["media"][0]["problem"] == "kind"


def test_a_service_that_is_down_is_asked_again(inbox: Open, service: MessagingServer) -> None:
    service.answers = {"/275": {"url": f"{service.url}/file/275"}}
    service.faults = [(503, {})]
    post(inbox("whatsapp"), p.whatsapp(p.wa("1", "image", {"id": "275"})))
    with pytest.raises(Unreachable):
        work()
    work()
    assert Attachment.objects.filter(message=Message.objects.get()).count() == 1
