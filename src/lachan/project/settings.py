"""All settings, from the environment. Each has a safe default, so that a fresh checkout runs without any."""

import os
import secrets
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from lachan.project.mail_server import mail_server
from lachan.project.places import PORT, cluster_home, home, socket_folder
from lachan.project.single_sign_on import providers

ROLES = (
    "coordinator",
    "editor",
    "officer",
    "head",
    "collaborator",
    "operator",
)  # as orgs.models.Role, which loads later
PACKAGE = Path(__file__).resolve().parent.parent


def env_flag(name: str, *, default: bool) -> bool:
    """True for 1/true/yes/on, False for 0/false/no/off; anything else stops the start with a sentence."""
    value = os.environ.get(name, "").strip().lower()
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("0", "false", "no", "off"):
        return False
    if value:
        raise SystemExit(f"{name} phải là 1 hoặc 0 / must be 1 or 0, not {value!r}")
    return default


def env_number(name: str, *, default: int, least: int, most: int) -> int:
    """A whole number within bounds; anything else stops the start with a sentence."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if value.isdecimal() and least <= int(value) <= most:
        return int(value)
    raise SystemExit(
        f"{name} phải là số từ {least} đến {most} / must be a number from {least} to {most}, not {value!r}"
    )


def env_choices(name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Words with commas between them, each one of `known`; anything else stops the start with a sentence."""
    words = tuple(word for word in (part.strip().lower() for part in os.environ.get(name, "").split(",")) if word)
    if unknown := set(words) - set(known):
        raise SystemExit(f"{name}: không có / there is no {', '.join(sorted(unknown))}. {', '.join(known)}")
    return words


def _secret(home: Path) -> str:
    """LACHAN_SECRET_KEY, else a key made once and kept in the var folder, readable by its owner only."""
    if key := os.environ.get("LACHAN_SECRET_KEY"):
        return key
    file = home / "secret_key"
    try:
        return file.read_text()
    except FileNotFoundError:
        key = secrets.token_urlsafe(50)
        try:
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
                out.write(key)
        except FileExistsError:
            return file.read_text()
        return key


VAR = home()
VAR.mkdir(parents=True, exist_ok=True)
SECRET_KEY = _secret(VAR)
DEBUG = env_flag("LACHAN_DEBUG", default=False)
ALLOWED_HOSTS = os.environ.get("LACHAN_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
HTTPS = env_flag("LACHAN_HTTPS", default=False)

INSTALLED_APPS = [
    "lachan.api",
    "lachan.portal",
    "lachan.exchange",
    "lachan.reporting",
    "lachan.activities",
    "lachan.campaigns",
    "lachan.letters",
    "lachan.accounts",
    "lachan.notices",
    "lachan.orgs",
    "lachan.channels",
    "lachan.foundation",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "allauth.usersessions",
    "procrastinate.contrib.django",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",  # last, so that foundation's templates of controls come before Django's
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "lachan.api.short_way.ShortWayMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "lachan.foundation.http.PrivatePagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "lachan.foundation.language.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "lachan.foundation.http.ZeroCharactersMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lachan.foundation.http.RequestTimeMiddleware",
    "lachan.accounts.sessions.SessionMiddleware",
    "lachan.foundation.http.RefusedMiddleware",
    "lachan.foundation.away.DatabaseAwayMiddleware",
]

FORM_RENDERER = "lachan.foundation.form_renderer.WidgetRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
        },
    },
]

ROOT_URLCONF = "lachan.project.urls"
WSGI_APPLICATION = "lachan.project.wsgi.application"

