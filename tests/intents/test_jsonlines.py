import json
from datetime import UTC, datetime

import pytest

from intents.jsonlines import answer_line
from intents.pipeline import SpacyUnderstanding

NOW = datetime(2026, 11, 24, 17, 12, tzinfo=UTC)


def test_the_contract(understand: SpacyUnderstanding) -> None:
    line = json.dumps(
        {"id": "a", "text": "Book me for tomorrow at three.", "now": "2026-11-24T09:12:00-08:00", "expecting": "open"}
    )
    answer = json.loads(answer_line(line, 1, understand, NOW))
    assert list(answer) == [
        "id", "text", "intent", "confidence", "in_scope", "alternatives", "entities", "crisis", "explanation",
    ]  # fmt: skip
    assert (answer["id"], answer["intent"], answer["crisis"]) == ("a", "book", None)
    assert answer["entities"] == [
        {
            "type": "when",
            "start": "2026-11-25T15:00:00",
            "end": "2026-11-25T16:00:00",
            "grain": "hour",
            "excluded": False,
            "alternatives": [{"start": "2026-11-25T03:00:00", "end": "2026-11-25T04:00:00", "grain": "hour"}],
            "text": "tomorrow at three",
            "rule": "tomorrow+clock",
        }
    ]


def test_crisis_and_open_ends(understand: SpacyUnderstanding) -> None:
    answer = json.loads(answer_line('{"text": "after three i want to kill myself"}', 1, understand, NOW))
    assert answer["id"] is None
    assert answer["crisis"]["level"] == "active"
    assert answer["crisis"]["triggers"] == ["kill myself"] or "kill myself" in answer["crisis"]["triggers"][0]
    assert answer["entities"][0]["end"] is None


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "not JSON"),
        ("[1]", "not a JSON object"),
        ('{"id": 3}', "text: Field required"),
        ('{"text": 3}', "text"),
        ('{"text": "hi", "expecting": "money"}', "expecting"),
        ('{"text": "hi", "now": "2026-11-24T09:12:00"}', "now: Input should have timezone info"),
        ('{"text": "hi", "colour": "red"}', "colour: there is no such field"),
        ('{"text": "hi", "language": "de"}', "language"),
    ],
)
def test_a_bad_line_is_answered_with_what_is_wrong(understand: SpacyUnderstanding, line: str, words: str) -> None:
    answer = json.loads(answer_line(line, 7, understand, NOW))
    assert answer["line"] == 7
    assert words in answer["error"]
