"""From a phrase to local times: which half of the day, which day, where it begins and where it ends."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from intents.dates.atoms import DAY, Clock, Part, Said, Span, add_months
from intents.dates.clock import with_part
from intents.dates.phrases import Bound, Phrase
from intents.meaning import Grain, Reading, When

_MIDNIGHT = time(0)


def resolve(said: Said, phrase: Phrase, text: str) -> When | None:
    """The spoken time with its readings, best first; None where the calendar ends."""
    try:
        readings = list(dict.fromkeys(_readings(said, phrase)))
    except (OverflowError, ValueError):  # Beyond the years that dates can hold.
        return None
    if not readings:
        return None
    best, *others = readings
    return When(
        start=best.start, end=best.end, grain=best.grain, text=text, rule=_rule(phrase), excluded=phrase.excluded,
        alternatives=tuple(others),
    )  # fmt: skip


def names_a_day(when: When) -> bool:
    """Whether the caller said which day; "at three" and "mornings" leave that open, and the day given is a guess."""
    return not set(when.rule.split("+")) <= {"clock", "part", "after", "before", "range", "not"}


def _rule(phrase: Phrase) -> str:
    bound = (phrase.bound.value,) if phrase.bound else ()
    return "+".join(dict.fromkeys((*bound, *phrase.rules)))


def _readings(said: Said, phrase: Phrase) -> Iterator[Reading]:
    if phrase.moment:
        yield _moment(phrase)
        return
    if phrase.days is None:
        yield from _no_day(said, phrase)
        return
    for span in phrase.days.options:
        if phrase.until_days:
            span = Span(span.start, _last_day(span, phrase.until_days.options[0]), span.grain)
        yield from _on(said, phrase, span)


def _last_day(first: Span, last: Span) -> date:
    """Where a range of days ends: "friday to monday" and "the 27th to the third" run on into the next week or month."""
    if last.end > first.start:
        return last.end
    if first.start - last.end < timedelta(weeks=1):
        return last.end + timedelta(weeks=1)
    day = last.end - DAY
    later = (add_months(day, ahead) + DAY for ahead in range(1, 13))
    return next((end for end in later if end > first.start), first.end)


def _moment(phrase: Phrase) -> Reading:
    if phrase.moment is None:
        raise ValueError
    at = phrase.moment.at.replace(second=0, microsecond=0)
    if phrase.bound == Bound.AFTER:
        return Reading(start=at, end=None, grain=Grain.MINUTE)
    if phrase.bound == Bound.BEFORE:
        return Reading(start=None, end=at, grain=Grain.MINUTE)
    return Reading(start=at, end=at + timedelta(minutes=1), grain=Grain.MINUTE)


def _no_day(said: Said, phrase: Phrase) -> Iterator[Reading]:
    """A time without a day: the next such time, and nothing said of where an open end lies."""
    for clock in _clocks(phrase):
        start = _next(said.now, clock.at if clock else phrase.part.start if phrase.part else _MIDNIGHT)
        yield from _within(phrase, clock, start.date(), None)


def _next(now: datetime, at: time) -> datetime:
    today = datetime.combine(now.date(), at)
    return today if today >= now else today + DAY


def _on(said: Said, phrase: Phrase, span: Span) -> Iterator[Reading]:
    many = span.end - span.start > DAY
    if phrase.clock is None and phrase.part is None:
        yield _whole(said, phrase, span)
    elif many:
        yield Reading(start=_at(span.start), end=_at(span.end), grain=Grain.PART)
    else:
        for clock in _clocks(phrase):
            yield from _within(phrase, clock, span.start, span)


def _whole(said: Said, phrase: Phrase, span: Span) -> Reading:
    if phrase.bound == Bound.AFTER:
        past = phrase.rules[:1] == ("from",) or "starting" in phrase.rules
        return Reading(start=_at(span.start if past else span.end), end=None, grain=span.grain)
    if phrase.bound == Bound.BEFORE:
        return Reading(start=None, end=_at(span.start), grain=span.grain)
    if "later-today" in phrase.rules:
        return Reading(start=said.now.replace(second=0, microsecond=0), end=_at(span.end), grain=Grain.PART)
    return Reading(start=_at(span.start), end=_at(span.end), grain=span.grain)


def _within(phrase: Phrase, clock: Clock | None, day: date, span: Span | None) -> Iterator[Reading]:
    """The reading on one day; without a span the day is only a guess and open ends stay open."""
    begins, ends = (_at(span.start), _at(span.end)) if span else (None, None)
    if clock is None:
        yield from _part(phrase, day, begins, ends)
        return
    at = datetime.combine(day, clock.at)
    if phrase.until_clock:
        until = datetime.combine(day, _end_of_range(phrase, clock).at)
        yield Reading(start=at, end=until if until > at else until + DAY, grain=Grain.HOUR)
    elif phrase.bound == Bound.AFTER:
        yield Reading(start=at, end=ends, grain=clock.grain)
    elif phrase.bound == Bound.BEFORE:
        yield Reading(start=begins, end=at, grain=clock.grain)
    else:
        length = timedelta(hours=1) if clock.grain == Grain.HOUR else timedelta(minutes=1)
        yield Reading(start=at, end=at + length, grain=clock.grain)


def _part(phrase: Phrase, day: date, begins: datetime | None, ends: datetime | None) -> Iterator[Reading]:
    part = phrase.part
    if part is None:
        return
    start, end = datetime.combine(day, part.start), datetime.combine(day, part.end)
    end = end if end > start else end + DAY
    if phrase.bound == Bound.AFTER:
        yield Reading(start=end, end=ends, grain=Grain.PART)
    elif phrase.bound == Bound.BEFORE:
        yield Reading(start=begins, end=start, grain=Grain.PART)
    else:
        yield Reading(start=start, end=end, grain=Grain.PART)


def _clocks(phrase: Phrase) -> list[Clock | None]:
    """The likelier half of the day first."""
    clock = phrase.clock
    if clock is None:
        return [None]
    if phrase.part and phrase.until_clock is None:
        clock = with_part(clock, phrase.part)
    if clock.sure:
        return [clock]
    if phrase.until_clock:
        return [_start_of_range(clock, phrase.until_clock, phrase.part)]
    if phrase.bound:  # "After three" is not asked about: nobody means the night, and an open end would let it in.
        return [clock.office]
    return [clock.office, clock.office.other]


def _start_of_range(clock: Clock, until: Clock, part: Part | None) -> Clock:
    """ "Three thirty to six pm" begins in the afternoon; "ten to noon" in the morning."""
    if part:
        return with_part(clock, part)
    if not until.sure:
        return clock.office
    later = clock if clock.at.hour >= 12 else clock.other
    return later if later.at <= until.at else clock if clock.at.hour < 12 else clock.other


def _end_of_range(phrase: Phrase, start: Clock) -> Clock:
    until = phrase.until_clock
    if until is None:
        raise ValueError
    if phrase.part and not until.sure:
        until = with_part(until, phrase.part)
    if until.sure or until.at > start.at:
        return until
    return until.other if until.at.hour < 12 else until


def _at(day: date) -> datetime:
    return datetime.combine(day, _MIDNIGHT)
