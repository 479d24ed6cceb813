"""Signing in and out."""

from urllib.parse import urlsplit

from starlette.responses import RedirectResponse, Response

from console.cookies import Cookies
from console.guard import Asked
from console.pages import Pages
from console.words import ClinicTime
from security.sign_in import Refused, SignIn


class SigningPages:
    """The sign-in page and its forms."""

    def __init__(self, sign_in: SignIn, cookies: Cookies, pages: Pages) -> None:
        self._sign_in = sign_in
        self._cookies = cookies
        self._pages = pages

    async def show(self, asked: Asked) -> Response:
        """GET /sign-in"""
        going_to = local_path(asked.query.get("next", ""))
        if asked.session is not None:
            return RedirectResponse(going_to, status_code=303)
        return await self._form(asked, going_to=going_to)

    async def sign_in(self, asked: Asked) -> Response:
        """POST /sign-in"""
        form = asked.form
        going_to = local_path(form.get("next", ""))
        code = form.get("code", "").replace(" ", "")
        username = form.get("username", "").strip()
        # What cannot be printed is nobody's name, and some databases refuse to look for it.
        outcome = await self._sign_in(username if username.isprintable() else "", form.get("password", ""), code)
        if isinstance(outcome, Refused):
            return await self._refused(asked, outcome, going_to)
        response = RedirectResponse(going_to, status_code=303)
        self._cookies.keep_session(response, outcome.token)
        return response

    async def sign_out(self, asked: Asked) -> Response:
        """POST /sign-out"""
        await self._sign_in.sign_out(self._cookies.session_of(asked.request))
        response = RedirectResponse("/sign-in", status_code=303)
        self._cookies.drop_session(response)
        return response

    async def _refused(self, asked: Asked, refused: Refused, going_to: str) -> Response:
        wants_code = refused.why == "code-needed" or "code" in asked.form
        return await self._form(
            asked, going_to=going_to, trouble=_advice(refused, self._pages.time), wants_code=wants_code, status=401
        )

    async def _form(
        self, asked: Asked, *, going_to: str, trouble: str = "", wants_code: bool = False, status: int = 200
    ) -> Response:
        values = {
            "next": going_to,
            "username": asked.form.get("username", ""),
            "trouble": trouble,
            "wants_code": wants_code,
        }
        response = await self._pages.page(asked, "sign_in.html", values, status=status)
        self._cookies.keep_visitor(response, asked.csrf)
        return response


def local_path(path: str) -> str:
    """The same path when it is one of ours, else the front page: a link must never lead elsewhere after sign-in."""
    parts = urlsplit(path)
    ours = path.startswith("/") and not path.startswith(("//", "/\\")) and not parts.netloc and path.isprintable()
    return path if ours else "/"


def _advice(refused: Refused, time: ClinicTime) -> str:
    match refused.why:
        case "locked":
            until = f" Try again after {time.clock(refused.until)}." if refused.until else ""
            return f"Too many attempts: this account is locked for a while.{until}"
        case "code-needed":
            return (
                "This account has a second step. Enter your password again, and the code from your authenticator app."
            )
        case "wrong":
            return "That did not match. Check the username, the password and, if you use one, the code."
