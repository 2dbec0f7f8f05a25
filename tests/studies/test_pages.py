"""Everybody reads, takes and cites what was published; those who run a process publish and withdraw it on pages."""

import io
import json
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client

from conftest import day
from studies.test_actions import made
from studies.test_tables import Send
from talanoa.lib.studies.criteria import CRITERIA
from talanoa.people.actions import know_person
from talanoa.people.models import Group
from talanoa.processes.models import Participant
from talanoa.studies.actions import withdraw_publication
from talanoa.studies.models import Publication
from talanoa.studies.publishing import publish
from web import Reader


@pytest.fixture
def audit(convenor: Participant, send: Send) -> Publication:
    """The audit of a process that heard six from civil society."""
    for number in range(6):
        address = f"member{number}@garissa.example"
        group, country = Group.CIVIL_SOCIETY, "KE"
        send(know_person(name=f"Member {number}", address=address, group=group, country=country))
    return publish(convenor.process, "audit", "", by=convenor, how=made(3))


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_goes_by_criteria_with_a_table_beside_every_figure(
    client: Client, audit: Publication
) -> None:
    text = page(client, f"/evidence/{audit.name}/")
    places = [text.index(f"<bdi>{one.title}</bdi></h2>") for one in CRITERIA]
    assert places == sorted(places)
    assert "not a grade" in text
    assert 0 < text.count("<svg viewBox") <= text.count("<table>")
    assert "garissa" not in text


def test_processes_stand_beside_each_other_on_the_page_of_evidence(
    client: Client, audit: Publication
) -> None:
    text = page(client, "/evidence/")
    assert f"/evidence/{audit.name}/" in text
    assert '<td class="n">6</td><td class="n">1</td><td class="n">1</td><td class="n">6</td>' in text


def test_a_process_leads_to_what_was_published_of_it(client: Client, audit: Publication) -> None:
    assert "/evidence/?process=nm" in page(client, "/p/nm/")
    text = page(client, "/evidence/?process=nm")
    assert f"/evidence/{audit.name}/" in text
    assert "Processes beside each other" not in text


def test_a_whole_share_is_drawn_though_json_writes_it_like_a_count(
    client: Client, audit: Publication
) -> None:
    assert "civil society 100%" in page(client, f"/evidence/{audit.name}/")


def test_an_empty_gallery_says_where_it_is_filled(client: Client, db: None) -> None:
    assert "Nothing was published yet." in page(client, "/evidence/")


def test_the_pack_is_handed_out_until_it_is_withdrawn(
    client: Client, audit: Publication, convenor: Participant
) -> None:
    answer = client.get(f"/evidence/{audit.name}/pack.zip")
    assert "index.html" in ZipFile(io.BytesIO(answer.content)).namelist()
    withdraw_publication(audit, by=convenor, reason="Asked <b>.", at=day(5), channel="web")
    assert client.get(f"/evidence/{audit.name}/pack.zip").status_code == 404
    text = page(client, f"/evidence/{audit.name}/")
    assert "Asked &lt;b&gt;." in text
    assert "pack.zip" not in text


def test_a_citation_names_the_hash(client: Client, audit: Publication) -> None:
    [told] = json.loads(client.get(f"/evidence/{audit.name}/citation.json").content)
    assert (told["version"], told["type"], told["URL"]) == (
        audit.name,
        "report",
        f"http://localhost:8000/evidence/{audit.name}/",
    )
    assert (
        f"@misc{{talanoa-{audit.name}," in client.get(f"/evidence/{audit.name}/citation.bib").content.decode()
    )


def test_the_desk_publishes_a_data_set_with_its_license(convenor: Participant) -> None:
    browser = Reader(convenor.person, in_office=True)
    browser.open(f"/p/{convenor.process.key}/desk/evidence/")
    refused = browser.press("Publish", kind="dataset", license="")
    assert "Say under which license" in refused.text
    browser.press("Publish", kind="dataset", license='by "permission" \\ only')
    found = Publication.objects.get()
    assert browser.path == f"/evidence/{found.name}/"
    assert found.words["license"] == 'by "permission" \\ only'


def test_the_desk_withdraws_and_publishes_anew(audit: Publication, convenor: Participant) -> None:
    browser = Reader(convenor.person, in_office=True)
    url = f"/p/{convenor.process.key}/desk/evidence/{audit.name}/withdraw/"
    browser.open(url)
    browser.press("Withdraw it", reason="Somebody asked.")
    audit.refresh_from_db()
    assert audit.replaced_by is not None
    assert audit.replaced_by.kind == "audit"
    assert "What stands in its place" in browser.open(f"/evidence/{audit.name}/").text
    browser.open(url)
    assert "was withdrawn already" in browser.press("Withdraw it", reason="Again.").text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_evidence_asks_the_same_questions_whatever_its_length(
    client: Client, convenor: Participant, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        publish(convenor.process, "audit", "", by=convenor, how=made(3, bytes([number]) * 32))
    with django_assert_num_queries(3):
        client.get("/evidence/")
