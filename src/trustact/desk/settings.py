"""Django settings of the desk: the record's settings, and the web on top of them.

An office folder is all it needs. `TRUSTACT_HOSTS` names, with commas, the hosts under which a department serves
the desk over TLS; without it the desk answers on this computer alone.
"""

import os
from typing import Any

from csp.constants import NONE, SELF

from trustact.desk.dress import BUNDLED, fingerprint, own_dress
from trustact.desk.secret import secret_key
from trustact.records.settings import *  # noqa: F403
from trustact.records.settings import INSTALLED_APPS as RECORD_APPS
from trustact.records.settings import OFFICE

HOSTS = [host.strip() for host in os.environ.get("TRUSTACT_HOSTS", "").split(",") if host.strip()]

DEBUG = False
SECRET_KEY = secret_key(OFFICE)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *HOSTS]
ROOT_URLCONF = "trustact.desk.urls"
WSGI_APPLICATION = "trustact.desk.wsgi.application"
APPEND_SLASH = True

INSTALLED_APPS = [
    *RECORD_APPS,
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "trustact.desk",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Before the form's token is looked for, since that reads the whole body: of a stranger nothing is read.
    "trustact.desk.steps.SignInFirst",
    "trustact.desk.bodies.BodyLimits",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "trustact.desk.headers.confidential",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "trustact.desk.frame.frame",
            ],
        },
    }
]

# Sign-in: the session ends 30 minutes after the last page, or the last thing a person did on one, as session.js tells
# (CJIS AC-11, AC-12), and with the browser.
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "queue"
SESSION_COOKIE_NAME = "trustact_session"
SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "trustact_csrf"
CSRF_COOKIE_AGE = None
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "trustact.desk.views.errors.csrf_failure"

# Under a name of its own the desk is behind TLS; on this computer alone there is none.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = bool(HOSTS)
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in HOSTS]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HOSTS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = bool(HOSTS)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# What is handed in stays in memory until it is sealed: no plain copy is ever written to a disk. Larger bodies are
# refused before they are read.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 100_000_000

# Found once at start, wherever they are installed, and served by this process; see trustact.desk.dress.
STATICFILES_DIRS = own_dress(OFFICE)
STATIC_URL = f"/static/{fingerprint([BUNDLED, *STATICFILES_DIRS])}/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_IMMUTABLE_FILE_TEST = ".*"

USE_I18N = True
LANGUAGE_CODE = "en-us"
