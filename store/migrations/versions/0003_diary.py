"""The diary."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables."""
    _clinicians()
    _visit_types()
    _offers()
    _working_hours()
    _days_off()
    _group_sessions()
    _visits()
    _reservations()


def _clinicians() -> None:
    op.create_table(
        "clinicians",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("profession", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_clinicians"),
    )


def _visit_types() -> None:
    op.create_table(
        "visit_types",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("buffer_minutes", sa.Integer(), nullable=False),
        sa.Column("notice_minutes", sa.Integer(), nullable=False),
        sa.Column("horizon_days", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("for_new_patients", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_visit_types"),
    )


def _offers() -> None:
    op.create_table(
        "offers",
        sa.Column("visit_type", sa.Text(), nullable=False),
        sa.Column("clinician", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["clinician"], ["clinicians.id"], name="fk_offers_clinician"),
        sa.ForeignKeyConstraint(["visit_type"], ["visit_types.id"], name="fk_offers_visit_type"),
        sa.PrimaryKeyConstraint("visit_type", "clinician", name="pk_offers"),
    )


def _working_hours() -> None:
    op.create_table(
        "working_hours",
        sa.Column("clinician", sa.Text(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.ForeignKeyConstraint(["clinician"], ["clinicians.id"], name="fk_working_hours_clinician"),
        sa.PrimaryKeyConstraint("clinician", "weekday", "opens", name="pk_working_hours"),
    )


def _days_off() -> None:
    op.create_table(
        "days_off",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("clinician", sa.Text(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["clinician"], ["clinicians.id"], name="fk_days_off_clinician"),
        sa.PrimaryKeyConstraint("id", name="pk_days_off"),
    )
    op.create_index("ix_days_off_day", "days_off", ["day"], unique=False)


def _group_sessions() -> None:
    op.create_table(
        "group_sessions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("visit_type", sa.Text(), nullable=False),
        sa.Column("clinician", sa.Text(), nullable=False),
        sa.Column("starts", MOMENT, nullable=False),
        sa.Column("ends", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["clinician"], ["clinicians.id"], name="fk_group_sessions_clinician"),
        sa.ForeignKeyConstraint(["visit_type"], ["visit_types.id"], name="fk_group_sessions_visit_type"),
        sa.PrimaryKeyConstraint("id", name="pk_group_sessions"),
        sa.UniqueConstraint("visit_type", "clinician", "starts", name="uq_group_sessions_visit_type_clinician_starts"),
    )
    op.create_index("ix_group_sessions_starts", "group_sessions", ["starts"], unique=False)


def _visits() -> None:
    op.create_table(
        "visits",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("patient", sa.Text(), nullable=False),
        sa.Column("clinician", sa.Text(), nullable=False),
        sa.Column("visit_type", sa.Text(), nullable=False),
        sa.Column("starts", MOMENT, nullable=False),
        sa.Column("ends", MOMENT, nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("cancel_reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("changed", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["clinician"], ["clinicians.id"], name="fk_visits_clinician"),
        sa.ForeignKeyConstraint(["patient"], ["patients.id"], name="fk_visits_patient"),
        sa.ForeignKeyConstraint(["visit_type"], ["visit_types.id"], name="fk_visits_visit_type"),
        sa.PrimaryKeyConstraint("id", name="pk_visits"),
    )
    op.create_index("ix_visits_patient_starts", "visits", ["patient", "starts"], unique=False)
    op.create_index("ix_visits_starts", "visits", ["starts"], unique=False)


def _reservations() -> None:
    op.create_table(
        "reservations",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("resource", sa.Text(), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("busy_from", MOMENT, nullable=False),
        sa.Column("busy_to", MOMENT, nullable=False),
        sa.Column("visit", sa.Text(), nullable=True),
        sa.Column("call", sa.Text(), nullable=True),
        sa.Column("expires", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["call"], ["calls.id"], name="fk_reservations_call"),
        sa.ForeignKeyConstraint(["visit"], ["visits.id"], name="fk_reservations_visit"),
        sa.PrimaryKeyConstraint("id", name="pk_reservations"),
    )
    op.create_index("ix_reservations_call", "reservations", ["call"], unique=False)
    op.create_index("ix_reservations_resource_busy_from", "reservations", ["resource", "busy_from"], unique=False)
    op.create_index("ix_reservations_visit", "reservations", ["visit"], unique=False)
