"""What a person has agreed to, in which words, and when: recorded per kind and channel, and can be taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from clinic.people import PatientId
from clinic.step import Step


class Channel(StrEnum):
    VOICE = "voice"
    TEXT = "text"


class ConsentKind(StrEnum):
    VISIT_MESSAGES = "visit-messages"
    PROGRAMME_CALLS = "programme-calls"
    RECORDING = "recording"
    ALL_CONTACT = "all-contact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One entry of the ledger; the newest entry for a kind and channel counts."""

    patient: PatientId
    kind: ConsentKind
    channel: Channel
    given: bool
    wording: str
    """Phrase name and version the person answered to, or "in-person"."""
    at: datetime


class ConsentLedger(Protocol):
    """The record of agreements; entries are only ever added."""

    async def record(
        self, step: Step, patient: PatientId, kind: ConsentKind, channel: Channel, given: bool, wording: str
    ) -> Consent: ...

    async def of(self, patient: PatientId) -> Sequence[Consent]: ...
