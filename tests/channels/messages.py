"""E-mail messages as gateways and people send them."""

from email.message import EmailMessage


def message(
    identity: str, *attachments: bytes, subject: str = "Fax from 617 555 0100", text: str = ""
) -> bytes:
    """A message with that Message-ID and these attachments."""
    made = EmailMessage()
    made["From"] = "gateway@fax.example"
    made["To"] = "d4@police.example"
    made["Subject"] = subject
    made["Date"] = "Sat, 31 May 2025 23:50:00 -0400"
    if identity:
        made["Message-ID"] = identity
    made.set_content(text or "See the attached document.")
    for number, data in enumerate(attachments, start=1):
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=f"fax{number}.pdf")
    return made.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
