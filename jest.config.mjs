/** CommonJS through swc: twice as fast as ESM here, and middy (ESM only) is transformed by name. */
export default {
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  testEnvironment: 'node',
  // A guard against what hangs, not a measure of speed: on a busy machine starting a platform alone may take ten seconds.
  testTimeout: 60_000,
  roots: [
    '<rootDir>/shared',
    '<rootDir>/events',
    '<rootDir>/functions',
    '<rootDir>/infra',
    '<rootDir>/local',
    '<rootDir>/tests',
    '<rootDir>/demo',
    '<rootDir>/bench',
    '<rootDir>/web',
  ],
  testSequencer: '<rootDir>/tests/support/longest-first.cjs',
  testMatch: ['**/*.test.ts'],
  transform: {
    '\\.wasm$|/@jsquash/.+\\.js$': '<rootDir>/tests/support/as-bundled.cjs',
    '^.+\\.(t|j)sx?$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  // What `npm run generate` keeps there is no snapshot of Jest's.
  modulePathIgnorePatterns: ['<rootDir>/infra/snapshots', '<rootDir>/web/.next', '<rootDir>/web/out'],
  transformIgnorePatterns: ['/node_modules/(?!(@middy|@jsquash)/)'],
  moduleNameMapper: { '^@middy/([^/]+)$': '<rootDir>/node_modules/@middy/$1/index.js' },
};
