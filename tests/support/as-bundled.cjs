/** For Jest: the picture codecs as the bundler makes them, a WebAssembly file as its bytes and ES modules without an address of their own. */
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { transformSync } = require('esbuild');

const itself = readFileSync(__filename);
const bytesOf = (path) => `new Uint8Array(Buffer.from('${readFileSync(path).toString('base64')}', 'base64'))`;

module.exports = {
  getCacheKey: (source, path) => createHash('sha256').update(itself).update(path).update(source).digest('hex'),
  process: (source, path) =>
    path.endsWith('.wasm')
      ? { code: `module.exports = { __esModule: true, default: ${bytesOf(path)} };` }
      : transformSync(source, {
          format: 'cjs',
          platform: 'node',
          target: 'node24',
          supported: { 'dynamic-import': false },
          logOverride: { 'empty-import-meta': 'silent' },
        }),
};
