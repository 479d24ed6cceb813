"""Text to meaning: what a caller wants, when, who and which numbers, with how sure and why."""
