"""The program as people run it: what it prints, and the exit code."""

import json
import socket
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from trustact.cli import COMMANDS
from trustact.records.connection import only_desk
from trustact.records.office import Office, open_office

FACTS = {
    "request.form": "i-247a",
    "warrant.presented": False,
    "custody.in_custody": True,
    "custody.eligible_for_release": True,
    "custody.other_lawful_hold": False,
}


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(FACTS))
    return path


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(run: Run, command: str) -> None:
    shown = run(command, "--help")
    assert shown.code == 0
    assert "Usage: trustact " + command in shown.out
    assert "Example:" in shown.out or "Commands:" in shown.out


def test_decide_tells_why_each_rule_applies_or_does_not(run: Run, facts: Path) -> None:
    asked = ("decide", "us-ma-boston", "--facts", facts, "--at", "2025-06-01", "--action", "hold", "--trace")
    shown = run(*asked)
    assert shown.code == 0
    assert "us-ma/hold-notification-request: Does not apply: the request form is I-247A" in shown.out
    (finding,) = json.loads(run(*asked, "--json").out)["findings"]
    assert "us-ma-boston/hold-criminal-warrant" in [rule["rule"] for rule in finding["trace"]["rules"]]


def test_decide_answers_as_the_contract_says(run: Run, facts: Path) -> None:
    shown = run(
        "decide",
        "us-ma-boston",
        "--facts",
        facts,
        "--at",
        "2025-06-01T02:14:00-04:00",
        "--action",
        "hold",
        "--json",
    )
    answer = json.loads(shown.out)
    assert shown.code == 0
    assert (answer["law"], answer["at"]) == ("us-ma-boston", "2025-06-01T02:14:00-04:00")
    assert answer["pack_digest"].startswith("sha256:")
    (hold,) = answer["findings"]
    assert (hold["action"], hold["finding"], hold["missing"], hold["ask_next"], hold["meanwhile"]) == (
        "hold", "prohibited", [], None, None,
    )  # fmt: skip
    assert hold["because"][0]["rule"] == "us-ma-boston/hold-civil-detainer"
    assert {"rule", "cite", "says", "evidence"} == set(hold["because"][0])
    assert {duty["duty"] for duty in answer["duties"]} >= {"log-request", "annual-report"}


def test_a_date_alone_is_the_start_of_that_day_in_the_laws_own_zone(run: Run, facts: Path) -> None:
    shown = run("decide", "us-ma-boston", "--facts", facts, "--at", "2025-01-01", "--json")
    assert json.loads(shown.out)["at"] == "2025-01-01T00:00:00-05:00"


