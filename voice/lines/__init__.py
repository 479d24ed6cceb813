"""Ways a caller is attached: the carrier's webhooks and streams, the browser, the terminal, a script."""
