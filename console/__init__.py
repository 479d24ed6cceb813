"""The staff's web pages, rendered on the server: sign-in, call log, follow-ups, diary, telephone, audit."""

from console.error_pages import add_error_pages
from console.places import console_router
from console.rooms import ConsoleRooms, PhoneTickets

__all__ = ["ConsoleRooms", "PhoneTickets", "add_error_pages", "console_router"]
