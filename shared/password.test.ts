import { commonPasswords } from './common-passwords.generated.ts';
import { isCommonPassword } from './common-passwords.ts';
import { brokenPasswordRules } from './password.ts';

it('accepts a password that keeps every rule', () => {
  expect(brokenPasswordRules('Demo-Passw0rd!', 'ann@example.com')).toEqual([]);
});
it('names every rule that is broken, not only the first', () => {
  expect(brokenPasswordRules('abc', 'ann@example.com')).toEqual(['length', 'upper', 'digit', 'special']);
});
it.each([
  'Password1!',
  'P@ssw0rd1',
  'P@$$w0rd',
  'Welcome123!',
  'Qwerty123!!',
  '!!Charlie1',
  'M1chelle!',
  'Summer2026!',
])('refuses %s, which everybody tries first', (password) => {
  expect(brokenPasswordRules(password, '', isCommonPassword)).toEqual(['common']);
});
it('knows at least 3,000 of the commonest passwords that keep every other rule', () => {
  const variants = commonPasswords
    .split(' ')
    .map((stem) => `${stem.replace(/[a-z]/, (letter) => letter.toUpperCase())}!`);
  const keeping = variants.filter((password) => brokenPasswordRules(password).length === 0);
  expect(keeping.length).toBeGreaterThanOrEqual(3_000);
  expect(keeping.filter((password) => !isCommonPassword(password))).toEqual([]);
});
it('takes a long password for what it is, though a common one is part of it', () => {
  expect(isCommonPassword('Demo-Passw0rd!')).toBe(false);
  expect(isCommonPassword('correct Horse 8 battery staple')).toBe(false);
});
it('refuses the local part of the e-mail address in whatever case', () => {
  expect(brokenPasswordRules('xJane.Doe9!', 'jane.doe@example.com')).toEqual(['email']);
});
it('refuses the name of the product and the local part of the address, in whatever case', () => {
  expect(brokenPasswordRules('Xy9-meWayZ!kq', '', isCommonPassword)).toEqual(['common']);
  expect(brokenPasswordRules('Xy9-M3wayz!kq', '', isCommonPassword)).toEqual(['common']);
  expect(brokenPasswordRules('Xy9-ARCHER!kq', 'archer@example.com', isCommonPassword)).toEqual(['email']);
});
it('does not take a local part of one or two letters for a hint', () => {
  expect(brokenPasswordRules('Jolly-Ivy-7', 'jo@example.com')).toEqual([]);
});
it('counts characters, not code units', () => {
  expect(brokenPasswordRules('Aa1!😀😀')).toEqual(['length']);
});
