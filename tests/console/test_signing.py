"""Signing in and out, as a browser meets it."""

from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest

from console.signing import local_path
from security.staff import Role
from tests.console.browsing import Browser, signed_in
from tests.console.fakes import FakeStaffBook
from tests.console.house import NOW, TOTP_SECRET, House, staff_of


def test_signing_in_leads_to_the_page_that_was_asked_for() -> None:
    browser = Browser(House())
    sent_away = browser.get("/calls?outcome=booked")
    assert sent_away.status_code == 303
    assert sent_away.headers["location"] == "/sign-in?next=%2Fcalls%3Foutcome%3Dbooked"

    browser.get(sent_away.headers["location"])
    answer = browser.post(
        "/sign-in", {"username": "front-desk", "password": "a quiet river bends", "next": "/calls?outcome=booked"}
    )
    assert answer.status_code == 303
    assert answer.headers["location"] == "/calls?outcome=booked"
    assert browser.get("/calls").status_code == 200


def test_a_wrong_password_says_so_and_keeps_the_name() -> None:
    browser = Browser(House())
    answer = browser.sign_in(Role.FRONT_DESK, password="wrong")
    assert answer.status_code == 401
    assert "That did not match" in answer.text
    assert 'value="front-desk"' in answer.text
    assert "wrong" not in answer.text


def test_five_failures_lock_the_account_and_say_until_when() -> None:
    browser = Browser(House())
    for _ in range(4):
        assert "did not match" in browser.sign_in(Role.FRONT_DESK, password="wrong").text
    browser.sign_in(Role.FRONT_DESK, password="wrong")
    answer = browser.sign_in(Role.FRONT_DESK)
    assert answer.status_code == 401
    assert "locked for a while. Try again after 10:45 AM." in answer.text


def test_the_code_is_asked_for_only_when_the_account_has_one() -> None:
    house = House()
    house.staff = FakeStaffBook(house.clock, [replace(staff_of(Role.CLINICIAN), totp_secret=TOTP_SECRET)])
    browser = Browser(house)
    assert 'name="code"' not in browser.get("/sign-in").text
    asked = browser.sign_in(Role.CLINICIAN)
    assert "second step" in asked.text
    assert 'name="code"' in asked.text
    code = pyotp.TOTP(TOTP_SECRET).at(NOW)
    assert browser.sign_in(Role.CLINICIAN, code=f"{code[:3]} {code[3:]}").status_code == 303


@pytest.mark.parametrize(
    ("public_url", "name"), [("http://testserver", "throughline"), ("https://testserver", "__Host-throughline")]
)
def test_the_session_cookie_is_kept_from_scripts_and_other_sites(public_url: str, name: str) -> None:
    answer = Browser(House(public_url=public_url)).sign_in(Role.FRONT_DESK)
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{name}=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert ("Secure" in cookie) is public_url.startswith("https")
    assert "expires=" not in cookie


def test_signing_out_ends_the_session_everywhere() -> None:
    browser = signed_in(House())
    stolen = dict(browser.cookies)
    assert browser.post("/sign-out").headers["location"] == "/sign-in"
    browser.cookies.update(stolen)
    assert browser.get("/calls").status_code == 303


def test_a_session_ends_by_itself() -> None:
    house = House()
    browser = signed_in(house)
    house.clock.forward(timedelta(hours=9))
    assert browser.get("/calls").headers["location"].startswith("/sign-in")


def test_the_sign_in_form_must_come_from_this_browser() -> None:
    browser = Browser(House())
    answer = browser.post("/sign-in", {"username": "front-desk", "password": "a quiet river bends"}, csrf="forged")
    assert answer.status_code == 403


def test_somebody_signed_in_is_not_asked_again() -> None:
    assert signed_in(House()).get("/sign-in?next=/tasks").headers["location"] == "/tasks"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "",
        "calls",
        "/a\r\nb",
        "/\t/evil.example",
    ],
)
def test_a_link_never_leads_elsewhere_after_sign_in(elsewhere: str) -> None:
    assert local_path(elsewhere) == "/"


@pytest.mark.parametrize("username", ["", "\x00", "front-desk\x00", "x" * 5000, "'; drop table staff; --", "😀"])
def test_odd_usernames_are_simply_wrong(username: str) -> None:
    browser = Browser(House())
    browser.get("/sign-in")
    answer = browser.post("/sign-in", {"username": username, "password": "x"})
    assert answer.status_code == 401
    assert "did not match" in answer.text
