"""Django settings. Everything an owner may change is an environment variable, listed in docs/settings.md."""

from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from samspill.boot.environ import (
    data_folder,
    database_url,
    encoder_choice,
    read,
    read_flag,
    read_list,
    secret_key,
)

PACKAGE = Path(__file__).resolve().parent.parent
DATA_FOLDER = data_folder()
MODELS_FOLDER = Path(read("MODELS") or DATA_FOLDER / "models")
MODELS_SOCKET = Path(read("MODELS_SOCKET") or DATA_FOLDER / "run" / "models.sock")
MODELS_QUICK_S = 1.0  # where somebody waits, a text model that takes longer is as good as away
ENCODER = encoder_choice()
UPLOADS_FOLDER = DATA_FOLDER / "uploads"
OUTBOX_FOLDER = DATA_FOLDER / "outbox"

DEBUG = read_flag("DEBUG")
SECRET_KEY = secret_key(DATA_FOLDER)
URL = read("URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = [*read_list("HOSTS"), urlsplit(URL).hostname or "localhost", "localhost", "127.0.0.1"]
CSRF_TRUSTED_ORIGINS = [URL]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if read_flag("BEHIND_PROXY") else None
HTTPS = URL.startswith("https://")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "django_htmx",
    "samspill.apps.SamspillConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "samspill.boot.middleware.ContentPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "samspill.boot.middleware.ReaderLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "samspill.boot.middleware.SignInRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "samspill.boot.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "samspill.boot.context.workspace",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
            "libraries": {"samspill": "samspill.boot.template_tags"},
            "loaders": [
                ("django.template.loaders.cached.Loader", ["django.template.loaders.filesystem.Loader"])
            ],
        },
    }
]


def _database(url: str) -> dict[str, object]:
    """A Django database from postgresql://user:password@host:port/name?host=/socket/folder."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/") or "samspill",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": 24, "timeout": 5, "max_idle": 120},
            "server_side_binding": True,
            "prepare_threshold": 5,  # what is asked often is planned once
            **query,
        },
        "TEST": {"NAME": "test_samspill"},
    }


DATABASE_URL = database_url()
DATABASES = {"default": _database(DATABASE_URL or "postgresql://postgres@localhost/samspill")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "samspill.Agent"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "console:sign_in"
LOGIN_REDIRECT_URL = "console:inbox"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LANGUAGE_CODE = "en"
LANGUAGES = [("nb", "Bokmål"), ("de", "Deutsch"), ("zh-hant", "繁體中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [PACKAGE / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

_smtp = urlsplit(read("SMTP_URL"))
if _smtp.hostname:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _smtp.hostname, _smtp.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_smtp.username or ""), unquote(_smtp.password or "")
    EMAIL_USE_TLS, EMAIL_USE_SSL = _smtp.scheme == "smtp+tls", _smtp.scheme == "smtps"
    EMAIL_TIMEOUT = 10
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = OUTBOX_FOLDER
DEFAULT_FROM_EMAIL = read("MAIL_FROM") or f"samspill@{urlsplit(URL).hostname}"

# where the messaging services answer; another address is for tests and for proxies of one's own
SERVICES_BY_DEFAULT = {
    "graph": "https://graph.facebook.com/v23.0",
    "telegram": "https://api.telegram.org",
    "line": "https://api.line.me",
    "line_data": "https://api-data.line.me",
    "twilio": "https://api.twilio.com",
}
SERVICES = {name: read(f"{name.upper()}_URL", url) for name, url in SERVICES_BY_DEFAULT.items()}

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"private": {"()": "samspill.boot.logs.NothingPersonal"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["private"]}},
    "root": {"handlers": ["stderr"], "level": read("LOG_LEVEL", "WARNING")},
    "loggers": {
        "bm25s": {"propagate": False},  # sets itself to DEBUG
        "httpx": {"level": "WARNING"},  # would log addresses, and some carry a key
    },
}
