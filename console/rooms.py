"""What the console is given to work with: ports and settings, chosen by server.py. No globals."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from clinic.desk import TaskBoard
from clinic.facts import ClinicFacts
from clinic.roster import PatientPages
from clinic.time import Clock
from scheduling.diary import DiaryPages
from scheduling.visits import Clinician
from security.audit import Audit
from security.sign_in import SignIn
from security.staff import StaffBook
from voice.dialog.journal import CallLog


class PhoneTickets(Protocol):
    """One-use tickets that let a signed-in browser open the telephone's socket; the browser line implements it."""

    def issue(self, holder: str) -> str:
        """`holder` is "staff:<id>"; the ticket is good for one minute and one call."""
        ...


class Clinicians(Protocol):
    """Who has visits: all that these pages need of the Diary."""

    async def clinicians(self) -> tuple[Clinician, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleRooms:
    """Every door the console goes through."""

    facts: ClinicFacts
    public_url: str
    """Cookies are Secure when it is https."""
    clock: Clock
    staff: StaffBook
    sign_in: SignIn
    audit: Audit
    calls: CallLog
    tasks: TaskBoard
    diary: Clinicians
    visits: DiaryPages
    patients: PatientPages
    tickets: PhoneTickets
    draining: Callable[[], bool] = lambda: False
    """True once the server is asked to stop: live pages then let go, so that it can."""
    look_every_s: float = 1.0
    """How often a live page looks for changes."""
