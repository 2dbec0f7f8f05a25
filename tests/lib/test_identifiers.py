"""Identifiers are checked before they are printed anywhere."""

import pytest

from talanoa.lib.identifiers import doi, orcid, ror


@pytest.mark.parametrize(
    "given", ["0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097", " 0000000218250097 "]
)
def test_an_orcid_is_written_one_way(given: str) -> None:
    assert orcid(given) == "0000-0002-1825-0097"


def test_the_check_digit_of_an_orcid_may_be_an_x() -> None:
    assert orcid("0000-0002-1694-233x") == "0000-0002-1694-233X"


@pytest.mark.parametrize(
    "given", ["0000-0002-1825-0098", "0000-0002-1825-009", "0000-0002-1694-2330", "", "me"]
)
def test_what_is_no_orcid_is_refused(given: str) -> None:
    assert orcid(given) == ""


@pytest.mark.parametrize("given", ["https://ror.org/02mhbdp94", "ror.org/02MHBDP94", "02mhbdp94"])
def test_a_ror_is_written_one_way(given: str) -> None:
    assert ror(given) == "https://ror.org/02mhbdp94"


@pytest.mark.parametrize(
    "given", ["02mhbdp95", "02mhbdq94", "12mhbdp94", "https://example.org/02mhbdp94", ""]
)
def test_what_is_no_ror_is_refused(given: str) -> None:
    assert ror(given) == ""


def test_a_doi_is_written_one_way_and_anything_else_refused() -> None:
    assert doi("https://doi.org/10.5555/ABC.1") == doi("doi:10.5555/abc.1") == "10.5555/abc.1"
    assert [doi(given) for given in ("11.5555/a", "10.55/a", "10.5555/", "10.5555/a b")] == ["", "", "", ""]
