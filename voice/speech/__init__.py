"""Protocols and pure audio: recognising, speaking, voice activity, endpointing, mu-law, resampling, framing."""
