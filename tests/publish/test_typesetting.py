"""Typesetting: letters of many languages, none ever a box, and data that is never taken for markup."""

import datetime as dt

import pytest

from tests.publish.cases import BOSTON, flaws_ua1, words
from trustact.publish.receipt_page import ReceiptPage, receipt_pdf
from trustact.publish.typesetting import TypesettingError, compile_pdf

DAY = dt.date(2025, 6, 1)


def receipt(station: str) -> bytes:
    page = ReceiptPage(
        number="2025-0007",
        received_at=dt.datetime(2025, 6, 1, 2, 14, 7, tzinfo=dt.timezone(dt.timedelta(hours=-4))),
        station=station,
        channel="fax",
        size=48213,
        sha256="ab" * 32,
        entry=411,
        opens=True,
        proof="c2sp.org/tlog-proof@v1\nindex 411\n\n— ledger.police.example/trust-act " + "Az3grl" * 20,
    )
    return receipt_pdf(page, BOSTON, dated=DAY)


@pytest.mark.parametrize(
    "text",
    [
        "Nguyễn Thị Ánh Tuyết, Đặng Trần Côn, ắằẳẵặ ếềểễệ ốồổỗộ ớờởỡợ ứừửữự ỷỹỵỳ",
        "São João, Ñandú, Łukasz Żółć, Øyvind, Çelik Ğ ı İ, Kreyòl ayisyen",
        "ʿAbd al-Ḥamīd, Ελένη, Ольга",
    ],
)
def test_letters_of_many_languages_are_set(text: str) -> None:
    pdf = receipt(text)
    assert text in words(pdf)
    assert flaws_ua1(pdf) == []


def test_a_letter_no_font_has_is_an_error_and_never_a_box() -> None:
    with pytest.raises(
        TypesettingError, match='receipt: PDF/UA-1 error: the text `"李"` could not be displayed'
    ):
        receipt("李明")


def test_data_is_text_and_never_markup() -> None:
    text = "#panic() *bold* $x$ <label> @ref // comment"
    assert text in words(receipt(text))


def test_a_receipt_gives_its_moment_hash_and_proof() -> None:
    text = words(receipt("D-4"))
    for expected in (
        "Receipt 2025-0007",
        "June 1, 2025 at 02:14:07 (UTC-0400)",
        "District D-4, South End",
        "48,213 bytes",
        "ab" * 32,
        "c2sp.org/tlog-proof@v1",
        "index 411",
    ):
        assert expected in text


def test_the_same_receipt_gives_the_same_bytes() -> None:
    assert receipt("D-4") == receipt("D-4")


def test_data_that_does_not_fit_a_template_is_told() -> None:
    with pytest.raises(TypesettingError, match="receipt: dictionary does not contain key"):
        compile_pdf("receipt", {}, title="Receipt", lang="en", date=DAY)
