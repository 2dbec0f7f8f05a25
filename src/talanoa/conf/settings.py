"""Django's settings, made from the table in env.py. One file for every environment."""

from pathlib import Path

from csp.constants import NONE, SELF

from talanoa.conf.env import database, is_demonstration, load
from talanoa.conf.secret import secret_key
from talanoa.lib.languages import PAGES

ENV = load()
TALANOA_HOME: Path = ENV["TALANOA_HOME"].absolute()
TALANOA_HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
TALANOA_URL: str = ENV["TALANOA_URL"].rstrip("/")
TALANOA_DEMONSTRATION: bool = is_demonstration(ENV["TALANOA_DEMONSTRATION"], TALANOA_HOME)
SECURE = TALANOA_URL.startswith("https://")

DEBUG = ENV["TALANOA_DEBUG"]
SECRET_KEY = secret_key(ENV["TALANOA_SECRET_KEY"], TALANOA_HOME)
ALLOWED_HOSTS = ENV["TALANOA_HOSTS"]
ROOT_URLCONF = "talanoa.conf.urls"
WSGI_APPLICATION = "talanoa.conf.wsgi.application"
DATABASES = {"default": database(ENV["DATABASE_URL"], TALANOA_HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "talanoa.conf",
    "talanoa.site",
    "talanoa.api",
    "talanoa.place",
    "talanoa.search",
    "talanoa.studies",
    "talanoa.reports",
    "talanoa.desk",
    "talanoa.grants",
    "talanoa.roster",
    "talanoa.learning",
    "talanoa.badges",
    "talanoa.practice",
    "talanoa.consensus",
    "talanoa.statements",
    "talanoa.drafts",
    "talanoa.meetings",
    "talanoa.archives",
    "talanoa.inputs",
    "talanoa.discussions",
    "talanoa.contributions",
    "talanoa.processes",
    "talanoa.documents",
    "talanoa.registry",
    "talanoa.mail",
    "talanoa.people",
    "talanoa.record",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "talanoa.people.middleware.PersonMiddleware",
    "talanoa.site.middleware.RefusalMiddleware",
    "talanoa.site.middleware.PasskeyScriptsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "talanoa.site.context.installation",
            ],
        },
    }
]

LANGUAGE_CODE = "en"
LANGUAGES = PAGES
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = TALANOA_HOME / "static"
STATIC_ROOT.mkdir(exist_ok=True)
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

# Sign-in by a code that is mailed; a passkey is an option; the secretariat's roles need a second factor.
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "site:my-page"
ACCOUNT_ADAPTER = "talanoa.site.adapters.SiteAdapter"
ACCOUNT_FORMS = {"add_email": "talanoa.people.adapters.AddAddressForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_REQUIRED = False
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
EMAIL_BACKEND = "talanoa.mail.backends.OutboxBackend"
DEFAULT_FROM_EMAIL = ENV["TALANOA_MAIL_FROM"]
SERVER_EMAIL = DEFAULT_FROM_EMAIL

SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-talanoa" if SECURE else "talanoa"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_HANDLERS = [
    "talanoa.site.uploads.WholeRequestLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
