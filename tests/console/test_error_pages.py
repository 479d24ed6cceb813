"""What people and programs get when something is refused or broken."""

import asyncio

import httpx
import pytest

from tests.console.browsing import Browser, app_of, signed_in
from tests.console.house import House

ODD_FORMS = (
    (b"csrf=%ff%fe%00&username=%80", "application/x-www-form-urlencoded"),
    (b"not a form at all", "multipart/form-data"),
    (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
    (b'{"csrf": 1}', "application/json"),
    (b"", ""),
    (b"&".join(b"a=1" for _ in range(500)), "application/x-www-form-urlencoded"),
)


class Broken(RuntimeError):
    """Something that nobody expected."""


def test_a_page_that_does_not_exist() -> None:
    answer = signed_in(House()).get("/no/such/page")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.text
    assert "Sign out" in answer.text


def test_programs_get_plain_answers() -> None:
    answer = signed_in(House()).get("/no/such/page", headers={"accept": "application/json"})
    assert (answer.status_code, answer.text) == (404, "404\n")


def test_what_broke_is_not_shown() -> None:
    house = House()
    app = app_of(house)

    async def breaks() -> None:
        raise Broken("patient words")

    app.add_api_route("/breaks", breaks)
    browser = Browser(house, app=app)
    answer = browser.get("/breaks")
    assert answer.status_code == 500
    assert "Calls are not affected" in answer.text
    assert "patient words" not in answer.text
    assert "content-security-policy" in answer.headers
    plain = browser.get("/breaks", headers={"accept": "*/*"})
    assert (plain.status_code, plain.text) == (500, "500\n")


def test_a_form_that_is_too_long_is_refused() -> None:
    browser = Browser(House())
    browser.get("/sign-in")
    assert browser.post("/sign-in", {"username": "x" * 100_000}).status_code == 413


@pytest.mark.parametrize(("body", "kind"), ODD_FORMS)
def test_forms_that_are_none_are_refused(body: bytes, kind: str) -> None:
    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(app_of(House()), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
            return await client.post("/sign-in", content=body, headers={"content-type": kind, "accept": "text/html"})

    answer = asyncio.run(send())
    assert answer.status_code in {400, 403}
    assert "<h1>" in answer.text
