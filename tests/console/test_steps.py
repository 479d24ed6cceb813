"""What a call did, in sentences."""

import inspect
from dataclasses import fields
from datetime import timedelta
from typing import get_type_hints
from zoneinfo import ZoneInfo

import pytest
from pydantic import TypeAdapter

from care.progress import DoneEpisode, Enrolment
from clinic.consent import Channel, Consent, ConsentKind
from clinic.people import CallId
from console.steps import STEPS, tell
from console.words import ClinicTime
from scheduling.visits import Held, Slot, Taken, VisitTypeId
from tests.console.house import MARIA, NOW, PATEL, task, visit_of
from voice.dialog.journal import Stepped
from voice.flows.practice import Practice

TIME = ClinicTime(ZoneInfo("America/Los_Angeles"))
VISIT = visit_of(MARIA, PATEL, NOW)
SLOT = Slot(
    clinician=PATEL,
    visit_type=VisitTypeId("follow-up"),
    visit_name="follow-up visit",
    starts=NOW,
    ends=NOW + timedelta(minutes=30),
)
ENROLMENT = Enrolment(
    patient=MARIA.id,
    programme="Calm days",
    version="1",
    done=(DoneEpisode(episode="first breath", at=NOW, said=None),),
    started=NOW,
)
CONSENT = Consent(
    patient=MARIA.id, kind=ConsentKind.ALL_CONTACT, channel=Channel.VOICE, given=False, wording="x", at=NOW
)


def told(name: str, result: object) -> str:
    written = TypeAdapter(type(result)).dump_json(result).decode()
    return tell(Stepped(name=name, effect="do", result=written), TIME)


def steps_of_the_ports() -> set[str]:
    """Every method a flow can fetch from or do."""
    ports = {hint for field in fields(Practice) if _is_port(hint := get_type_hints(Practice)[field.name])}
    return {
        f"{port.__name__}.{name}"
        for port in ports
        for name, method in vars(port).items()
        if inspect.iscoroutinefunction(method)
    }


def _is_port(hint: type[object]) -> bool:
    return bool(getattr(hint, "_is_protocol", False))


def test_every_step_of_every_port_has_a_sentence() -> None:
    known = steps_of_the_ports()
    assert "Diary.book" in known
    assert known == set(STEPS)


@pytest.mark.parametrize(
    ("name", "result", "sentence"),
    [
        ("Diary.book", VISIT, "Booked a follow-up visit with Dr. Anita Patel on Tue, Mar 3, 10:30 AM."),
        (
            "Diary.book",
            Taken(slot=SLOT),
            "Somebody else had just taken the follow-up visit with Dr. Anita Patel on Tue, Mar 3, 10:30 AM.",
        ),
        ("Diary.move", VISIT, "Moved to a follow-up visit with Dr. Anita Patel on Tue, Mar 3, 10:30 AM."),
        ("Diary.cancel", VISIT, "Cancelled the follow-up visit with Dr. Anita Patel on Tue, Mar 3, 10:30 AM."),
        (
            "Diary.hold",
            Held(call=CallId("c"), slot=SLOT, expires=NOW + timedelta(minutes=5)),
            "Kept a follow-up visit with Dr. Anita Patel on Tue, Mar 3, 10:30 AM until 10:35 AM.",
        ),
        ("Desk.leave", task("t"), "Left for staff: call back, due Today, 1:30 PM."),
        ("Roster.identify", MARIA, "Confirmed that the caller is Maria Lopez."),
        ("ConsentLedger.record", CONSENT, "The caller said no to all contact by telephone."),
        ("Progress.finish_episode", ENROLMENT, "Noted that “first breath” of the programme “Calm days” is done."),
        ("Progress.enrolment", None, "The patient is in no programme."),
        ("Outbox.text", "m1", "Wrote a text message to be sent."),
    ],
)
def test_sentences(name: str, result: object, sentence: str) -> None:
    assert told(name, result) == sentence


def test_lists() -> None:
    def fetched(name: str, *found: object) -> str:
        written = TypeAdapter(list[object]).dump_json(list(found)).decode()
        return tell(Stepped(name=name, effect="fetch", result=written), TIME)

    assert fetched("Diary.openings", SLOT) == "Looked for openings: Tue, Mar 3, 10:30 AM with Dr. Anita Patel."
    assert fetched("Diary.openings") == "Looked for openings: none found."
    assert fetched("Diary.upcoming", VISIT).startswith("Looked up the patient's visits: follow-up visit")
    assert fetched("Diary.upcoming") == "Looked up the patient's visits: none."
    assert fetched("Roster.by_phone", MARIA) == "Looked for the caller among the patients: Maria Lopez."
    assert fetched("Roster.by_birth_date") == "The caller is not a known patient."


def test_unknown_names_and_shapes_are_shown_plainly() -> None:
    assert tell(Stepped(name="Moon.fly_to", effect="do", result="{}"), TIME) == "Moon: fly to."
    assert tell(Stepped(name="Diary.book", effect="do", result='{"kind": "elsewhere"}'), TIME) == "Diary: book."
    assert tell(Stepped(name="Diary.book", effect="do", result="not JSON"), TIME) == "Diary: book."
