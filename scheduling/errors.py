"""What the diary refuses."""

from clinic.errors import ClinicError


class SchedulingError(ClinicError):
    """The diary cannot do this."""

    code = "scheduling"


class NoSuchVisit(SchedulingError):
    """This visit is not in the diary."""

    code = "no-such-visit"


class NotChangeable(SchedulingError):
    """This visit is over or cancelled, so it cannot be changed any more."""

    code = "not-changeable"


class NoSuchVisitType(SchedulingError):
    """The clinic offers no visit of this kind."""

    code = "no-such-visit-type"


class NoSuchGroup(SchedulingError):
    """No such group is planned at this time."""

    code = "no-such-group"
