"""Who may do what, as a table that a clinic can read."""

import pytest

from security.errors import NotAllowed
from security.roles import Permission, may, require
from security.staff import Role

P = Permission
EXPECTED = {
    Role.FRONT_DESK: {P.SEE_LOG, P.READ_CALLS, P.WORK_TASKS, P.USE_PHONE, P.RUN_DIARY},
    Role.CLINICIAN: {P.SEE_LOG, P.READ_CALLS, P.WORK_TASKS, P.USE_PHONE, P.RUN_DIARY, P.READ_CARE, P.DECIDE_CARE},
    Role.ADMINISTRATOR: {P.SEE_LOG, P.USE_PHONE, P.READ_AUDIT, P.ADMINISTER},
    Role.AUDITOR: {P.SEE_LOG, P.READ_AUDIT},
}


@pytest.mark.parametrize("role", Role)
def test_permissions(role: Role) -> None:
    assert {permission for permission in P if may(role, permission)} == EXPECTED[role]


def test_require() -> None:
    require(Role.CLINICIAN, P.DECIDE_CARE)
    with pytest.raises(NotAllowed):
        require(Role.FRONT_DESK, P.DECIDE_CARE)
