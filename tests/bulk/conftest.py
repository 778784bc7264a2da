"""One Spark session for all tests that need it."""

import os
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from tests.needs import missing


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkSession]:
    """A local Spark; skips, saying so, where there is no Java."""
    home = os.environ.get("JAVA_HOME")
    if not (Path(home, "bin", "java").exists() if home else shutil.which("java")):
        missing("Spark needs Java, and there is none on PATH or in JAVA_HOME")
    options: dict[str, bool | float | int | str | None] = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "OFF",
        "spark.sql.session.timeZone": "Asia/Tokyo",
        "spark.sql.shuffle.partitions": "1",
        "spark.sql.codegen.wholeStage": "false",  # compiling takes longer than a few hundred rows
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    }
    session = SparkSession.Builder().master("local[1]").config(map=options).getOrCreate()
    yield session
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the gateway leaves its sockets to the collector
        session.stop()
