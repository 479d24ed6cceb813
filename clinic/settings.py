"""Settings: from the environment (THROUGHLINE_*) or a clinic.toml in the working folder; the environment wins."""

import os
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from clinic.errors import SettingsError

_PREFIX = "THROUGHLINE_"


class Settings(BaseSettings):
    """Everything an administrator can set: THROUGHLINE_<NAME> in the environment, or <name> in clinic.toml."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, toml_file="clinic.toml", extra="forbid", frozen=True)

    database_url: str = "sqlite+aiosqlite:///var/throughline.db"
    """sqlite+aiosqlite:///file | postgresql+asyncpg://..."""
    public_url: str = "http://127.0.0.1:8080"
    """The URL that the telephone network sees; signatures are checked against it."""
    keys: SecretStr = SecretStr("file:var/keys")
    """Encryption keys: "id:base64,id:base64" (newest first) or "file:PATH" of the same, one a line."""

    twilio_account_sid: str = ""
    twilio_auth_token: SecretStr = SecretStr("")
    twilio_api_url: str = "https://api.twilio.com"
    """REST base; SignalWire and others speak the same documents."""
    twilio_number: str = ""
    twilio_line: Literal["stream", "webhook"] = "stream"

    stt: str = "auto"
    """vosk:/path | vosk:small-en-us | moonshine | auto"""
    tts: str = "auto"
    """piper:joe | piper:/path/voice.onnx | pyttsx3 | auto"""

    data_dir: Path = Path("var")
    """Rendered phrases, demo keys, the durable engine's own database."""
    calls_at_once: int = Field(default=24, ge=1)
    """Streams beyond this are answered on the webhook line."""
    journal_days: int = Field(default=365, ge=1)
    """How long the text of conversations is kept."""
    log_format: Literal["json", "console"] = "console"

    @field_validator("public_url")
    @classmethod
    def _is_an_address(cls, written: str) -> str:
        parts = urlsplit(written)
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
            raise ValueError("must be an address such as https://line.example.org")
        return (parts.scheme.lower() + written[len(parts.scheme) :]).rstrip("/")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def _names() -> set[str]:
    return {f"{_PREFIX}{name.upper()}" for name in Settings.model_fields}


def load_settings() -> Settings:
    """The settings in force; raises SettingsError with one line that names each wrong setting and never its value."""
    unknown = [name for name in os.environ if name.startswith(_PREFIX) and name not in _names()]
    if unknown:
        raise SettingsError(f"Wrong settings: {', '.join(sorted(unknown))}: there is no such setting")
    try:
        return Settings()
    except ValidationError as error:
        wrong = "; ".join(
            f"THROUGHLINE_{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors(include_input=False) if e["loc"]
        )
        raise SettingsError(f"Wrong settings: {wrong or 'clinic.toml cannot be read'}") from None
    except (OSError, ValueError) as error:
        raise SettingsError(f"clinic.toml cannot be read: {error}") from None
