"""One file per speech engine, and the rendered-phrase cache. Engines are chosen by URI: see `choosing`."""
