"""Every address of the console: who may go there, what its forms need, what its headers say."""

import pytest

from clinic.desk import TaskId
from console.guard import Open, Place
from console.headers import CONTENT_POLICY
from console.places import Console, console_router
from security.roles import Permission, may
from security.staff import Role
from tests.console.browsing import Browser, app_of, signed_in
from tests.console.house import House, lived_in

PUBLIC = {"/static/{version}/{name:path}", "/sign-in"}

PLACES = Console(House().rooms()).places
GUARDED = [place for place in PLACES if isinstance(place.needs, Permission)]


def address(place: Place) -> str:
    """The place with an id that exists."""
    return place.path.replace("{id}", "booked" if place.path.startswith("/calls") else "ring-james")


@pytest.fixture(scope="module")
def browsers() -> dict[Role | None, Browser]:
    """Somebody of each role, and nobody, in one clinic: templates are read once."""
    house = lived_in(House())
    app = app_of(house)
    browsers: dict[Role | None, Browser] = {role: Browser(house, app=app) for role in (None, *Role)}
    for role in Role:
        browsers[role].sign_in(role)
    return browsers


def name(value: object) -> str:
    return f"{value.method} {value.path}" if isinstance(value, Place) else str(value)


def test_only_the_listed_places_are_public() -> None:
    assert {place.path for place in PLACES if place.needs is Open.TO_ALL} == PUBLIC


def test_the_router_has_these_places_and_no_others() -> None:
    routes = console_router(House().rooms()).routes
    assert [getattr(route, "path", None) for route in routes] == [place.path for place in PLACES]


@pytest.mark.parametrize("place", [place for place in PLACES if place.needs is not Open.TO_ALL], ids=name)
def test_nobody_gets_in_without_signing_in(browsers: dict[Role | None, Browser], place: Place) -> None:
    browser = browsers[None]
    answer = browser.get(address(place)) if place.method == "GET" else browser.post(address(place))
    assert answer.status_code == (303 if place.method == "GET" else 401)
    assert "Maria" not in answer.text


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("place", [place for place in GUARDED if not place.path.endswith("/live")], ids=name)
def test_each_role_gets_what_it_may_and_nothing_else(
    browsers: dict[Role | None, Browser], place: Place, role: Role
) -> None:
    browser = browsers[role]
    answer = browser.get(address(place)) if place.method == "GET" else browser.post(address(place))
    assert isinstance(place.needs, Permission)
    if may(role, place.needs):
        went_on = {"/tasks/{id}/done": "/tasks?done=ring-james", "/tasks/{id}/undo": "/tasks"}.get(place.path)
        assert answer.status_code == (303 if went_on else 200)
        assert answer.headers.get("location") == went_on
    else:
        assert answer.status_code == 403
        assert "not for your role" in answer.text


@pytest.mark.parametrize("role", Role)
def test_live_parts_are_refused_like_their_pages(browsers: dict[Role | None, Browser], role: Role) -> None:
    browser = browsers[role]
    for place in GUARDED:
        assert isinstance(place.needs, Permission)
        if place.path.endswith("/live") and not may(role, place.needs):
            assert browser.get(address(place)).status_code == 403


@pytest.mark.parametrize("place", [place for place in PLACES if place.method == "POST"], ids=name)
@pytest.mark.parametrize("csrf", ["", "forged"])
def test_a_form_without_its_token_changes_nothing(place: Place, csrf: str) -> None:
    house = lived_in(House())
    browser = signed_in(house)
    noted = len(house.audit.noted)
    answer = browser.post(address(place), csrf=csrf)
    assert answer.status_code == 403
    assert "Nothing was changed. Go back, reload and try again." in answer.text
    assert len(house.audit.noted) == noted
    assert house.tasks.tasks[TaskId("ring-james")].done is None
    assert not house.tickets.holders


@pytest.mark.parametrize("path", ["/sign-in", "/calls", "/no-such-page", "/calls/none", "/calls?day=x", "/phone"])
def test_every_page_carries_the_headers(browsers: dict[Role | None, Browser], path: str) -> None:
    answer = browsers[Role.FRONT_DESK].get(path)
    assert answer.headers["content-security-policy"] == CONTENT_POLICY
    assert "unsafe" not in CONTENT_POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["cache-control"] == "no-store"
    assert "strict-transport-security" not in answer.headers


def test_https_is_insisted_on_where_there_is_https() -> None:
    answer = Browser(House(public_url="https://testserver")).get("/sign-in")
    assert answer.headers["strict-transport-security"].startswith("max-age=")


@pytest.mark.parametrize("role", Role)
def test_the_front_page_leads_everybody_to_the_log(role: Role) -> None:
    assert signed_in(House(), role).get("/").headers["location"] == "/calls"
