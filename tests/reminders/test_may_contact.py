"""May we contact: the rules L1, L2, L5 and L6, by example and by property."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.consent import Channel, Consent, ConsentKind
from clinic.people import PatientId, Phone
from clinic.time import NaiveTime
from reminders.may_contact import (
    AT_ONCE_FOR,
    LEGAL_CLOSES,
    LEGAL_OPENS,
    Contact,
    Decision,
    Hours,
    IllegalHours,
    Reason,
    may_contact,
    plausible_zones,
)

SEATTLE, BOSTON, HONOLULU = (ZoneInfo(n) for n in ("America/Los_Angeles", "America/New_York", "Pacific/Honolulu"))
NOON = datetime(2026, 11, 23, 20, tzinfo=UTC)
"""In Seattle, a Monday."""
TEXT = Contact(kind=ConsentKind.VISIT_MESSAGES, channel=Channel.TEXT)


def said(
    given: bool,
    days_ago: float = 1,
    kind: ConsentKind = ConsentKind.VISIT_MESSAGES,
    channel: Channel = Channel.TEXT,
) -> Consent:
    at = NOON - timedelta(days=days_ago)
    return Consent(patient=PatientId("p"), kind=kind, channel=channel, given=given, wording="test", at=at)


AGREED = said(True)


def decide(*ledger: Consent, now: datetime = NOON, zones: tuple[ZoneInfo, ...] = (SEATTLE,)) -> Decision:
    return may_contact(TEXT, now, ledger, zones)


def test_with_consent_within_hours() -> None:
    assert decide(AGREED) == Decision(allowed=True, reason=Reason.PERMITTED)


@pytest.mark.parametrize(
    "ledger",
    [
        (),
        (said(True, kind=ConsentKind.PROGRAMME_CALLS),),
        (said(True, channel=Channel.VOICE),),
        (said(True, kind=ConsentKind.ALL_CONTACT),),
    ],
)
def test_consent_is_for_one_kind_and_channel(ledger: tuple[Consent, ...]) -> None:
    assert decide(*ledger) == Decision(allowed=False, reason=Reason.NO_CONSENT)


@pytest.mark.parametrize(
    "ledger",
    [
        (AGREED, said(False, 0.5)),
        (AGREED, said(False, 0.5, ConsentKind.ALL_CONTACT)),
        (AGREED, said(False, 0.5, ConsentKind.ALL_CONTACT, Channel.VOICE)),
        (AGREED, said(False, 1, ConsentKind.ALL_CONTACT)),
        (said(False, 1), AGREED),
        (said(False, 1, ConsentKind.ALL_CONTACT),),
    ],
)
def test_an_opt_out_by_any_channel_counts_at_once(ledger: tuple[Consent, ...]) -> None:
    assert decide(*ledger) == Decision(allowed=False, reason=Reason.OPTED_OUT)


@pytest.mark.parametrize(
    "ledger",
    [
        (said(False, 2), AGREED),
        (said(False, 2, ConsentKind.ALL_CONTACT), AGREED),
        (said(True, 3), said(False, 2, ConsentKind.ALL_CONTACT), said(True, 1, ConsentKind.ALL_CONTACT)),
    ],
)
def test_one_may_change_ones_mind(ledger: tuple[Consent, ...]) -> None:
    assert decide(*ledger).allowed


def test_outside_hours_it_says_when() -> None:
    late = datetime(2026, 11, 23, 19, tzinfo=SEATTLE)
    opening = datetime(2026, 11, 24, 9, tzinfo=SEATTLE)
    assert decide(AGREED, now=late) == Decision(allowed=False, reason=Reason.OUTSIDE_HOURS, next=opening)


def test_every_plausible_zone_must_be_open() -> None:
    eight_in_seattle = datetime(2026, 11, 23, 8, tzinfo=SEATTLE)
    decision = decide(AGREED, now=eight_in_seattle, zones=(BOSTON, SEATTLE, HONOLULU))
    assert decision.next == datetime(2026, 11, 23, 9, tzinfo=HONOLULU)


def test_where_no_hour_suits_everywhere_only_a_person_can_help() -> None:
    apart = (SEATTLE, ZoneInfo("Asia/Karachi"))
    assert decide(AGREED, zones=apart) == Decision(allowed=False, reason=Reason.OUTSIDE_HOURS)


@pytest.mark.parametrize("hour", range(24))
def test_what_the_caller_just_asked_for_goes_at_once(hour: int) -> None:
    now = datetime(2026, 11, 24, hour, tzinfo=SEATTLE)
    asked = Contact(kind=TEXT.kind, channel=TEXT.channel, asked_at=now - timedelta(minutes=1))
    assert may_contact(asked, now, [AGREED], [SEATTLE]) == Decision(allowed=True, reason=Reason.JUST_ASKED)


def test_but_not_hours_later_and_never_without_the_record() -> None:
    now = datetime(2026, 11, 24, 3, tzinfo=SEATTLE)
    late = Contact(kind=TEXT.kind, channel=TEXT.channel, asked_at=now - AT_ONCE_FOR - timedelta(seconds=1))
    fresh = Contact(kind=TEXT.kind, channel=TEXT.channel, asked_at=now)
    assert may_contact(late, now, [AGREED], [SEATTLE]).reason is Reason.OUTSIDE_HOURS
    assert may_contact(fresh, now, [], [SEATTLE]).reason is Reason.NO_CONSENT
    assert may_contact(fresh, now, [AGREED, said(False, 0)], [SEATTLE]).reason is Reason.OPTED_OUT


@pytest.mark.parametrize(("opens", "closes"), [(time(7), time(19)), (time(9), time(22)), (time(12), time(12))])
def test_hours_outside_the_law_cannot_be_set(opens: time, closes: time) -> None:
    with pytest.raises(IllegalHours):
        Hours(opens=opens, closes=closes)


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(NaiveTime):
        decide(AGREED, now=datetime(2026, 11, 24, 9))  # noqa: DTZ001 - that is the point


def test_where_a_number_may_be() -> None:
    assert plausible_zones(Phone("+12065550142"), SEATTLE) == (SEATTLE,)
    assert plausible_zones(Phone("+16175550142"), SEATTLE) == (SEATTLE, BOSTON)
    assert {SEATTLE, BOSTON, HONOLULU} <= set(plausible_zones(Phone("+18005550142"), SEATTLE))


moments = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001
places = st.lists(
    st.sampled_from(
        ["America/New_York", "America/Denver", "America/Anchorage", "Pacific/Honolulu", "America/St_Johns"]
    ),
    min_size=1,
    max_size=4,
).map(lambda names: [ZoneInfo(name) for name in names])
ledgers = st.lists(
    st.builds(
        said,
        st.booleans(),
        st.floats(0, 30),
        st.sampled_from(list(ConsentKind)),
        st.sampled_from(list(Channel)),
    ),
    max_size=6,
)


@given(moments, ledgers, places)
def test_never_outside_the_legal_hours_of_any_place(
    now: datetime, ledger: list[Consent], zones: list[ZoneInfo]
) -> None:
    if may_contact(TEXT, now, ledger, zones).allowed:
        assert all(LEGAL_OPENS <= now.astimezone(place).time() < LEGAL_CLOSES for place in zones)


@given(moments, ledgers, places, st.booleans())
def test_never_after_the_last_word_was_no(
    now: datetime, ledger: list[Consent], zones: list[ZoneInfo], asked: bool
) -> None:
    refused = [*ledger, said(False, -1, ConsentKind.ALL_CONTACT, Channel.VOICE)]
    contact = Contact(kind=TEXT.kind, channel=TEXT.channel, asked_at=now if asked else None)
    assert not may_contact(contact, now, refused, zones).allowed


@given(moments, places)
def test_the_next_permitted_time_is_permitted_and_not_far(now: datetime, zones: list[ZoneInfo]) -> None:
    decision = may_contact(TEXT, now, [AGREED], zones)
    if not decision.allowed:
        assert decision.next is not None
        assert now < decision.next <= now + timedelta(days=1, hours=12)
        assert may_contact(TEXT, decision.next, [AGREED], zones).allowed


@given(moments, ledgers, places)
def test_the_order_of_the_ledger_does_not_matter(now: datetime, ledger: list[Consent], zones: list[ZoneInfo]) -> None:
    assert may_contact(TEXT, now, ledger, zones) == may_contact(TEXT, now, ledger[::-1], zones)
