import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { createFakeCloud } from '../../testing/fake-cloud.ts';
import type { JsonObject, ObjectToStore } from '../../types.ts';
import { deployToBucket } from './bucket-deployment.ts';
import { openLambdaStore } from './store.ts';
import { unzip } from './unzip.ts';

function bucketWith(files: Record<string, string>, existing: string[] = []) {
  const folder = mkdtempSync(join(tmpdir(), 'site-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const objects = new Map<string, ObjectToStore>(
    existing.map((key) => [key, { body: Buffer.alloc(0), contentType: 'old' }]),
  );
  const cloud = createFakeCloud({
    findAsset: (_bucket, key) => (key === 'site.zip' ? folder : undefined),
    writeObject: async (_bucket, key, object) => void objects.set(key, object),
    deleteObject: async (_bucket, key) => void objects.delete(key),
    listObjects: async (_bucket, prefix) => [...objects.keys()].filter((key) => key.startsWith(prefix)),
  });
  const store = openLambdaStore(cloud.stateDir);
  const deploy = (properties: JsonObject = {}) =>
    deployToBucket(
      {
        stack: 'S',
        logicalId: 'Deploy',
        type: 'Custom::CDKBucketDeployment',
        properties: {
          SourceBucketNames: ['assets'],
          SourceObjectKeys: ['site.zip'],
          DestinationBucketName: 'pages',
          ...properties,
        },
      },
      cloud,
      store,
    );
  return { objects, deploy };
}

describe('a bucket deployment', () => {
  test('copies every file with its type and cache control, and prunes what is gone', async () => {
    const { objects, deploy } = bucketWith({ 'index.html': '<p>', '_next/a.js': '1' }, ['stale.html']);
    await deploy({ SystemMetadata: { 'cache-control': 'max-age=60' }, Prune: true });
    expect([...objects.keys()].sort()).toEqual(['_next/a.js', 'index.html']);
    expect(objects.get('index.html')).toMatchObject({ contentType: 'text/html', cacheControl: 'max-age=60' });
    expect(objects.get('_next/a.js')?.contentType).toBe('text/javascript');
  });

  test('takes and prunes only what Exclude and Include leave, below its prefix', async () => {
    const { objects, deploy } = bucketWith({ 'a.html': '1', 'a.js': '2' }, [
      'site/b.js',
      'site/b.html',
      'other/x.html',
    ]);
    await deploy({ Exclude: ['*'], Include: ['*.html'], DestinationBucketKeyPrefix: 'site' });
    expect([...objects.keys()].sort()).toEqual(['other/x.html', 'site/a.html', 'site/b.js']);
  });

  test('without Prune keeps what was there', async () => {
    const { objects, deploy } = bucketWith({ 'a.html': '1' }, ['kept.html']);
    await deploy({ Prune: false });
    expect(objects.has('kept.html')).toBe(true);
  });

  test('puts the values of the deployment where their markers stand', async () => {
    const { objects, deploy } = bucketWith({ 'config.json': '{"api":"<<marker:0xbaba:0>>"}' });
    await deploy({ SourceMarkers: [{ '<<marker:0xbaba:0>>': 'https://api' }] });
    expect(objects.get('config.json')?.body.toString()).toBe('{"api":"https://api"}');
  });

  test('does nothing when nothing changed', async () => {
    const { objects, deploy } = bucketWith({ 'a.html': '1' });
    await deploy();
    objects.clear();
    await deploy();
    expect(objects.size).toBe(0);
  });
});

describe('a zip archive', () => {
  /** A deflated entry, written by hand after the format's own description. */
  function zip(name: string, text: string): Buffer {
    const data = deflateRawSync(text);
    const header = Buffer.alloc(30);
    header.write('PK\x03\x04', 'latin1');
    header.writeUInt16LE(8, 8);
    header.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.write('PK\x01\x02', 'latin1');
    central.writeUInt16LE(8, 10);
    central.writeUInt32LE(data.length, 20);
    central.writeUInt16LE(name.length, 28);
    const start = 30 + name.length + data.length;
    const end = Buffer.alloc(22);
    end.write('PK\x05\x06', 'latin1');
    end.writeUInt16LE(1, 10);
    end.writeUInt32LE(start, 16);
    return Buffer.concat([header, Buffer.from(name), data, central, Buffer.from(name), end]);
  }

  test('gives its files back', () => {
    expect(unzip(zip('a/b.txt', 'hello')).map(({ name, content }) => [name, content.toString()])).toEqual([
      ['a/b.txt', 'hello'],
    ]);
  });
  test('that leads out of its folder is refused', () => {
    expect(() => unzip(zip('../evil', 'x'))).toThrow('leads out');
  });
});
