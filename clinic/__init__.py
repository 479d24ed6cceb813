"""Words everyone shares: people, time, consent, settings, errors. Imports nothing else of ours."""
