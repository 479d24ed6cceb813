from datetime import UTC, datetime
from pathlib import Path

import pytest

from care.content import load_library
from care.errors import BadStory
from care.progress import DoneEpisode, Enrolment
from clinic.people import PatientId
from tests.voice.dialog.talk import phrasebook
from wiring.sessions import STORIES

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def enrolment(*done: str, programme: str = "steady", version: str = "1") -> Enrolment:
    return Enrolment(
        patient=PatientId("p"),
        programme=programme,
        version=version,
        started=NOW,
        done=tuple(DoneEpisode(episode=episode, at=NOW, said=None) for episode in done),
    )


def test_every_programme_can_be_read_and_spoken() -> None:
    library = load_library(STORIES, "en")
    assert library.programmes()
    book = phrasebook()
    for programme in library.programmes():
        for episode in programme.episodes:
            for scene in (*episode.scenes, episode.question, episode.thread):
                assert book.sentences(scene, {}, key=episode.id)


def test_the_story_goes_on_where_it_was_left() -> None:
    library = load_library(STORIES, "en")
    episodes = [episode.id for episode in library.programmes()[0].episodes]
    first = library.next_episode(enrolment())
    assert first is not None
    assert first.id == episodes[0]
    second = library.next_episode(enrolment(episodes[0]))
    assert second is not None
    assert second.id == episodes[1]
    assert library.next_episode(enrolment(*episodes)) is None


def test_a_programme_that_is_gone_is_named() -> None:
    library = load_library(STORIES, "en")
    with pytest.raises(BadStory, match="'rest' version '7'"):
        library.next_episode(enrolment(programme="rest", version="7"))


GOOD = (STORIES / "steady" / "en.toml").read_text()


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (GOOD.replace('title = "Steady"', ""), "title"),
        (GOOD.replace('id = "notice-2"', 'id = "notice-1"'), "notice-1 stands in it more than once"),
        (GOOD.replace("minutes = 3", "minutes = 90"), "minutes"),
        (GOOD.replace("version", "verzion"), "verzion"),
        (GOOD + "\nunclosed = '", "steady/en.toml"),
    ],
)
def test_a_broken_story_says_file_place_and_reason(tmp_path: Path, broken: str, says: str) -> None:
    folder = tmp_path / "steady"
    folder.mkdir()
    (folder / "en.toml").write_text(broken)
    with pytest.raises(BadStory, match=r"steady/en\.toml") as refused:
        load_library(tmp_path, "en")
    assert says in str(refused.value)
