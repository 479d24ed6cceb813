"""The practice as flows see it: the ports to its diary, its patients, its people, and what it says about itself."""

from dataclasses import dataclass, fields

from care.content import Library
from care.progress import Progress
from clinic.consent import ConsentLedger
from clinic.desk import Desk
from clinic.facts import ClinicFacts
from clinic.messages import Outbox
from clinic.roster import Roster
from scheduling.diary import Diary
from voice.dialog.effects import Action
from voice.dialog.errors import DialogError


@dataclass(frozen=True, kw_only=True)
class Practice:
    """Given to every flow. Each field that is a port is known in the journal by its type's name: "Diary.book"."""

    facts: ClinicFacts
    library: Library
    roster: Roster
    diary: Diary
    progress: Progress
    desk: Desk
    outbox: Outbox
    consents: ConsentLedger
    can_text: bool
    """A carrier is connected: without one no text is promised."""

    def name_of(self, action: Action) -> str:
        """The journal's name of a port's method; raises DialogError for anything else."""
        owner = getattr(action, "__self__", None)
        for field in fields(self):
            if owner is not None and getattr(self, field.name) is owner:
                return f"{_PORTS[field.name]}.{action.__name__}"
        raise DialogError("A flow may fetch and do only what a port of the practice offers.")


_PORTS = {
    "roster": "Roster",
    "diary": "Diary",
    "progress": "Progress",
    "desk": "Desk",
    "outbox": "Outbox",
    "consents": "ConsentLedger",
}
