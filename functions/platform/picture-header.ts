/**
 * What a file says that it is, read from its bytes before anything decodes it: kind and size of a PNG, JPEG or WebP. What is anything
 * else, is animated or breaks its format's frame is told apart here, at the price of a few comparisons.
 */

export const pictureTypes = ['image/png', 'image/jpeg', 'image/webp'] as const;
export type PictureType = (typeof pictureTypes)[number];
export interface PictureHeader {
  type: PictureType;
  /** Pixels. */
  width: number;
  height: number;
}
export type HeaderProblem = 'not-a-picture' | 'animated' | 'damaged';

/** `damaged`: it begins as a picture does and does not go on as one. */
export function pictureHeader(bytes: Buffer): PictureHeader | HeaderProblem {
  if (bytes.subarray(0, 8).equals(PNG_SIGNATURE)) return pngHeader(bytes);
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return jpegHeader(bytes);
  if (text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 12) === 'WEBP') return webpHeader(bytes);
  return 'not-a-picture';
}

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const text = (bytes: Buffer, from: number, to: number) => bytes.toString('latin1', from, to);

/** Walks the chunks to the end: what hangs behind the picture is no part of one. */
function pngHeader(bytes: Buffer): PictureHeader | HeaderProblem {
  let size: { width: number; height: number } | undefined;
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const name = text(bytes, at + 4, at + 8);
    const next = at + 12 + length;
    if (next > bytes.length) return 'damaged';
    if (!size) {
      if (name !== 'IHDR' || length !== 13) return 'damaged';
      size = { width: bytes.readUInt32BE(at + 8), height: bytes.readUInt32BE(at + 12) };
    }
    if (name === 'acTL') return 'animated';
    if (name === 'IEND') return next === bytes.length ? { type: 'image/png', ...size } : 'damaged';
    at = next;
  }
  return 'damaged';
}

/** Walks the segments to the frame header. Cameras write things of their own behind the picture, so its end is not looked at. */
function jpegHeader(bytes: Buffer): PictureHeader | HeaderProblem {
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return 'damaged';
    const marker = bytes[at + 1] as number;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = bytes.readUInt16BE(at + 2);
    // C0 to CF begin a frame, but for tables of Huffman codes, of extensions and of arithmetic codes.
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      if (length < 8 || at + 9 > bytes.length) return 'damaged';
      return { type: 'image/jpeg', height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    }
    // The scan itself, or the end, before any frame.
    if (marker === 0xda || marker === 0xd9 || length < 2) return 'damaged';
    at += 2 + length;
  }
  return 'damaged';
}

function webpHeader(bytes: Buffer): PictureHeader | HeaderProblem {
  if (bytes.length < 30) return 'damaged';
  // Chunks are padded to even lengths, and some writers leave the last pad byte away.
  const end = 8 + bytes.readUInt32LE(4);
  if (end !== bytes.length && end + (end % 2) !== bytes.length) return 'damaged';
  switch (text(bytes, 12, 16)) {
    case 'VP8X':
      // Bit 1 of the flags: frames follow each other.
      if (((bytes[20] as number) & 0b10) !== 0) return 'animated';
      return { type: 'image/webp', width: 1 + bytes.readUIntLE(24, 3), height: 1 + bytes.readUIntLE(27, 3) };
    case 'VP8L': {
      if (bytes[20] !== 0x2f) return 'damaged';
      const bits = bytes.readUInt32LE(21);
      return { type: 'image/webp', width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
    }
    case 'VP8 ':
      if (bytes.readUIntBE(23, 3) !== 0x9d012a) return 'damaged';
      return {
        type: 'image/webp',
        width: bytes.readUInt16LE(26) & 0x3fff,
        height: bytes.readUInt16LE(28) & 0x3fff,
      };
    default:
      return 'damaged';
  }
}
