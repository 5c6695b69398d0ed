"""Which charset bytes without a (true) declaration are in: every candidate is read, the likeliest text wins."""

import re

# The most frequent characters of ordinary text; how often a reading hits them tells it from a wrong one.
HANS = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进"
    "好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产新己制身果加"
    "您请谢邮件复订单货款退收付客服电话号码系统测试转寄信息通知账户登录密码简"
)
HANT = frozenset(
    "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進"
    "好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產新己制身果加"
    "您請謝郵件復覆訂單貨款退收付客服電話號碼系統測試轉寄信息通知帳戶登入密碼簡"
)
CYRILLIC = frozenset("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфієї")
LATIN = {
    "cp1252": frozenset("åäöéüøæßñçàèêíóúáãõâôîûëïìòùœÅÄÖÉÜØÆÑÇÀÁÍÓÚ’‘“”–—…€°§«»¿¡ºª·´®©²³\xa0"),
    "cp1250": frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňóřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽäöüőűâîăşţđ’‘“”„–—…€°§«»\xa0"),
    "iso8859-2": frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňóřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽäöüőűâîăşţđ°§\xa0"),
}
CYRILLICS = ("cp1251", "koi8_r")
CANDIDATES = (
    "gb18030",
    "big5hkscs",
    "cp949",
    "cp932",
    "euc_jp",
    "cp1251",
    "koi8_r",
    "cp1252",
    "cp1250",
    "iso8859-2",
)
SAMPLE = 3_000
LIKELY, POSSIBLE, NEVER = 1.0, 0.25, -1.0
_HIGH = re.compile(r"[^\x00-\x7f]")
_SHARP = re.compile(r"[a-z][À-ÖØ-Þ]|[a-z][¹²³¿¶¼½¾£¥][a-z]|[a-z]{3}[¹²³¿¶£]|[^\x00-\x7f]{3,}")
_MIXED = re.compile(r"[A-Za-z][а-яёЀ-Я]|[а-яёЀ-Я][A-Za-z]|[а-яё][А-Я]")


def guess(data: bytes, hint: str = "") -> str:
    """The text of `data` by the likeliest charset; `hint` wins among equals."""
    sample = _sample(data)
    scores = {codec: _likelihood(sample, codec) for codec in CANDIDATES}
    if hint in scores:
        scores[hint] += 0.1
    best = max(scores, key=lambda codec: scores[codec])
    return data.decode(best, "replace") if scores[best] > NEVER else data.decode("latin-1")


def _sample(data: bytes) -> bytes:
    """Lines with something to judge by."""
    if len(data) <= SAMPLE:
        return data
    lines = [line for line in data[:200_000].split(b"\n") if not line.isascii()]
    return b"\n".join(lines)[:SAMPLE]


def _likelihood(data: bytes, codec: str) -> float:
    text = data.decode(codec, "replace").rstrip("�")
    signs = _HIGH.findall(text)
    if not signs:
        return NEVER
    score = sum(_weight(sign, codec) for sign in signs) / len(signs)
    if codec in CYRILLICS:
        score -= len(_MIXED.findall(text)) / len(signs) + (0.5 if len(signs) == 1 else 0.0)
    if codec in LATIN:  # two accents side by side are rare where letters are Latin
        score -= 2 * sum(map(len, _SHARP.findall(text))) / len(text) if len(signs) > 2 else 0.0
        score -= 0.3 if len(signs) > 0.6 * len(re.findall(r"\S", text)) else 0.0
    return score


def _weight(sign: str, codec: str) -> float:
    if sign == "�" or "\ue000" <= sign <= "\uf8ff":
        return NEVER * 3
    if codec in LATIN:
        return LIKELY if sign in LATIN[codec] else NEVER
    if codec in CYRILLICS:
        if sign in CYRILLIC:
            return LIKELY
        return 0.4 if sign.lower() in CYRILLIC or sign in "«»–—…№“”„\xa0" else NEVER
    return _weight_of_wide(sign, codec)


def _weight_of_wide(sign: str, codec: str) -> float:
    if sign in "，。、！？：；（）「」『』《》“”‘’…—　・ー～【】":
        return 0.8
    if codec == "cp949":
        return _weight_of_korean(sign)
    if codec in {"cp932", "euc_jp"}:
        if "ぁ" <= sign <= "ヶ":
            return LIKELY
        return NEVER if "｡" <= sign <= "ﾟ" else 0.6 if "一" <= sign <= "鿿" else 0.0
    if sign in (HANS if codec == "gb18030" else HANT):
        return LIKELY
    if not "一" <= sign <= "鿿":
        return 0.0 if "＀" <= sign <= "～" else NEVER / 2
    return POSSIBLE if _is_common(sign, codec) else -0.2


def _weight_of_korean(sign: str) -> float:
    if "가" <= sign <= "힣":  # those outside the old set are hardly ever written
        return 0.9 if len(sign.encode("euc_kr", "ignore")) == 2 else NEVER / 2
    return 0.0 if "一" <= sign <= "鿿" else POSSIBLE


def _is_common(sign: str, codec: str) -> bool:
    """Both sets keep what people use every day in their first level."""
    if codec == "gb18030":
        code = sign.encode("gb18030", "ignore")
        return len(code) == 2 and 0xB0 <= code[0] <= 0xD7 and code[1] >= 0xA1
    return sign.encode("big5", "ignore")[:1] < b"\xc9"
