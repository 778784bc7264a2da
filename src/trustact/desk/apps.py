"""The Django application of the desk."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Pages, sign-in and the files they are dressed in; the record itself is `trustact.records`."""

    name = "trustact.desk"
    label = "desk"
