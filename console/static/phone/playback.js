// The earpiece's end, on the audio thread: plays what the line sends in order, and keeps its marks and its clears.
// As at Twilio: a mark comes back once everything before it was played, at once if nothing waits; a clear drops what
// waits and gives all its marks back.

import { decode } from "./mulaw.js";
import { Resampler } from "./resample.js";

const RATE = 8000;

class Playback extends AudioWorkletProcessor {
  constructor() {
    super();
    this.resampler = new Resampler(RATE, sampleRate);
    this.queue = []; // pieces of samples, and marks by name, in order
    this.played = 0; // of the first piece
    this.port.onmessage = ({ data }) => this.take(data);
  }

  take({ bytes, mark, clear }) {
    if (bytes) this.queue.push(Float32Array.from(this.resampler.push(Float32Array.from(bytes, decode))));
    if (mark !== undefined) this.queue.push(mark);
    if (clear) this.drop();
    this.passMarks();
  }

  drop() {
    for (const item of this.queue) if (typeof item === "string") this.port.postMessage({ mark: item });
    this.queue = [];
    this.played = 0;
    this.resampler = new Resampler(RATE, sampleRate);
  }

  process(_inputs, [output]) {
    const ear = output[0];
    let filled = 0;
    while (filled < ear.length && this.queue.length) {
      filled += this.playInto(ear, filled);
      this.passMarks();
    }
    for (const other of output.slice(1)) other.set(ear);
    return true;
  }

  // Plays of the first piece what fits, and tells how much that was.
  playInto(ear, filled) {
    const piece = this.queue[0];
    const some = piece.subarray(this.played, this.played + ear.length - filled);
    ear.set(some, filled);
    this.played += some.length;
    if (this.played === piece.length) {
      this.queue.shift();
      this.played = 0;
    }
    return some.length;
  }

  passMarks() {
    while (typeof this.queue[0] === "string") this.port.postMessage({ mark: this.queue.shift() });
    this.port.postMessage({ waiting: this.queue.length });
  }
}

registerProcessor("playback", Playback);
