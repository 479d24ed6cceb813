"""Our own style sheet and scripts, read once, served under an address that changes with their content."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from starlette.responses import Response

from console.errors import NothingHere

FOLDER = Path(__file__).parent / "static"

TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class StaticFiles:
    """Every file by its path below `static/`, and the version that names them all."""

    files: dict[str, bytes]
    version: str

    @classmethod
    def read(cls, folder: Path = FOLDER) -> "StaticFiles":
        """All files of a known type; anything else in the folder is not served."""
        paths = sorted(path for path in folder.rglob("*") if path.suffix in TYPES)
        files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
        digest = hashlib.sha256(b"".join(name.encode() + body for name, body in files.items()))
        return cls(files, digest.hexdigest()[:12])

    def url(self, name: str) -> str:
        """Where a page links to this file; a name that does not exist fails when the page is written."""
        if name not in self.files:
            raise NothingHere(name)
        return f"/static/{self.version}/{name}"

    def answer(self, version: str, name: str) -> Response:
        """The file; kept by browsers for ever under the current version, not at all under another."""
        if name not in self.files:
            raise NothingHere
        keep = "public, max-age=31536000, immutable" if version == self.version else "no-store"
        kind = TYPES[Path(name).suffix]
        return Response(self.files[name], headers={"content-type": kind, "cache-control": keep})
