/**
 * The decoders and the encoder of pictures: those of Squoosh (mozjpeg, Rust's png, libwebp) as WebAssembly, by jSquash. They are the same
 * on every processor, need no native code beside the bundle, and whatever a hostile file does to them ends at the walls of their own
 * memory. Everything is loaded at the first use: synthesis imports handlers and must not begin anything.
 */
import type { PictureType } from './picture-header.ts';

/** Pixels, row by row, four bytes each: red, green, blue, opacity. */
export interface Raster {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** The codecs ask where their files are, though they are given them. */
const locateFile = (name: string) => name;

export type Decode = (file: ArrayBuffer) => Promise<Raster>;
let decoders: Record<PictureType, () => Promise<Decode>> | undefined;
const loaded = new Map<PictureType, Promise<Decode>>();

/** What decodes files of a type. It rejects with whatever the decoder makes of a file that is broken; JPEGs are turned as their camera says. */
export function decoderOf(type: PictureType): Promise<Decode> {
  decoders ??= {
    'image/png': async () => {
      const [{ decode, init }, { default: wasm }] = await Promise.all([
        import('@jsquash/png/decode.js'),
        import('@jsquash/png/codec/pkg/squoosh_png_bg.wasm'),
      ]);
      await init(wasm);
      return (file) => decode(file);
    },
    'image/jpeg': async () => {
      const [{ default: decode, init }, { default: wasmBinary }] = await Promise.all([
        import('@jsquash/jpeg/decode.js'),
        import('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'),
      ]);
      await init({ wasmBinary, locateFile });
      return (file) => decode(file, { preserveOrientation: true });
    },
    'image/webp': async () => {
      const [{ default: decode, init }, { default: wasmBinary }] = await Promise.all([
        import('@jsquash/webp/decode.js'),
        import('@jsquash/webp/codec/dec/webp_dec.wasm'),
      ]);
      await init({ wasmBinary, locateFile });
      return (file) => decode(file);
    },
  };
  const decode = loaded.get(type) ?? decoders[type]();
  loaded.set(type, decode);
  return decode;
}

/** How good a WebP looks; 75 is the format's own default. */
const QUALITY = 82;
let encoder: Promise<(raster: Raster) => Promise<ArrayBuffer>> | undefined;

/** The picture as WebP, and nothing but its pixels. */
export async function encodeWebp(raster: Raster): Promise<Buffer> {
  encoder ??= (async () => {
    const [{ default: encode, init }, { default: wasmBinary }] = await Promise.all([
      import('@jsquash/webp/encode.js'),
      import('@jsquash/webp/codec/enc/webp_enc_simd.wasm'),
    ]);
    await init({ wasmBinary, locateFile });
    return (pixels) => encode(pixels as never, { quality: QUALITY });
  })();
  return Buffer.from(await (await encoder)(raster));
}
