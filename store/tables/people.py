"""Patients. Every personal field is sealed; the hashes beside them are how they are found."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base


class PatientRow(Base):
    __tablename__ = "patients"

    id: Mapped[str] = mapped_column(primary_key=True)
    given_name_sealed: Mapped[bytes]
    family_name_sealed: Mapped[bytes]
    birth_date_sealed: Mapped[bytes]
    phone_sealed: Mapped[bytes]
    birth_date_hash: Mapped[bytes] = mapped_column(index=True)
    phone_hash: Mapped[bytes] = mapped_column(index=True)
    language: Mapped[str]
    created: Mapped[datetime]
