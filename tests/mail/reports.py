"""Delivery reports as mail servers write them (RFC 3464)."""

from mail.example_mails import mail

STATUS = """Reporting-MTA: dns; mx.garissa.example

Final-Recipient: rfc822; {to}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 No such user
"""


def report(
    sent_to: str, *, to: str = "yusuf@garissa.example", status: str = "5.1.1", action: str = "failed"
) -> bytes:
    """A report about a mail to `to`, sent to our address `sent_to`."""
    head = mail(
        "",
        sender="MAILER-DAEMON <postmaster@mx.garissa.example>",
        to=sent_to,
        subject="Undelivered Mail Returned to Sender",
        name="report@mx.garissa.example",
        headers='Content-Type: multipart/report; report-type=delivery-status; boundary="=b"\nReturn-Path: <>\n',
    )
    told = STATUS.format(to=to, action=action, status=status).replace("\n", "\r\n")
    parts = [
        "Content-Type: text/plain\r\n\r\nI could not deliver your message.\r\n",
        f"Content-Type: message/delivery-status\r\n\r\n{told}",
        "Content-Type: text/rfc822-headers\r\n\r\nSubject: Received\r\n",
    ]
    return head + "".join(f"--=b\r\n{part}\r\n" for part in parts).encode() + b"--=b--\r\n"
