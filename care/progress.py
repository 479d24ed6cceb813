"""How far a patient is in a programme: the values and the port the store implements."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from clinic.people import PatientId
from clinic.step import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneEpisode:
    """One episode the patient has finished, and what they said of it."""

    episode: str
    at: datetime
    said: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """One patient in one version of one programme; `done` in the order it was done."""

    patient: PatientId
    programme: str
    version: str
    done: tuple[DoneEpisode, ...]
    started: datetime


class Progress(Protocol):
    """Where enrolments live."""

    async def enrolment(self, patient: PatientId) -> Enrolment | None: ...

    async def finish_episode(self, step: Step, patient: PatientId, episode: str, said: str | None) -> Enrolment: ...
