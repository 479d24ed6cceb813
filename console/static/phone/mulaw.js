// G.711 mu-law, 8 bits a sample: what telephones carry. Samples are floats from -1 to 1.

const BIAS = 0x84;
const CLIP = 32635;

export function encode(sample) {
  const sign = sample < 0 ? 0x80 : 0;
  const size = Math.min(Math.round(Math.abs(sample) * 32768), CLIP) + BIAS;
  const exponent = 31 - Math.clz32(size) - 7;
  const mantissa = (size >> (exponent + 3)) & 0x0f;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
}

export function decode(byte) {
  const bits = ~byte & 0xff;
  const size = ((((bits & 0x0f) << 3) + BIAS) << ((bits >> 4) & 7)) - BIAS;
  return (bits & 0x80 ? -size : size) / 32768;
}
