"""Calls, their journals, and what they leave behind."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables."""
    _calls()
    _journal()
    _consents()
    _tasks()
    _messages()


def _calls() -> None:
    op.create_table(
        "calls",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("carrier_ref", sa.Text(), nullable=False),
        sa.Column("key_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("caller_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("started", MOMENT, nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("patient", sa.Text(), nullable=True),
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("ended", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["patient"], ["patients.id"], name="fk_calls_patient"),
        sa.PrimaryKeyConstraint("id", name="pk_calls"),
        sa.UniqueConstraint("carrier_ref", name="uq_calls_carrier_ref"),
    )
    op.create_index("ix_calls_outcome_started", "calls", ["outcome", "started"], unique=False)
    op.create_index("ix_calls_patient", "calls", ["patient"], unique=False)
    op.create_index("ix_calls_started", "calls", ["started"], unique=False)


def _journal() -> None:
    op.create_table(
        "journal",
        sa.Column("id", COUNTER, autoincrement=True, nullable=False),
        sa.Column("call", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["call"], ["calls.id"], name="fk_journal_call"),
        sa.PrimaryKeyConstraint("id", name="pk_journal"),
        sa.UniqueConstraint("call", "seq", name="uq_journal_call_seq"),
    )


def _consents() -> None:
    op.create_table(
        "consents",
        sa.Column("id", COUNTER, autoincrement=True, nullable=False),
        sa.Column("patient", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("call", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["call"], ["calls.id"], name="fk_consents_call"),
        sa.ForeignKeyConstraint(["patient"], ["patients.id"], name="fk_consents_patient"),
        sa.PrimaryKeyConstraint("id", name="pk_consents"),
    )
    op.create_index("ix_consents_patient", "consents", ["patient"], unique=False)


def _tasks() -> None:
    op.create_table(
        "tasks",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("urgency", sa.Text(), nullable=False),
        sa.Column("call", sa.Text(), nullable=True),
        sa.Column("patient", sa.Text(), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("due", MOMENT, nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("done", MOMENT, nullable=True),
        sa.Column("done_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["call"], ["calls.id"], name="fk_tasks_call"),
        sa.ForeignKeyConstraint(["done_by"], ["staff.id"], name="fk_tasks_done_by"),
        sa.ForeignKeyConstraint(["patient"], ["patients.id"], name="fk_tasks_patient"),
        sa.PrimaryKeyConstraint("id", name="pk_tasks"),
    )
    op.create_index("ix_tasks_call", "tasks", ["call"], unique=False)
    op.create_index("ix_tasks_done_due", "tasks", ["done", "due"], unique=False)


def _messages() -> None:
    op.create_table(
        "messages",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("call", sa.Text(), nullable=True),
        sa.Column("patient", sa.Text(), nullable=True),
        sa.Column("to_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("changed", MOMENT, nullable=False),
        sa.Column("carrier_ref", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["call"], ["calls.id"], name="fk_messages_call"),
        sa.ForeignKeyConstraint(["patient"], ["patients.id"], name="fk_messages_patient"),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
    )
    op.create_index("ix_messages_call", "messages", ["call"], unique=False)
    op.create_index("ix_messages_carrier_ref", "messages", ["carrier_ref"], unique=False)
    op.create_index("ix_messages_status_created", "messages", ["status", "created"], unique=False)