# Without DATABASE_URL: the embedded database, which lachan.project.embedded starts and which listens on this unix socket only.
DATABASE_URL = os.environ.get("DATABASE_URL", "")
DATABASES = {
    "default": dj_database_url.parse(DATABASE_URL)
    if DATABASE_URL
    else {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "lachan",
        "USER": "lachan",
        "HOST": str(socket_folder(cluster_home(VAR))),
        "PORT": str(PORT),
    }
}
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
# In the database, so that what is counted there (wrong passwords, used codes) holds across processes and machines.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "orgs.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "lachan.accounts.passwords.CommonPasswords"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "lachan.accounts.adapter.AccountAdapter"  # nobody signs up by themselves
ACCOUNT_SESSION_REMEMBER = True  # how long a session lasts is chosen by the kind of device: accounts/sessions.py
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_FORMS = {
    "login": "lachan.accounts.sign_in_forms.LoginForm",
    "change_password": "lachan.accounts.sign_in_forms.ChangePasswordForm",
    "set_password": "lachan.accounts.sign_in_forms.SetPasswordForm",
    "reset_password": "lachan.accounts.sign_in_forms.ResetPasswordForm",
    "reset_password_from_key": "lachan.accounts.sign_in_forms.ResetPasswordKeyForm",
    "reauthenticate": "lachan.accounts.sign_in_forms.ReauthenticateForm",
}
# Schools and offices share one address, so attempts are counted by account first and loosely by address.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "100/m/ip,5/300s/key",
    "reset_password": "60/m/ip,5/h/key",
    "reset_password_from_key": "60/m/ip",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ADAPTER = "lachan.accounts.second_factor.FactorAdapter"
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # the finger, the face or the PIN: a stolen key alone opens nothing
MFA_TOTP_ISSUER = "Lá Chắn"
MFA_TOTP_TOLERANCE = 1  # half-minutes: the clocks of phones differ
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts are given to addresses by those who know them
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
MFA_FORMS = {
    "authenticate": "lachan.accounts.factor_forms.AuthenticateForm",
    "reauthenticate": "lachan.accounts.factor_forms.ReauthenticateForm",
    "activate_totp": "lachan.accounts.factor_forms.ActivateTOTPForm",
    "add_webauthn": "lachan.accounts.factor_forms.AddPasskeyForm",
    "edit_webauthn": "lachan.accounts.factor_forms.RenamePasskeyForm",
    "authenticate_webauthn": "lachan.accounts.factor_forms.UsePasskeyForm",
    "reauthenticate_webauthn": "lachan.accounts.factor_forms.ReauthenticatePasskeyForm",
    "login_webauthn": "lachan.accounts.factor_forms.PasskeyLoginForm",
}
SOCIALACCOUNT_PROVIDERS = providers(os.environ)  # single sign-on: none unless the environment says so
SOCIALACCOUNT_ADAPTER = "lachan.accounts.sign_on.SignOnAdapter"
SECOND_FACTOR_ROLES = env_choices("LACHAN_SECOND_FACTOR_ROLES", ROLES)
SIGNED_IN_GATE = "lachan.accounts.second_factor.factor_first"  # asked before every page of those who have signed in
ALLAUTH_TRUSTED_PROXY_COUNT = env_number("LACHAN_PROXIES", default=0, least=0, most=9)  # for counting tries by address
API_REQUESTS_A_MINUTE = env_number("LACHAN_API_REQUESTS_A_MINUTE", default=1200, least=20, most=1_000_000)  # by token
WEBHOOKS_INSIDE = env_flag(
    "LACHAN_WEBHOOKS_INSIDE", default=False
)  # may go to this network's own machines, without TLS
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "/tai-khoan/login/"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # served from inside the package: nothing to collect, nothing stale after an upgrade
MEDIA_ROOT = VAR / "files"
EXCHANGE_URL = os.environ.get("LACHAN_EXCHANGE_URL", "")  # of the exchange of letters; empty: none
EXCHANGE_TOKEN = os.environ.get("LACHAN_EXCHANGE_TOKEN", "")
ANALYSIS = os.environ.get("LACHAN_ANALYSIS", "duckdb")  # or "postgresql", or the address of a Spark master
ANALYSIS_FOLDER = Path(os.environ.get("LACHAN_ANALYSIS_FOLDER", VAR / "analysis"))  # Spark's machines must see it too
PACKAGE_KEY = os.environ.get("LACHAN_PACKAGE_KEY") or VAR / "package_key.pem"  # made when first needed
SIGNATURE_ROOTS = (
    VAR / "certificates"
)  # roots whose signatures count as trusted: PEM or DER files the operator puts there
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
DATA_UPLOAD_MAX_NUMBER_FILES = 500  # a form with too many photos gets a sentence, not a bare refusal
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "lachan.foundation.uploads.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Without LACHAN_SMTP_URL: mail is written into files, for a first try and for machines that may not send any.
SMTP = mail_server(os.environ.get("LACHAN_SMTP_URL", ""))
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if SMTP else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
if SMTP:
    EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = SMTP.host, SMTP.port, SMTP.user, SMTP.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = SMTP.starttls, SMTP.tls
EMAIL_TIMEOUT = 30  # seconds
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("LACHAN_MAIL_FROM", "Lá Chắn <lachan@localhost>")
SITE_URL = os.environ.get("LACHAN_URL", "http://127.0.0.1:8000").rstrip("/")  # in the links of mail

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 14 * 24 * 3600  # on a device of one's own
SHARED_DEVICE_IDLE_SECONDS = 60 * env_number("LACHAN_SHARED_IDLE_MINUTES", default=15, least=2, most=240)
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0

FORMAT_MODULE_PATH = "lachan.foundation.formats"
SILENCED_SYSTEM_CHECKS: list[str] = []

# Faults and warnings go to stderr, one line and a trace each, for the terminal, systemd or a container to keep.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "pyhanko": {"level": "ERROR"},  # a certificate nobody here trusts is an answer, not a fault
        "django.request": {"level": "ERROR"},  # a page that is not there, or refused, is no fault of ours
    },
}
