"""What the clinic says about itself: one row."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base


class ClinicFactsRow(Base):
    __tablename__ = "clinic_facts"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    facts: Mapped[str]
    """JSON of clinic.facts.ClinicFacts."""
    changed: Mapped[datetime]
