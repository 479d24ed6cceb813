from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from clinic.people import ClinicianId, Patient, PatientId, Phone
from scheduling.visits import Clinician, Slot, Visit, VisitId, VisitStatus, VisitTypeId
from tests.voice.dialog.talk import ZONE, phrasebook
from voice.dialog.errors import UnknownPhrase
from voice.dialog.phrasebook import load_phrasebook

PATEL = Clinician(id=ClinicianId("patel"), name="Dr. Anita Patel", profession="psychiatrist")
STARTS, ENDS = datetime(2026, 12, 1, 18, 30, tzinfo=UTC), datetime(2026, 12, 1, 19, 0, tzinfo=UTC)
SLOT = Slot(clinician=PATEL, visit_type=VisitTypeId("f"), visit_name="follow-up visit", starts=STARTS, ends=ENDS)
VISIT = Visit(
    id=VisitId("v"), patient=PatientId("p"), clinician=PATEL, visit_type=VisitTypeId("f"), visit_name="follow-up visit",
    starts=STARTS, ends=ENDS, status=VisitStatus.BOOKED,
)  # fmt: skip
MARIA = Patient(
    id=PatientId("p"), given_name="Maria", family_name="Lopez", birth_date=date(1984, 3, 5), phone=Phone("+12065550142")
)


def test_a_visit_is_spoken_in_the_clinics_zone() -> None:
    book = phrasebook(done="It is on {visit:when} with {visit:with}.")
    (sentence,) = book.say("done", {"visit": VISIT})
    assert sentence.text == "It is on Tuesday, December 1st at 10:30 in the morning with Dr. Anita Patel."


def test_what_tells_of_a_patient_is_private_and_the_rest_is_not() -> None:
    book = phrasebook(a="At {clinic_name}. Hello {patient:first}. I have {slot}. Your {visit:kind}.")
    sentences = book.say("a", {"patient": MARIA, "slot": SLOT, "visit": VISIT})
    assert [sentence.private for sentence in sentences] == [False, True, False, True]


def test_pauses_belong_to_the_sentence_before_them() -> None:
    (one, two) = phrasebook().sentences("Breathe in. [4] And out. [6] [2]", {}, key="s")
    assert (one.text, one.pause_s) == ("Breathe in.", 4.0)
    assert (two.text, two.pause_s) == ("And out.", 8.0)


def test_legal_wording_is_guarded() -> None:
    book = phrasebook(legal__notice="This is an automated assistant.", hello="Hello.")
    assert book.say("legal.notice", {})[0].guarded
    assert not book.say("hello", {})[0].guarded


def test_a_value_with_full_stops_is_not_torn_apart() -> None:
    assert len(phrasebook(a="With {visit:with} then.").say("a", {"visit": VISIT})) == 1


@pytest.mark.parametrize("name", ["nothing", "needs"])
def test_a_wrong_name_or_a_missing_value_is_an_error_that_names_it(name: str) -> None:
    with pytest.raises(UnknownPhrase, match=name):
        phrasebook(needs="{visit:when}").say(name, {})


def test_an_unknown_form_is_an_error() -> None:
    with pytest.raises(UnknownPhrase, match="weather"):
        phrasebook(a="{visit:weather}").say("a", {"visit": VISIT})


def test_fixed_sentences_are_those_without_a_callers_values() -> None:
    book = phrasebook(a="At {clinic_name}.", b="Hello {patient:first}.")
    texts = {sentence.text for sentence in book.fixed()}
    assert "At Riverside." in texts
    assert not any("Hello" in text for text in texts)


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "en.toml"
    broken.write_text('a = "unclosed')
    with pytest.raises(UnknownPhrase, match=r"en\.toml"):
        load_phrasebook(broken, ZONE, {})
    broken.write_text("[a]\nb = 3\n")
    with pytest.raises(UnknownPhrase, match=r"a\.b"):
        load_phrasebook(broken, ZONE, {})
