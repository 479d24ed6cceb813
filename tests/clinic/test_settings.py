from pathlib import Path

import pytest

from clinic.errors import SettingsError
from clinic.settings import load_settings


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_everything_has_a_default_that_works() -> None:
    settings = load_settings()
    assert settings.database_url.startswith("sqlite")
    assert settings.stt == settings.tts == "auto"


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("clinic.toml").write_text('stt = "moonshine"\ntts = "pyttsx3"\n')
    monkeypatch.setenv("THROUGHLINE_STT", "vosk:small-en-us")
    settings = load_settings()
    assert (settings.stt, settings.tts) == ("vosk:small-en-us", "pyttsx3")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TWILIO_LINE", "pigeon"),
        ("CALLS_AT_ONCE", "many"),
        ("CALLS_AT_ONCE", "0"),
        ("LOG_FORMAT", "xml"),
        ("PUBLIC_URL", "line.example.org"),
        ("JOURNAL_DAY", "30"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"THROUGHLINE_{name}", value)
    with pytest.raises(SettingsError, match=f"THROUGHLINE_{name}") as refused:
        load_settings()
    assert "\n" not in str(refused.value)


def test_a_secret_is_never_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THROUGHLINE_TWILIO_AUTH_TOKEN", "s3cret")
    monkeypatch.setenv("THROUGHLINE_TWILIO_LINE", "s3cret")
    assert "s3cret" not in repr(load_settings_or_error())


def load_settings_or_error() -> object:
    try:
        return load_settings()
    except SettingsError as error:
        return str(error)


def test_an_address_is_kept_as_the_carrier_writes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THROUGHLINE_PUBLIC_URL", "HTTPS://line.example.org/")
    assert load_settings().public_url == "https://line.example.org"


@pytest.mark.parametrize("content", ["unclosed = '", "no_such_setting = 1"])
def test_a_broken_file_is_told(content: str) -> None:
    Path("clinic.toml").write_text(content)
    with pytest.raises(SettingsError):
        load_settings()
