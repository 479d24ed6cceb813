"""Programmes as content: read from care/stories/<programme>/<language>.toml, owned by clinicians, never generated."""

import hashlib
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from care.errors import BadStory
from care.progress import Enrolment

Text = Annotated[str, Field(min_length=1)]


class _Content(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Episode(_Content):
    """One short call: recap, one exercise in scenes, one question, and the thread to the next."""

    id: Text
    title: Text
    minutes: int = Field(ge=1, le=10)
    recap: Text
    """May use {patient:first} and {said}, what the patient said last time."""
    recap_without_words: Text
    """For a patient who said nothing last time, or for whom this is the first."""
    scenes: tuple[Text, ...] = Field(min_length=1)
    """[4] is four seconds of silence."""
    question: Text
    thread: Text


class Chapter(_Content):
    title: Text
    episodes: tuple[Episode, ...] = Field(min_length=1)


class Programme(_Content):
    """One behaviour-change story with its provenance."""

    id: Text
    version: Text
    title: Text
    author: Text
    reviewer: Text
    review_date: date
    sources: tuple[Text, ...] = Field(min_length=1)
    chapters: tuple[Chapter, ...] = Field(min_length=1)

    @property
    def episodes(self) -> tuple[Episode, ...]:
        """Every episode in the order of the story."""
        return tuple(episode for chapter in self.chapters for episode in chapter.episodes)


class Library:
    """The programmes of this clinic, by id and version."""

    def __init__(self, programmes: Mapping[tuple[str, str], Programme], version: str) -> None:
        self._programmes = programmes
        self.version = version
        """Of all content together: part of what a call's journal is written under."""

    def programmes(self) -> tuple[Programme, ...]:
        """Every programme, by id."""
        return tuple(self._programmes[key] for key in sorted(self._programmes))

    def next_episode(self, enrolment: Enrolment) -> Episode | None:
        """The first episode not yet done; None when the story is told. Raises BadStory for an unknown programme."""
        programme = self._programmes.get((enrolment.programme, enrolment.version))
        if programme is None:
            raise BadStory(f"Programme {enrolment.programme!r} version {enrolment.version!r} is not in care/stories.")
        done = {finished.episode for finished in enrolment.done}
        return next((episode for episode in programme.episodes if episode.id not in done), None)


def load_library(stories: Path, language: str) -> Library:
    """Read every programme in one language; raises BadStory that names the file and the place in it."""
    digest = hashlib.sha256()
    programmes: dict[tuple[str, str], Programme] = {}
    for file in sorted(stories.glob(f"*/{language}.toml")):
        raw = file.read_bytes()
        digest.update(raw)
        programme = _read(file, raw)
        programmes[programme.id, programme.version] = programme
    return Library(programmes, digest.hexdigest()[:12])


def _read(file: Path, raw: bytes) -> Programme:
    name = f"care/stories/{file.parent.name}/{file.name}"
    try:
        programme = Programme.model_validate(tomllib.loads(raw.decode()))
    except ValidationError as error:
        places = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise BadStory(f"{name}: {places}") from error
    except ValueError as error:
        raise BadStory(f"{name}: {error}") from error
    ids = [episode.id for episode in programme.episodes]
    twice = sorted({id for id in ids if ids.count(id) > 1})
    if twice:
        raise BadStory(f"{name}: episode {', '.join(twice)} stands in it more than once")
    return programme
