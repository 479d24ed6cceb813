"""Which role may do what. One table; pages and actions ask it and know no roles themselves."""

from enum import StrEnum

from security.errors import NotAllowed
from security.staff import Role


class Permission(StrEnum):
    """One thing that somebody may be allowed to do."""

    SEE_LOG = "see-log"
    """Which calls there were and how they came out: no names, no words."""
    READ_CALLS = "read-calls"
    """Who called, and every word of it."""
    WORK_TASKS = "work-tasks"
    USE_PHONE = "use-phone"
    RUN_DIARY = "run-diary"
    READ_CARE = "read-care"
    DECIDE_CARE = "decide-care"
    READ_AUDIT = "read-audit"
    ADMINISTER = "administer"


_MAY: dict[Role, frozenset[Permission]] = {
    Role.FRONT_DESK: frozenset(
        {
            Permission.SEE_LOG,
            Permission.READ_CALLS,
            Permission.WORK_TASKS,
            Permission.USE_PHONE,
            Permission.RUN_DIARY,
        }
    ),
    Role.CLINICIAN: frozenset(
        {
            Permission.SEE_LOG,
            Permission.READ_CALLS,
            Permission.WORK_TASKS,
            Permission.USE_PHONE,
            Permission.RUN_DIARY,
            Permission.READ_CARE,
            Permission.DECIDE_CARE,
        }
    ),
    # Runs the installation, and reads no patient's words (HIPAA minimum necessary).
    Role.ADMINISTRATOR: frozenset(
        {Permission.SEE_LOG, Permission.USE_PHONE, Permission.READ_AUDIT, Permission.ADMINISTER}
    ),
    Role.AUDITOR: frozenset({Permission.SEE_LOG, Permission.READ_AUDIT}),
}


def may(role: Role, permission: Permission) -> bool:
    """Whether the role has the permission."""
    return permission in _MAY[role]


def require(role: Role, permission: Permission) -> None:
    """Raises NotAllowed when the role has it not."""
    if not may(role, permission):
        raise NotAllowed
