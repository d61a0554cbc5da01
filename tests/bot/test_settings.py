"""The environment is read in one place and refused in words that name the variable."""

import base64
import os

import pytest

from bot.settings import Connection, DeskKey, SettingsError, read_settings

NEW_KEY, OLD_KEY = bytes(range(32)), bytes([255] * 32)
READ = (
    "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL", "PORT",
    "DATABASE_URL", "DESK_CONFIG", "DESK_KEYS", "LOG_LEVEL", "LOG_FORMAT",
)  # fmt: skip


@pytest.fixture
def read(monkeypatch, tmp_path):
    """Read settings from nothing but the variables given, and an own `.env`."""
    for name in os.environ:
        if name.upper() in READ:
            monkeypatch.delenv(name)

    def read_with(env_file="", **variables):
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        path = tmp_path / ".env"
        path.write_text(env_file, encoding="utf-8")
        return read_settings(path)

    return read_with


def refusal(read, **variables):
    with pytest.raises(SettingsError) as refused:
        read(**variables)
    return str(refused.value).splitlines()


def plain(key):
    return base64.b64encode(key).decode()


def test_without_any_variable_the_desk_runs_in_the_sandbox_on_sqlite(read):
    settings = read()

    assert settings.connection is Connection.SANDBOX
    assert settings.database_url == "sqlite:///data/desk.db"
    assert str(settings.desk_config) == "desk.yml"
    assert settings.slack_api_url == "https://slack.com/api/"
    assert (settings.log_level, settings.log_format) == ("INFO", "text")
    assert settings.desk_keys == ()


def test_no_variable_makes_a_trial_of_a_desk_in_slack(read):
    settings = read(SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1", TRIED_OUT="1")

    assert not settings.is_trial
    assert settings.model_copy(update={"tried_out": True}).is_trial
    assert read(SLACK_BOT_TOKEN="", SLACK_APP_TOKEN="").is_trial


def test_an_app_token_means_socket_mode_even_beside_a_signing_secret(read):
    settings = read(SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1", SLACK_SIGNING_SECRET="s")

    assert settings.connection is Connection.SOCKET


def test_a_signing_secret_alone_means_http(read):
    settings = read(SLACK_BOT_TOKEN="xoxb-1", SLACK_SIGNING_SECRET="8f742231b10e8888abcd99edca")

    assert settings.connection is Connection.HTTP


def test_what_the_environment_does_not_set_comes_from_the_env_file(read):
    settings = read(env_file="PORT=8080\nLOG_LEVEL=debug\nSOMETHING_ELSE=1\n", PORT="9090")

    assert settings.port == 9090
    assert settings.log_level == "DEBUG"


def test_an_empty_variable_is_a_missing_one(read):
    settings = read(SLACK_BOT_TOKEN="", PORT="", DESK_KEYS="")

    assert settings.connection is Connection.SANDBOX
    assert settings.port == 3000


def test_a_bot_token_alone_is_refused_with_both_ways_out(read):
    (line,) = refusal(read, SLACK_BOT_TOKEN="xoxb-1")

    assert "SLACK_APP_TOKEN for Socket Mode" in line
    assert "SLACK_SIGNING_SECRET for HTTP" in line


@pytest.mark.parametrize(
    ("name", "value"), [("SLACK_APP_TOKEN", "xapp-1"), ("SLACK_SIGNING_SECRET", "abc")]
)
def test_a_forgotten_bot_token_does_not_end_in_the_sandbox(read, name, value):
    assert refusal(read, **{name: value}) == [
        f"SLACK_BOT_TOKEN is missing although {name} is set",
    ]


def test_swapped_tokens_are_told_where_they_belong(read):
    assert refusal(read, SLACK_BOT_TOKEN="xapp-1", SLACK_APP_TOKEN="xoxb-1") == [
        "SLACK_BOT_TOKEN: expected a token that starts with xoxb-; "
        "this is an app-level token, for SLACK_APP_TOKEN",
        "SLACK_APP_TOKEN: expected a token that starts with xapp-; "
        "this is a bot token, for SLACK_BOT_TOKEN",
    ]


def test_a_user_token_is_never_taken(read):
    (line,) = refusal(read, SLACK_BOT_TOKEN="xoxp-1", SLACK_APP_TOKEN="xapp-1")

    assert line.endswith("this is a user token, which deskbot never needs")


def test_a_token_is_no_signing_secret(read):
    (line,) = refusal(read, SLACK_BOT_TOKEN="xoxb-1", SLACK_SIGNING_SECRET="xapp-1")

    assert line.startswith("SLACK_SIGNING_SECRET: expected the signing secret")


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("PORT", "0", "PORT: expected a port number from 1 to 65535"),
        ("PORT", "http", "PORT: expected a port number from 1 to 65535"),
        ("LOG_FORMAT", "xml", "LOG_FORMAT: expected text or json"),
        ("LOG_LEVEL", "loud", "LOG_LEVEL: expected one of DEBUG, INFO, WARNING, ERROR, CRITICAL"),
        (
            "SLACK_API_URL",
            "slack.com",
            "SLACK_API_URL: expected an address such as https://slack.com/api/",
        ),
    ],
)
def test_other_variables_say_what_was_expected(read, name, value, expected):
    assert refusal(read, **{name: value}) == [expected]


