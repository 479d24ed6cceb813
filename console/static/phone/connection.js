// The socket to the line: the messages of a Twilio media stream, with captions and typed words (voice/lines/browser.py
// has the protocol). If it drops, it is opened again with the line's word for the call, and the call goes on.

const WAITS_MS = [300, 1000, 2000, 4000, 8000, 8000, 8000];
const FULL = 64 * 1024; // bytes waiting to be sent, beyond which sound is dropped: late sound helps nobody

export class Connection {
  constructor({ ticket, on }) {
    this.ticket = ticket; // async: a fresh one-use ticket
    this.on = on; // call, media, mark, clear, caption, transfer, end; and lost, closed(code)
    this.call = "";
    this.resume = ""; // the line's word for going on with this call
    this.tries = 0;
    this.over = false;
    this.socket = null;
  }

  async open(caller) {
    this.caller = caller;
    const token = await this.ticket();
    if (this.over) return;
    this.sid = `browser-${Date.now()}`;
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/phone/stream`);
    this.socket = socket;
    socket.onopen = () => this.start(token);
    socket.onmessage = ({ data }) => this.receive(JSON.parse(data));
    socket.onclose = ({ code }) => socket === this.socket && this.closed(code);
  }

  start(token) {
    const customParameters = { token };
    if (this.caller) customParameters.callerNumber = this.caller;
    if (this.resume) customParameters.resume = this.resume;
    this.socket.send(JSON.stringify({ event: "connected", protocol: "Call", version: "1.0.0" }));
    this.send({ event: "start", start: { customParameters } });
  }

  receive(message) {
    if (message.event === "call") {
      this.call = message.call;
      this.resume = message.resume;
      this.tries = 0;
    }
    if (message.event === "end") this.over = true;
    this.on[message.event]?.(message);
  }

  sound(bytes) {
    if (!this.call || this.socket.bufferedAmount > FULL) return;
    this.send({ event: "media", media: { payload: btoa(String.fromCharCode(...bytes)) } });
  }

  key(digit) {
    this.send({ event: "dtmf", dtmf: { digit } });
  }

  text(text) {
    this.send({ event: "text", text });
  }

  mark(name) {
    this.send({ event: "mark", mark: { name } });
  }

  hangUp() {
    this.over = true;
    if (!this.socket) return;
    this.send({ event: "stop" });
    this.socket.onclose = null;
    this.socket.close(1000);
  }

  send(message) {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify({ ...message, streamSid: this.sid }));
  }

  closed(code) {
    const refused = code === 1000 || (code >= 4400 && code < 4500);
    if (this.over || refused || !this.call || this.tries === WAITS_MS.length) return this.on.closed(this.over ? 1000 : code);
    this.on.lost();
    setTimeout(() => this.again(), WAITS_MS[this.tries++]);
  }

  async again() {
    if (this.over) return;
    try {
      await this.open(this.caller);
    } catch {
      this.closed(1006); // the ticket could not be fetched either: wait and try once more
    }
  }
}

export function bytesOf(payload) {
  return Uint8Array.from(atob(payload), (letter) => letter.charCodeAt(0));
}
