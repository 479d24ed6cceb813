"""The whole way: Chromium with a microphone that plays a WAV, the real line, the call in the log while it goes on."""

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from bench.process import OwnLine, own_line
from clinic.settings import Settings
from tests.console.chromium import ARGUMENTS, CHROMIUM
from voice.engines.choosing import choose_tts
from voice.speech.mulaw import SILENCE
from voice.speech.wav import write_wav

ROOT = Path(__file__).parents[2]
SETTINGS = Settings(data_dir=ROOT / "var")
MARIA = "+12065550142"
QUIET_S = 7.0
"""The caller lets the guarded notice pass, and then speaks over the rest of the greeting."""

pytestmark = [pytest.mark.audio, pytest.mark.browser]


async def microphone(path: Path) -> Path:
    voices, _ = await choose_tts(SETTINGS.tts)
    try:
        speech = await voices.speak("What are your opening hours?")
    finally:
        await voices.close()
    write_wav(path, SILENCE * int(8000 * QUIET_S) + speech + SILENCE * 8000 * 20)
    return path


async def sign_in(page: Page, own: OwnLine) -> None:
    await page.goto(f"{own.line.url}/sign-in")
    await page.get_by_label("Username").fill("frontdesk")
    await page.get_by_label("Password").fill((own.settings.data_dir / "demo-password").read_text().strip())
    await page.get_by_role("button", name="Sign in").click()
    await page.wait_for_url("**/calls")


async def phone(browser: Browser, own: OwnLine) -> None:
    context = await browser.new_context(permissions=["microphone"])
    context.set_default_timeout(20_000)
    log, telephone = await context.new_page(), await context.new_page()
    await sign_in(log, own)
    await expect(log.locator("main")).not_to_contain_text("Maria Lopez")
    await telephone.goto(f"{own.line.url}/phone")
    await telephone.select_option("#caller", MARIA)
    await telephone.get_by_role("button", name="Call", exact=True).click()
    captions = telephone.locator("#captions")
    await expect(captions).to_contain_text("This is an automated assistant.", timeout=20_000)
    await expect(captions).to_contain_text("opening hours", timeout=30_000)
    await expect(captions).to_contain_text("We are open Monday to Thursday", timeout=20_000)
    await expect(log.locator("main")).to_contain_text("(206) 555-0142", timeout=20_000)
    await telephone.get_by_label("Type instead of speaking").fill("when is my next appointment")
    await telephone.get_by_role("button", name="Say").click()
    await expect(captions).to_contain_text("Am I speaking with Maria?", timeout=20_000)
    await telephone.get_by_role("button", name="Key 1").click()
    await expect(captions).to_contain_text("What is your date of birth?", timeout=20_000)
    await telephone.get_by_role("button", name="Hang up").click()
    await expect(log.locator("main")).to_contain_text("Hung up", timeout=20_000)
    await context.close()


def test_staff_phone_the_line_in_the_browser_and_see_the_call_grow(tmp_path: Path) -> None:
    async def call() -> None:
        wav = await microphone(tmp_path / "caller.wav")
        async with own_line(SETTINGS) as own, async_playwright() as play:
            hears = f"--use-file-for-fake-audio-capture={wav}%noloop"
            browser = await play.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, hears])
            await phone(browser, own)
            await browser.close()

    asyncio.run(call())
