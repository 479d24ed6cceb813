"""What is destroyed when."""

from datetime import UTC, datetime

from security.retention import retention


def test_the_cut_off_is_so_many_days_ago() -> None:
    assert retention(30).cut_off(datetime(2026, 3, 31, 9, tzinfo=UTC)) == datetime(2026, 3, 1, 9, tzinfo=UTC)
