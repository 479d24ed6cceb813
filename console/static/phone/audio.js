// The sound of a call: the microphone in, the line out. Each works without the other: somebody without a microphone
// hears and types, and a browser that cannot make sound (a page without https) still has captions.

export class Sound {
  constructor({ onPiece, onMark }) {
    this.onPiece = onPiece;
    this.onMark = onMark;
    this.context = null;
    this.player = null;
    this.microphone = null;
    this.waiting = 0;
    this.onQuiet = null;
  }

  // Must be called from a click: browsers let a page make sound only then.
  async open({ capture, playback }) {
    this.context = new AudioContext({ latencyHint: "interactive" });
    if (!this.context.audioWorklet) return;
    await Promise.all([this.context.audioWorklet.addModule(capture), this.context.audioWorklet.addModule(playback)]);
    this.player = new AudioWorkletNode(this.context, "playback", { numberOfInputs: 0 });
    this.player.port.onmessage = ({ data }) => this.heard(data);
    this.player.connect(this.context.destination);
    await this.context.resume();
  }

  // Begins to listen; returns why not, in words for staff, or "" when all is well.
  async listen() {
    if (!navigator.mediaDevices || !this.context.audioWorklet) return "the microphone works only over https";
    try {
      this.microphone = await navigator.mediaDevices.getUserMedia({
        audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
      });
    } catch (error) {
      return REFUSALS[error.name] ?? "the microphone could not be opened";
    }
    if (this.context.state === "closed") {
      this.release();
      return "";
    }
    const ear = new AudioWorkletNode(this.context, "capture", { numberOfOutputs: 0 });
    ear.port.onmessage = ({ data }) => this.onPiece(data.bytes, data.peak);
    this.context.createMediaStreamSource(this.microphone).connect(ear);
    return "";
  }

  play(bytes) {
    this.waiting = 1;
    this.player?.port.postMessage({ bytes });
  }

  mark(name) {
    if (this.player) this.player.port.postMessage({ mark: name });
    else this.onMark(name);
  }

  clear() {
    this.player?.port.postMessage({ clear: true });
  }

  heard({ mark, waiting }) {
    if (mark !== undefined) return this.onMark(mark);
    this.waiting = waiting;
    if (!waiting) this.onQuiet?.();
  }

  // Resolves when what the line has said is heard to its end.
  async quiet() {
    if (!this.player || !this.waiting || this.context.state !== "running") return;
    await new Promise((done) => (this.onQuiet = done));
  }

  release() {
    this.microphone?.getTracks().forEach((track) => track.stop());
    this.microphone = null;
  }

  close() {
    this.release();
    if (this.context && this.context.state !== "closed") this.context.close();
  }
}

const REFUSALS = {
  NotAllowedError: "not allowed. To speak, allow it beside the address of this page and call again",
  NotFoundError: "none found. Plug one in and call again to speak",
  NotReadableError: "in use by another program. Close that and call again to speak",
};
