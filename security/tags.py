"""The events the audit chain knows: subject:thing:action. Each is a promise to auditors; none is ever renamed."""

from enum import StrEnum


class Tag(StrEnum):
    """What happened."""

    CALL_IDENTIFIED = "call:caller:identified"
    CALL_KEY_DESTROYED = "call:key:destroyed"
    CALL_READ = "call:journal:read"
    SLOT_HELD = "visit:slot:held"
    VISIT_BOOKED = "visit:slot:booked"
    VISIT_MOVED = "visit:slot:moved"
    VISIT_CANCELLED = "visit:slot:cancelled"
    CONSENT_GIVEN = "patient:consent:given"
    CONSENT_WITHDRAWN = "patient:consent:withdrawn"
    PATIENT_ADDED = "patient:record:added"
    ENROLLED = "patient:programme:begun"
    EPISODE_FINISHED = "patient:episode:finished"
    TASK_LEFT = "task:item:left"
    TASK_FINISHED = "task:item:finished"
    TASK_REOPENED = "task:item:reopened"
    WORDS_DESTROYED = "task:words:destroyed"
    MESSAGE_WRITTEN = "message:text:written"
    MESSAGE_DESTROYED = "message:text:destroyed"
    STAFF_ADDED = "staff:account:added"
    PASSWORD_CHANGED = "staff:password:changed"  # noqa: S105
    SIGN_IN_FAILED = "staff:sign-in:failed"
    SIGN_IN_LOCKED = "staff:sign-in:locked"
    SESSION_OPENED = "staff:session:opened"
    SESSION_CLOSED = "staff:session:closed"
    DIARY_SET_UP = "clinic:diary:set-up"
    FACTS_CHANGED = "clinic:facts:changed"
    WEBHOOK_FORGED = "webhook:signature:refused"
    WEBHOOK_UNREADABLE = "webhook:form:refused"
    WEBHOOK_MALFORMED = "webhook:form:malformed"
    STREAM_FORGED = "stream:signature:refused"
    STREAM_REFUSED = "stream:message:refused"
