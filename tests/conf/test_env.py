"""Settings come from one table, from the environment or from files, and a wrong one is named."""

from pathlib import Path

import pytest

from talanoa.conf.env import (
    DEMONSTRATION_CLOCK,
    TABLE,
    SettingWrong,
    database,
    is_demonstration,
    load,
    words,
    yes,
)


def test_without_an_environment_every_setting_has_its_default() -> None:
    told = load({})
    assert told.keys() == {setting.name for setting in TABLE}
    assert (told["TALANOA_HOME"], told["TALANOA_DEMONSTRATION"], told["TALANOA_WORKERS"]) == (
        Path("var"),
        None,
        2,
    )


def test_the_environment_wins_over_the_default() -> None:
    assert load({"TALANOA_MAIL_DOMAIN": "talanoa.example"})["TALANOA_MAIL_DOMAIN"] == "talanoa.example"


def test_a_secret_may_come_from_a_file_and_then_the_file_counts(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from the file\n")
    environ = {"TALANOA_SECRET_KEY": "from here", "TALANOA_SECRET_KEY_FILE": str(tmp_path / "secret")}
    assert load(environ)["TALANOA_SECRET_KEY"] == "from the file"


def test_a_file_that_is_not_there_is_named_with_its_setting(tmp_path: Path) -> None:
    with pytest.raises(SettingWrong, match=r"TALANOA_SECRET_KEY: .*nowhere"):
        load({"TALANOA_SECRET_KEY_FILE": str(tmp_path / "nowhere")})


@pytest.mark.parametrize(
    ("environ", "message"),
    [
        ({"TALANOA_DEMONSTRATION": "perhaps"}, "TALANOA_DEMONSTRATION: write yes or no"),
        ({"TALANOA_WORKERS": "two"}, "TALANOA_WORKERS: .*two"),
    ],
)
def test_a_value_that_cannot_be_read_is_refused_with_its_name(environ: dict[str, str], message: str) -> None:
    with pytest.raises(SettingWrong, match=message):
        load(environ)


@pytest.mark.parametrize("value", ["1", "yes", "TRUE", "On"])
def test_these_mean_yes(value: str) -> None:
    assert yes(value) is True


@pytest.mark.parametrize("value", ["", "0", "no", "False", "OFF"])
def test_these_mean_no(value: str) -> None:
    assert yes(value) is False


def test_a_list_is_separated_by_commas() -> None:
    assert words(" a.example, b.example ,,") == ["a.example", "b.example"]


def test_without_an_address_the_database_is_a_file_at_home(tmp_path: Path) -> None:
    told = database("", tmp_path)
    assert (told["ENGINE"], told["NAME"]) == ("django.db.backends.sqlite3", tmp_path / "talanoa.sqlite3")
    assert told["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in told["OPTIONS"]["init_command"]


def test_an_address_of_postgresql_is_taken_apart(tmp_path: Path) -> None:
    told = database("postgres://amina:p%40ss@db.example:5433/talanoa?sslmode=require", tmp_path)
    named = {key: told[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}
    assert named == {
        "NAME": "talanoa",
        "USER": "amina",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


def test_a_socket_folder_is_a_host(tmp_path: Path) -> None:
    assert database("postgresql:///talanoa?host=/run/postgresql", tmp_path)["HOST"] == "/run/postgresql"


@pytest.mark.parametrize("url", ["mysql://a.example/talanoa", "talanoa", "postgres://a.example:port/talanoa"])
def test_another_kind_of_database_is_refused_by_name(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingWrong, match=r"^DATABASE_URL: "):
        database(url, tmp_path)


@pytest.mark.parametrize(("said", "told"), [(None, False), (True, True), (False, False)])
def test_without_the_clock_of_one_a_home_is_a_demonstration_only_if_it_is_said(
    tmp_path: Path, said: bool | None, told: bool
) -> None:
    assert is_demonstration(said, tmp_path) is told


def test_the_home_of_a_demonstration_is_known_and_never_taken_for_a_real_one(tmp_path: Path) -> None:
    (tmp_path / DEMONSTRATION_CLOCK).touch()
    assert is_demonstration(None, tmp_path)
    assert is_demonstration(True, tmp_path)
    with pytest.raises(SettingWrong, match="holds a demonstration"):
        is_demonstration(False, tmp_path)
