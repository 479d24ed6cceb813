"""What is left for people to do: the list, and ticking it off."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from starlette.responses import RedirectResponse, Response

from clinic.desk import Task, TaskId, Urgency
from console.guard import Asked
from console.live import live
from console.pages import Pages
from console.rooms import ConsoleRooms
from console.signing import local_path

ORDER = tuple(Urgency)
"""Most urgent first, as declared."""


def by_urgency(tasks: Collection[Task]) -> Sequence[Task]:
    """What to do first, first: urgency, then when it is due."""
    return sorted(tasks, key=lambda task: (ORDER.index(task.urgency), task.due, task.created))


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDo:
    """A task with the name of the patient it is about."""

    task: Task
    who: str


class TaskPages:
    """The follow-ups page and its forms."""

    def __init__(self, rooms: ConsoleRooms, pages: Pages) -> None:
        self._rooms = rooms
        self._pages = pages

    async def board(self, asked: Asked) -> Response:
        """GET /tasks"""
        values = {"to_do": await self._open(), "just_done": asked.query.get("done", "")}
        return await self._pages.page(asked, "tasks.html", values)

    async def board_live(self, asked: Asked) -> Response:
        """GET /tasks/live"""

        async def draw() -> str:
            return self._pages.fragment(asked, "parts/tasks.html", {"to_do": await self._open()})

        return live(self._rooms, asked, draw)

    async def finish(self, asked: Asked) -> Response:
        """POST /tasks/{id}/done"""
        task = TaskId(asked.path("id"))
        await self._rooms.tasks.finish(task, asked.staff.id)
        return self._back(asked, f"/tasks?done={task}")

    async def reopen(self, asked: Asked) -> Response:
        """POST /tasks/{id}/undo"""
        await self._rooms.tasks.reopen(TaskId(asked.path("id")), asked.staff.id)
        return self._back(asked, "/tasks")

    @staticmethod
    def _back(asked: Asked, otherwise: str) -> Response:
        came_from = asked.form.get("back", "")
        return RedirectResponse(local_path(came_from) if came_from else otherwise, status_code=303)

    async def _open(self) -> Sequence[ToDo]:
        tasks = by_urgency(await self._rooms.tasks.open())
        names = await self._rooms.patients.names({task.patient for task in tasks if task.patient})
        return [ToDo(task=task, who=names.get(task.patient, "") if task.patient else "") for task in tasks]
