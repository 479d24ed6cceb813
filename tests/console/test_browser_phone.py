"""The telephone page in a real browser, with a microphone that plays a WAV, against a small line."""

import base64
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Browser, Page, expect

from tests.console.browsing import app_of
from tests.console.chromium import chromium, serving, sign_in, visiting
from tests.console.house import House
from tests.console.phone_line import PhoneLine, Script, Talk

pytestmark = pytest.mark.browser

SILENCE = bytes([0xFF])
SECOND = 8000


@pytest.fixture(scope="module")
def browser(tone: Path) -> Iterator[Browser]:
    with chromium(tone) as browser:
        yield browser


@pytest.fixture(scope="module")
def tone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten seconds of 1000 Hz, coming and going as speech does, so that nothing takes it for noise."""
    path = tmp_path_factory.mktemp("microphone") / "tone.wav"
    at = np.arange(10 * 48_000) / 48_000
    loudness = 0.5 * (0.55 + 0.45 * np.sin(2 * np.pi * 3 * at))
    samples = (32_000 * loudness * np.sin(2 * np.pi * 1000 * at)).astype("<i2")
    with wave.open(str(path), "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(48_000)
        written.writeframes(samples.tobytes())
    return path


@contextmanager
def phoning(browser: Browser, *scripts: Script, microphone: bool = False) -> Iterator[tuple[Page, PhoneLine]]:
    """The telephone page, before calling."""
    allowed = ["microphone"] if microphone else []
    house = House()
    app = app_of(house)
    line = PhoneLine(house.tickets, list(scripts))
    line.attach(app)
    with serving(app) as address, visiting(browser, address, *allowed) as page:
        sign_in(page)
        page.goto("/phone")
        yield page, line


async def greet(talk: Talk) -> None:
    await talk.send("call", call="call-1")
    await talk.send("caption", who="line", text="Thank you for calling <b>Riverside</b>.", turn=1)
    await talk.until_gone()


def call(page: Page) -> None:
    page.get_by_role("button", name="Call", exact=True).click()


def linear(mulaw: bytes) -> NDArray[np.float64]:
    """The samples of mu-law, by the book (ITU-T G.711)."""
    codes = ~np.frombuffer(mulaw, dtype=np.uint8)
    size = ((codes & 0x0F).astype(np.float64) * 8 + 132) * 2.0 ** ((codes >> 4) & 7) - 132
    return np.asarray(np.where(codes & 0x80, -size, size), dtype=np.float64)


def test_the_microphone_reaches_the_line_as_clean_mulaw(browser: Browser) -> None:
    with phoning(browser, greet, microphone=True) as (page, line):
        page.get_by_label("Phone as").select_option(label="Maria Lopez, (206) 555-0142")
        call(page)
        expect(page.locator("#state")).to_contain_text("Connected")
        expect(page.locator("#microphone")).to_have_text("Microphone: on")
        pieces = [base64.b64decode(line.next("media")["media"]["payload"]) for _ in range(150)]
        page.get_by_role("button", name="Hang up").click()
        expect(page.locator("#state")).to_contain_text("Call ended after")

    assert line.starts == [{"token": "ticket-1", "callerNumber": "+12065550142"}]
    assert {len(piece) for piece in pieces} == {160}
    heard = linear(b"".join(pieces[50:]))
    power = np.abs(np.fft.rfft(heard * np.hanning(len(heard)))) ** 2
    frequency = np.fft.rfftfreq(len(heard), 1 / SECOND)
    assert abs(frequency[int(np.argmax(power))] - 1000) < 10
    assert power[np.abs(frequency - 1000) < 60].sum() > 0.98 * power.sum()


def test_without_a_microphone_one_types_and_presses_keys(browser: Browser) -> None:
    with phoning(browser, greet) as (page, line):
        call(page)
        expect(page.locator("#microphone")).to_contain_text("You can type instead")
        expect(page.locator("#captions")).to_contain_text("Thank you for calling <b>Riverside</b>.")
        page.get_by_placeholder("Type instead of speaking").fill("next Tuesday please")
        page.get_by_role("button", name="Say").click()
        assert line.next("text")["text"] == "next Tuesday please"
        page.get_by_role("button", name="Key star").click()
        assert line.next("dtmf")["dtmf"] == {"digit": "*"}
        page.get_by_role("heading", name="Phone the line").click()
        page.keyboard.press("7")
        assert line.next("dtmf")["dtmf"] == {"digit": "7"}
        assert page.get_by_role("link", name="read it turn by turn").get_attribute("href") == "/calls/call-1"
        assert line.starts == [{"token": "ticket-1"}]


def test_marks_come_back_when_reached_and_clear_gives_all_back(browser: Browser) -> None:
    async def speak(talk: Talk) -> None:
        await talk.send("call", call="call-1")
        await talk.send("mark", mark={"name": "nothing waits"})
        await talk.receive("mark")
        await talk.play(SILENCE * SECOND)
        await talk.send("mark", mark={"name": "after a second"})
        await talk.receive("mark")
        await talk.play(SILENCE * SECOND * 60)
        await talk.send("mark", mark={"name": "after a minute"})
        await talk.send("clear")
        await talk.receive("mark")
        await talk.send("caption", who="line", text="All marks are back.", turn=1)
        await talk.until_gone()

    with phoning(browser, speak) as (page, line):
        call(page)
        expect(page.locator("#captions")).to_contain_text("All marks are back.")
        names = [line.next("mark")["mark"]["name"] for _ in range(3)]
    assert names == ["nothing waits", "after a second", "after a minute"]


def test_a_dropped_socket_is_opened_again_with_its_word_for_the_call(browser: Browser) -> None:
    async def drop(talk: Talk) -> None:
        await talk.send("call", call="call-1", resume="word-1")
        await talk.socket.close(1011)

    with phoning(browser, drop, greet) as (page, line):
        call(page)
        expect(page.locator("#captions")).to_contain_text("Riverside")
        expect(page.locator("#state")).to_contain_text("Connected")
    assert line.starts == [{"token": "ticket-1"}, {"token": "ticket-2", "resume": "word-1"}]


def closing(code: int) -> Script:
    async def refuse(talk: Talk) -> None:
        await talk.socket.close(code)

    return refuse


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (closing(4429), "All lines are busy. Try again in a minute."),
        (closing(4401), "did not accept this sign-in"),
        (closing(4400), "did not understand each other"),
        (closing(1011), "The line failed"),
    ],
    ids=["busy", "no ticket", "protocol", "failed"],
)
def test_what_goes_wrong_is_said_in_words(browser: Browser, script: Script, words: str) -> None:
    with phoning(browser, script) as (page, _line):
        call(page)
        expect(page.get_by_role("alert")).to_contain_text(words)
        expect(page.get_by_role("button", name="Call", exact=True)).to_be_enabled()


def test_when_the_line_hangs_up_its_last_words_are_played_first(browser: Browser) -> None:
    async def farewell(talk: Talk) -> None:
        await talk.send("call", call="call-1")
        await talk.play(SILENCE * (SECOND // 2))
        await talk.send("transfer", to="+12065550100")
        await talk.send("end", reason="finished")

    with phoning(browser, farewell) as (page, _line):
        call(page)
        expect(page.locator("#captions")).to_contain_text("would now be connected to +12065550100")
        expect(page.locator("#state")).to_contain_text("Call ended after")
        assert page.get_by_role("alert").is_hidden()
