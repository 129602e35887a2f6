import { brokenPasswordRules } from './password.ts';

it('accepts a password that keeps every rule', () => {
  expect(brokenPasswordRules('Demo-Passw0rd!', 'ann@example.com')).toEqual([]);
});
it('names every rule that is broken, not only the first', () => {
  expect(brokenPasswordRules('abc', 'ann@example.com')).toEqual(['length', 'upper', 'digit', 'special']);
});
it.each(['Password1!', 'P@ssw0rd1', 'Welcome123!', 'Qwerty123!!'])(
  'refuses %s, which everybody tries first',
  (password) => {
    expect(brokenPasswordRules(password)).toContain('common');
  },
);
it('refuses the local part of the e-mail address in whatever case', () => {
  expect(brokenPasswordRules('xJane.Doe9!', 'jane.doe@example.com')).toEqual(['email']);
});
it('does not take a local part of one or two letters for a hint', () => {
  expect(brokenPasswordRules('Jolly-Ivy-7', 'jo@example.com')).toEqual([]);
});
it('counts characters, not code units', () => {
  expect(brokenPasswordRules('Aa1!😀😀')).toEqual(['length']);
});
