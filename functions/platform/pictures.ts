/** Makes pictures of our own from what somebody sent: decoded, cut to a square, made small, and encoded anew, so that nothing else of the file lives on. */
import { type Decode, decoderOf, encodeWebp, type Raster } from './picture-codecs.ts';
import { type HeaderProblem, pictureHeader } from './picture-header.ts';

export interface PictureLimits {
  /** Shortest and longest side, in pixels. */
  minSide: number;
  maxSide: number;
  /** A small file can hold a huge picture: what decoding it would take is known from its header. */
  maxPixels: number;
}
export type PictureProblem = HeaderProblem | 'another-type' | 'too-few-pixels' | 'too-many-pixels';

/** The pixels of a file that says to be of `type`, or why there are none. */
export async function readPicture(
  bytes: Buffer,
  type: string | undefined,
  limits: PictureLimits,
): Promise<Raster | PictureProblem> {
  const header = pictureHeader(bytes);
  if (typeof header === 'string') return header;
  if (header.type !== type) return 'another-type';
  const { width, height } = header;
  if (Math.min(width, height) < limits.minSide) return 'too-few-pixels';
  if (Math.max(width, height) > limits.maxSide || width * height > limits.maxPixels) return 'too-many-pixels';
  const raster = await decoded(await decoderOf(header.type), bytes);
  // The decoder is asked for what the header says and gives no more. A picture that was turned has its sides changed.
  const isAsSaid = raster && raster.width * raster.height === width * height;
  return isAsSaid && raster.data.length === 4 * width * height ? raster : 'damaged';
}

async function decoded(decode: Decode, bytes: Buffer): Promise<Raster | undefined> {
  try {
    return await decode(Uint8Array.from(bytes).buffer);
  } catch {
    return undefined;
  }
}

/** The middle of the picture as a square WebP of `side` pixels. */
export function squareWebp(raster: Raster, side: number): Promise<Buffer> {
  return encodeWebp(squareOf(raster, side));
}

/**
 * The middle square of a picture, resampled to `side` pixels: each new pixel is the mean of the old ones that it covers, the nearer the heavier.
 * Colours are weighted by opacity, so that what can't be seen gives none.
 */
export function squareOf({ data, width, height }: Raster, side: number): Raster {
  const from = Math.min(width, height);
  const left = Math.floor((width - from) / 2);
  const top = Math.floor((height - from) / 2);
  const taps = tapsOf(from, side);
  const narrow = new Float32Array(4 * side * from);
  for (let y = 0; y < from; y++) {
    const row = 4 * ((top + y) * width + left);
    for (const [x, { first, weights }] of taps.entries()) {
      let [red, green, blue, opacity] = [0, 0, 0, 0];
      for (let i = 0; i < weights.length; i++) {
        const at = row + 4 * (first + i);
        const seen = (weights[i] as number) * (data[at + 3] as number);
        red += seen * (data[at] as number);
        green += seen * (data[at + 1] as number);
        blue += seen * (data[at + 2] as number);
        opacity += seen;
      }
      narrow.set([red, green, blue, opacity], 4 * (y * side + x));
    }
  }
  const square = new Uint8ClampedArray(4 * side * side);
  for (const [y, { first, weights }] of taps.entries()) {
    for (let x = 0; x < side; x++) {
      let [red, green, blue, opacity] = [0, 0, 0, 0];
      for (let i = 0; i < weights.length; i++) {
        const at = 4 * ((first + i) * side + x);
        const weight = weights[i] as number;
        red += weight * (narrow[at] as number);
        green += weight * (narrow[at + 1] as number);
        blue += weight * (narrow[at + 2] as number);
        opacity += weight * (narrow[at + 3] as number);
      }
      const seen = opacity === 0 ? 1 : opacity;
      square.set([red / seen, green / seen, blue / seen, opacity], 4 * (y * side + x));
    }
  }
  return { data: square, width: side, height: side };
}

/** For each of `to` new pixels in a row: the old ones that it is made of, with weights that sum up to 1. */
function tapsOf(from: number, to: number): { first: number; weights: number[] }[] {
  const scale = from / to;
  const reach = Math.max(1, scale);
  return Array.from({ length: to }, (_, i) => {
    const centre = (i + 0.5) * scale - 0.5;
    const first = Math.max(0, Math.ceil(centre - reach));
    const last = Math.min(from - 1, Math.floor(centre + reach));
    const weights = Array.from({ length: last - first + 1 }, (_, j) =>
      Math.max(0, 1 - Math.abs(first + j - centre) / reach),
    );
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return { first, weights: weights.map((weight) => weight / sum) };
  });
}
