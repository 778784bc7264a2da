"""E-mail: attachments are read, of mail inside mail too; none of them hides another, and every limit holds."""

from email import message_from_bytes
from email.message import EmailMessage

import pytest

from tests.channels.messages import message
from tests.intake.hostile import picture
from tests.intake.paper import Paper, pdf
from trustact.intake.kind import kind_of
from trustact.intake.mail import MOST_ATTACHMENTS
from trustact.intake.opener import OpenError, open_document, page_png


def printed(words: str) -> bytes:
    page = Paper()
    page.text(100, 200, words)
    return pdf(page)


def said(data: bytes) -> list[str]:
    """The words of each page."""
    return [" ".join(word.text for word in page.words) for page in open_document(data).pages]


def test_attachments_and_then_the_text_are_the_pages() -> None:
    sent = message(
        "<one@gateway>", printed("first form"), printed("second form"), text="Please see attached."
    )
    assert kind_of(sent) == "mail"
    opened = open_document(sent)
    assert (opened.kind, opened.page_count, [page.number for page in opened.pages]) == ("mail", 3, [1, 2, 3])
    assert said(sent) == ["first form", "second form", "Please see attached."]


def test_mail_inside_mail_is_opened_as_an_attachment_and_as_a_file() -> None:
    inner = message("<inner@gateway>", printed("the form"), text="inner text")
    forwarded = EmailMessage()
    forwarded["From"], forwarded["Subject"] = "desk@police.example", "Fwd: a request"
    forwarded.set_content("forwarded")
    forwarded.add_attachment(message_from_bytes(inner, _class=EmailMessage))
    as_file = message("<outer@gateway>", inner, text="outer text")
    assert said(forwarded.as_bytes()) == ["the form", "forwarded inner text"]
    assert said(as_file) == ["the form", "outer text inner text"]


def test_each_page_is_drawn_as_it_is_numbered() -> None:
    sent = message("<one@gateway>", picture("TIFF"), b"broken", printed("form"), text="Señor Nguyễn writes.")
    pages = [page_png(sent, number) for number in (1, 2, 3)]
    assert len({len(page) for page in pages}) == 3
    with pytest.raises(OpenError, match="no such page"):
        page_png(sent, 4)


def test_what_cannot_be_read_is_told_and_hides_nothing() -> None:
    opened = open_document(
        message("<one@gateway>", b"PK\x03\x04 archive", b"%PDF-1.4 cut short", printed("form"))
    )
    assert len(opened.pages) == 2
    assert [remark.partition(":")[0] for remark in opened.remarks] == [
        "e-mail with 3 attachments", "attachment 1 is not read", "attachment 2 is not read",
    ]  # fmt: skip


def test_twenty_megabytes_in_five_hundred_attachments_end_within_the_limits() -> None:
    page = printed("form")
    opened = open_document(message("<one@gateway>", *([page + bytes(40_000)] * 500)))
    assert len(opened.pages) == 40
    assert opened.remarks[0] == "e-mail with 500 attachments"
    assert opened.remarks[1] == f"only the first {MOST_ATTACHMENTS} of 500 attachments are looked at"
    assert opened.remarks[2] == "pages after the first 40 of the mail are not read"


def folded(times: int) -> bytes:
    """A message inside a message inside a message."""
    return b"From: a@example\r\nContent-Type: message/rfc822\r\n\r\n" * times + message(
        "<in>", printed("form")
    )


def test_mail_folded_in_mail_ends_as_pages_or_in_one_clear_line() -> None:
    assert said(folded(60))[0] == "form"
    with pytest.raises(OpenError, match="damaged"):
        open_document(folded(5000))


def test_a_web_page_as_the_only_text_is_read_without_its_scripts() -> None:
    sent = EmailMessage()
    sent["From"], sent["Subject"] = "officer@agency.example", "request"
    sent.set_content(
        "<style>p{}</style><script>alert(1)</script><p>Hold him</p><p>please</p>", subtype="html"
    )
    assert said(sent.as_bytes()) == ["Hold him please"]


def test_an_e_mail_of_nothing_is_told() -> None:
    with pytest.raises(OpenError, match="no document and no text"):
        open_document(b"From: a@example\r\nSubject: nothing\r\n\r\n")
