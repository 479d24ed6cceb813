"""Accounts and sessions, and the demo sign-ins through the real door."""

from datetime import timedelta

from sqlalchemy import text

from clinic.people import StaffId
from clinic.time import ManualClock
from security.csrf import csrf_of
from security.sign_in import FAILURES, LOCKED_FOR, Refused, SignIn
from security.staff import Role, Session, Staff
from store.opened import Store
from tests.house import DEMO_PASSWORD, NOW, PASSWORDS
from tests.store.on_both import on_both

FRANCES = StaffId("staff-demo-1")
LATER = NOW + timedelta(hours=8)


def door(store: Store, clock: ManualClock) -> SignIn:
    """As the console has it."""
    return SignIn(store.staff, store.audit, PASSWORDS, clock)


@on_both
async def test_each_demo_account_signs_in(store: Store, clock: ManualClock) -> None:
    roles = {}
    for username in ("frontdesk", "Clinician ", "ADMIN", "auditor"):
        session = await door(store, clock)(username, DEMO_PASSWORD)
        assert isinstance(session, Session)
        roles[session.staff.username] = session.staff.role
    assert roles == {
        "frontdesk": Role.FRONT_DESK,
        "clinician": Role.CLINICIAN,
        "admin": Role.ADMINISTRATOR,
        "auditor": Role.AUDITOR,
    }


@on_both
async def test_a_session_lasts_until_it_expires_or_is_closed(store: Store, clock: ManualClock) -> None:
    opened = await store.staff.open_session(FRANCES, LATER)
    closed = await store.staff.open_session(FRANCES, LATER)
    assert await store.staff.session(opened.token) == opened
    assert opened.csrf == csrf_of(opened.token)
    await store.staff.close_session(closed.token)
    assert await store.staff.session(closed.token) is None
    assert await store.staff.session("made up") is None
    clock.forward(timedelta(hours=8))
    assert await store.staff.session(opened.token) is None


@on_both
async def test_the_token_itself_is_nowhere_in_the_table(store: Store, clock: ManualClock) -> None:
    session = await store.staff.open_session(FRANCES, LATER)
    async with store.database.reading.connect() as connection:
        rows = (await connection.execute(text("SELECT * FROM sessions"))).all()
    assert len(rows) == 1
    assert session.token not in repr(rows)


@on_both
async def test_too_many_failures_lock_the_account_for_a_while(store: Store, clock: ManualClock) -> None:
    enter = door(store, clock)
    outcomes = [await enter("frontdesk", "wrong") for _ in range(FAILURES)]
    assert [o.why for o in outcomes if isinstance(o, Refused)] == ["wrong"] * (FAILURES - 1) + ["locked"]
    assert isinstance(await enter("frontdesk", DEMO_PASSWORD), Refused)
    clock.forward(LOCKED_FOR)
    assert isinstance(await enter("frontdesk", DEMO_PASSWORD), Session)
    staff = await store.staff.by_username("frontdesk")
    assert staff is not None
    assert (staff.failed_sign_ins, staff.locked_until) == (0, None)


@on_both
async def test_a_new_password_ends_the_sessions(store: Store, clock: ManualClock) -> None:
    session = await store.staff.open_session(FRANCES, LATER)
    await store.staff.set_password(FRANCES, await PASSWORDS.hash("another"))
    assert await store.staff.session(session.token) is None
    assert isinstance(await door(store, clock)("frontdesk", "another"), Session)


@on_both
async def test_a_second_factor_is_kept_sealed(store: Store, clock: ManualClock) -> None:
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    account = Staff(
        id=StaffId("staff-9"),
        username="Night",
        name="Night nurse",
        role=Role.CLINICIAN,
        password_hash="x",
        totp_secret=secret,
    )
    await store.staff.add(account)
    found = await store.staff.by_username("night")
    assert found is not None
    assert found.totp_secret == secret
    assert len(await store.staff.everyone()) == 5
    async with store.database.reading.connect() as connection:
        assert secret not in repr((await connection.execute(text("SELECT * FROM staff"))).all())
