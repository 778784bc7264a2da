"""A new row written by one statement: an append waits for its commit, and should wait for little else."""

from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model


def insert(row: Model) -> None:
    """Write a new row, every column of which has its value already; no defaults of the database, no signals."""
    statement, columns = _statement(type(row))
    with connection.cursor() as cursor:
        values = [column.get_db_prep_save(getattr(row, column.attname), connection) for column in columns]
        cursor.execute(statement, values)
    row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001 (as Model.save leaves it)


@cache
def _statement(model: type[Model]) -> tuple[str, list["Field[Any, Any]"]]:
    columns = list(model._meta.local_concrete_fields)  # noqa: SLF001 (Django documents it as public)
    names = ", ".join(f'"{column.column}"' for column in columns)
    places = ", ".join(["%s"] * len(columns))
    return f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({places})', columns  # noqa: S608, SLF001
