"""The root of every error we raise on purpose. The docstring is the message; the code is stable.

ClinicError
├── BadInput            the caller of the function gave something that cannot be used
│   └── BadPhone, NaiveTime, ...
├── NotFound            no record of this id
│   └── NoSuchCall, NoSuchVisit, ...
└── SettingsError       the set-up is wrong; the message names the setting and the remedy
"""


class ClinicError(Exception):
    """Something went wrong."""

    code = "clinic"

    def __str__(self) -> str:
        return super().__str__() or (type(self).__doc__ or "").strip()


class BadInput(ClinicError):
    """This input cannot be used."""

    code = "bad-input"


class NotFound(ClinicError):
    """There is no record of this id."""

    code = "not-found"


class SettingsError(ClinicError):
    """The set-up is wrong."""

    code = "settings"
