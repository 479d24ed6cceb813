import json
import time
from pathlib import Path

import pytest

from intents.crisis import CrisisWords, plain_words
from intents.meaning import CrisisLevel


@pytest.fixture(scope="module")
def words() -> CrisisWords:
    return CrisisWords.read()


RAISED = {
    CrisisLevel.ACTIVE: [
        "i want to kill myself",
        "I'm going to end my life tonight.",
        "i took a whole bottle of pills",
        "i took all my pills",
        "i have a gun in my lap",
        "i've been thinking about suicide",
        "i keep thinking about jumping off the bridge",
        "im gonna hang my self",
        "i want to kill my cell",
        "i want to commit sue aside",
        "I just want to end it all.",
        "i'm planning to overdose",
        "i don't want to die but i want to kill myself",
        "i don't know if i want to kill myself",
        "cancel everything i'm going to kill myself",
    ],
    CrisisLevel.PASSIVE: [
        "i don't want to wake up",
        "everyone would be better off without me",
        "i don't want to be here anymore",
        "i wish i was dead",
        "there's no point in living",
        "i wish i could go to sleep and never wake up",
        "i'm tired of living",
        "nobody would miss me if i was gone",
        "i can't go on like this",
        "i have nothing to live for",
    ],
    CrisisLevel.SELF_HARM: [
        "i've been cutting again",
        "i feel like hurting myself",
        "i cut my arms last night",
        "i started self harming again",
        "i have the urge to cut",
    ],
    CrisisLevel.SOMEONE_ELSE: [
        "my son says he wants to kill himself",
        "my daughter is suicidal",
        "my husband said he doesn't want to live anymore",
        "my friend took a bottle of his pills",
        "she's been cutting herself",
        "i want to kill him",
    ],
    CrisisLevel.AMBIGUOUS: [
        "i can't take it anymore",
        "i don't feel safe",
        "i might do something stupid",
        "i won't be here much longer",
        "i was suicidal ten years ago",
        "i feel hopeless",
    ],
}


@pytest.mark.parametrize(("level", "text"), [(level, text) for level, texts in RAISED.items() for text in texts])
def test_words_that_may_mean_danger(words: CrisisWords, level: CrisisLevel, text: str) -> None:
    sign = words.find(text)
    assert sign is not None
    assert sign.level is level
    assert all(trigger in plain_words(text) for trigger in sign.triggers)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "i am not suicidal",
        "no i'm not thinking about killing myself",
        "i would never hurt myself",
        "my phone is about to die",
        "my back is killing me",
        "my wife is going to kill me if i miss this",
        "please don't hang up",
        "i'm dead tired",
        "i cut myself shaving",
        "i take all my pills every morning",
        "i can't make it anymore on tuesday",
        "i fell and hurt myself and need to reschedule",
        "i need to end the call",
        "i don't want these calls anymore",
        "can we kill two birds with one stone",
        "it's not an emergency",
    ],
)
def test_idioms_and_denials(words: CrisisWords, text: str) -> None:
    assert words.find(text) is None


def test_history_lowers_the_level_unless_it_is_present_again(words: CrisisWords) -> None:
    past = words.find("i used to cut myself years ago")
    present = words.find("i used to cut myself and now i do it again")
    assert past is not None
    assert past.level is CrisisLevel.AMBIGUOUS
    assert present is not None
    assert present.level is CrisisLevel.SELF_HARM


def test_crisis_words_are_found_however_late_they_come(words: CrisisWords) -> None:
    sign = words.find("and then she said to me well " * 500 + "i want to kill myself")
    assert sign is not None
    assert sign.level is CrisisLevel.ACTIVE


@pytest.mark.parametrize("phrase", ["i want my son he wants to ", "no thoughts of ", "he she they ", "i'm not not "])
def test_time_grows_with_length_only(words: CrisisWords, phrase: str) -> None:
    def took(times: int) -> float:
        begun = time.perf_counter()
        words.find(phrase * times)
        return time.perf_counter() - begun

    took(10)
    assert took(2000) < max(0.5, 60 * min(took(100), took(100)))


def _rows(file: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_hard_negatives(words: CrisisWords, shared: Path) -> None:
    rows = _rows(shared / "safety" / "hard_negatives.jsonl")
    raised = sum(words.find(row["text"]) is not None or words.find(row["spoken"]) is not None for row in rows)
    assert raised <= 0.03 * len(rows)


def test_nobody_at_a_front_desk_is_taken_for_a_crisis(words: CrisisWords, shared: Path) -> None:
    files = [shared / "intents" / "front_office.jsonl", shared / "intents" / "out_of_scope.jsonl"]
    texts = [row["text"] for file in files for row in _rows(file)]
    assert sum(words.find(text) is not None for text in texts) <= 0.003 * len(texts)
