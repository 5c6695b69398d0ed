"""Languages by their codes: what the product speaks itself and what it can call by name."""

FULL = ("nb", "de", "zh-Hant", "en")
NAMES = {
    "nb": "Bokmål", "nn": "Nynorsk", "da": "Dansk", "sv": "Svenska", "de": "Deutsch", "en": "English",
    "nl": "Nederlands", "fr": "Français", "es": "Español", "it": "Italiano", "pt": "Português",
    "pl": "Polski", "fi": "Suomi", "ja": "日本語", "ko": "한국어",
    "zh-Hant": "繁體中文", "zh-Hans": "简体中文",
    "und": "–",
}  # fmt: skip
# Recognised in a message and called by name; the answer is in a language above.
HEARD = {
    "tr": "Türkçe", "ro": "Română", "cs": "Čeština", "sk": "Slovenčina", "sl": "Slovenščina", "hu": "Magyar",
    "lt": "Lietuvių", "lv": "Latviešu", "et": "Eesti", "is": "Íslenska", "ca": "Català", "sr": "Srpski / hrvatski",
    "vi": "Tiếng Việt", "id": "Bahasa Indonesia", "ru": "Русский", "uk": "Українська", "be": "Беларуская",
    "bg": "Български", "mk": "Македонски", "kk": "Қазақша", "el": "Ελληνικά", "he": "עברית", "ar": "العربية",
    "fa": "فارسی", "ur": "اردو", "hi": "हिन्दी", "th": "ไทย",
}  # fmt: skip
CHOICES = [(code, NAMES[code]) for code in FULL]
_NEAREST = {"nn": "nb", "da": "nb", "sv": "nb", "zh-Hans": "zh-Hant"}


def django_code(code: str) -> str:
    """Django writes zh-hant where the world writes zh-Hant."""
    return code.lower()


def from_django(code: str) -> str:
    """The code as the world writes it: zh-hant → zh-Hant."""
    return {"zh-hant": "zh-Hant", "zh-hans": "zh-Hans"}.get(code.lower(), code)


def named(code: str) -> str:
    """A language by its own name, its code when it has none here."""
    return NAMES.get(code) or HEARD.get(code, code)


def spoken(code: str, default: str = "en") -> str:
    """The language of the product that serves a reader of `code` best."""
    if code in FULL:
        return code
    return _NEAREST.get(code, default)