def test_the_api_address_ends_in_a_slash_as_the_sdk_needs_it(read):
    assert read(SLACK_API_URL="http://127.0.0.1:8000/api").slack_api_url.endswith("/api/")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_becomes_the_one_driver(read, scheme):
    settings = read(DATABASE_URL=f"{scheme}://me:pw@host/desk")

    assert settings.database_url == "postgresql+psycopg://me:pw@host/desk"


def test_another_database_is_refused_without_its_password(read):
    (line,) = refusal(read, DATABASE_URL="mysql://me:hush@host/desk")

    assert line.startswith("DATABASE_URL: expected sqlite:///path/to/desk.db or postgresql://")
    assert "hush" not in line


def test_keys_come_newest_first_in_either_alphabet_of_base64(read):
    url_safe = base64.urlsafe_b64encode(OLD_KEY).decode()

    keys = read(DESK_KEYS=f"2026-11:{plain(NEW_KEY)}, 2025-01:{url_safe}").desk_keys

    assert keys == (DeskKey("2026-11", NEW_KEY), DeskKey("2025-01", OLD_KEY))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (plain(NEW_KEY), "expected key 1 as id:base64"),
        (f"a:{plain(NEW_KEY)},", "expected key 2 as id:base64"),
        (f"a b:{plain(NEW_KEY)}", "expected key 1 as id:base64"),
        ("a:not base64!", "expected key 1 ('a') in base64 after the colon"),
        (f"a:{plain(b'short')}", "expected key 1 ('a') to be 32 bytes, got 5"),
        (f"a:{plain(NEW_KEY)},a:{plain(OLD_KEY)}", "expected a different id for each key"),
    ],
)
def test_keys_that_cannot_be_used_are_refused_without_repeating_them(read, value, expected):
    (line,) = refusal(read, DESK_KEYS=value)

    assert line.startswith(f"DESK_KEYS: {expected}")
    assert plain(NEW_KEY) not in line


def test_nothing_secret_shows_when_settings_are_printed(read):
    settings = read(
        SLACK_BOT_TOKEN="xoxb-hush",
        SLACK_APP_TOKEN="xapp-hush",
        DATABASE_URL="postgresql://me:hush@host/desk",
        DESK_KEYS=f"a:{plain(NEW_KEY)}",
    )

    assert "hush" not in repr(settings)
    assert plain(NEW_KEY) not in repr(settings)
    assert repr(NEW_KEY) not in repr(settings.desk_keys)


def test_where_robots_and_webhooks_are_is_gathered_by_variable_and_never_shown(read):
    settings = read(
        "WEBHOOK_CRM_SECRET=whsec_fromfile\nROBOT_OPS_URL=https://file.example\nROBOT_OPS=x\n",
        ROBOT_OPS_URL="https://oapi.example/send?access_token=verysecret",
    )

    assert set(settings.outside) == {"WEBHOOK_CRM_SECRET", "ROBOT_OPS_URL"}
    assert settings.outside["ROBOT_OPS_URL"].get_secret_value().endswith("verysecret")
    assert "verysecret" not in repr(settings)


def test_a_variable_called_outside_means_nothing(read):
    assert read(OUTSIDE="1").outside == {}


def test_a_proxy_is_an_address(read):
    assert refusal(read, OUTSIDE_PROXY="proxy:3128") == [
        "OUTSIDE_PROXY: expected a proxy such as http://proxy.example:3128"
    ]
    assert "hidden" not in repr(read(OUTSIDE_PROXY="http://me:hidden@proxy:3128"))
