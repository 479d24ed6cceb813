from dataclasses import replace
from datetime import UTC, datetime

from intents.meaning import Grain, Reading, When
from tests.voice.dialog.talk import ZONE
from voice.flows.times import exclusions, fits, on_the_day_of, windows


def local(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour)  # noqa: DTZ001 - spoken times are local and naive


def said(text: str, day: int, hour: int, until: int, grain: Grain, rule: str = "weekday+clock") -> When:
    return When(start=local(day, hour), end=local(day, until), grain=grain, text=text, rule=rule)


def test_a_part_of_a_day_is_a_window_in_utc() -> None:
    (window,) = windows((said("friday morning", 27, 8, 12, Grain.PART),), ZONE)
    assert (window.start, window.end) == (
        datetime(2026, 11, 27, 16, tzinfo=UTC),
        datetime(2026, 11, 27, 20, tzinfo=UTC),
    )


def test_every_reading_is_looked_at() -> None:
    at_night = Reading(start=local(27, 2), end=local(27, 2), grain=Grain.MINUTE)
    two = replace(said("friday at two", 27, 14, 14, Grain.MINUTE), alternatives=(at_night,))
    assert len(windows((two,), ZONE)) == 2


def test_a_time_to_the_minute_is_answered_within_the_hour() -> None:
    (window,) = windows((said("at three", 27, 15, 15, Grain.MINUTE),), ZONE)
    assert window.start is not None
    assert window.end is not None
    assert (window.end - window.start).total_seconds() == 3600


def test_what_is_excluded_is_not_wanted() -> None:
    not_monday = replace(said("not monday", 30, 0, 23, Grain.DAY), excluded=True)
    assert windows((not_monday,), ZONE) == ()
    assert len(exclusions((not_monday,), ZONE)) == 1


def test_open_ends_stay_open() -> None:
    after = When(
        start=local(27, 15), end=None, grain=Grain.HOUR, text="after friday at three", rule="after+weekday+clock"
    )
    (window,) = windows((after,), ZONE)
    assert window.end is None


def test_a_time_without_a_day_is_looked_for_on_every_day() -> None:
    found = windows((said("in the morning", 24, 8, 12, Grain.PART, rule="part"),), ZONE)
    assert len(found) > 7
    assert len({window.start for window in found}) == len(found)


def test_another_time_of_day_is_of_the_day_that_was_offered() -> None:
    (moved,) = on_the_day_of((said("in the afternoon", 24, 12, 18, Grain.PART, rule="part"),), local(27, 8))
    assert moved.start == local(27, 12)
    assert moved.end == local(27, 18)


def test_another_day_is_another_day() -> None:
    thursday = said("thursday afternoon", 26, 12, 18, Grain.PART)
    assert on_the_day_of((thursday,), local(27, 8)) == (thursday,)


def test_a_moment_fits_what_was_said_of_it() -> None:
    friday_morning = said("friday morning", 27, 8, 12, Grain.PART)
    assert fits(datetime(2026, 11, 27, 17, tzinfo=UTC), (friday_morning,), ZONE)
    assert not fits(datetime(2026, 11, 27, 21, tzinfo=UTC), (friday_morning,), ZONE)
