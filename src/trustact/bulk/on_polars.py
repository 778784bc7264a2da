"""Bulk on Polars: cases in a frame or a file of any length, decided by bitmaps a batch at a time."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl
import pyarrow as pa

from trustact.bulk.bitmaps import Bitmaps, Bits, Rows, complement, every, some
from trustact.bulk.circuit import Among, Since
from trustact.bulk.columns import AT, ID, MOMENT, Column, Flaw, Inputs, Kind, inputs, refused, words
from trustact.bulk.files import Progress, Target
from trustact.bulk.moments import beginning
from trustact.bulk.plan import Outcome, Plan, plan
from trustact.facts import FactBook
from trustact.law.loading import Law
from trustact.terms import Action, Verdict

BATCH = 1 << 20
FINDING = pl.Enum([verdict.value for verdict in Verdict])


def findings(frame: pl.DataFrame, law: Law, actions: Iterable[Action | str] | None = None) -> pl.DataFrame:
    """The findings and deciding rules of a frame of cases, row by row. Raises TableError for a frame it cannot take."""
    return _Table(frame.lazy(), plan(law, actions)).decided_whole(frame)


def decide_file(source: Path, target: Target, to_do: Plan, progress: Progress) -> Inputs:
    """Decides a Parquet or CSV file into another, in batches. Raises TableError for a file it cannot take."""
    scan = pl.scan_csv(source, infer_schema=False) if source.suffix == ".csv" else pl.scan_parquet(source)
    table = _Table(scan, to_do)
    total = None if source.suffix == ".csv" else scan.select(pl.len()).collect().item()
    table.decided_in_batches(target, progress, total)
    return table.inputs


class _Table:
    """A table of cases beside the plan for them."""

    def __init__(self, scan: pl.LazyFrame, to_do: Plan) -> None:
        self.plan = to_do
        self.book = to_do.law.book
        schema = scan.collect_schema()
        self.inputs = inputs((Column(name, _kind(dtype), str(dtype)) for name, dtype in schema.items()), self.book)
        self.scan = scan.select(*([ID] if self.inputs.id else []), AT, *self._read(schema))
        self.schema = {name: schema[name] for name in self.scan.collect_schema().names()}

    def _read(self, schema: pl.Schema) -> list[str]:
        """The facts to read: those asked for, and those whose words must be checked."""
        asked = {gate.fact for gate in self.plan.circuit.gates if isinstance(gate, Among)}
        return [name for name, kind in self.inputs.facts.items() if name in asked or kind == "text"]

    @property
    def result_schema(self) -> dict[str, pl.DataType]:
        """The columns of the result."""
        columns: dict[str, pl.DataType] = {ID: self.schema[ID]} if self.inputs.id else {}
        for outcome in self.plan.outcomes:
            columns[outcome.action.value] = FINDING
            columns[f"{outcome.action}_rule"] = _rules(outcome)
        return columns
