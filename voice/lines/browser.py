"""The browser phone's WebSocket, `/phone/stream`: the same speech path as a telephone, for signed-in staff.

It speaks the JSON dialect of Twilio Media Streams, so one loop serves both, plus captions and typed input. Audio is
base64 of raw mu-law, 8000 Hz, mono; 160 bytes (20 ms) a message is usual, any size up to one second is accepted.
One text message holds one JSON object. Numbers may be strings (as Twilio sends them) or JSON numbers.

The page gets a one-use ticket from the console (`StreamTokens.issue("staff:<staff id>")`, valid for one minute) and
opens the socket without any query string. The ticket travels in `start`, never in a URL, which would be logged.

Page to line, in this order:

    {"event": "connected", "protocol": "Call", "version": "1.0.0"}
    {"event": "start", "streamSid": "<any name the page chooses>",
     "start": {"customParameters": {"token": "<ticket>",
                                    "callerNumber": "+12065550142",      optional: phone as this (demo) patient
                                    "resume": "<call id>"}}}             optional: go on with a call after a reload
    {"event": "media", "streamSid": "...", "media": {"payload": "<base64 mu-law>"}}      the microphone, in real time
    {"event": "dtmf", "streamSid": "...", "dtmf": {"digit": "1"}}                        0-9 * #
    {"event": "text", "streamSid": "...", "text": "next Tuesday please"}                 typed instead of spoken
    {"event": "mark", "streamSid": "...", "mark": {"name": "..."}}                       the audio before it was played
    {"event": "stop", "streamSid": "..."}                                                the caller hangs up

`streamSid` may be left out; when given it must be the one of `start`. A page without a microphone sends no media.

Line to page:

    {"event": "call", "streamSid": "...", "call": "<call id>"}           first of all; keep the id for "resume"
    {"event": "media", "streamSid": "...", "media": {"payload": "..."}}  play after what is already queued
    {"event": "mark", "streamSid": "...", "mark": {"name": "..."}}       send back once all media before it was played
    {"event": "clear", "streamSid": "..."}                               drop what is queued; send all its marks back
    {"event": "caption", "who": "line" | "caller", "text": "...", "turn": 3}
                                                                         one finished sentence of either side
    {"event": "transfer", "to": "+12065550100" | "988"}                  a telephone line would now dial this
    {"event": "end", "reason": "finished" | "failed"}                    the line hung up; then it closes

No telephone is dialled from a browser: after `transfer` the call goes on as if nobody had answered, so the tester hears
what a patient would hear then.

Close codes: 1000 the call ended; 4400 protocol error; 4401 no valid ticket; 4408 no `start` within ten seconds;
4409 the stream was already started; 4429 no room for another call; 1011 the line failed (connect again with "resume").
The reason text is one of the words of `voice.lines.media_stream.Refused`.
"""
