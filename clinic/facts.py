"""What the clinic says about itself on the telephone: set by an administrator, never by code."""

from dataclasses import dataclass

from clinic.people import Phone


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicFacts:
    """One clinic's name, place and standing answers. The answers are whole sentences, spoken as they are."""

    name: str
    """As patients know it: "Riverside Counseling Center"."""
    neutral_name: str
    """For voicemail and strangers: says nothing of mental health (RULES L13)."""
    zone: str
    """IANA time zone in which visits are spoken of."""
    region: str
    """ISO 3166-2 state, for holidays and wording: "US-WA"."""
    address: str
    hours: str
    parking: str
    insurance: str
    cost: str
    what_to_bring: str
    telehealth: str
    front_desk: Phone
    on_call: Phone
    line: Phone
    """The number that patients dial."""
    callback_within: str
    """What we promise when nobody can come to the phone: "by the end of the next working day"."""
    language: str = "en"
