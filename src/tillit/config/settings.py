"""Django's settings: one file, typed, all variation read from the environment (environment.py)."""

from csp.constants import NONE, SELF

from tillit.config import environment

ENV = environment.read()

DEBUG = False
DEMO = ENV.is_demo
SECRET_KEY = ENV.secret_key
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
    "tillit.foundation.jobs",
    "tillit.foundation.organisation",
    "tillit.foundation.workforce",
    "tillit.foundation.authority",
    "tillit.foundation.responsibility",
    "tillit.care.citizens",
    "tillit.care.needs",
    "tillit.care.letters",
    "tillit.care.decisions",
    "tillit.care.careplans",
    "tillit.care.visits",
    "tillit.teamwork.planning",
    "tillit.exchange.files",
    "tillit.pages.myday",
    "tillit.pages.teamboard",
    "tillit.pages.citizen",
    "tillit.config",
]
AUTH_USER_MODEL = "access.User"
LOGIN_URL = "access:login"
LOGIN_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tillit.foundation.access.middleware.ActorMiddleware",
    "tillit.foundation.access.middleware.AccessLogMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tillit.config.errors.DatabaseAway",
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
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = ENV.https
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if ENV.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENV.https
SECURE_HSTS_PRELOAD = ENV.https
SECURE_SSL_REDIRECT = ENV.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.https else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "img-src": [SELF, "data:"],
    }
}

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
