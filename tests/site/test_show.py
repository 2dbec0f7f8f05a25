"""Instants, shares, groups and fields as pages show them."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone as zones
from django.utils import translation

from talanoa.contributions.models import Response
from talanoa.site.templatetags import fields, show

CLOSES = datetime(2026, 11, 24, 23, 59, tzinfo=UTC)


def shown(source: str, **values: object) -> str:
    return Template("{% load show %}" + source).render(Context(values))


def test_an_instant_is_told_in_utc_with_its_weekday() -> None:
    told = '<time datetime="2026-11-24T23:59Z">Tuesday 24 November 2026, 23:59\xa0UTC</time>'
    assert show.when(CLOSES) == told


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("Africa/Nairobi", "(02:59 Wednesday in Nairobi)"),
        ("Asia/Kathmandu", "(05:44 Wednesday in Kathmandu)"),
        ("America/St_Johns", "(20:29 in St Johns)"),
        ("America/Argentina/Buenos_Aires", "(20:59 in Buenos Aires)"),
        ("Pacific/Kiritimati", "(13:59 Wednesday in Kiritimati)"),
    ],
)
def test_the_reader_is_told_what_their_own_clock_shows(zone: str, told: str) -> None:
    with zones.override(ZoneInfo(zone)):
        assert show.when(CLOSES).endswith(f"23:59\xa0UTC {told}</time>")


def test_nothing_is_said_twice_where_the_clock_agrees_with_utc() -> None:
    with zones.override(ZoneInfo("Africa/Accra")):
        assert show.when(CLOSES).endswith("23:59\xa0UTC</time>")


def test_an_instant_of_another_zone_is_told_in_utc() -> None:
    local = CLOSES.astimezone(timezone(timedelta(hours=-5)))
    assert show.when(local) == show.when(CLOSES)


def test_months_are_named_in_the_language_of_the_reader() -> None:
    with translation.override("fr"):
        assert "mardi 24 novembre 2026" in show.when(CLOSES)


def test_an_instant_that_is_not_set_is_empty() -> None:
    assert [show.when(None), show.day(None), show.span_days(None, None)] == ["", "", ""]


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("2026-03-03", "2026-03-09", "3 – 9 March 2026"),
        ("2026-07-19", "2026-08-28", "19 July – 28 August 2026"),
        ("2026-12-20", "2027-01-09", "20 December 2026 – 9 January 2027"),
        ("2026-03-03", "2026-03-03", "3 March 2026"),
    ],
)
def test_what_two_days_share_is_said_once(first: str, last: str, told: str) -> None:
    span = show.span_days(*(datetime.fromisoformat(day).replace(tzinfo=UTC) for day in (first, last)))
    assert "".join(piece.rpartition(">")[2] for piece in str(span).split("<")) == told


def test_a_span_with_one_end_is_that_day() -> None:
    assert show.span_days(CLOSES, None) == show.span_days(None, CLOSES) == show.day(CLOSES)


@pytest.mark.parametrize(
    ("part", "whole", "width"), [(61, 160, 38), (1, 5000, 1), (0, 9, 0), (3, 0, 0), (7, 5, 100), (None, 5, 0)]
)
def test_a_share_fits_its_bar_and_what_is_there_is_seen(part: int | None, whole: int, width: int) -> None:
    assert show.share(part, whole) == width


def test_a_group_is_told_by_color_letter_and_name() -> None:
    key = shown("{% group_key 'academia' 'Academia' %}")
    assert key == '<span class="key academia"><b aria-hidden="true">A</b>Academia</span>'


def test_names_in_a_key_or_a_status_are_text() -> None:
    assert "&lt;b&gt;" in shown("{% group_key 'other' name %}", name="<b>")
    assert "&lt;b&gt;" in shown("{% status 'noted' name %}", name="<b>")


def test_a_waiting_input_says_so() -> None:
    assert shown("{% status 'waiting' %}") == '<span class="status waiting">waiting for an answer</span>'


def test_every_status_of_an_answer_has_a_public_meaning() -> None:
    assert set(show.MEANINGS) == {*Response.Status.values, "waiting"}


@pytest.mark.parametrize(
    ("path", "prefixes", "mark"),
    [
        ("/record/", "'/record/'", ' aria-current="page"'),
        ("/record/17/", "'/record/'", ' aria-current="true"'),
        ("/", "'/' '/p/'", ' aria-current="page"'),
        ("/p/nm/", "'/' '/p/'", ' aria-current="true"'),
        ("/learn/", "'/' '/p/'", ""),
    ],
)
def test_the_navigation_marks_where_the_reader_is(path: str, prefixes: str, mark: str) -> None:
    assert shown(f"{{% current {prefixes} %}}", request=RequestFactory().get(path)) == mark


def test_a_page_without_a_request_marks_nothing() -> None:
    assert shown("{% current '/' %}") == ""


def test_the_direction_follows_the_language() -> None:
    with translation.override("ar"):
        assert show.direction() == "rtl"
    assert show.direction() == "ltr"


def test_words_of_people_are_text_and_find_their_direction() -> None:
    assert shown("{{ text|plain }}", text="<i>a</i>") == '<p dir="auto">&lt;i&gt;a&lt;/i&gt;</p>'


class Form(forms.Form):
    name = forms.CharField(help_text="As you sign.", widget=forms.TextInput(attrs={"placeholder": "Name"}))
    address = forms.EmailField()
    way = forms.ChoiceField(widget=forms.RadioSelect, choices=[("a", "With name"), ("b", "Without")])
    sure = forms.BooleanField(required=False)

    def __init__(self, *args: object) -> None:
        super().__init__(*args)
        self.fields["way"].descriptions = {"a": "It stands <b>beside</b> your words."}


def part(name: str, **values: object) -> str:
    return Template(f"{{% include 'site/parts/{name}.html' %}}").render(Context(values))


def test_a_field_has_its_label_above_and_no_placeholder() -> None:
    field = part("field", field=Form()["name"])
    assert field.index('<label for="id_name"') < field.index("<input")
    assert "placeholder" not in field


def test_a_hint_and_an_error_are_named_by_the_control() -> None:
    field = part("field", field=Form({})["name"])
    assert 'aria-describedby="id_name_helptext id_name_error"' in field
    assert 'id="id_name_helptext"' in field
    assert 'id="id_name_error"' in field
    assert 'aria-invalid="true"' in field


def test_text_finds_its_direction_and_an_address_stays_latin() -> None:
    assert 'dir="auto"' in fields.control(Form()["name"])
    assert 'dir="ltr"' in fields.control(Form()["address"])


def test_a_choice_is_described_and_the_description_is_text() -> None:
    field = part("field", field=Form()["way"])
    assert 'aria-describedby="id_way_0_description"' in field
    assert "&lt;b&gt;beside" in field
    assert "id_way_1_description" not in field


def test_only_what_may_be_left_out_is_marked() -> None:
    assert "(optional)" not in part("field", field=Form()["name"])
    form = Form()
    form.fields["name"].required = False
    assert "(optional)" in part("field", field=form["name"])


def test_the_summary_links_each_error_to_the_first_control_of_its_field() -> None:
    summary = part("errors", form=Form({}))
    assert [piece.partition('"')[0] for piece in summary.split('href="#')[1:]] == [
        "id_name",
        "id_address",
        "id_way_0",
    ]


def test_the_summary_takes_the_focus_and_is_announced() -> None:
    assert 'role="alert" tabindex="-1" autofocus' in part("errors", form=Form({}))


def test_a_form_without_errors_has_no_summary() -> None:
    assert "alert" not in part("form", form=Form())
