"""What is wrong with care content."""

from clinic.errors import ClinicError


class BadStory(ClinicError):
    """A story file is not what a story file has to be."""

    code = "bad-story"
