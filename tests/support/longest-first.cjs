/**
 * The order of test files. Jest goes by how long each took the last time; on a fresh clone it knows of none and takes the largest first. What is
 * short to read and takes long would then come last, and all but one core would wait for it.
 */
const { default: Sequencer } = require('@jest/test-sequencer');

/** The longest, longest first. */
const LONGEST = [
  'tests/browser/app',
  'tests/contracts',
  'tests/browser/people',
  'tests/browser/identity',
  'tests/kill',
  'tests/policies',
  'tests/api',
  'bench/enumeration',
  'bench/budgets',
  'infra/application',
  'functions/auth/enumeration',
  'functions/platform/listing',
  'functions/auth/register',
  'functions/auth/resend-code',
  'functions/auth/confirm',
  'functions/auth/passwords',
  'bench/lists',
  'functions/auth/mfa',
  'local/services/cloudfront',
];
const placeOf = ({ path }) => {
  const place = LONGEST.findIndex((name) => path.endsWith(`/${name}.test.ts`));
  return place < 0 ? LONGEST.length : place;
};

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).sort((a, b) => placeOf(a) - placeOf(b));
  }
};
