"""The commands as an administrator types them: a clear line when something is wrong, never a traceback."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import httpx
import pytest

from bench.process import free_port
from security.keyring import make_keys_file

ROOT = Path(__file__).parents[2]


def environment(folder: Path, **more: str) -> Mapping[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("THROUGHLINE_")},
        "THROUGHLINE_DATABASE_URL": f"sqlite+aiosqlite:///{folder}/line.db",
        "THROUGHLINE_KEYS": f"file:{folder}/keys",
        "THROUGHLINE_DATA_DIR": str(folder),
        **more,
    }


def run(folder: Path, *arguments: str, typed: str = "", **more: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "server.py", *arguments], cwd=ROOT, env=environment(folder, **more), input=typed,
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder of its own that shares the models and rendered phrases of the checkout."""
    for shared in ("models", "phrases"):
        (ROOT / "var" / shared).mkdir(parents=True, exist_ok=True)
        (tmp_path / shared).symlink_to(ROOT / "var" / shared)
    make_keys_file(tmp_path / "keys")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "setting", "says"),
    [
        (["serve"], {"THROUGHLINE_TWILIO_LINE": "pigeon"}, "THROUGHLINE_TWILIO_LINE"),
        (["serve"], {"THROUGHLINE_DATABASE_URL": "oracle://x"}, "THROUGHLINE_DATABASE_URL"),
        (["serve"], {"THROUGHLINE_KEYS": "file:/nowhere/keys"}, "THROUGHLINE_KEYS"),
        (["serve"], {"THROUGHLINE_KEYS": "k1:short"}, "THROUGHLINE_KEYS"),
        (["seed"], {}, "--demo"),
        (["bench", "everything"], {}, "everything"),
        (["phone", "--from", "five"], {}, "five"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    folder: Path, arguments: list[str], setting: dict[str, str], says: str
) -> None:
    done = run(folder, *arguments, **setting)
    assert done.returncode == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_database_without_a_clinic_says_what_to_do(folder: Path) -> None:
    run(folder, "seed", "--demo")
    done = run(folder, "serve", THROUGHLINE_DATABASE_URL=f"sqlite+aiosqlite:///{folder}/empty.db")
    assert done.returncode == 1
    assert "server.py seed --demo" in done.stderr


def test_a_typed_call_from_the_terminal_can_be_resumed_and_replayed(folder: Path) -> None:
    seeded = run(folder, "seed", "--demo")
    assert "frontdesk" in seeded.stdout
    assert run(folder, "migrate").returncode == 0
    done = run(folder, "phone", typed="what are your opening hours\nno\n")
    assert "LINE    This is an automated assistant." in done.stdout
    assert "ENDS" in done.stdout
    call = done.stdout.split("/calls/")[1].split(";")[0]
    assert "rows fit" in run(folder, "replay", call).stdout
    resumed = run(folder, "phone", "--resume", call)
    assert "Goodbye." in resumed.stdout
    assert "There is no call" in run(folder, "phone", "--resume", "nothing").stderr


def test_understand_answers_line_by_line(folder: Path) -> None:
    asked = [{"id": 1, "text": "I want to kill myself"}, {"text": "next tuesday at three", "expecting": "when"}]
    done = run(folder, "understand", typed="".join(json.dumps(line) + "\n" for line in asked) + "not json\n")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert answers[0]["id"] == 1
    assert answers[0]["crisis"]["level"] == "active"
    assert answers[1]["entities"][0]["type"] == "when"
    assert "error" in answers[2]


@pytest.mark.audio
def test_what_is_spoken_can_be_transcribed(folder: Path) -> None:
    wav = folder / "hello.wav"
    assert run(folder, "speak", "I would like to book an appointment.", "--out", str(wav)).returncode == 0
    (line,) = run(folder, "transcribe", str(wav)).stdout.splitlines()
    heard = json.loads(line)
    assert "book an appointment" in heard["text"].lower()
    assert set(heard) == {"file", "text", "seconds_audio", "seconds_cpu", "engine"}
    (folder / "not.wav").write_text("hello")
    refused = run(folder, "transcribe", str(folder / "not.wav"))
    assert refused.returncode == 1
    assert "not.wav" in refused.stderr


@pytest.mark.audio
def test_check_tells_an_administrator_how_things_stand(folder: Path) -> None:
    run(folder, "seed", "--demo")
    done = run(folder, "check")
    assert done.returncode == 0, done.stdout
    assert "Recogniser: moonshine" in done.stdout
    assert "connecting-twilio" in done.stdout
    broken = run(folder, "check", THROUGHLINE_TWILIO_AUTH_TOKEN="t", THROUGHLINE_PUBLIC_URL="http://example.org")
    assert broken.returncode == 1
    assert "https" in broken.stdout


@pytest.mark.audio
def test_the_line_starts_says_how_to_reach_it_and_stops_when_asked(folder: Path) -> None:
    run(folder, "seed", "--demo")
    port = free_port()
    with subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "server.py", "serve", "--port", str(port)],
        cwd=ROOT, env=environment(folder), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    ) as line:  # fmt: skip
        _wait_until_ready(port, line)
        second = run(folder, "serve", "--port", str(port))
        assert "Cannot listen" in second.stderr
        line.send_signal(signal.SIGINT)
        said, _ = line.communicate(timeout=30)
    assert line.returncode == 0
    for told in (f"http://127.0.0.1:{port}", "frontdesk", "server.py call", "connecting-twilio", "Stopped."):
        assert told in said


def _wait_until_ready(port: int, line: "subprocess.Popen[str]") -> None:
    for _ in range(600):
        assert line.poll() is None
        try:
            if httpx.get(f"http://127.0.0.1:{port}/readyz").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    pytest.fail("the line did not come up")
