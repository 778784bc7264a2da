"""The API for gateways, as a gateway sees it, every answer held against the description it is served with."""

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from trustact.casework import Refused
from trustact.casework.dossier_of import dossier
from trustact.casework.tokens import end_token, gateways, make_token
from trustact.desk import gateways as limits
from trustact.ledger.proof import parse_proof
from trustact.records.models import ChannelToken, Event
from trustact.records.office import Office

FAX = b"II*\0 no picture"


@pytest.fixture
def token(desk: Office) -> str:
    """The token of a gateway for faxes."""
    return make_token(desk, "fax-gateway", "fax", "technician")


def described() -> dict[str, Any]:
    found: dict[str, Any] = Client().get("/api/openapi.json").json()
    return found


def hand_in(token: str, data: bytes = FAX, key: str = "job-1", **changed: str) -> Any:
    """The answer to a document, checked against the description of the API."""
    fields = {"station": "D-4", "received_at": "2026-01-02T22:10:00-05:00", **changed}
    headers = {"authorization": f"Bearer {token}", "idempotency-key": key}
    document = SimpleUploadedFile("Ye Dang.tif", data)
    return checked(
        Client().post("/api/documents", {**fields, "document": document}, headers=headers),
        "post",
        "/api/documents",
    )


def checked(answer: Any, method: str, path: str) -> Any:
    whole = described()
    promised = whole["paths"][path][method]["responses"][str(answer.status_code)]["content"]
    kind = answer.headers["Content-Type"]
    Draft202012Validator({**promised[kind]["schema"], "components": whole["components"]}).validate(
        answer.json()
    )
    return answer


def test_the_description_is_openapi(desk: Office) -> None:
    OpenAPIV31SpecValidator(described()).validate()


def test_a_document_in_a_receipt_out(desk: Office, token: str) -> None:
    answer = hand_in(token)
    assert (answer.status_code, answer.headers["Location"]) == (201, "/api/receipts/1")
    receipt = answer.json()
    assert (receipt["number"], receipt["station"], receipt["channel"]) == ("2026-00001", "D-4", "fax")
    assert receipt["received_at"] == "2026-01-02T22:10:00-05:00"
    proof = parse_proof(receipt["ledger"]["proof"].encode())
    proof.verify(receipt["ledger"]["entry"].encode(), [desk.ledger_key])
    assert "Ye Dang" not in answer.content.decode()
    assert dossier(desk, "2026-00001").timeline[0].actor == "gateway fax-gateway"
    again = Client().get("/api/receipts/1", headers={"authorization": f"Bearer {token}"})
    assert checked(again, "get", "/api/receipts/{entry}").json()["sha256"] == receipt["sha256"]


def test_the_same_key_is_the_same_receipt_and_another_document_is_refused(desk: Office, token: str) -> None:
    first, second = hand_in(token), hand_in(token)
    assert (first.status_code, second.status_code) == (201, 200)
    assert {**first.json(), "ledger": 0} == {**second.json(), "ledger": 0}
    other = hand_in(token, FAX + b"2")
    assert (other.status_code, other.json()["type"]) == (422, "urn:trustact:problem:key-reused")
    assert Event.objects.filter(kind="document-received").count() == 1
    assert hand_in(token, key="job-2").json()["again"] is True


@pytest.mark.parametrize(
    ("changed", "status", "kind"),
    [
        ({"station": "Z-9"}, 422, "no-station"),
        ({"station": ""}, 422, "no-station"),
        ({"channel": "email"}, 422, "wrong-channel"),
        ({"received_at": "yesterday"}, 422, "no-moment"),
        ({"received_at": "2026-01-02T22:10:00"}, 422, "no-moment"),
        ({"key": ""}, 400, "no-key"),
        ({"key": "k" * 201}, 400, "no-key"),
        ({"data": b""}, 422, "refused"),
    ],
)
def test_what_cannot_be_is_a_problem(
    desk: Office, token: str, changed: dict[str, Any], status: int, kind: str
) -> None:
    answer = hand_in(token, **changed)
    assert (answer.status_code, answer.json()["type"]) == (status, f"urn:trustact:problem:{kind}")
    assert not Event.objects.filter(kind="document-received").exists()


def test_a_body_of_another_kind_or_size_is_a_problem(desk: Office, token: str) -> None:
    headers = {"authorization": f"Bearer {token}", "idempotency-key": "a"}

    def status(**sent: Any) -> int:
        answer = checked(Client().post("/api/documents", headers=headers, **sent), "post", "/api/documents")
        return int(answer.status_code)

    form = "multipart/form-data; boundary=x"
    assert status(data=b"{}", content_type="application/json") == 415
    assert status(data=b"x", content_type="multipart/form-data") == 400
    assert status(data=b"x", content_type=form, CONTENT_LENGTH="") == 411
    assert status(data=b"x", content_type=form, CONTENT_LENGTH="60000000") == 413
    assert status(data={"station": "D-4"}) == 422


def test_a_token_lets_in_through_its_own_channel_until_it_ends(desk: Office, token: str) -> None:
    hand_in(token)
    other = make_token(desk, "mail-gateway", "email", "technician")
    assert Client().get("/api/receipts/1", headers={"authorization": f"Bearer {other}"}).status_code == 404
    end_token(desk, "fax-gateway", "technician")
    refused = hand_in(token)
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"].startswith("Bearer")
    assert [bool(each.delivered_at) for each in gateways()] == [True, False]


def test_only_the_hash_of_a_token_is_kept(desk: Office, token: str) -> None:
    assert token not in json.dumps(list(ChannelToken.objects.values("token_hash", "name", "channel")))
    assert [event.kind for event in Event.objects.all()] == ["gateway-let-in"]


@pytest.mark.parametrize(("name", "channel"), [("fax-gateway", "fax"), ("Fax 2", "fax"), ("new", "pigeon")])
def test_a_token_that_cannot_be_is_refused(desk: Office, token: str, name: str, channel: str) -> None:
    with pytest.raises(Refused):
        make_token(desk, name, channel, "technician")


def test_a_session_of_the_desk_is_no_token(desk: Office, sergeant: Client) -> None:
    assert sergeant.post("/api/documents").status_code == 401
    assert sergeant.get("/api/receipts/0").status_code == 401


def test_too_many_calls_and_too_many_wrong_tokens_wait(
    desk: Office, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "WRONG_TOKENS_A_MINUTE", 2)
    monkeypatch.setattr(limits, "CALLS_A_MINUTE", 1)
    assert [hand_in("guess").status_code for _ in range(3)] == [401, 401, 429]
    assert hand_in(token).status_code == 201
    waits = hand_in(token)
    assert (waits.status_code, waits.headers["Retry-After"]) == (429, "60")
    cache.clear()
    assert hand_in(token).status_code == 200


def test_nothing_else_is_under_the_api_and_every_no_is_a_problem(desk: Office, token: str) -> None:
    for answer in (
        Client().get("/api/documents"),
        Client().get("/api/nowhere"),
        Client().post("/api/openapi.json"),
    ):
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.status_code in (404, 405)
    with override_settings(ALLOWED_HOSTS=[]):
        assert Client().get("/api/openapi.json").headers["Content-Type"] == "application/problem+json"


def test_a_failure_tells_nothing_of_what_lies_behind(desk: Office, token: str) -> None:
    for key in (desk.folder / "keys").glob("vault-*.key"):
        key.unlink()
    answer = hand_in(token)
    assert answer.status_code == 500
    assert "vault" not in answer.content.decode()
    assert hand_in(token).status_code == 500
