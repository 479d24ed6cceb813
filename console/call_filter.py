"""What staff look for in the call log, read from the address, and written back into links."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from console.errors import BadForm
from voice.dialog.journal import CallOutcome, CallSearch

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class CallFilter:
    """The filters of the log page; empty ones match everything."""

    outcome: CallOutcome | None = None
    day: date | None = None
    follow_up: bool = False
    before: datetime | None = None
    """Further pages: calls begun before this."""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "CallFilter":
        """From the address; raises BadForm."""
        outcome, day, before = (query.get(name, "") for name in ("outcome", "day", "before"))
        try:
            return cls(
                outcome=CallOutcome(outcome) if outcome else None,
                day=date.fromisoformat(day) if day else None,
                follow_up=query.get("follow_up") == "yes",
                before=datetime.fromtimestamp(float(before), UTC) if before else None,
            )
        except (ValueError, OverflowError, OSError) as error:
            raise BadForm from error

    def search(self, zone: ZoneInfo) -> CallSearch:
        """The same for the log: one more call than fits a page, to know whether there are more."""
        since = until = None
        if self.day:
            since = datetime.combine(self.day, time(), zone)
            until = datetime.combine(self.day + timedelta(days=1), time(), zone)
        ends = [moment for moment in (until, self.before) if moment]
        return CallSearch(
            outcome=self.outcome,
            since=since,
            needs_follow_up=self.follow_up,
            limit=PAGE + 1,
            before=min(ends, default=None),
        )

    @property
    def narrowed(self) -> bool:
        return bool(self.outcome or self.day or self.follow_up)

    def older(self, than: datetime) -> str:
        """The address of the page after this one."""
        return replace(self, before=than).address("/calls")

    def address(self, path: str) -> str:
        """Path and query of a page with these filters."""
        fields = {
            "outcome": self.outcome or "",
            "day": self.day.isoformat() if self.day else "",
            "follow_up": "yes" if self.follow_up else "",
            "before": repr(self.before.timestamp()) if self.before else "",
        }
        query = urlencode({name: value for name, value in fields.items() if value})
        return f"{path}?{query}" if query else path
