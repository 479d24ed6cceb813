"""A clinic for the console's tests: staff of every role, three patients, calls of several kinds."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from argon2 import PasswordHasher
from pydantic import TypeAdapter

from clinic.desk import Task, TaskId, TaskKind, Urgency
from clinic.facts import ClinicFacts
from clinic.people import CallId, ClinicianId, Patient, PatientId, Phone, StaffId
from clinic.time import ManualClock
from console import ConsoleRooms
from intents.meaning import Expecting, Intent
from scheduling.visits import Clinician, Mode, Visit, VisitId, VisitStatus, VisitTypeId
from security.passwords import Passwords
from security.sign_in import SignIn
from security.staff import Role, Staff
from tests.console.fakes import (
    FakeAudit,
    FakeCallLog,
    FakeDiary,
    FakePatients,
    FakeStaffBook,
    FakeTaskBoard,
    FakeTickets,
)
from voice.dialog.journal import (
    Answered,
    CallOutcome,
    CallSummary,
    Ended,
    Entry,
    Progress,
    Replied,
    Row,
    Started,
    Stepped,
    Unclear,
)
from voice.dialog.turn import LineKind, Timing

NOW = datetime(2026, 3, 3, 18, 30, tzinfo=UTC)
"""A Tuesday, half past ten in the morning in Los Angeles."""

PASSWORD = "a quiet river bends"
HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

FACTS = ClinicFacts(
    name="Riverside Counseling Center",
    neutral_name="Riverside Center",
    zone="America/Los_Angeles",
    region="US-WA",
    address="100 River Street.",
    hours="We are open on weekdays.",
    parking="There is parking.",
    insurance="We take most plans.",
    cost="It depends.",
    what_to_bring="Your card.",
    telehealth="Yes.",
    front_desk=Phone("+12065550100"),
    on_call=Phone("+12065550199"),
    line=Phone("+12065550111"),
    callback_within="by the end of the next working day",
)

MARIA = Patient(
    id=PatientId("maria"),
    given_name="Maria",
    family_name="Lopez",
    birth_date=date(1984, 3, 5),
    phone=Phone("+12065550142"),
)
JAMES = Patient(
    id=PatientId("james"),
    given_name="James",
    family_name="Carter",
    birth_date=date(1951, 11, 20),
    phone=Phone("+12065550117"),
)
DOROTHY = Patient(
    id=PatientId("dorothy"),
    given_name="Dorothy",
    family_name="Hill",
    birth_date=date(1943, 7, 8),
    phone=Phone("+12065550163"),
)

PATEL = Clinician(id=ClinicianId("patel"), name="Dr. Anita Patel", profession="psychiatrist")
LEE = Clinician(id=ClinicianId("lee"), name="Dr. Marcus Lee", profession="psychologist")


def staff_of(role: Role, *, totp_secret: str | None = None) -> Staff:
    """One member of staff for each role; the username is the role."""
    return Staff(
        id=StaffId(f"staff-{role}"),
        username=role.value,
        name=f"Robin of {role}",
        role=role,
        password_hash=HASHER.hash(PASSWORD),
        totp_secret=totp_secret,
    )


def visit_of(
    patient: Patient, clinician: Clinician, starts: datetime, status: VisitStatus = VisitStatus.BOOKED
) -> Visit:
    return Visit(
        id=VisitId(f"visit-{patient.id}-{starts:%H%M}"),
        patient=patient.id,
        clinician=clinician,
        visit_type=VisitTypeId("follow-up"),
        visit_name="follow-up visit",
        starts=starts,
        ends=starts + timedelta(minutes=30),
        status=status,
        mode=Mode.IN_PERSON,
    )


def as_json(visit: Visit) -> str:
    return TypeAdapter(Visit).dump_json(visit).decode()


def summary(call: str, *, ago: timedelta, progress: Progress, patient: Patient | None = MARIA) -> CallSummary:
    return CallSummary(
        call=CallId(call),
        caller=patient.phone if patient else None,
        patient_name=patient.name if patient else None,
        started=NOW - ago,
        progress=progress,
    )


def rows(begun: datetime, *entries: Entry) -> tuple[Row, ...]:
    """Rows ten seconds apart."""
    return tuple(Row(seq=seq, at=begun + timedelta(seconds=10 * seq), entry=entry) for seq, entry in enumerate(entries))


def replied(said: str, heard: str, *, understood: str = "", sure: float = 0.94, turn: int = 1) -> Replied:
    return Replied(
        turn=turn,
        prompt="reception.how",
        said=(said,),
        expects=Expecting.OPEN,
        heard=heard,
        engine="moonshine",
        recognised=0.91,
        others=("book a visitor",),
        understood=understood,
        sure=sure,
        explanation="Close to “I need an appointment”; the runner-up was “move a visit”.",
        timing=Timing(speech_s=1.4, recognise_ms=120, wait_ms=260),
        outcome=Answered(value='"book"'),
    )


BEGUN = NOW - timedelta(hours=1)

BOOKED_CALL: tuple[Entry, ...] = (
    Started(flow="reception", source_hash="0", line=LineKind.BROWSER, caller=MARIA.phone, language="en"),
    replied("How can I help you today?", "I would like to book a visit", understood=Intent.BOOK),
    replied("Is Thursday at two fine?", "yes <script>alert(1)</script>", understood="yes", turn=2),
    Stepped(name="Diary.book", effect="do", result=""),
    Replied(
        turn=3,
        prompt="reception.anything-else",
        said=("Anything else?",),
        expects=Expecting.YES_NO,
        heard="",
        outcome=Unclear(why="silence"),
    ),
    Ended(how="hung-up", said=("Goodbye.",)),
)


@dataclass
class House:
    """The clinic and the rooms the console is given."""

    public_url: str = "http://testserver"
    clock: ManualClock = field(default_factory=lambda: ManualClock(NOW))
    draining: Callable[[], bool] = lambda: False

    def __post_init__(self) -> None:
        self.staff = FakeStaffBook(self.clock, [staff_of(role) for role in Role])
        self.audit = FakeAudit(self.clock)
        self.calls = FakeCallLog()
        self.tasks = FakeTaskBoard(self.clock)
        self.diary = FakeDiary((PATEL, LEE), ())
        self.patients = FakePatients((MARIA, JAMES, DOROTHY))
        self.tickets = FakeTickets()

    def rooms(self) -> ConsoleRooms:
        return ConsoleRooms(
            facts=FACTS,
            public_url=self.public_url,
            clock=self.clock,
            staff=self.staff,
            sign_in=SignIn(self.staff, self.audit, Passwords(HASHER), self.clock),
            audit=self.audit,
            calls=self.calls,
            tasks=self.tasks,
            diary=self.diary,
            visits=self.diary,
            patients=self.patients,
            tickets=self.tickets,
            draining=self.draining,
            look_every_s=0.05,
        )


def task(
    name: str, *, urgency: Urgency = Urgency.TODAY, due: datetime = NOW + timedelta(hours=3), call: str | None = None
) -> Task:
    return Task(
        id=TaskId(name),
        kind=TaskKind.CALLBACK,
        urgency=urgency,
        call=CallId(call) if call else None,
        patient=MARIA.id,
        phone=MARIA.phone,
        due=due,
        words="Asked to be called back about her visit.",
        created=NOW - timedelta(hours=1),
    )


def lived_in(house: House) -> House:
    """The clinic on an ordinary morning."""
    booked = visit_of(MARIA, PATEL, NOW + timedelta(days=2, hours=3))
    entries = [
        Stepped(name=entry.name, effect="do", result=as_json(booked)) if isinstance(entry, Stepped) else entry
        for entry in BOOKED_CALL
    ]
    done = Progress(
        reason=Intent.BOOK,
        outcome=CallOutcome.BOOKED,
        patient=MARIA.id,
        turns=3,
        failures=1,
        line=LineKind.BROWSER,
        ended=BEGUN + timedelta(seconds=125),
    )
    house.calls.begin(summary("booked", ago=NOW - BEGUN, progress=done), rows(BEGUN, *entries))
    back = Progress(
        reason=Intent.PERSON,
        outcome=CallOutcome.CALLBACK,
        patient=JAMES.id,
        turns=2,
        line=LineKind.TWILIO_STREAM,
        ended=NOW - timedelta(hours=2),
    )
    house.calls.begin(summary("back", ago=timedelta(hours=2, minutes=1), progress=back, patient=JAMES), readable=False)
    now = Progress(turns=1, line=LineKind.TWILIO_STREAM)
    started = Started(flow="reception", source_hash="0", line=LineKind.TWILIO_STREAM, caller=None, language="en")
    house.calls.begin(summary("now", ago=timedelta(minutes=1), progress=now, patient=None), rows(NOW, started))
    house.tasks.tasks = {each.id: each for each in (task("ring-james", call="back", due=NOW - timedelta(hours=2)),)}
    house.diary = FakeDiary(
        (PATEL, LEE),
        (visit_of(MARIA, PATEL, NOW), visit_of(JAMES, LEE, NOW + timedelta(hours=1), VisitStatus.CANCELLED)),
    )
    return house
