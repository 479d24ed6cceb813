"""May we contact this person now? One pure function, asked when a contact is planned and again at every attempt.

Rules by their number in the clinic's rule book: consent before contact (L1, L2), any refusal counts at once (L5), and
only between the permitted hours where the person is; where that is unknown, inside every plausible zone's hours (L6).

A confirmation that the caller asked for on this very call may go at once, at any hour: the hours of L6 protect people
from being disturbed unasked, and this person is awake, on the line, and waiting for it. The request is also the
agreement that L1 wants, but it has to be on record like any other; without the record nothing goes. Once the message
is late, its hours count again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from phonenumbers import parse, timezone

from clinic.consent import Channel, Consent, ConsentKind
from clinic.errors import BadInput
from clinic.people import Phone
from clinic.time import UnknownZone, aware, zone

LEGAL_OPENS, LEGAL_CLOSES = time(8), time(21)
AT_ONCE_FOR = timedelta(minutes=15)
"""How long a confirmation counts as answering the caller's own request."""
_LOOK_AHEAD_DAYS = 3
_MOST_ZONES_OF_AN_AREA = 4
_COUNTRY_WIDE = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
)


class IllegalHours(BadInput):
    """Contact hours must lie between 8:00 and 21:00."""

    code = "illegal-hours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """When people may be contacted, at their place; never outside the legal hours."""

    opens: time = time(9)
    closes: time = time(19)

    def __post_init__(self) -> None:
        if not LEGAL_OPENS <= self.opens < self.closes <= LEGAL_CLOSES:
            raise IllegalHours


class Reason(StrEnum):
    """Why, or why not."""

    JUST_ASKED = "just-asked"
    PERMITTED = "permitted"
    NO_CONSENT = "no-consent"
    OPTED_OUT = "opted-out"
    OUTSIDE_HOURS = "outside-hours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The answer. `next` is when to ask again; None when only the person can change it."""

    allowed: bool
    reason: Reason
    next: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """What we would like to do."""

    kind: ConsentKind
    channel: Channel
    asked_at: datetime | None = None
    """When the person asked for it on a call; None when it was our idea."""


def may_contact(
    contact: Contact, now: datetime, ledger: Sequence[Consent], zones: Sequence[ZoneInfo], hours: Hours = Hours()
) -> Decision:
    """Whether this contact may happen now. `ledger` holds the person's entries, in any order."""
    now = aware(now)
    refusal = _refusal(contact, ledger)
    if refusal is not None:
        return Decision(allowed=False, reason=refusal)
    if contact.asked_at is not None and timedelta(0) <= now - aware(contact.asked_at) <= AT_ONCE_FOR:
        return Decision(allowed=True, reason=Reason.JUST_ASKED)
    if _everywhere_open(now, zones, hours):
        return Decision(allowed=True, reason=Reason.PERMITTED)
    return Decision(allowed=False, reason=Reason.OUTSIDE_HOURS, next=_next_opening(now, zones, hours))


def plausible_zones(phone: Phone, clinic_zone: ZoneInfo) -> tuple[ZoneInfo, ...]:
    """Every zone in which the person with this number may be: the number's own and, since numbers travel, the clinic's.

    A number of no area (toll-free, or unknown) may be anywhere in the country.
    """
    named = timezone.time_zones_for_number(parse(phone.e164))
    try:
        found = {zone(name) for name in named}
    except UnknownZone:
        found = set()
    if not 0 < len(found) <= _MOST_ZONES_OF_AN_AREA:
        found = {zone(name) for name in _COUNTRY_WIDE}
    return tuple(sorted(found | {clinic_zone}, key=lambda place: place.key))


def _refusal(contact: Contact, ledger: Sequence[Consent]) -> Reason | None:
    """No agreement, or an opt-out that is newer. An opt-out by any channel covers them all (L5)."""
    agreed = _newest([c for c in ledger if (c.kind, c.channel) == (contact.kind, contact.channel)])
    everything = _newest([c for c in ledger if c.kind is ConsentKind.ALL_CONTACT])
    if everything is not None and not everything.given and (agreed is None or agreed.at <= everything.at):
        return Reason.OPTED_OUT
    if agreed is None:
        return Reason.NO_CONSENT
    return None if agreed.given else Reason.OPTED_OUT


def _newest(entries: Sequence[Consent]) -> Consent | None:
    """The entry that counts; of two at the same moment, the refusal."""
    return max(entries, key=lambda entry: (entry.at, not entry.given), default=None)


def _everywhere_open(moment: datetime, zones: Sequence[ZoneInfo], hours: Hours) -> bool:
    return all(hours.opens <= moment.astimezone(place).time() < hours.closes for place in zones)


def _next_opening(now: datetime, zones: Sequence[ZoneInfo], hours: Hours) -> datetime | None:
    """The first moment everywhere is open: some zone's opening, since each is the latest to open of its kind."""
    openings = sorted(
        aware(datetime.combine(now.astimezone(place).date() + timedelta(days=day), hours.opens, tzinfo=place))
        for place in zones
        for day in range(_LOOK_AHEAD_DAYS)
    )
    return next((each for each in openings if each > now and _everywhere_open(each, zones, hours)), None)
