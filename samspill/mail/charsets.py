"""Bytes to text, whatever was declared: never an exception, and right wherever the bytes leave no doubt."""

import codecs
import re
from functools import lru_cache

from samspill.mail.guess import guess

# What programs declare, and what they really write: always the wider set of the same family.
ALIASES = {
    "ansi_x3.4-1968": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252", "usascii": "cp1252",
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "iso_8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252",
    "8859-1": "cp1252", "iso-8859-1-windows-3.1-latin-1": "cp1252", "ansi": "cp1252", "windows-1252": "cp1252",
    "iso-8859-8-i": "iso8859-8", "iso-8859-8-e": "iso8859-8", "iso-8859-9": "cp1254", "iso-8859-11": "cp874",
    "tis-620": "cp874", "windows-874": "cp874", "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030",
    "x-gbk": "gb18030", "cp936": "gb18030", "windows-936": "gb18030", "euc-cn": "gb18030", "chinese": "gb18030",
    "big5": "big5hkscs", "big-5": "big5hkscs", "big5-hkscs": "big5hkscs", "x-x-big5": "big5hkscs",
    "cn-big5": "big5hkscs", "windows-950": "cp950", "cp950": "cp950", "shift_jis": "cp932", "shift-jis": "cp932",
    "sjis": "cp932", "x-sjis": "cp932", "ms_kanji": "cp932", "windows-31j": "cp932", "x-ms-cp932": "cp932",
    "iso-2022-jp": "iso2022_jp_ext", "iso-2022-jp-1": "iso2022_jp_ext", "iso-2022-jp-ms": "iso2022_jp_ext",
    "cp50220": "iso2022_jp_ext", "cp50221": "iso2022_jp_ext", "x-euc-jp": "euc_jp", "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949", "ksc5601": "cp949", "ksc_5601": "cp949", "ks_c_5601-1989": "cp949", "euc-kr": "cp949",
    "windows-949": "cp949", "unicode-1-1-utf-7": "utf-7", "x-unicode-2-0-utf-7": "utf-7", "unicode": "utf-16",
    "unicode-1-1-utf-8": "utf-8", "utf8mb4": "utf-8", "x-utf-8": "utf-8", "cp-850": "cp850", "macintosh": "mac_roman",
    "x-mac-roman": "mac_roman", "x-mac-cyrillic": "mac_cyrillic", "koi8": "koi8_r", "koi": "koi8_r",
}  # fmt: skip
MANY_BYTES = frozenset(
    "gb18030 big5hkscs cp950 cp932 euc_jp cp949 johab iso2022_jp iso2022_jp_ext iso2022_kr hz shift_jis_2004".split()
)
SEVEN_BITS = frozenset("utf-7 hz iso2022_jp iso2022_jp_ext iso2022_kr".split())
BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
FEW_FAULTS = 0.02  # of the characters may be broken before a declared charset is not believed
_LONG_SEQUENCE = re.compile(rb"[\xe0-\xef][\x80-\xbf][\x80-\xbf]")
_ESCAPES = re.compile(rb"\x1b\$[@AB()]|\x1b\([BJI]")


def decode(data: bytes, declared: str = "") -> str:
    """The text of `data`; `declared` is believed unless the bytes say otherwise."""
    if data[:1] in b"\xef\xff\xfe" and data:
        for bom, name in BOMS:
            if data.startswith(bom):
                return data.decode(name, "replace")
    codec = codec_of(declared)
    if data.isascii():
        return _of_ascii(data, codec)
    if _is_utf8(data, codec):
        return data.decode("utf-8")
    return _as_declared(data, codec) or guess(data, codec)


@lru_cache(maxsize=500)
def codec_of(declared: str) -> str:
    """The codec for a declared charset; "" for one nobody knows."""
    name = declared.strip().strip("'\"").lower()[:60]
    name = ALIASES.get(name, ALIASES.get(name.replace("_", "-"), name))
    name = re.sub(r"^(?:x-)?(?:windows|win|cp|ibm|ms)-?(\d+)$", r"cp\1", name)
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError, UnicodeError):
        return ""
    known = found.name.replace("-", "_") if found.name.startswith("iso2022") else found.name
    return ALIASES.get(known, known) if found._is_text_encoding and known not in _NO_CHARSETS else ""


_NO_CHARSETS = {"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "mbcs", "oem"}


def _of_ascii(data: bytes, codec: str) -> str:
    if codec in SEVEN_BITS:  # UTF-7 can spell halves of characters, which nothing else can hold
        return data.decode(codec, "replace").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if b"\x1b" in data and _ESCAPES.search(data):
        korean = b"\x1b$)C" in data
        return data.decode("iso2022_kr" if korean else "iso2022_jp_ext", "replace")
    if codec.startswith(("utf-16", "utf-32")) and b"\0" in data:
        return data.decode(_with_order(codec), "replace")
    return data.decode("ascii")


def _with_order(codec: str) -> str:
    """Without a byte order mark the network's order is meant (RFC 2781)."""
    return codec if codec.endswith(("le", "be")) else f"{codec}-be"


def _is_utf8(data: bytes, codec: str) -> bool:
    if codec.startswith(("utf-16", "utf-32")):
        return False
    if codec in MANY_BYTES and not _LONG_SEQUENCE.search(data):
        return False  # two bytes that make a letter there are a sign here as well
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _as_declared(data: bytes, codec: str) -> str:
    if not codec:
        return ""
    if codec.startswith(("utf-16", "utf-32")):
        return data.decode(_with_order(codec), "replace")
    text = data.decode(codec, "replace")
    faults = text.count("�")
    if codec == "cp1252":
        return text if not faults else data.decode("latin-1") if _is_latin(data) else ""
    signs = sum(map(len, re.findall(r"[^\x00-\x7f]+", text))) or 1
    return text if faults <= max(1, signs * FEW_FAULTS) and faults < signs else ""


def _is_latin(data: bytes) -> bool:
    return len(re.findall(rb"[\x80-\x9f]", data)) * 20 <= len(data)
