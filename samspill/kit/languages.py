"""Languages by their codes: what the product speaks itself and what it can call by name."""

FULL = ("nb", "de", "zh-Hant", "en")
NAMES = {
    "nb": "Bokmål", "nn": "Nynorsk", "da": "Dansk", "sv": "Svenska", "de": "Deutsch", "en": "English",
    "nl": "Nederlands", "fr": "Français", "es": "Español", "it": "Italiano", "pt": "Português",
    "pl": "Polski", "fi": "Suomi", "ja": "日本語", "ko": "한국어",
    "zh-Hant": "繁體中文", "zh-Hans": "简体中文",
    "und": "–",
}  # fmt: skip
CHOICES = [(code, NAMES[code]) for code in FULL]
_NEAREST = {"nn": "nb", "da": "nb", "sv": "nb", "zh-Hans": "zh-Hant"}


def django_code(code: str) -> str:
    """Django writes zh-hant where the world writes zh-Hant."""
    return code.lower()


def from_django(code: str) -> str:
    """The code as the world writes it: zh-hant → zh-Hant."""
    return {"zh-hant": "zh-Hant", "zh-hans": "zh-Hans"}.get(code.lower(), code)


def spoken(code: str, default: str = "en") -> str:
    """The language of the product that serves a reader of `code` best."""
    if code in FULL:
        return code
    return _NEAREST.get(code, default)
