"""A carrier simulator and measurements: places real calls to a running line and tells the figures.

sound         caller audio: utterances, pauses inside them, line noise
exchange      the carrier's HTTP side: signs, rings, follows documents
handset       the carrier's stream side: real time, play-out buffer, marks and clear
caller        one call from ringing to hanging up, with what was measured
process       a line of its own to measure, and the meter on it
latency       reply times, cut-ins, barge-in, a silent call's CPU
calls         many callers at once
figures       medians and limits
"""
