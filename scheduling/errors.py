"""What the diary refuses."""

from clinic.errors import ClinicError


class SchedulingError(ClinicError):
    """The diary cannot do this."""

    code = "scheduling"


class NoSuchVisit(SchedulingError):
    """This visit is not in the diary."""

    code = "no-such-visit"
