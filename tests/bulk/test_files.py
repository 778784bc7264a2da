"""From file to file, and through the command line."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import polars as pl
import pytest
from pyspark.sql import SparkSession

from tests.bulk.tables import as_text, decided, random_cases, table
from trustact.bulk import on_polars
from trustact.cli import main
from trustact.law.loading import load_law

BOSTON = load_law("us-ma-boston")
CASES = random_cases(BOSTON, 60, seed=11)
FRAME = table(BOSTON, CASES)
RIGHT = decided(BOSTON, CASES)

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Run `trustact bulk` in this process: its exit code and what it printed."""

    def _run(*arguments: object) -> tuple[int, str, str]:
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(["bulk", *map(str, arguments), "--law", "us-ma-boston"])
        assert isinstance(ended.value.code, int)
        return ended.value.code, *capfd.readouterr()

    return _run


@pytest.fixture(params=["enumerations.parquet", "words.parquet", "words.csv", "quoted.csv"])
def source(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / str(request.param)
    if path.name == "enumerations.parquet":
        FRAME.write_parquet(path)
    elif path.name == "words.parquet":
        as_text(FRAME).write_parquet(path, row_group_size=7)
    else:
        style: Literal["always", "necessary"] = "always" if path.name == "quoted.csv" else "necessary"
        FRAME.write_csv(path, datetime_format="%Y-%m-%dT%H:%M:%S%:z", quote_style=style)
    return path


def read(path: Path) -> list[dict[str, object]]:
    if path.suffix == ".csv":
        frame = pl.read_csv(path, infer_schema=False).with_columns(pl.col("id").cast(pl.Int64))
    else:
        frame = pl.read_parquet(path)
        id_as_read = pl.col("id").cast(pl.Int64)
        frame = frame.with_columns(id_as_read)
    return frame.to_dicts()


@pytest.mark.parametrize("engine", ["auto", "polars", "duckdb"])
@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_a_file_becomes_a_file_of_findings_in_its_order(
    run: Run, source: Path, tmp_path: Path, engine: str, ending: str
) -> None:
    out = tmp_path / f"findings.{ending}"
    code, said, _ = run(source, "--out", out, "--engine", engine)
    assert code == 0
    assert said.startswith("60 cases decided")
    assert read(out) == RIGHT
    assert {path.name for path in tmp_path.iterdir()} == {source.name, out.name}


def test_spark_goes_from_file_to_file_too(
    run: Run, source: Path, tmp_path: Path, spark: SparkSession
) -> None:
    out = tmp_path / ("findings" + source.suffix)
    code, *_ = run(source, "--out", out, "--engine", "spark")
    assert code == 0
    assert read(out) == RIGHT
    assert {path.name for path in tmp_path.iterdir()} == {source.name, out.name}


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_long_file_keeps_its_order(run: Run, tmp_path: Path, engine: str) -> None:
    long = pl.concat([FRAME] * 4000)  # several batches, and no multiple of eight rows a batch
    long.write_parquet(tmp_path / "long.parquet", row_group_size=33_333)
    code, *_ = run(tmp_path / "long.parquet", "--out", tmp_path / "findings.parquet", "--engine", engine)
    assert code == 0
    found = pl.read_parquet(tmp_path / "findings.parquet")
    once = on_polars.findings(FRAME, BOSTON)
    assert found.cast(once.schema).equals(pl.concat([once] * 4000))


def test_a_part_of_a_frame_is_decided_as_the_whole() -> None:
    found = on_polars.findings(pl.concat([FRAME] * 2).slice(3, FRAME.height), BOSTON)
    assert found.to_dicts() == [*RIGHT[3:], *RIGHT[:3]]


def test_the_summary_for_machines_names_law_engine_and_unused_columns(run: Run, tmp_path: Path) -> None:
    FRAME.with_columns(station=pl.lit("D-4")).write_parquet(tmp_path / "cases.parquet")
    _, said, _ = run(tmp_path / "cases.parquet", "--out", tmp_path / "out.csv", "--action", "hold", "--json")
    assert json.loads(said) == {
        "law": "us-ma-boston",
        "pack_digest": BOSTON.digest,
        "engine": "polars",
        "rows": 60,
        "unused": ["station"],
        "out": str(tmp_path / "out.csv"),
    }


@pytest.fixture
def gallery(tmp_path: Path) -> Path:
    """A folder with a good table and some bad ones."""
    FRAME.write_parquet(tmp_path / "good.parquet")
    (tmp_path / "broken.parquet").write_text("no table at all")
    (tmp_path / "empty.csv").write_text("")
    (tmp_path / "ragged.csv").write_text(
        "at,request.form\n2025-06-01,i-247a\n2025-06-01,i-247a,more,and more\n"
    )
    (tmp_path / "wrong.csv").write_text("at,request.form\n2025-06-01,i-247a\n2025-06-01,fax\n")
    (tmp_path / "twice.csv").write_text("at,request.form,at\n2025-06-01,i-247a,2020-01-01\n")
    (tmp_path / "semicolons.csv").write_text("at;request.form\n2025-06-01;i-247a\n")
    (tmp_path / "notes.txt").write_text("at\n")
    (tmp_path / "folder.csv").mkdir()
    return tmp_path


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize(
    ("facts", "out", "line"),
    [
        ("none.parquet", "out.csv", "there is no such file"),
        ("notes.txt", "out.csv", "the name must end in .parquet or .csv"),
        ("good.parquet", "out.xlsx", "the name must end in .parquet or .csv"),
        ("folder.csv", "out.csv", "this is a folder"),
        ("good.parquet", "none/out.csv", "there is no folder"),
        ("good.parquet", "good.parquet", "the results cannot take the place of the cases"),
        ("broken.parquet", "out.csv", "not readable"),
        ("empty.csv", "out.csv", ""),
        ("ragged.csv", "out.csv", "not readable"),
        ("twice.csv", "out.csv", "two columns are called 'at'"),
        ("semicolons.csv", "out.csv", "the columns must be parted by commas"),
        ("wrong.csv", "out.csv", "row 2: the fact 'request.form' cannot be 'fax'"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    run: Run, gallery: Path, engine: str, facts: str, out: str, line: str
) -> None:
    code, said, wrong = run(gallery / facts, "--out", gallery / out, "--engine", engine)
    assert (code, said) == (2, "")
    assert wrong.startswith("trustact: ")
    assert wrong.count("\n") == 1
    assert line in wrong
    assert not (gallery / "out.csv").exists()


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_a_full_disk_is_told_and_leaves_the_old_file(gallery: Path, engine: str, ending: str) -> None:
    pl.concat([FRAME] * 50).write_parquet(gallery / "long.parquet")
    out = gallery / f"out.{ending}"
    out.write_text("as before")
    command = ["bulk", "long.parquet", "--law", "us", "--out", out.name, "--engine", engine]
    small = "import resource as r; r.setrlimit(r.RLIMIT_FSIZE, (500, 500)); "
    ran = subprocess.run(
        [sys.executable, "-c", f"{small}from trustact.cli import main; main({command})"],
        cwd=gallery, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 3, ran.stderr
    assert ran.stderr.startswith("trustact: long.parquet: the findings could not be written: ")
    assert ran.stderr.count("\n") == 1
    assert out.read_text() == "as before"
    assert not list(gallery.glob(".*part*"))


def test_the_example_of_the_docs_prints_what_the_docs_say(run: Run, tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs/bulk.md").read_text(encoding="utf-8")
    cases = page.split("```csv\n")[1].split("```")[0]
    (tmp_path / "cases.csv").write_text(cases)
    out = tmp_path / "findings.csv"
    run(tmp_path / "cases.csv", "--action", "hold", "--action", "notify_release", "--out", out)
    assert out.read_text() == page.split("cat findings.csv\n")[1].split("```")[0]


def test_an_unknown_action_has_a_nearest_name(run: Run, gallery: Path) -> None:
    code, _, wrong = run(gallery / "good.parquet", "--out", gallery / "out.csv", "--action", "holt")
    assert (code, wrong) == (2, "trustact: there is no action 'holt'; did you mean 'hold'?\n")


def test_an_engine_that_is_not_installed_says_what_to_install(
    run: Run, gallery: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "trustact.bulk.on_duckdb", raising=False)
    monkeypatch.setitem(sys.modules, "duckdb", None)
    code, _, wrong = run(gallery / "good.parquet", "--out", gallery / "out.csv", "--engine", "duckdb")
    assert code == 3
    assert (
        wrong
        == "trustact: the engine duckdb needs duckdb, which is not installed: pip install 'trustact[bulk]'\n"
    )


def test_spark_without_java_says_so(gallery: Path) -> None:
    command = ["bulk", "good.parquet", "--law", "us", "--out", "out.csv", "--engine", "spark"]
    environment = {k: v for k, v in os.environ.items() if k != "JAVA_HOME"} | {"PATH": ""}
    ran = subprocess.run(
        [sys.executable, "-c", f"from trustact.cli import main; main({command})"],
        cwd=gallery, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 3
    assert ran.stderr == "trustact: Spark needs Java 17 or newer, and there is none on PATH or in JAVA_HOME\n"
