"""`server.py check`: what is missing or wrong in the set-up, in plain words, each with what to do."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import StrEnum

from clinic.errors import ClinicError
from clinic.people import BadPhone, Phone
from clinic.settings import Settings
from clinic.time import Clock
from security.keyring import read_keyring
from store.errors import NoFacts
from store.opened import Store, open_store
from voice.engines.choosing import Place, choose_stt, choose_tts
from voice.speech.errors import EngineUnavailable
from wiring.carrier import carrier_ready
from wiring.sessions import read_content


class Level(StrEnum):
    OK = "ok"
    NOTE = "note"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. WRONG keeps the line from working; NOTE is worth knowing."""

    level: Level
    text: str


async def check(settings: Settings, clock: Clock) -> AsyncIterator[Finding]:
    """Look at everything the line needs; goes on after what is wrong, as far as it can."""
    async for finding in _stored(settings, clock):
        yield finding
    async for finding in _spoken(settings):
        yield finding
    for finding in _carried(settings):
        yield finding


async def _stored(settings: Settings, clock: Clock) -> AsyncIterator[Finding]:
    try:
        store = await open_store(settings.database_url, read_keyring(settings.keys.get_secret_value()), clock)
    except ClinicError as error:
        yield Finding(Level.WRONG, f"Keys or database: {error}")
        return
    try:
        yield Finding(Level.OK, "Encryption keys are readable and the database answers.")
        yield await _contents(store)
        yield await _chain(store)
    finally:
        await store.close()


async def _contents(store: Store) -> Finding:
    try:
        content = read_content(await store.facts.load())
    except NoFacts:
        return Finding(Level.WRONG, "There is no clinic in the database. Run: python server.py seed --demo")
    except ClinicError as error:
        return Finding(Level.WRONG, f"Phrases or programmes: {error}")
    programmes = len(content.library.programmes())
    return Finding(
        Level.OK, f"{content.facts.name}: {len(content.phrases.phrases)} phrases, {programmes} programme(s)."
    )


async def _chain(store: Store) -> Finding:
    broken = await store.audit.verify()
    if broken is not None:
        return Finding(Level.WRONG, f"The audit chain does not fit from entry {broken} on: somebody has changed it.")
    return Finding(Level.OK, "The audit chain is whole.")


async def _spoken(settings: Settings) -> AsyncIterator[Finding]:
    try:
        recogniser, about_stt = await choose_stt(settings.stt, Place(data_dir=settings.data_dir))
        yield Finding(Level.OK, f"Recogniser: {recogniser.name}.")
        voices, about_tts = await choose_tts(settings.tts)
        yield Finding(Level.OK, f"Voice: {voices.name}.")
        await voices.close()
    except EngineUnavailable as error:
        yield Finding(Level.WRONG, f"Speech: {error.reason} {error.remedy} Until then calls go on the webhook line.")
        return
    except ClinicError as error:
        yield Finding(Level.WRONG, str(error))
        return
    for remark in (*about_stt, *about_tts):
        yield Finding(Level.NOTE, f"{remark.engine} does not serve: {remark.reason} {remark.remedy}")


def _carried(settings: Settings) -> list[Finding]:
    if not settings.twilio_auth_token.get_secret_value():
        return [Finding(Level.NOTE, "No carrier is connected: see docs/connecting-twilio.md. The browser phone works.")]
    findings = []
    if not settings.public_url.startswith("https://"):
        findings.append(Finding(Level.WRONG, "THROUGHLINE_PUBLIC_URL must be the https address that the carrier sees."))
    if not carrier_ready(settings):
        findings.append(
            Finding(Level.WRONG, "Texts need THROUGHLINE_TWILIO_ACCOUNT_SID and THROUGHLINE_TWILIO_NUMBER.")
        )
    try:
        Phone(settings.twilio_number or "+10000000")
    except BadPhone:
        findings.append(Finding(Level.WRONG, "THROUGHLINE_TWILIO_NUMBER must look like +12065550111."))
    return findings or [Finding(Level.OK, "The carrier is set up.")]
