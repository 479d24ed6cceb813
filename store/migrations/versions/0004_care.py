"""Programmes under way."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables."""
    _enrolments()
    _episodes()


def _enrolments() -> None:
    op.create_table(
        "enrolments",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("patient", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("started", MOMENT, nullable=False),
        sa.Column("ended", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["patient"], ["patients.id"], name="fk_enrolments_patient"),
        sa.PrimaryKeyConstraint("id", name="pk_enrolments"),
    )
    op.create_index(
        "uq_enrolments_patient_under_way",
        "enrolments",
        ["patient"],
        unique=True,
        sqlite_where=sa.text("ended IS NULL"),
        postgresql_where=sa.text("ended IS NULL"),
    )


def _episodes() -> None:
    op.create_table(
        "episodes",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("enrolment", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("episode", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("said_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["enrolment"], ["enrolments.id"], name="fk_episodes_enrolment"),
        sa.PrimaryKeyConstraint("id", name="pk_episodes"),
        sa.UniqueConstraint("enrolment", "episode", name="uq_episodes_enrolment_episode"),
    )
