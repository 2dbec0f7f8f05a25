"""What other places publish, read from answers in the shape that they document; the words are invented."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talanoa.lib.news import (
    ASKED,
    LONGEST,
    MOST,
    READERS,
    News,
    NewsUnreadable,
    atom,
    datatracker,
    hyperkitty,
)

TRACKER = "https://datatracker.example/api/v1/group/group/"
LISTS = "https://lists.example/archives/api/lists/"
GROUP = {
    "acronym": "ferry",
    "id": 941,
    "name": "Ferry Crossing Protocols",
    "type": "/api/v1/name/grouptypename/wg/",
    "state": "/api/v1/name/groupstatename/active/",
    "parent": "/api/v1/group/group/1683/",
    "list_email": "ferry@datatracker.example",
    "time": "2026-01-09T12:00:00",
    "unused_states": [],
    "comments": "",
    "ad": None,
    "resource_uri": "/api/v1/group/group/941/",
}
EVENT = {
    "id": 729040,
    "type": "new_revision",
    "rev": "09",
    "doc": "/api/v1/doc/document/draft-ferry-oars/",
    "by": "/api/v1/person/person/1/",
    "time": "2026-01-27T06:41:36",
    "desc": 'New version available: <b>draft-ferry-oars-09.txt</b><script>alert("1")</script>',
}
DOCUMENT = {
    "name": "rfc9999",
    "title": "Oars",
    "abstract": "How to row.",
    "std_level": "proposed_standard",
    "time": "2026-02-01T10:00:00+02:00",
    "resource_uri": "/api/v1/doc/document/rfc9999/",
}
MILESTONE = {
    "id": 1520,
    "desc": "Agree on oars.",
    "due": "2026-03-31",
    "resource_uri": "/api/v1/group/groupmilestone/1520/",
}
FEED = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Changes</title><updated>2026-01-27T06:41:36Z</updated>
<entry><title type="html">Last &lt;b&gt;call&lt;/b&gt;</title>
<link rel="self" href="/self"/><link href="/doc/draft-ferry-oars/"/>
<updated>2026-01-27T06:41:36-08:00</updated><id>tag:x,2026:1</id><summary>For two weeks.</summary></entry>
<entry><title>No link</title><published>2026-01-01T00:00:00Z</published><id>tag:x,2026:2</id></entry></feed>"""


def envelope(*rows: dict[str, object]) -> bytes:
    meta = {"limit": 20, "next": None, "offset": 0, "previous": None, "total_count": len(rows)}
    return json.dumps({"meta": meta, "objects": rows}).encode()


def results(*rows: dict[str, object]) -> bytes:
    return json.dumps({"count": len(rows), "next": None, "previous": None, "results": rows}).encode()


def test_a_group_an_event_a_document_and_a_milestone_of_the_datatracker() -> None:
    assert datatracker(envelope(GROUP, EVENT, DOCUMENT, MILESTONE), TRACKER) == [
        News(
            "ferry",
            "Ferry Crossing Protocols",
            "https://datatracker.example/group/ferry/about/",
            datetime(2026, 1, 9, 12, tzinfo=UTC),
        ),
        News(
            "729040",
            'New version available: draft-ferry-oars-09.txt alert("1")',
            "https://datatracker.example/doc/draft-ferry-oars/",
            datetime(2026, 1, 27, 6, 41, 36, tzinfo=UTC),
            "new_revision",
        ),
        News(
            "rfc9999",
            "Oars",
            "https://datatracker.example/doc/rfc9999/",
            datetime(2026, 2, 1, 8, tzinfo=UTC),
            "How to row.",
        ),
        News("1520", "Agree on oars.", "https://datatracker.example/api/v1/group/groupmilestone/1520/", None),
    ]


