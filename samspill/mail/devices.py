"""Lines such as "Sent from my iPhone" and "Get Outlook for iOS", in every language."""

import re

from samspill.mail.words import words

GADGETS = re.compile(
    r"i-?phone|i-?pad|i-?pod|i-?cloud|ios|android|samsung|galaxy|huawei|xiaomi|redmi|poco|pixel|oneplus|oppo|vivo|"
    r"realme|honor|nokia|sony|xperia|motorola|moto |blackberry|"
    r"windows|outlook|hotmail|e?-?mail|post|yahoo|gmail|proton|tuta|mobil|mobile|"
    r"handy|smartphone|phone|telefon|teléfono|téléphone|telefono|telefone|telemóvel|celular|móvil|portable|puhelin|"
    r"tablet|mac|macbook|laptop|k-9|fairemail|"
    r"thunderbird|spark|airmail|mailbird|hey|front|superhuman|zoho|gmx|web\.de|"
    r"freenet|t-online|orange|libero|virgilio|onet|interia|yandex|яндекс|почта|mail\.ru|naver|네이버|daum|hanmail|kakao|휴대폰|"
    r"스마트폰|qq|foxmail|网易|網易|邮箱|大师|手机|手機|小米|华为|華為|荣耀|三星|魅族|邮件|郵件|信箱|携帯|"
    r"スマホ|アンドロイド|line|docomo|"
    r"au |softbank|fairphone|zenfone|htc|lg |lenovo|nothing|apple|watch|телефон|устройств|mobiel|komórk"
)
POSSESSIVE = re.compile(
    r"(?:^|\s)(?:my|min|mitt|mit|mein\w*|mijn|mon|mi|mio|meu|mojego|моего|meg|mého)\s|我的|나의|^내 |私の"
)
OUTLOOK = re.compile(
    r"outlook\b.{0,12}\b(?:ios|android)|(?:ios|android)\S{0,3}\s.{0,8}outlook|outlook mobile"
)
APP = re.compile(r"\b(?:ios|android|iphone|ipad|app)\b|용|版")
LINK = re.compile(r"\s*[<(\[]?https?://\S*[>)\]]?")
LONGEST = 110
NEVER = ("?", "？")


def is_device(text: str) -> bool:
    """Whether a whole line is what a program says of itself below a mail."""
    low = LINK.sub("", text.casefold()).strip(" .*_-–—~<>[]()|。")
    if not low or len(low) > LONGEST or low.endswith(NEVER):
        return False
    if OUTLOOK.search(low) and len(low.split()) <= 9:
        return True
    table = words()
    if not low.startswith(table.device_starts) and not low.endswith(table.device_ends):
        return False
    if any(_says(low, before, after) for before, after in table.devices):
        return True
    return bool(APP.search(low)) and any(_says(low, before, after) for before, after in table.apps)


def _says(low: str, before: str, after: str) -> bool:
    """Whether it reads as "Sent from {device}"; a device we do not know must be called one's own."""
    if not low.startswith(before) or (after and after.strip() not in low[len(before) :]):
        return False
    inside = low[len(before) :]
    if after and not low.endswith(after.rstrip(" .")):
        return False
    inside = inside.removesuffix(after) if after else inside
    if len(inside.split()) > 12:
        return False
    first = " ".join(inside.split()[:7])
    known = bool(GADGETS.search(f"{first} "))
    own = bool(POSSESSIVE.search(before)) and 0 < len(inside.split()) <= 3
    return known or own
