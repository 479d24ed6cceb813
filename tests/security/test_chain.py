"""Any change to a chain shows at the entry that was changed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from security.audit import AuditEntry
from security.chain import GENESIS, first_break, link
from security.tags import Tag

NOW = datetime(2026, 3, 3, 18, 30, tzinfo=UTC)


def chain(length: int = 8) -> list[AuditEntry]:
    """A chain that fits."""
    entries: list[AuditEntry] = []
    digest = GENESIS
    for seq in range(1, length + 1):
        entry = link(digest, seq=seq, at=NOW, actor="system", tag=Tag.CALL_READ, subject=f"call-{seq}")
        entries.append(entry)
        digest = entry.digest
    return entries


def test_a_whole_chain_fits_and_so_does_its_end() -> None:
    entries = chain()
    assert first_break(entries) is None
    assert first_break(entries[4:], previous=entries[3].digest, seq=5) is None
    assert first_break([]) is None


@pytest.mark.parametrize(
    "change",
    [
        {"actor": "staff:1"},
        {"tag": "x:y:z"},
        {"subject": ""},
        {"at": NOW + timedelta(microseconds=1)},
        {"digest": GENESIS},
    ],
    ids=lambda change: next(iter(change)),
)
@settings(deadline=None)
@given(at=st.integers(0, 7))
def test_each_field_counts(change: dict[str, object], at: int) -> None:
    entries = chain()
    entries[at] = replace(entries[at], **change)  # type: ignore[arg-type]  # fields of several types
    assert first_break(entries) == at + 1


def test_missing_swapped_and_repeated_entries_show() -> None:
    entries = chain()
    assert first_break(entries[:3] + entries[4:]) == 4
    assert first_break([entries[1], entries[0], *entries[2:]]) == 1
    assert first_break([*entries[:2], entries[1], *entries[2:]]) == 3


def test_fields_cannot_be_shifted_into_each_other() -> None:
    one = link(GENESIS, seq=1, at=NOW, actor="ab", tag="c", subject="")
    other = link(GENESIS, seq=1, at=NOW, actor="a", tag="bc", subject="")
    assert one.digest != other.digest


def test_tags_are_subject_thing_action() -> None:
    assert all(len(tag.split(":")) == 3 for tag in Tag)
