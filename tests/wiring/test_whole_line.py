"""The whole line as a process of its own, phoned with real audio over the carrier's own protocol."""

import asyncio
from pathlib import Path

import httpx
import pytest

from bench.caller import Talk, place_call
from bench.process import OwnLine, own_line
from bench.sound import Utterance, utterance
from clinic.desk import TaskKind
from clinic.settings import Settings
from clinic.time import SystemClock
from security.keyring import read_keyring
from store.opened import Store, open_store
from voice.dialog.journal import CallOutcome, Replied, Stepped
from voice.engines.choosing import choose_tts

ROOT = Path(__file__).parents[2]
MARIA = "+12065550142"
SETTINGS = Settings(data_dir=ROOT / "var")

pytestmark = pytest.mark.audio


async def spoken(*texts: str) -> list[Utterance]:
    voices, _ = await choose_tts(SETTINGS.tts)
    try:
        return [utterance(text, await voices.speak(text)) for text in texts]
    finally:
        await voices.close()


async def store_of(own: OwnLine) -> Store:
    keyring = read_keyring(own.settings.keys.get_secret_value())
    return await open_store(own.settings.database_url, keyring, SystemClock())


def test_a_patient_phones_talks_and_is_helped_and_staff_can_read_it() -> None:
    async def call() -> None:
        # Who it is, by keys: each rendering of a voice differs, and a misheard date is not what is tested here.
        first, last = await spoken("When is my next appointment?", "No, thank you.")

        async def talk_through(talk: Talk) -> None:
            await talk.greeted()
            await talk.listen()
            await talk.say(first)
            for keys in ("1", "03051984"):
                await talk.listen()
                await talk.press(keys)
            await talk.listen()
            await talk.say(last)
            await talk.listen()

        async with own_line(SETTINGS) as own:
            report = await place_call(own.line, MARIA, talk_through)
            store = await store_of(own)
            call = await store.journal.find(report.sid)
            assert call is not None
            summary = (await store.calls.record(call)).summary
            rows = await store.journal.rows(call)
            await store.close()
            log = (own.settings.data_dir / "server.log").read_text()
        replies = [row.entry for row in rows if isinstance(row.entry, Replied)]
        assert replies[0].understood == "when_is_my_visit"
        assert summary.patient_name == "Maria Lopez"
        assert summary.progress.outcome is CallOutcome.HELPED
        assert any(isinstance(row.entry, Stepped) and row.entry.name == "Roster.identify" for row in rows)
        assert [turn.what for turn in report.turns if turn.cut_in or turn.unanswered] == []
        for private in ("Maria", "Lopez", "1984", "nineteen", "5550142", "next appointment"):
            assert private not in log

    asyncio.run(call())


def test_keys_reach_a_person_and_the_front_desk_sees_it() -> None:
    async def call() -> None:
        async def press_zero(talk: Talk) -> None:
            await talk.greeted()
            await talk.press("0")
            await talk.listen()

        async with own_line(SETTINGS) as own:
            report = await place_call(own.line, MARIA, press_zero)
            assert report.afterwards is not None
            assert report.afterwards.dials == "+12065550100"
            async with httpx.AsyncClient(base_url=own.line.url) as http:
                assert (await http.get("/healthz")).json() == {"status": "ok"}
                assert (await http.get("/readyz")).json()["streams"] is True
                assert "throughline_calls_total" in (await http.get("/metrics")).text
                assert (await http.get("/calls")).status_code == 303
                assert (await http.post("/twilio/voice", data={"CallSid": "CA" + "0" * 32})).status_code == 403
            store = await store_of(own)
            assert not [task for task in await store.desk.open() if task.kind is TaskKind.CALLBACK]
            await store.close()

    asyncio.run(call())
