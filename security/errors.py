"""What the guarded parts refuse. Messages never hold the value that was refused.

SecurityError
├── Unreadable      a sealed value that no key opens
└── NotAllowed      a role asked for more than it may
"""

from clinic.errors import ClinicError


class SecurityError(ClinicError):
    """This was refused for safety."""

    code = "security"


class Unreadable(SecurityError):
    """This sealed value cannot be opened: wrong key, wrong place, or changed on the way."""

    code = "unreadable"


class NotAllowed(SecurityError):
    """This role may not do that."""

    code = "not-allowed"
