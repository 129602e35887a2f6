/** Who may import whom (docs/architecture.md). `npm run lint` fails on any other import. */

const only = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });
const ours = '^(bench|demo|events|functions|infra|local|scripts|shared|tests|web)/';
const tests = '(\\.test\\.tsx?$|/testing/|/testing\\.ts$)';
const npm = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'];

module.exports = {
  forbidden: [
    only(
      'shared-stands-alone',
      'shared runs in browsers and in Lambda: it imports nothing of ours',
      { path: '^shared/' },
      { path: ours, pathNot: '^shared/' },
    ),
    only(
      'shared-only-zod',
      'shared imports only zod from npm, and nothing of Node',
      { path: '^shared/', pathNot: tests },
      { dependencyTypes: [...npm, 'core'], pathNot: '(^|/)node_modules/zod/' },
    ),
    only(
      'events-import-shared',
      'events import only shared',
      { path: '^events/', pathNot: tests },
      { path: ours, pathNot: '^(events|shared)/' },
    ),
    only('web-imports-shared', 'web imports only shared', { path: '^web/' }, { path: ours, pathNot: '^(web|shared)/' }),
    only(
      'functions-stand-on-declarations',
      'functions import no infrastructure, no web, no local platform',
      { path: '^functions/' },
      { path: '^(infra|web|local|scripts|bench|demo|tests)/' },
    ),
    only(
      'functions-reach-no-registry',
      'a handler that reaches a registry or a barrel bundles everything and starts nine times slower',
      { path: '^functions/', pathNot: ['^functions/registry\\.ts$', tests] },
      { path: '(^|/)(registry|index)\\.ts$', pathNot: 'node_modules' },
    ),
    only(
      'tables-stay-in-their-area',
      'how an area keeps its entities is its own; the platform may read whose request it is',
      { path: '^functions/([^/]+)/', pathNot: ['^functions/platform/', tests] },
      { path: '^functions/[^/]+/.+\\.table\\.ts$', pathNot: '^functions/($1|platform)/' },
    ),
    only(
      'platform-knows-callers-only',
      'the platform stands under the areas; it knows only who calls: users and API keys',
      { path: '^functions/platform/', pathNot: tests },
      { path: '^functions/(?!platform/)', pathNot: '^functions/(users/user|api-keys/api-key)\\.table\\.ts$' },
    ),
    only(
      'cdk-in-infra',
      'aws-cdk-lib, constructs and cdk-nag belong to infra',
      { path: ours, pathNot: ['^infra/', '^scripts/generate/snapshots\\.ts$'] },
      { path: 'node_modules/(aws-cdk-lib|constructs|cdk-nag)/' },
    ),
    only(
      'sdk-at-the-edge',
      'the AWS SDK belongs to functions/platform and local',
      { path: ours, pathNot: ['^functions/platform/', '^local/', '^tests/', '^bench/', '^demo/', '^scripts/', tests] },
      { path: 'node_modules/@aws-sdk/' },
    ),
    only(
      'local-knows-nothing-of-ours',
      'local runs what cdk synth wrote, or it proves nothing',
      { path: '^local/' },
      { path: ours, pathNot: '^local/' },
    ),
    only(
      'no-circles',
      'a circle has no first thing to read',
      { path: '^(events|functions|infra|shared|web)/' },
      { circular: true },
    ),
    only(
      'no-unresolved',
      'every import leads somewhere (aws-lambda is types only)',
      {},
      { couldNotResolve: true, pathNot: '^aws-lambda$' },
    ),
  ],
  options: {
    // TypeScript 7 has no JavaScript API; swc reads the sources.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(\\.next|out|cdk\\.out)/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
  },
};
