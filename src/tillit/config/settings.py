"""Django's settings: one file, typed, all variation read from the environment (environment.py)."""

from csp.constants import NONE, SELF

from tillit.config import environment, logs
from tillit.foundation.login.oidc import providers

ENV = environment.read()

DEBUG = False
DEMO = ENV.is_demo
SECRET_KEY = ENV.secret_key
SECRET_KEY_FALLBACKS = list(ENV.old_secret_keys)
ALLOWED_HOSTS = list(ENV.allowed_hosts)
ROOT_URLCONF = "tillit.config.urls"
WSGI_APPLICATION = "tillit.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "template_partials",
    "csp",
    "django_tasks",
    "django_tasks_db",
    # the floors, from the ground up
    "tillit.ui",
    "tillit.foundation.access",
    "tillit.foundation.login",
    "tillit.foundation.jobs",
    "tillit.foundation.keeping",
    "tillit.foundation.organisation",
    "tillit.foundation.workforce",
    "tillit.foundation.delivery",
    "tillit.foundation.authority",
    "tillit.foundation.responsibility",
    "tillit.care.citizens",
    "tillit.care.journal",
    "tillit.care.consents",
    "tillit.care.notices",
    "tillit.care.needs",
    "tillit.care.letters",
    "tillit.care.decisions",
    "tillit.care.careplans",
    "tillit.care.visits",
    "tillit.care.observations",
    "tillit.care.photos",
    "tillit.care.evaluations",
    "tillit.care.courses",
    "tillit.care.therapy",
    "tillit.teamwork.planning",
    "tillit.teamwork.deviations",
    "tillit.teamwork.changeover",
    "tillit.learning.surveys",
    "tillit.learning.insight",
    "tillit.learning.improvement",
    "tillit.exchange.files",
    "tillit.exchange.person",
    "tillit.pages.myday",
    "tillit.pages.teamboard",
    "tillit.pages.citizen",
    "tillit.pages.stays",
    "tillit.pages.oversight",
    "tillit.pages.minside",
    "tillit.config",
]
AUTH_USER_MODEL = "access.User"
LOGIN_URL = "login:log-in"
LOGIN_REDIRECT_URL = "/"
#: What a password is worth: "no", "with-second-step" or "alone" (never in production).
PASSWORD_LOGIN = ENV.password_login
#: The login services: the municipality's Entra ID, HelseID.
LOGIN_PROVIDERS = providers.read(ENV.login_file, production=ENV.mode == "production")
#: How often one person may ask at doors that cost much or can be guessed at (docs/operations.md, «How often»).
LIMITS = ENV.limits
#: How many proxies of ours stand in front: whose word on the sender's address we take.
PROXIES = ENV.proxies
#: The municipality's own networks: the access log says whether somebody looked from inside them.
NETWORKS = ENV.networks
#: Whether a Django session that no log in of ours began is taken. Tests sign people in that way.
UNKNOWN_SESSIONS = ENV.mode == "test"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

MIDDLEWARE = [
    "tillit.config.headers.Headers",
    "tillit.config.logs.RequestNumber",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tillit.foundation.login.middleware.LoginSessionMiddleware",
    "tillit.foundation.access.middleware.ActorMiddleware",
    "tillit.foundation.access.middleware.AccessLogMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tillit.config.errors.DatabaseAway",
    "tillit.config.errors.OnlyAPress",
]
CSRF_FAILURE_VIEW = "tillit.config.errors.csrf_failure"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "tillit.pages.home.shell.shell",
            ],
        },
    },
]

DATABASES = {"default": environment.database(ENV.database_url)}
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = ENV.https
SESSION_COOKIE_SAMESITE = "Lax"  # Strict would forget the log in on the way back from a login service
CSRF_COOKIE_SECURE = ENV.https
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True  # forms carry the token; no script reads it
if ENV.https:  # a browser takes such a cookie from this very host alone, over https, for all of it
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
LANGUAGE_COOKIE_NAME = "tillit_language"
#: What was done stands in the session, never in a cookie: it may name a citizen.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if ENV.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENV.https
SECURE_HSTS_PRELOAD = ENV.https
SECURE_SSL_REDIRECT = ENV.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.https else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

#: Nothing but our own files, and nothing written into the page runs. Trusted types are not asked for: htmx and Leaflet
#: write markup themselves, and a policy that lets all of it through would guard nothing.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *environment.origins(ENV.tile_url)],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF, *sorted({f"https://{host}" for one in LOGIN_PROVIDERS for host in one.hosts})],
        "frame-ancestors": [NONE],
        "upgrade-insecure-requests": ENV.https,
    }
}

#: Only what is named is written, and never what a person wrote or who it is about (logs.py).
LOGGING = logs.configuration(plain=ENV.is_demo)

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
LOCALE_PATHS = [environment.PROJECT_ROOT / "src" / "tillit" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Oslo"

STATIC_URL = "static/"
STATIC_ROOT = ENV.data_dir / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if ENV.mode == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = ENV.data_dir / "files"

#: Keys that seal national ids at rest (docs/operations.md, Keys, backup, restore). Empty in tests alone.
DATA_KEYS_FILE = ENV.data_keys or ("" if ENV.mode == "test" else str(ENV.data_dir / "data-keys"))
DATA_KEYS_MADE_HERE = ENV.is_demo or (not ENV.data_keys and ENV.database_url.startswith("sqlite:"))
#: Keys that sign the logs (docs/operations.md, Log keys). Empty in tests alone: a key of their own.
LOG_KEYS_FILE = ENV.log_keys or ("" if ENV.mode == "test" else str(ENV.data_dir / "log-keys"))
#: The demo and the embedded database make the file at the first need; elsewhere an operator makes it.
LOG_KEYS_MADE_HERE = ENV.is_demo or (not ENV.log_keys and ENV.database_url.startswith("sqlite:"))
#: Where the newest seal's hash is kept outside the database, so that a tail that was cut off is found.
LOG_ANCHOR_FILE = "" if ENV.mode == "test" else str(ENV.data_dir / "log-anchor")
#: Whether reading a citizen's data where nobody writes the access log is an error, or is written as it is.
READING_OUTSIDE_FAILS = ENV.mode == "test"

#: How long the planner may search for a day's proposal.
PLAN_SECONDS = 8.0
#: How long it may search when as little as possible is to change: an answer in about two seconds in all.
REPLAN_SECONDS = 0.8
#: How long it may search for each part of a day when several days are planned together.
PLAN_WEEKS_SECONDS = 2.0
#: How long it may look for what a day's lists can take, and whether it does so by itself for lists in use.
STRENGTH_SECONDS = 10.0
STRENGTH_FOLLOWS = True
#: How long it may search for each of the plans that «hva om …?» compares: four of each side.
WHAT_IF_SECONDS = 3.0
#: How many cores one proposal may use.
PLAN_CORES = ENV.plan_cores

#: The queues: what can wait, and what somebody sits and waits for (foundation.jobs.progress.AWAITED).
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "awaited"]}}
