"""What tells a contact block from a sentence: telephone numbers, addresses of the web, firms."""

import re

from samspill.mail.attribution import ADDRESS

LABELS = (
    "tel|telefon|tlf|tfn|tél|téléphone|teléfono|telefone|telefono|phone|ph|mobile|mobil|mob|cell|cel|celular|móvil|fax|faks|"
    "telefax|direct|direkt|office|gsm|handy|puh|puhelin|kom|tel. kom|cellulare|telemóvel|portable|fixe|whatsapp|skype|"
    "t|m|p|f|d|c|e|w|email|e-mail|mail|web|website|電話|手機|行動電話|傳真|电话|手机|传真|携帯|電子郵件|邮箱|信箱|電郵|網址|地址|"
    "住所|メール|전화|휴대폰|팩스|이메일|주소|тел|telefoon|mobiel|sähköposti|e-post|epost|correo|web|org.nr|vat|ust-idnr|"
    "business id|y-tunnus|cvr|siret|siren|nif|p.iva|p. iva|cif|nip|krs|統一編號"
)
LABELLED = re.compile(
    rf"(?:{LABELS})\.?\s?(?:nr|no)?\.?\s?(?:\([^)]{{1,12}}\))?\s?[:.：|]?\s*(?:[+(\d]|https?:|www\.|\S{{1,64}}@)"
)
NUMBER = re.compile(r"[+(]?\d[\d\s()./–-]{6,20}\d")
DATED = re.compile(r"(?:19|20)\d\d[-./]\d|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
ENDINGS = "com|org|net|no|se|dk|fi|de|nl|fr|es|it|pt|pl|tw|cn|jp|kr|eu|example|test"
WEB = re.compile(rf"(?:https?://|www\.)\S{{3,}}|(?:[a-z0-9-]{{2,63}}\.){{1,5}}(?:{ENDINGS})(?:/\S*)?")
POSTAL = re.compile(r"(?:[A-Z]{1,2}[-\s])?\d{3,6}\s[A-ZÀ-ÞŁŚŻ][\w-]+|\d{2}-\d{3}\s\w+|〒?\d{3}-\d{4}")
FIRM = re.compile(
    r"(?:^|\s)(?:ASA?|GmbH|AG|KG|UG|e\.V\.|Ltd\.?|LLC|Inc\.?|AB|Oyj?|ApS|A/S|B\.?V\.?|N\.?V\.?|S\.?A\.?|S\.?L\.?"
    r"|S\.?r\.?l\.?|S\.?p\.?A\.?|Sp\. z o\. ?o\.|Lda\.?|Ltda\.?|SARL|SAS|Corp\.?|Co\.)(?:$|[\s,|])"
    r"|株式会社|有限公司|有限會社|주식회사|\(주\)|㈱"
)
APART = re.compile(r"\s*[|•·]\s*")
ENDED = (".", "!", "?", "。", "！", "？", ":", "：", ",", "…")


def strong(text: str) -> bool:
    """Whether a line tells how to reach somebody."""
    return len(text) <= 200 and any(_reaches(piece) for piece in APART.split(text) if piece)


def _reaches(text: str) -> bool:
    low = text.casefold()
    if LABELLED.match(low.lstrip("-–* ☎✆📞")):
        return True
    if NUMBER.fullmatch(text) and not DATED.match(text):
        return sum(sign.isdigit() for sign in text) >= 7
    alone = len(text.split()) <= 3
    return alone and (bool(ADDRESS.search(text)) or bool(WEB.match(low.strip("<>[]() "))))


def weak(text: str) -> bool:
    """Whether a line may be part of a contact block: a firm, a place with its postal code."""
    return bool(POSTAL.search(text) or FIRM.search(text))


def prose(text: str) -> bool:
    """Whether a line is a sentence rather than a line of a contact block."""
    if len(text) > 90 or text.endswith(("?", "？")) or text.startswith(("#", "```", "$ ", "[code")):
        return True
    return text.endswith((".", "!", "。", "！", "…")) and len(text.split()) >= 5 and not strong(text)


def name_like(text: str) -> bool:
    """Whether a line could be a person's name: one to four words, each beginning large, nothing else."""
    tokens = text.strip(" ,").split()
    if not 1 <= len(tokens) <= 4 or len(text) > 40 or text.endswith(ENDED[:4]):
        return False
    return all(token[0].isalpha() and (token[0].isupper() or not token[0].islower()) for token in tokens)
