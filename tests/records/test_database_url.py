"""How the address of a database is read."""

from pathlib import Path

import pytest

from trustact.records.database_url import DatabaseUrlError, database_settings


@pytest.mark.parametrize(
    ("option", "threshold"), [("", 5), ("?prepare_threshold=0", 0), ("?prepare_threshold=none", None)]
)
def test_a_pooler_may_need_statements_unprepared(option: str, threshold: int | None, tmp_path: Path) -> None:
    found = database_settings(f"postgresql://records.example.gov/trustact{option}", tmp_path)
    assert found["OPTIONS"]["prepare_threshold"] == threshold


def test_other_options_are_postgresqls_own(tmp_path: Path) -> None:
    found = database_settings("postgresql://records.example.gov/trustact?sslmode=verify-full", tmp_path)
    assert found["OPTIONS"]["sslmode"] == "verify-full"


def test_a_threshold_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUrlError, match="prepare_threshold is neither a number nor none"):
        database_settings("postgresql://records.example.gov/trustact?prepare_threshold=-1", tmp_path)