def test_a_list_a_thread_and_a_mail_of_hyperkitty_lead_to_the_pages_that_people_read() -> None:
    mailing_list = {
        "url": f"{LISTS}talk@lists.example/",
        "name": "talk@lists.example",
        "display_name": "Talk",
        "description": "All about ferries",
        "created_at": "2026-01-01T00:00:00Z",
    }
    thread = {
        "mailinglist": "https://lists.example/archives/api/list/talk@lists.example/",
        "thread_id": "ABC",
        "subject": "Fees",
        "date_active": "2026-02-03T04:05:06Z",
    }
    mail = {
        "mailinglist": "https://lists.example/archives/api/list/talk@lists.example/",
        "message_id": "alpha",
        "message_id_hash": "XZ3DGG4V37BZTTLXNUX4NABB4DNQHTCP",
        "sender": {"address": "a (a) b.example"},
        "sender_name": "Ana",
        "subject": "Re: Fees",
        "date": "2026-02-03T04:05:06Z",
    }
    root, at = (
        "https://lists.example/archives/list/talk@lists.example/",
        datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC),
    )
    assert hyperkitty(results(mailing_list, thread, mail), LISTS) == [
        News("talk@lists.example", "Talk", root, datetime(2026, 1, 1, tzinfo=UTC), "All about ferries"),
        News("ABC", "Fees", f"{root}thread/ABC/", at),
        News(
            "XZ3DGG4V37BZTTLXNUX4NABB4DNQHTCP",
            "Re: Fees",
            f"{root}message/XZ3DGG4V37BZTTLXNUX4NABB4DNQHTCP/",
            at,
            "Ana",
        ),
    ]


def test_an_atom_feed() -> None:
    assert atom(FEED.encode(), "https://datatracker.example/feed/last-call/") == [
        News(
            "tag:x,2026:1",
            "Last call",
            "https://datatracker.example/doc/draft-ferry-oars/",
            datetime(2026, 1, 27, 14, 41, 36, tzinfo=UTC),
            "For two weeks.",
        ),
        News("tag:x,2026:2", "No link", "", datetime(2026, 1, 1, tzinfo=UTC)),
    ]


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">]><feed xmlns="http://www.w3.org/2005/Atom">&a;</feed>'
)


@pytest.mark.parametrize(
    "data", [BOMB, "<feed/>", "<rss/>", "no feed", "", "<feed", FEED.encode("utf-16").decode("latin-1")]
)
def test_what_is_no_atom_feed_is_refused(data: str) -> None:
    with pytest.raises(NewsUnreadable):
        atom(data.encode("latin-1"), TRACKER)


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"{}", b'{"objects": {}, "results": 1}', b'{"objects": [1], "results": [1]}', b"[" * 99_999],
)
@pytest.mark.parametrize("read", [datatracker, hyperkitty])
def test_what_is_no_answer_of_an_api_is_refused(read: object, data: bytes) -> None:
    with pytest.raises(NewsUnreadable):
        read(data, TRACKER)  # type: ignore[operator]


def test_a_link_that_acts_is_none_and_no_text_turns_around() -> None:
    hostile = FEED.replace("/doc/draft-ferry-oars/", "javascript:alert(1)").replace(
        "For two", "For\u202e two"
    )
    [row, _second] = atom(hostile.encode(), TRACKER)
    assert (row.url, row.summary) == ("", "For two weeks.")


def test_much_is_read_in_part() -> None:
    rows = datatracker(envelope(*[DOCUMENT | {"title": "a" * 9999}] * (MOST + 1)), TRACKER)
    assert (len(rows), len(rows[0].title)) == (MOST, LONGEST)


def test_each_reader_knows_what_to_ask_for() -> None:
    assert READERS.keys() == ASKED.keys()


@given(
    st.dictionaries(
        st.sampled_from(["acronym", "doc", "title", "desc", "time", "abstract", "thread_id", "date"]),
        st.one_of(st.text(), st.integers(), st.none(), st.lists(st.text())),
    )
)
def test_no_row_of_strange_values_breaks_a_reader(row: dict[str, object]) -> None:
    assert len(datatracker(envelope(row), TRACKER)) == 1
    assert len(hyperkitty(results(row), LISTS)) == 1
