"""What the settings say of the carrier, and the token that a caller on this machine signs with when there is none."""

from clinic.settings import Settings
from security.keyring import Keyring


def carrier_ready(settings: Settings) -> bool:
    """Whether texts can be sent at all."""
    return bool(
        settings.twilio_account_sid and settings.twilio_auth_token.get_secret_value() and settings.twilio_number
    )


def signing_token(settings: Settings, keyring: Keyring) -> str:
    """The carrier's token; without a carrier, one that only this installation's keys can give (`server.py call`)."""
    return settings.twilio_auth_token.get_secret_value() or keyring.newest.derive("local-carrier").hex()
