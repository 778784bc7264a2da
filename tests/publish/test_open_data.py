"""The open data of a report: a Data Package that is true of its files, and rows anyone can check."""

import csv
import hashlib
import io
import json
from typing import Any

import pytest
from hypothesis import given

from tests.publish.cases import HEAD, many, report_files, row
from tests.publish.rows import tables
from trustact.ledger.entry import commitment
from trustact.publish.open_data import requests_csv
from trustact.publish.rows import RequestRow, in_order


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return report_files(many(20))


@pytest.fixture(scope="module")
def package(files: dict[str, bytes]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files["datapackage.json"])
    return found


def records(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode())))


def test_the_package_gives_bytes_and_hash_of_every_other_file(
    files: dict[str, bytes], package: dict[str, Any]
) -> None:
    assert {resource["path"] for resource in package["resources"]} == set(files) - {"datapackage.json"}
    for resource in package["resources"]:
        data = files[resource["path"]]
        assert resource["bytes"] == len(data)
        assert resource["hash"] == "sha256:" + hashlib.sha256(data).hexdigest()


def test_it_is_a_data_package_of_version_2(package: dict[str, Any]) -> None:
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert package["name"] == "us-ma-boston-annual-2025"
    assert package["created"] == "2025-12-31T00:00:00Z"
    assert package["licenses"][0]["name"] == "ODC-PDDL-1.0"
    names = [resource["name"] for resource in package["resources"]]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("table", ["requests", "figures"])
def test_every_cell_fits_the_schema(files: dict[str, bytes], package: dict[str, Any], table: str) -> None:
    (resource,) = [r for r in package["resources"] if r["path"] == f"{table}.csv"]
    schema = resource["schema"]
    rows = records(files[f"{table}.csv"])
    assert list(rows[0]) == [field["name"] for field in schema["fields"]]
    for field in schema["fields"]:
        assert field["description"].endswith(".")
        for cell in (r[field["name"]] for r in rows):
            assert fits(cell, field), (field["name"], cell)
    keys = [tuple(r[name] for name in schema["primaryKey"]) for r in rows]
    assert len(set(keys)) == len(keys)


def fits(cell: str, field: dict[str, Any]) -> bool:
    if cell == "":
        return not field["constraints"]["required"]
    if cell not in field["constraints"].get("enum", [cell]):
        return False
    match field["type"]:
        case "integer":
            return cell.lstrip("-").isdecimal()
        case "boolean":
            return cell in ("true", "false")
        case "date":
            return len(cell) == 10 and cell[4] == cell[7] == "-"
        case "object":
            return isinstance(json.loads(cell), dict)
    return bool(field["type"] == "string")


def test_each_printed_row_opens_the_commitment_of_its_receipt(files: dict[str, bytes]) -> None:
    """Done as the package describes it, and as the ledger room does it."""
    for record in records(files["requests.csv"]):
        salt, opening = bytes.fromhex(record["salt"]), json.loads(record["opening"])
        canonical = json.dumps(opening, sort_keys=True, separators=(",", ":")).encode()
        by_hand = hashlib.sha256(b"trustact commitment v1\n" + salt + canonical).hexdigest()
        assert by_hand == commitment(salt, opening)
        for name in ("received_on", "station", "channel"):
            assert opening[name] == record[name]


def test_the_machine_report_holds_the_same_figures_and_rows(files: dict[str, bytes]) -> None:
    report = json.loads(files["report.json"])
    figures = records(files["figures.csv"])
    totals = {
        r["measure"]: int(r["amount"]) for r in figures if r["part"] == "total" and r["group"] != "tallies"
    }
    stated = [f for group in ("items", "lines", "beside") for f in report["figures"][group]]
    assert {figure["measure"]: figure["amount"] for figure in stated} == totals
    assert [r["number"] for r in report["requests"]] == [r["number"] for r in records(files["requests.csv"])]
    assert report["ledger"] == {
        "origin": HEAD.origin,
        "size": HEAD.size,
        "root": HEAD.root,
        "address": HEAD.address,
    }
    assert report["due"] == "2025-12-31"


@given(tables)
def test_the_table_of_requests_says_what_the_rows_say(rows: list[RequestRow]) -> None:
    listed = in_order(rows)
    for record, request in zip(records(requests_csv(listed)), listed, strict=True):
        assert record["number"] == request.number
        assert record["reasons"] == ";".join(request.reasons)
        assert record["copy_of"] == (request.of or "")
        assert record["cancelled"] == ("true" if request.cancelled else "false")
        assert "subject" not in record


def test_a_key_more_in_the_opening_is_published_as_committed() -> None:
    opening = {"received_on": "2025-03-14", "station": "D-4", "channel": "fax", "form": 'I-247A, "revised"'}
    (record,) = records(report_files([row(1, opening=opening)])["requests.csv"])
    assert json.loads(record["opening"]) == opening
