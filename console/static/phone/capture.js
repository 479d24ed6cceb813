// The microphone's end, on the audio thread: what it hears as mu-law at 8000 Hz, in pieces of 20 ms.

import { encode } from "./mulaw.js";
import { Resampler } from "./resample.js";

const RATE = 8000;
const PIECE = 160;

class Capture extends AudioWorkletProcessor {
  constructor() {
    super();
    this.resampler = new Resampler(sampleRate, RATE);
    this.bytes = new Uint8Array(PIECE);
    this.filled = 0;
    this.peak = 0;
  }

  process([input]) {
    if (input.length) for (const sample of this.resampler.push(input[0])) this.add(sample);
    return true;
  }

  add(sample) {
    this.peak = Math.max(this.peak, Math.abs(sample));
    this.bytes[this.filled++] = encode(sample);
    if (this.filled < PIECE) return;
    this.port.postMessage({ bytes: this.bytes, peak: this.peak });
    this.bytes = new Uint8Array(PIECE);
    this.filled = 0;
    this.peak = 0;
  }
}

registerProcessor("capture", Capture);