def test_an_undetermined_answer_says_what_to_ask(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    path.write_text(json.dumps({**FACTS, "custody.eligible_for_release": None}))
    shown = run("decide", "us-ma-boston", "--facts", path, "--at", "2025-06-01", "--action", "hold")
    assert "UNDETERMINED" in shown.out
    assert "Ask next: custody.eligible_for_release" in shown.out
    assert "Meanwhile: prohibited" in shown.out


@pytest.mark.parametrize(
    ("written", "refusal"),
    [
        (
            '{"request.form": "i-247a", "custody.in_custody": true, "request.form": "i-200"}',
            "the key 'request.form' stands here twice; a fact has one value",
        ),
        ('["i-247a"]', 'facts are a JSON object such as {"request.form": "i-247a"}'),
        ("[" * 100_000, "not readable as JSON: nested too deeply"),
    ],
    ids=["key twice", "list", "nested"],
)
def test_facts_that_cannot_be_taken_are_refused_in_one_line(
    run: Run, tmp_path: Path, written: str, refusal: str
) -> None:
    path = tmp_path / "facts.json"
    path.write_text(written)
    shown = run("decide", "us-ma-boston", "--facts", path)
    assert (shown.code, shown.out, shown.err) == (2, "", f"trustact: {path}: {refusal}\n")


def test_a_law_is_shown_as_a_page_of_its_own(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "boston.html"
    assert run("law", "show", "us-ma-boston", "--html", "--out", page).code == 0
    assert page.read_text().startswith("<!doctype html>")
    assert run("law", "show", "us-ma-boston", "--html", "--json").code == 2
    refused = run("law", "show", "us-ma-boston", "--out", tmp_path / "no" / "page.txt")
    assert (refused.code, len(refused.err.splitlines())) == (2, 1)


def test_the_laws_are_listed_shown_checked_and_tested(run: Run) -> None:
    listed = json.loads(run("law", "list", "--json").out)
    assert {"us", "us-ma", "us-ma-boston"} <= {law["law"] for law in listed}
    assert "11-1.9" in run("law", "show", "us-ma-boston", "--at", "2025-06-01").out
    assert run("law", "check", "us-ma-boston").code == 0
    tested = run("law", "test", "us-ma-boston")
    assert tested.code == 0
    assert "come out as written" in tested.out


def test_receive_report_audit_on_one_office(run: Run, office: Office, tmp_path: Path) -> None:
    page = tmp_path / "page.png"
    page.write_bytes(_white_page())
    taken = run(
        "receive",
        page,
        "--office",
        office.folder,
        "--station",
        "D-4",
        "--channel",
        "fax",
        "--received-at",
        "2025-06-01T02:00:00-04:00",
        "--no-read",
        "--json",
    )
    assert taken.code == 0
    assert json.loads(taken.out)["number"] == "2025-00001"
    made = run(
        "report", "us-ma-boston", "--period", "2025", "--office", office.folder, "--out", tmp_path / "report"
    )
    assert made.code == 0
    assert (tmp_path / "report" / "report.pdf").read_bytes().startswith(b"%PDF-")
    audited = run("audit", office.public, "--office", office.folder, "--json")
    assert (audited.code, json.loads(audited.out)["verified"]) == (0, True)


def test_audit_says_in_one_line_what_was_changed(run: Run, office: Office, tmp_path: Path) -> None:
    test_receive_report_audit_on_one_office(run, office, tmp_path)
    csv = office.public / "reports" / "us-ma-boston" / "2025" / "requests.csv"
    csv.write_bytes(csv.read_bytes().replace(b"D-4", b"D-14"))
    changed = run("audit", office.public)
    assert changed.code == 1
    assert changed.out.startswith(
        "NOT VERIFIED: reports/us-ma-boston/2025/requests.csv: not the file that was filed"
    )


def _white_page() -> bytes:
    import io

    from PIL import Image

    made = io.BytesIO()
    Image.new("L", (850, 1100), 255).save(made, "PNG")
    return made.getvalue()


BAD = {
    "a missing file": (["decide", "us-ma", "--facts", "{tmp}/none.json"], 2, "none.json: there is no such file"),
    "an empty file": (["decide", "us-ma", "--facts", "{tmp}/empty"], 2, "empty: the file is empty"),
    "no JSON": (["decide", "us-ma", "--facts", "{tmp}/text"], 2, "text: not readable as JSON"),
    "an unknown law": (["decide", "us-ma-bostn", "--facts", "{facts}"], 2, "did you mean 'us-ma-boston'?"),
    "an unknown fact": (["decide", "us-ma", "--facts", "{tmp}/unknown"], 2, "did you mean 'request.form'?"),
    "an impossible date": (["decide", "us-ma", "--facts", "{facts}", "--at", "2025-02-30"], 2, "is no moment"),
    "a moment without offset": (["decide", "us-ma", "--facts", "{facts}", "--at", "2025-02-03T10:00"], 2, "offset"),
    "an unknown action": (["decide", "us-ma", "--facts", "{facts}", "--action", "hald"], 2, "did you mean 'hold'?"),
    "an option forgotten": (["decide", "us-ma"], 2, "Missing option '--facts'"),
    "an unknown command": (["decied"], 2, "No such command 'decied'"),
    "a document that is missing": (["read", "{tmp}/none.tif"], 2, "there is no such file"),
    "a document of another kind": (["read", "{tmp}/text"], 2, "the kind of document is not known"),
    "a folder for a document": (["read", "{tmp}"], 2, "this is a folder"),
    "no office": (["report", "us-ma-boston", "--period", "2025", "--office", "{tmp}/none", "--out", "{tmp}/out"], 3,
                  "is not an office"),
    "an office folder that is no office": (
        ["receive", "{facts}", "--office", "{tmp}", "--station", "D-4", "--channel", "fax"], 3, "is not empty"),
    "a period that is none": (
        ["report", "us-ma-boston", "--period", "last year", "--office", "{office}", "--out", "{tmp}/out"], 2,
        "is not a year"),
    "another office's law": (
        ["report", "us-il", "--period", "2025", "--office", "{office}", "--out", "{tmp}/out"], 2, "us-ma-boston"),
    "nothing to audit": (["audit", "{tmp}/none"], 2, "neither a folder of public files nor an address"),
    "a folder without a ledger": (["audit", "{tmp}"], 1, ""),
    "a received time in the future": (
        ["receive", "{facts}", "--office", "{office}", "--station", "D-4", "--channel", "fax", "--received-at",
         "2125-06-01"], 2, "lies in the future"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", BAD)
def test_bad_input_gets_one_clear_line(
    run: Run, mistake: str, office: Office, facts: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "text").write_text("not what was asked for")
    (tmp_path / "unknown").write_text('{"request.from": "i-247a"}')
    arguments, code, says = BAD[mistake]
    places = {"tmp": tmp_path, "facts": facts, "office": office.folder}
    shown = run(*(argument.format(**places) for argument in arguments))
    assert shown.code == code, shown.err
    if code != 1:
        assert says in shown.err
        assert len(shown.err.strip().splitlines()) == 1
        assert "Traceback" not in shown.err


def test_a_file_that_cannot_be_taken_keeps_no_other_out(run: Run, office: Office, tmp_path: Path) -> None:
    (tmp_path / "empty.tif").touch()
    (tmp_path / "fax.tif").write_bytes(b"II*\0 damaged")
    files = [tmp_path / name for name in ("empty.tif", "none.tif", "fax.tif")]
    shown = run("receive", *files, "--office", office.folder, "--station", "D-4", "--channel", "fax")
    assert shown.code == 2
    number = shown.out.partition("fax.tif: received as ")[2][:10]
    assert [line.rpartition("/")[2].partition(": ask")[0] for line in shown.err.splitlines()] == [
        "empty.tif: not received: the file is empty",
        "none.tif: not received: there is no such file",
        f"fax.tif: kept as {number}, but not readable: the document is damaged or cut short (UnidentifiedImageError)",
    ]


@pytest.mark.parametrize("folder", ["/proc/office", "{tmp}/file/office"])
def test_an_unwritable_office_folder_is_told(run: Run, folder: str, facts: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    office = folder.format(tmp=tmp_path)
    shown = run("receive", facts, "--office", office, "--station", "D-4", "--channel", "fax")
    assert (shown.code, len(shown.err.splitlines())) == (3, 1)
    assert "cannot be written" in shown.err


def test_a_port_in_use_is_told(run: Run, office: Office) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        shown = run("serve", "--office", office.folder, "--port", taken.getsockname()[1])
    assert shown.code == 3
    assert "cannot listen on 127.0.0.1" in shown.err


def test_a_second_desk_on_the_same_office_is_told_and_other_commands_work_beside_it(
    run: Run, office: Office, facts: Path
) -> None:
    with only_desk(open_office(office.folder, clock=office.clock)):
        second = run("serve", "--office", office.folder, "--port", 8399)
        beside = run(
            "receive", facts, "--office", office.folder, "--station", "D-4", "--channel", "fax", "--no-read"
        )
    assert second.code == 3
    assert "a desk already serves" in second.err
    assert beside.code == 0
