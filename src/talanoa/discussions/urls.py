"""Addresses of the discussion. A message is named by the hash of its identifier, as Mailman's archives name it."""

from django.urls import path, register_converter

from talanoa.discussions.views import acting, reading


class HashConverter:
    """The hash of a message identifier: 32 letters of base32."""

    regex = "[A-Z2-7]{32}"

    def to_python(self, value: str) -> str:
        """Return it as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """Return it as it stands."""
        return value


register_converter(HashConverter, "hash")

app_name = "discussions"
TALK = "p/<slug:key>/talk/"
ONE = f"{TALK}<hash:permalink>/"
NUMBER = f"{TALK}n/<int:number>/"
urlpatterns = [
    path(TALK, reading.index, name="index"),
    path(f"{TALK}write/", acting.write, name="write"),
    path(ONE, reading.show, name="show"),
    path(f"{ONE}reply/", acting.answer, name="reply"),
    path(f"{ONE}thread/", reading.thread, name="thread"),
    path(f"{ONE}thread/print/", reading.printed, name="print"),
    path(f"{ONE}thread.txt", reading.thread_text, name="text"),
    path(f"{ONE}thread.mbox", reading.thread_mbox, name="mbox"),
    path(f"{ONE}summary/", acting.summarize, name="summarize"),
    path(NUMBER, reading.by_number, name="numbered"),
    path(f"{NUMBER}received/", reading.received, name="received"),
    path(f"{NUMBER}receipt.txt", reading.receipt, name="receipt"),
    path(f"{NUMBER}mail", reading.raw_mail, name="mail"),
    path(f"{NUMBER}withdraw/", acting.take_back, name="withdraw"),
    path(f"{NUMBER}erase/", acting.erase, name="erase"),
]
