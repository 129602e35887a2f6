/**
 * What a password must be. Whether it is a common one takes a long list, which stands apart (common-passwords.ts): pages load it when
 * somebody types a password.
 */

export const passwordRules = {
  length: 'must have at least 8 characters',
  upper: 'must contain an upper-case letter',
  lower: 'must contain a lower-case letter',
  digit: 'must contain a digit',
  special: 'must contain a special character',
  common: 'must not be a common password',
  email: 'must not contain the first part of the e-mail address',
} as const;
export type PasswordRule = keyof typeof passwordRules;

/** Longest password that is taken. */
export const MAX_PASSWORD = 256;

/**
 * Every rule that the password breaks; empty: it is good. Local parts of three characters or more count for the e-mail rule. Without
 * `isCommon` (common-passwords.ts) nothing is common.
 */
export function brokenPasswordRules(
  password: string,
  email = '',
  isCommon: (password: string) => boolean = () => false,
): PasswordRule[] {
  const lower = password.toLowerCase();
  const localPart = (email.split('@')[0] ?? '').toLowerCase();
  const broken: Record<PasswordRule, boolean> = {
    length: [...password].length < 8,
    upper: !/\p{Lu}/u.test(password),
    lower: !/\p{Ll}/u.test(password),
    digit: !/\d/.test(password),
    special: !/[^\p{L}\p{N}]/u.test(password),
    common: isCommon(password),
    email: localPart.length >= 3 && lower.includes(localPart),
  };
  return (Object.keys(passwordRules) as PasswordRule[]).filter((rule) => broken[rule]);
}
