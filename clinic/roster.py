"""Finding the person who is calling. Patients are found by number and birth date, never by name alone."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Protocol

from clinic.people import Patient, PatientId, Phone
from clinic.step import Step


class Roster(Protocol):
    """The patients of the clinic."""

    async def by_phone(self, phone: Phone) -> tuple[Patient, ...]:
        """Everyone who has given this number (a household may share one)."""
        ...

    async def by_birth_date(self, born: date) -> tuple[Patient, ...]:
        """Everyone born on this day; the flow then asks for the name."""
        ...

    async def identify(self, step: Step, patient: PatientId) -> Patient:
        """Record that this call's caller is this patient; the journal row is what survives a new release."""
        ...


class PatientPages(Protocol):
    """The same people as staff pages name them."""

    async def names(self, patients: Collection[PatientId]) -> Mapping[PatientId, str]:
        """Full names of those that exist, in one read."""
        ...

    async def listed(self, limit: int) -> Sequence[Patient]:
        """The first patients, in the order they were added; the telephone page offers their numbers to phone as."""
        ...
