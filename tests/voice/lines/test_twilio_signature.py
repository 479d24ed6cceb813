"""Signatures (TWILIO.md, "Signatures"): the carrier's published example, and every way in which addresses vary."""

import base64
import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from tests.voice.lines.carrier import signed
from voice.lines.twilio_signature import Signatures

TOKEN = "12345"
FORM = {"CallSid": "CA123", "From": "+14158675310", "Digits": "1234", "Empty": ""}


def fits(public_url: str, target: str, signature: str, form: dict[str, str] | None = None) -> bool:
    return Signatures(TOKEN, public_url).form_fits(target, list((form or FORM).items()), signature)


def test_the_published_example() -> None:
    form = {
        "CallSid": "CA1234567890ABCDE",
        "Caller": "+14158675309",
        "Digits": "1234",
        "From": "+14158675309",
        "To": "+18005551212",
    }
    assert fits("https://mycompany.com", "/myapp.php?foo=1&bar=2", "RSOYDt4T1cUTdK1PDd93/VVr8B8=", form)


def test_a_form_is_signed_over_address_and_sorted_fields() -> None:
    assert fits("https://c.org", "/a?b=1", signed("https://c.org/a?b=1", FORM))
    assert not fits("https://c.org", "/a?b=2", signed("https://c.org/a?b=1", FORM))
    assert not fits("https://c.org", "/a?b=1", signed("https://c.org/a?b=1", FORM | {"Digits": "9"}))
    assert not fits("https://c.org", "/a?b=1", signed("https://c.org/a?b=1", FORM, token="other"))


def test_duplicate_values_are_sorted_and_counted_once() -> None:
    pairs = [("A", "2"), ("A", "1"), ("A", "2"), ("B", "x")]
    mac = hmac.digest(TOKEN.encode(), b"https://c.org/aA1A2Bx", hashlib.sha1)
    assert Signatures(TOKEN, "https://c.org").form_fits("/a", pairs, base64.b64encode(mac).decode())


@pytest.mark.parametrize("configured", ["https://c.org", "https://c.org:443"])
@pytest.mark.parametrize("signed_over", ["https://c.org/a", "https://c.org:443/a"])
def test_the_port_may_be_there_or_not(configured: str, signed_over: str) -> None:
    assert fits(configured, "/a", signed(signed_over, FORM))


@pytest.mark.parametrize("signed_over", ["https://c.org/a", "https://c.org:8443/a"])
def test_so_may_an_unusual_port(signed_over: str) -> None:
    assert fits("https://c.org:8443", "/a", signed(signed_over, FORM))


def test_a_path_in_the_public_address_counts() -> None:
    assert fits("https://c.org/line/", "/a", signed("https://c.org/line/a", FORM))


def test_a_stream_is_signed_over_its_wss_address_and_not_over_https() -> None:
    signatures = Signatures(TOKEN, "https://c.org")
    assert signatures.stream_fits("/twilio/stream", signed("wss://c.org/twilio/stream"))
    assert signatures.stream_fits("/twilio/stream", signed("wss://c.org:443/twilio/stream"))
    assert not signatures.stream_fits("/twilio/stream", signed("https://c.org/twilio/stream"))


def test_a_json_body_is_covered_by_its_hash_in_the_address() -> None:
    body = b'{"a": 1}'
    target = f"/a?bodySHA256={hashlib.sha256(body).hexdigest()}"
    signatures = Signatures(TOKEN, "https://c.org")
    assert signatures.json_fits(target, body, signed("https://c.org" + target))
    assert not signatures.json_fits(target, body + b" ", signed("https://c.org" + target))
    assert not signatures.json_fits("/a", body, signed("https://c.org/a"))


def test_nothing_fits_without_a_token_or_a_signature() -> None:
    assert not Signatures("", "https://c.org").form_fits("/a", [], signed("https://c.org/a", token=""))
    assert not fits("https://c.org", "/a", "")
    assert not fits("https://c.org", "/a", "ünlesbar")


@given(st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=6), st.sampled_from(["", ":443", ":8443"]))
def test_agrees_with_the_carriers_own_library(form: dict[str, str], port: str) -> None:
    url = f"https://c.org{port}"
    signature = str(RequestValidator(TOKEN).compute_signature(url + "/a?b=1", form))
    ours = Signatures(TOKEN, url).form_fits("/a?b=1", list(form.items()), signature)
    assert ours is RequestValidator(TOKEN).validate(url + "/a?b=1", form, signature) is True
