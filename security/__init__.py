"""Sign-in, roles, field encryption, audit chain, retention, redaction."""
