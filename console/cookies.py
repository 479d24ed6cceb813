"""The two cookies: the session, and the token that ties the sign-in form to the browser that asked for it."""

import secrets
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response


@dataclass(frozen=True, slots=True)
class Cookies:
    """Secure, and bound to exactly this host, when the public address is https."""

    secure: bool

    @property
    def session(self) -> str:
        return "__Host-throughline" if self.secure else "throughline"

    @property
    def visitor(self) -> str:
        return "__Host-throughline-visitor" if self.secure else "throughline-visitor"

    def session_of(self, request: Request) -> str:
        """The session token the browser holds; empty when none."""
        return request.cookies.get(self.session, "")

    def visitor_of(self, request: Request) -> str:
        """The token the sign-in form must repeat; made fresh when the browser has none."""
        return request.cookies.get(self.visitor, "") or secrets.token_urlsafe(24)

    def keep_session(self, response: Response, token: str) -> None:
        # Lax, not Strict: a link to a call in an e-mail to staff should open signed in. No expiry: the browser drops
        # it when it is closed, and the server ends the session in its own time.
        response.set_cookie(self.session, token, httponly=True, samesite="lax", secure=self.secure)

    def keep_visitor(self, response: Response, token: str) -> None:
        response.set_cookie(self.visitor, token, httponly=True, samesite="strict", secure=self.secure)

    def drop_session(self, response: Response) -> None:
        response.delete_cookie(self.session, httponly=True, samesite="lax", secure=self.secure)
