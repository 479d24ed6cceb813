"""What a call's journal is written under: another fingerprint, and its rows are not replayed."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parent.parent

DECIDES = ("voice/flows", "voice/dialog", "voice/session", "voice/safety.py")
"""Source that decides which effects follow which answers."""


def fingerprint(*content_versions: str) -> str:
    """Of flow and engine source and of the versions of phrases and stories (design, section 3, rule 6)."""
    digest = hashlib.sha256()
    for file in sorted(_files(DECIDES)):
        digest.update(file.read_bytes())
    for version in content_versions:
        digest.update(version.encode())
    return digest.hexdigest()[:16]


def _files(places: Iterable[str]) -> Iterable[Path]:
    for place in places:
        path = ROOT / place
        yield from (path,) if path.is_file() else path.rglob("*.py")
