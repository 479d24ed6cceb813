"""The demo clinic, as data: made up from end to end, numbers from the range kept for fiction."""

from datetime import date, time, timedelta

from clinic.facts import ClinicFacts
from clinic.people import ClinicianId, Patient, PatientId, Phone, StaffId
from scheduling.visits import Clinician, VisitType, VisitTypeId, WorkingHours
from security.staff import Role

FACTS = ClinicFacts(
    name="Riverside Counseling Center",
    neutral_name="Riverside Center",
    zone="America/Los_Angeles",
    region="US-WA",
    address=(
        "We are at 418 Alder Street in Seattle, on the second floor. There is an elevator on your left as you come in."
    ),
    hours=(
        "We are open Monday to Thursday from eight in the morning until seven in the evening, and on Friday until six."
    ),
    parking=(
        "You can park behind the building. Turn in from Fourth Avenue. The first two hours are free for our visitors."
    ),
    insurance=(
        "We take Premera, Regence, Kaiser, Medicare, and Washington Apple Health. "
        "If yours is not among them, the front desk can look into it for you."
    ),
    cost=(
        "Most plans leave a co-pay between ten and forty dollars. "
        "Without insurance, a visit is from ninety dollars, and we have a sliding scale. Please ask us about it."
    ),
    what_to_bring=(
        "Please bring a photo ID, your insurance card, and a list of the medicines you take. "
        "If it is your first visit, come fifteen minutes early for the forms."
    ),
    telehealth=(
        "Yes, most visits can be by telephone or by video. "
        "For video you get a link by text message, and there is nothing to install."
    ),
    front_desk=Phone("+12065550100"),
    on_call=Phone("+12065550199"),
    line=Phone("+12065550111"),
    callback_within="by the end of the next working day",
)

PATEL = Clinician(id=ClinicianId("patel"), name="Dr. Anita Patel", profession="psychiatrist")
LEE = Clinician(id=ClinicianId("lee"), name="Dr. Marcus Lee", profession="psychologist")
RAMIREZ = Clinician(id=ClinicianId("ramirez"), name="Sofia Ramirez", profession="licensed clinical social worker")
CLINICIANS = (PATEL, LEE, RAMIREZ)


def _week(who: Clinician, weekdays: str, *stretches: tuple[int, int]) -> tuple[WorkingHours, ...]:
    """`weekdays` such as "034": Monday, Thursday and Friday; hours of the clock."""
    return tuple(
        WorkingHours(clinician=who.id, weekday=int(weekday), opens=time(opens), closes=time(closes))
        for weekday in weekdays
        for opens, closes in stretches
    )


HOURS = (
    *_week(PATEL, "0123", (9, 12), (13, 17)),
    *_week(PATEL, "4", (9, 13)),
    *_week(LEE, "024", (8, 12), (13, 16)),
    *_week(LEE, "13", (11, 15), (16, 19)),
    *_week(RAMIREZ, "0", (12, 19)),
    *_week(RAMIREZ, "1234", (10, 13), (14, 18)),
)

FIRST_VISIT = VisitType(
    id=VisitTypeId("first-visit"),
    name="first visit",
    length=timedelta(minutes=60),
    notice=timedelta(hours=24),
    for_new_patients=True,
)
FOLLOW_UP = VisitType(id=VisitTypeId("follow-up"), name="follow-up visit", length=timedelta(minutes=30))
THERAPY = VisitType(
    id=VisitTypeId("therapy"),
    name="therapy session",
    length=timedelta(minutes=50),
    buffer_after=timedelta(minutes=10),
    clinicians=(LEE.id, RAMIREZ.id),
)
GROUP = VisitType(
    id=VisitTypeId("group"),
    name="group session",
    length=timedelta(minutes=90),
    seats=8,
    clinicians=(RAMIREZ.id,),
)
VISIT_TYPES = (FIRST_VISIT, FOLLOW_UP, THERAPY, GROUP)
GROUP_WEEKDAY, GROUP_STARTS, GROUP_WEEKS = 2, time(16), 8
"""The group meets on Wednesdays at four."""

MARIA = Patient(
    id=PatientId("patient-demo-1"),
    given_name="Maria",
    family_name="Lopez",
    birth_date=date(1984, 3, 5),
    phone=Phone("+12065550142"),
)
JAMES = Patient(
    id=PatientId("patient-demo-2"),
    given_name="James",
    family_name="Carter",
    birth_date=date(1951, 11, 20),
    phone=Phone("+12065550117"),
)
DOROTHY = Patient(
    id=PatientId("patient-demo-3"),
    given_name="Dorothy",
    family_name="Hill",
    birth_date=date(1943, 7, 8),
    phone=Phone("+12065550163"),
)
PATIENTS = (MARIA, JAMES, DOROTHY)

ACCOUNTS = (
    (StaffId("staff-demo-1"), "frontdesk", "Frances at the front desk", Role.FRONT_DESK),
    (StaffId("staff-demo-2"), "clinician", "Dr. Anita Patel", Role.CLINICIAN),
    (StaffId("staff-demo-3"), "admin", "The administrator", Role.ADMINISTRATOR),
    (StaffId("staff-demo-4"), "auditor", "The auditor", Role.AUDITOR),
)
PROGRAMME, PROGRAMME_VERSION = "steady", "1"
EPISODE_DONE, EPISODE_SAID = "notice-1", "breathing before bed helped a little"
