"""What the console refuses, each with the page that says what to do about it.

ConsoleError
├── SignInNeeded        nobody is signed in here (303 to the sign-in page)
├── NotAllowed          this role may not (403)
├── FormExpired         the form was not made for this session (403)
├── BadForm             a field or filter that cannot be read (400)
└── NothingHere         no such page or call (404)
"""

from clinic.errors import ClinicError


class ConsoleError(ClinicError):
    """The page could not be shown. Calls are not affected: the line goes on answering. Try again in a moment; if it
    stays so, tell your administrator the time at which it happened."""

    code = "console"
    status = 500
    title = "Something went wrong"


class SignInNeeded(ConsoleError):
    """Please sign in to go on."""

    code = "sign-in-needed"
    status = 401
    title = "Please sign in"


class NotAllowed(ConsoleError):
    """Your role does not include this page. If you need it, ask an administrator of your clinic."""

    code = "not-allowed"
    status = 403
    title = "This page is not for your role"


class FormExpired(ConsoleError):
    """This page was open for too long or in another session. Nothing was changed. Go back, reload and try again."""

    code = "form-expired"
    status = 403
    title = "Please try that once more"


class BadForm(ConsoleError):
    """Something in the address or the form cannot be read. Go back and choose again."""

    code = "bad-form"
    status = 400
    title = "That cannot be read"


class NothingHere(ConsoleError):
    """There is no page at this address. It may have been mistyped, or what it showed is no longer kept."""

    code = "nothing-here"
    status = 404
    title = "There is nothing here"
