"""Joining the flows to the store: everything a call needs but its line."""

from collections.abc import Mapping
from dataclasses import dataclass

from care.content import Library, load_library
from clinic.facts import ClinicFacts
from clinic.time import Clock, zone
from intents.understanding import Understand
from store.opened import Store
from voice.dialog.phrasebook import Phrasebook, load_phrasebook
from voice.flows.practice import Practice
from voice.flows.reception import reception
from voice.safety import watch
from voice.session import Attendant, CallMeter, Limits, Sessions
from wiring.fingerprint import ROOT, fingerprint

PHRASES = ROOT / "voice" / "phrases"
STORIES = ROOT / "care" / "stories"


@dataclass(frozen=True, kw_only=True)
class Content:
    """What is said: the phrases, the stories, and the clinic's own facts."""

    facts: ClinicFacts
    phrases: Phrasebook
    library: Library


def read_content(facts: ClinicFacts) -> Content:
    """Raises UnknownPhrase or BadStory that names the file and the place in it."""
    return Content(
        facts=facts,
        phrases=load_phrasebook(PHRASES / f"{facts.language}.toml", zone(facts.zone), standing_values(facts)),
        library=load_library(STORIES, facts.language),
    )


def standing_values(facts: ClinicFacts) -> Mapping[str, object]:
    """What every phrase may say of the clinic."""
    return {
        "clinic_name": facts.name,
        "neutral_name": facts.neutral_name,
        "address": facts.address,
        "hours": facts.hours,
        "parking": facts.parking,
        "insurance": facts.insurance,
        "cost": facts.cost,
        "what_to_bring": facts.what_to_bring,
        "telehealth": facts.telehealth,
        "front_desk": facts.front_desk,
        "line": facts.line,
        "callback_within": facts.callback_within,
    }


def make_sessions(
    store: Store,
    content: Content,
    understand: Understand,
    clock: Clock,
    meter: CallMeter,
    *,
    can_text: bool,
    limits: Limits | None = None,
) -> Sessions:
    """The switchboard of one process."""
    practice = Practice(
        facts=content.facts,
        library=content.library,
        roster=store.roster,
        diary=store.diary,
        progress=store.progress,
        desk=store.desk,
        outbox=store.outbox,
        consents=store.consents,
        can_text=can_text,
    )
    return Sessions(
        Attendant(
            flow=reception(practice),
            fingerprint=fingerprint(content.phrases.version, content.library.version),
            name_of=practice.name_of,
            journal=store.journal,
            understand=understand,
            safety=watch,
            phrases=content.phrases,
            clock=clock,
            meter=meter,
            limits=limits or Limits(),
        )
    )
