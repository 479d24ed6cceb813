"""What the clinic says about itself, kept as one row."""

from zoneinfo import ZoneInfo

from pydantic import TypeAdapter
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from clinic.facts import ClinicFacts
from clinic.time import Clock, zone
from security.tags import Tag
from store.engine import Database
from store.errors import NoFacts
from store.tables import ClinicFactsRow
from store.work import working

_FACTS = TypeAdapter(ClinicFacts)
_ONLY = 1


class SqlFacts:
    """Reads and changes the clinic's facts."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def load(self) -> ClinicFacts:
        """Raises NoFacts until an administrator has set them."""
        async with self._database.reads() as session:
            return await read_facts(session)

    async def save(self, facts: ClinicFacts, *, actor: str = "system") -> None:
        """Replace them; audited."""
        zone(facts.zone)
        now = self._clock.now()
        values = {"facts": _FACTS.dump_json(facts).decode(), "changed": now}
        async with working(self._database, at=now, actor=actor) as work:
            exists = await work.session.scalar(select(ClinicFactsRow.id).where(ClinicFactsRow.id == _ONLY))
            if exists is None:
                await work.session.execute(insert(ClinicFactsRow).values(id=_ONLY, **values))
            else:
                await work.session.execute(update(ClinicFactsRow).where(ClinicFactsRow.id == _ONLY).values(**values))
            work.note(Tag.FACTS_CHANGED)


async def read_facts(session: AsyncSession) -> ClinicFacts:
    """In the caller's own session; raises NoFacts."""
    written = await session.scalar(select(ClinicFactsRow.facts).where(ClinicFactsRow.id == _ONLY))
    if written is None:
        raise NoFacts
    return _FACTS.validate_json(written)


async def read_zone(session: AsyncSession) -> ZoneInfo:
    """The zone in which the clinic's walls show the time."""
    return zone((await read_facts(session)).zone)
