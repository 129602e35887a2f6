/** What comes in as a picture, and what never does; what comes out has the right pixels and nothing else. */
import sharp from 'sharp';
import { pictureHeader } from './picture-header.ts';
import { type PictureLimits, readPicture, squareOf, squareWebp } from './pictures.ts';

const limits: PictureLimits = { minSide: 64, maxSide: 2_000, maxPixels: 1_000_000 };
/** Left half red, right half blue. */
const drawing = (width = 120, height = 80) =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#f00"/><rect x="50%" width="50%" height="100%" fill="#00f"/></svg>`,
    ),
  );
const kinds = {
  'image/png': () => drawing().png().toBuffer(),
  'image/jpeg': () => drawing().jpeg({ quality: 95 }).toBuffer(),
  'image/webp': () => drawing().webp({ quality: 95 }).toBuffer(),
} as const;
const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
const grown = async (file: Promise<Buffer>, more: Buffer) => Buffer.concat([await file, more]);

describe.each(Object.keys(kinds) as (keyof typeof kinds)[])('%s', (type) => {
  test('is decoded, cut to its middle and encoded anew', async () => {
    const raster = await readPicture(await kinds[type](), type, limits);
    if (typeof raster === 'string') throw new Error(raster);
    expect([raster.width, raster.height]).toEqual([120, 80]);
    const square = await squareWebp(raster, 64);
    expect(pictureHeader(square)).toEqual({ type: 'image/webp', width: 64, height: 64 });
    const { data, info } = await sharp(square).raw().toBuffer({ resolveWithObject: true });
    const pixel = (x: number, y: number) => [...data.subarray(info.channels * (y * 64 + x)).subarray(0, 3)];
    expect(pixel(4, 32)).toEqual([expect.closeTo(254, -1), expect.closeTo(0, -1), expect.closeTo(0, -1)]);
    expect(pixel(60, 32)).toEqual([expect.closeTo(0, -1), expect.closeTo(0, -1), expect.closeTo(254, -1)]);
  });

  test('is refused under another name, cut short, or broken inside', async () => {
    const file = await kinds[type]();
    const other = type === 'image/png' ? 'image/jpeg' : 'image/png';
    expect(await readPicture(file, other, limits)).toBe('another-type');
    expect(await readPicture(file, undefined, limits)).toBe('another-type');
    expect(await readPicture(file.subarray(0, 29), type, limits)).toBe('damaged');
    const hollow = Buffer.from(file);
    hollow.fill(0xff, 30, file.length - 12);
    expect(await readPicture(hollow, type, limits)).toBe('damaged');
  });
});

test.each([
  ['SVG with a script', svg, 'image/png'],
  ['HTML', Buffer.from('<!doctype html><script>alert(1)</script>'), 'image/jpeg'],
  ['GIF', Buffer.from('GIF89a\x01\x00\x01\x00\x00\xff\x00,', 'latin1'), 'image/webp'],
  ['ZIP', Buffer.from('PK\x03\x04'), 'image/png'],
  ['nothing', Buffer.alloc(0), 'image/png'],
])('%s is no picture, whatever it is called', async (_, file, type) => {
  expect(await readPicture(file, type, limits)).toBe('not-a-picture');
});

test('what hangs behind a picture makes it no picture', async () => {
  const script = Buffer.from('<script>alert(1)</script>');
  expect(await readPicture(await grown(kinds['image/png'](), script), 'image/png', limits)).toBe('damaged');
  expect(await readPicture(await grown(kinds['image/webp'](), script), 'image/webp', limits)).toBe('damaged');
});

test('a JPEG may carry what it likes: nothing of it comes out', async () => {
  const secret = '<script>alert("GPS 51.5")</script>';
  const file = await drawing()
    .withExif({ IFD0: { Copyright: secret }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
    .jpeg()
    .toBuffer();
  expect(file.includes(secret)).toBe(true);
  const raster = await readPicture(await grown(Promise.resolve(file), svg), 'image/jpeg', limits);
  if (typeof raster === 'string') throw new Error(raster);
  const made = await squareWebp(raster, 64);
  expect(made.includes('script')).toBe(false);
  expect((await sharp(made).metadata()).exif).toBeUndefined();
});

test('a JPEG is turned as its camera says', async () => {
  const file = await drawing().withMetadata({ orientation: 6 }).jpeg().toBuffer();
  const raster = await readPicture(file, 'image/jpeg', limits);
  expect(raster).toMatchObject({ width: 80, height: 120 });
});

test('a small file that would become a huge picture is refused by its header', async () => {
  const bomb = await sharp({ create: { width: 1_900, height: 1_900, channels: 3, background: '#fff' } })
    .png({ compressionLevel: 9 })
    .toBuffer();
  expect(bomb.length).toBeLessThan(20_000);
  expect(await readPicture(bomb, 'image/png', limits)).toBe('too-many-pixels');
  const claimed = Buffer.from(await kinds['image/png']());
  claimed.writeUInt32BE(0xffff_ffff, 16);
  expect(await readPicture(claimed, 'image/png', limits)).toBe('too-many-pixels');
  expect(await readPicture(await drawing(2_001, 64).png().toBuffer(), 'image/png', limits)).toBe('too-many-pixels');
  expect(await readPicture(await drawing(63, 640).png().toBuffer(), 'image/png', limits)).toBe('too-few-pixels');
});

test('what moves is refused', async () => {
  const still = await drawing().webp({ alphaQuality: 50 }).toBuffer();
  const moving = Buffer.concat([
    Buffer.from('RIFF....WEBPVP8X\x0a\0\0\0\x02\0\0\0\x77\0\0\x4f\0\0', 'latin1'),
    still.subarray(12),
  ]);
  moving.writeUInt32LE(moving.length - 8, 4);
  expect(await readPicture(moving, 'image/webp', limits)).toBe('animated');
});

test('a picture is made larger as smoothly as smaller, and what is not seen colours nothing', () => {
  const data = new Uint8ClampedArray(4 * 64 * 64).fill(255);
  for (let i = 0; i < data.length; i += 4) if ((i / 4) % 64 < 32) data.set([255, 0, 0, 0], i);
  const { data: large } = squareOf({ data, width: 64, height: 64 }, 256);
  const pixel = (x: number) => [...large.subarray(4 * (128 * 256 + x), 4 * (128 * 256 + x) + 4)];
  expect(pixel(10)).toEqual([0, 0, 0, 0]);
  expect(pixel(250)).toEqual([255, 255, 255, 255]);
  const [red, green] = pixel(128);
  expect([red, green]).toEqual([255, 255]);
});
