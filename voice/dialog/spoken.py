"""How values sound: dates, times, names and numbers as a person would say them on the telephone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import phonenumbers

from clinic.people import Patient, Phone
from scheduling.visits import Clinician, Slot, Visit, VisitType
from voice.dialog.errors import UnknownPhrase

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True)
class Spoken:
    """Text to be said, and whether it tells something about a patient."""

    text: str
    private: bool


def speak(value: object, form: str, zone: ZoneInfo) -> Spoken:
    """A value in words. `form` is what stands after the colon in a phrase: {visit:when}; raises UnknownPhrase."""
    match value:
        case Visit() | Slot():
            return Spoken(_appointment(value, form, zone), private=isinstance(value, Visit))
        case Patient():
            return Spoken(value.given_name if form == "first" else value.name, private=True)
        case Phone():
            return Spoken(_phone(value, form), private=form not in ("public", "written"))
        case Clinician() | VisitType():
            return Spoken(value.name, private=False)
        case datetime():
            return Spoken(f"{day(value.astimezone(zone))} at {clock(value.astimezone(zone))}", private=False)
        case date():
            return Spoken(f"{day(value)}, {value.year}", private=True)
        case bool():
            raise UnknownPhrase("A yes or no cannot be spoken as a value.")
        case int():
            return Spoken(count(value), private=False)
        case str():
            return Spoken(value, private=form != "public")
        case list() | tuple():
            parts = [speak(item, "" if form == "or" else form, zone) for item in value]
            joined = series([part.text for part in parts], "or" if form == "or" else "and")
            return Spoken(joined, private=any(part.private for part in parts))
    raise UnknownPhrase(f"No way to say a {type(value).__name__}.")


def _appointment(value: Visit | Slot, form: str, zone: ZoneInfo) -> str:
    starts = value.starts.astimezone(zone)
    forms = {
        "": f"{day(starts)} at {clock(starts)} with {value.clinician.name}",
        "when": f"{day(starts)} at {clock(starts)}",
        "day": day(starts),
        "time": clock(starts),
        "with": value.clinician.name,
        "kind": value.visit_name,
        "written": f"{starts:%a}, {starts:%b} {starts.day}, {starts.hour % 12 or 12}:{starts:%M %p}",
        "full": f"{value.visit_name} with {value.clinician.name} on {day(starts)} at {clock(starts)}",
    }
    if form not in forms:
        raise UnknownPhrase(f"A visit has no form {form!r}.")
    return forms[form]


def day(moment: date) -> str:
    """Tuesday, November 24th."""
    return f"{moment:%A}, {moment:%B} {ordinal(moment.day)}"


def clock(moment: datetime) -> str:
    """10:30 in the morning; parts of day are easier to hear than AM and PM."""
    if moment.minute == 0 and moment.hour in (0, 12):
        return "noon" if moment.hour else "midnight"
    part = "in the morning" if moment.hour < 12 else "in the afternoon" if moment.hour < 18 else "in the evening"
    hour = moment.hour % 12 or 12
    return f"{hour} o'clock {part}" if moment.minute == 0 else f"{hour}:{moment:%M} {part}"


def ordinal(number: int) -> str:
    """24th."""
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def count(number: int) -> str:
    """Small numbers in words."""
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else str(number)


def series(parts: Sequence[str], last: str = "and") -> str:
    """One, two, and three."""
    if len(parts) < 3:
        return f" {last} ".join(parts)
    return f"{', '.join(parts[:-1])}, {last} {parts[-1]}"


def _phone(number: Phone, form: str) -> str:
    if form == "written":
        return phonenumbers.format_number(phonenumbers.parse(number.e164), phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    digits = number.e164.removeprefix("+1") if number.e164.startswith("+1") else number.e164[1:]
    groups = [digits[-4:]] if form == "ending" else [digits[:-7], digits[-7:-4], digits[-4:]]
    return ", ".join(" ".join(group) for group in groups if group)
