"""How staff read things: clinic time, lengths, telephone numbers, reasons. Pure; templates use these as filters."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import phonenumbers

from clinic.desk import TaskKind, Urgency
from clinic.people import Phone
from intents.meaning import Intent
from security.staff import Role
from voice.dialog.turn import LineKind

REASONS: dict[str, str] = {
    Intent.BOOK: "Book a visit",
    Intent.RESCHEDULE: "Move a visit",
    Intent.CANCEL: "Cancel a visit",
    Intent.CONFIRM: "Confirm a visit",
    Intent.WHEN_IS_MY_VISIT: "When is my visit",
    Intent.RUNNING_LATE: "Running late",
    Intent.PROGRAMME_STEP: "Programme step",
    Intent.EXERCISE_NOW: "Exercise now",
    Intent.REPEAT: "Repeat",
    Intent.SLOWER: "Slower",
    Intent.LOUDER: "Louder",
    Intent.GO_BACK: "Go back",
    Intent.PERSON: "Talk to a person",
    Intent.LEAVE_MESSAGE: "Leave a message",
    Intent.HOURS: "Opening hours",
    Intent.ADDRESS: "Address",
    Intent.PARKING: "Parking",
    Intent.INSURANCE: "Insurance",
    Intent.COST: "Cost",
    Intent.TELEHEALTH: "Visits by phone or video",
    Intent.REFILL: "Prescription refill",
    Intent.RECORDS: "Records",
    Intent.NEW_PATIENT: "New patient",
    Intent.UPDATE_DETAILS: "Update details",
    Intent.STOP_CALLING: "Stop calling",
    Intent.WHY: "Why",
    Intent.ARE_YOU_A_ROBOT: "Is this a robot",
    Intent.WHAT_CAN_YOU_DO: "What can the line do",
    Intent.REQUEST_ALTERNATIVE: "Something else",
    Intent.GREET: "Greeting",
    Intent.THANKS: "Thanks",
    Intent.GOODBYE: "Goodbye",
    Intent.YES: "Yes",
    Intent.NO: "No",
    Intent.MAYBE: "Maybe",
    Intent.DONT_KNOW: "Unsure",
    Intent.WRONG_NUMBER: "Wrong number",
    Intent.COMPLAINT: "Complaint",
    Intent.LANGUAGE: "Another language",
    Intent.OUT_OF_SCOPE: "Outside what the line does",
    "crisis": "Crisis",
    "": "Not known",
}

TASKS: dict[TaskKind, str] = {
    TaskKind.CALLBACK: "Call back",
    TaskKind.MESSAGE: "Message",
    TaskKind.NEW_PATIENT: "New patient",
    TaskKind.CRISIS: "Crisis",
    TaskKind.REQUEST: "Request",
    TaskKind.STOP_CALLING: "Stop calling",
    TaskKind.COMPLAINT: "Complaint",
    TaskKind.LINE_FAILED: "The line failed",
}

URGENCIES: dict[Urgency, str] = {Urgency.NOW: "Now", Urgency.TODAY: "Today", Urgency.SOON: "Next working day"}

LINES: dict[LineKind, str] = {
    LineKind.TWILIO_STREAM: "telephone, live audio",
    LineKind.TWILIO_WEBHOOK: "telephone, turn by turn",
    LineKind.BROWSER: "browser telephone",
    LineKind.TERMINAL: "terminal",
    LineKind.SCRIPTED: "scripted call",
}

ROLES: dict[Role, str] = {
    Role.FRONT_DESK: "Front desk",
    Role.CLINICIAN: "Clinician",
    Role.ADMINISTRATOR: "Administrator",
    Role.AUDITOR: "Auditor",
}


def reason(name: str) -> str:
    """Why somebody called, for the log; a name we do not know is shown as it is, without its underscores."""
    return REASONS.get(name, name.replace("_", " ").replace("-", " ").capitalize())


def number(phone: Phone) -> str:
    """As people write it: "(206) 555-0142"."""
    parsed = phonenumbers.parse(phone.e164)
    style = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(parsed, style.NATIONAL if parsed.country_code == 1 else style.INTERNATIONAL)


def masked(phone: Phone) -> str:
    """Only enough of a number to tell two callers apart: "number ending 0142"."""
    return f"number ending {phone.e164[-4:]}"


def length(begun: datetime, ended: datetime) -> str:
    """Minutes and seconds: "2:05"."""
    seconds = max(0, round((ended - begun).total_seconds()))
    return f"{seconds // 60}:{seconds % 60:02d}"


def percent(share: float) -> str:
    return f"{share * 100:.0f}%"


class ClinicTime:
    """Moments in the words and the zone of the clinic."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone

    def clock(self, moment: datetime) -> str:
        """ "2:05 PM" """
        local = moment.astimezone(self.zone)
        return f"{local:%I:%M %p}".lstrip("0")

    def seconds(self, moment: datetime) -> str:
        """ "2:05:09 PM" """
        local = moment.astimezone(self.zone)
        return f"{local:%I:%M:%S %p}".lstrip("0")

    def day(self, moment: datetime) -> str:
        """ "Tuesday, March 3" """
        local = moment.astimezone(self.zone)
        return f"{local:%A, %B} {local.day}"

    def when(self, moment: datetime) -> str:
        """ "Tue, Mar 3, 2:05 PM" """
        local = moment.astimezone(self.zone)
        return f"{local:%a, %b} {local.day}, {self.clock(moment)}"

    def friendly(self, moment: datetime, now: datetime) -> str:
        """The same, saying today, yesterday or tomorrow where that is shorter."""
        near = self._near(moment, now)
        return f"{near}, {self.clock(moment)}" if near else self.when(moment)

    def due(self, moment: datetime, now: datetime) -> str:
        """When something is to be done by: midnight is the end of the day before."""
        if moment.astimezone(self.zone).time() != time(0):
            return self.friendly(moment, now)
        last = moment - timedelta(minutes=1)
        near = self._near(last, now)
        local = last.astimezone(self.zone)
        return f"end of {near.lower()}" if near else f"end of {local:%a, %b} {local.day}"

    def _near(self, moment: datetime, now: datetime) -> str | None:
        days = (moment.astimezone(self.zone).date() - now.astimezone(self.zone).date()).days
        return {0: "Today", -1: "Yesterday", 1: "Tomorrow"}.get(days)

    def late(self, due: datetime, now: datetime) -> str:
        """How long ago something was due: "2 hours late"; empty when it is not late."""
        over = now - due
        if over <= timedelta(minutes=1):
            return ""
        for size, unit in ((timedelta(days=1), "day"), (timedelta(hours=1), "hour"), (timedelta(minutes=1), "minute")):
            count = over // size
            if count:
                return f"{count} {unit}{'s' if count > 1 else ''} late"
        return ""
