"""The Django application of the record."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The office's record: ledger rows, events, sealed records, documents."""

    name = "trustact.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
