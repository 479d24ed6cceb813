"""Who we deal with: patients, clinicians, staff, and telephone numbers that are known to be valid."""

from dataclasses import dataclass
from datetime import date
from typing import NewType

import phonenumbers

from clinic.errors import BadInput

PatientId = NewType("PatientId", str)
ClinicianId = NewType("ClinicianId", str)
StaffId = NewType("StaffId", str)
CallId = NewType("CallId", str)


class BadPhone(BadInput):
    """This is not a telephone number that can be called."""

    code = "bad-phone"


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number, E.164, checked when made: Phone("+12065550142")."""

    e164: str

    def __post_init__(self) -> None:
        if not (
            self.e164.startswith("+")
            and self.e164[1:].isascii()
            and self.e164[1:].isdigit()
            and 8 <= len(self.e164) <= 16
        ):
            raise BadPhone

    @classmethod
    def parse(cls, written: str, *, region: str = "US") -> "Phone":
        """A number as people write or say it; raises BadPhone."""
        try:
            number = phonenumbers.parse(written, region)
        except phonenumbers.NumberParseException as error:
            raise BadPhone from error
        if not phonenumbers.is_possible_number(number):
            raise BadPhone
        return cls(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))

    def __str__(self) -> str:
        return self.e164


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """A person in the clinic's care."""

    id: PatientId
    given_name: str
    family_name: str
    birth_date: date
    phone: Phone
    language: str = "en"

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"
