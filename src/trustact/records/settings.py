"""Django settings for the record alone: database and models, no web. `trustact.desk.settings` adds the desk."""

import os
from pathlib import Path
from typing import Any

from trustact.records.database_url import database_settings

OFFICE = Path(os.environ.get("TRUSTACT_OFFICE", "office"))

DATABASES: dict[str, dict[str, Any]] = {
    "default": database_settings(os.environ.get("TRUSTACT_DATABASE_URL", ""), OFFICE)
}
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "trustact.records"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
LOGGING_CONFIG = None
