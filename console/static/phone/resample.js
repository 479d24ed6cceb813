// Changes the sample rate of a stream, with a windowed-sinc low-pass so that nothing folds back or is mirrored.

const CROSSINGS = 16; // of the sinc, to each side: sharp enough for speech, and cheap
const ROOM = 0.92; // of the lower half-rate that is let through
const TABLE = 512; // steps of the window's table for each crossing

export class Resampler {
  constructor(from, to) {
    this.step = from / to;
    this.cutoff = (ROOM * Math.min(from, to)) / from; // relative to the half-rate of the input
    this.reach = Math.ceil(CROSSINGS / this.cutoff);
    this.kept = new Float32Array(2 * this.reach);
    this.next = this.reach; // where, in what is kept, the next output lies
    this.kernel = kernel();
  }

  // The output that these further input samples make possible.
  push(input) {
    const all = new Float32Array(this.kept.length + input.length);
    all.set(this.kept);
    all.set(input, this.kept.length);
    const output = [];
    while (this.next + this.reach < all.length) {
      output.push(this.at(all, this.next));
      this.next += this.step;
    }
    const done = Math.max(0, Math.floor(this.next) - this.reach);
    this.kept = all.slice(done);
    this.next -= done;
    return output;
  }

  at(samples, place) {
    const first = Math.ceil(place - this.reach);
    const last = Math.floor(place + this.reach);
    let sum = 0;
    for (let i = Math.max(0, first); i <= last; i++) {
      sum += samples[i] * this.kernel[Math.round(Math.abs(place - i) * this.cutoff * TABLE)];
    }
    return sum * this.cutoff;
  }
}

// One half of a sinc under a Hann window; it is the same to both sides.
function kernel() {
  const table = new Float32Array(CROSSINGS * TABLE + TABLE);
  for (let i = 0; i <= CROSSINGS * TABLE; i++) {
    const x = i / TABLE;
    const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    table[i] = sinc * 0.5 * (1 + Math.cos((Math.PI * x) / CROSSINGS));
  }
  return table;
}
