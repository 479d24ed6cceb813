"""Templates to answers: one Jinja environment, everything escaped, the same frame around every page."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from clinic.time import zone
from console import words
from console.errors import ConsoleError
from console.guard import Asked
from console.rooms import ConsoleRooms
from console.static_files import StaticFiles
from security.roles import Permission

FOLDER = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Tab:
    """One entry of the navigation."""

    path: str
    name: str
    needs: Permission


TABS = (
    Tab("/calls", "Calls", Permission.SEE_LOG),
    Tab("/tasks", "Follow-ups", Permission.WORK_TASKS),
    Tab("/diary", "Diary", Permission.RUN_DIARY),
    Tab("/phone", "Phone", Permission.USE_PHONE),
    Tab("/audit", "Audit", Permission.READ_AUDIT),
)


class Pages:
    """Writes pages."""

    def __init__(self, rooms: ConsoleRooms, static: StaticFiles) -> None:
        self._rooms = rooms
        self.time = words.ClinicTime(zone(rooms.facts.zone))
        self._jinja = Environment(
            loader=FileSystemLoader(FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._jinja.globals.update(clinic=rooms.facts, static=static.url, zone_name=rooms.facts.zone)
        self._jinja.filters.update(
            clock=self.time.clock,
            seconds=self.time.seconds,
            day=self.time.day,
            when=self.time.when,
            friendly=lambda moment: self.time.friendly(moment, rooms.clock.now()),
            due=lambda moment: self.time.due(moment, rooms.clock.now()),
            late=lambda moment: self.time.late(moment, rooms.clock.now()),
            number=words.number,
            task_kind=words.TASKS.__getitem__,
            urgency=words.URGENCIES.__getitem__,
            role=words.ROLES.__getitem__,
            iso=lambda moment: moment.isoformat(),
        )

    async def page(
        self, asked: Asked, template: str, values: Mapping[str, object], *, status: int = 200
    ) -> HTMLResponse:
        """A whole page."""
        may_work = asked.may(Permission.WORK_TASKS)
        waiting = len(await self._rooms.tasks.open()) if may_work else 0
        return HTMLResponse(self._write(asked, template, {"waiting": waiting, **values}), status_code=status)

    def fragment(self, asked: Asked, template: str, values: Mapping[str, object]) -> str:
        """A part of a page, for live pages to replace."""
        return self._jinja.get_template(template).render({"asked": asked, "Permission": Permission, **values})

    def problem(self, asked: Asked, error: ConsoleError) -> HTMLResponse:
        """The page for something refused; reads nothing, so that it can always be shown."""
        values = {"waiting": 0, "title": error.title, "advice": str(type(error).__doc__)}
        return HTMLResponse(self._write(asked, "problem.html", values), status_code=error.status)

    def _write(self, asked: Asked, template: str, values: Mapping[str, object]) -> str:
        tabs = [tab for tab in TABS if asked.may(tab.needs)]
        return self.fragment(asked, template, {"tabs": tabs, "here": asked.request.url.path, **values})
