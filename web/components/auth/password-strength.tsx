'use client';

import { Check } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { PasswordRule } from '../../../shared/password.ts';
import { cn } from '../ui/cn';

const labels: Readonly<Record<PasswordRule, string>> = {
  length: '8 characters or more',
  upper: 'An upper-case letter',
  lower: 'A lower-case letter',
  digit: 'A digit',
  special: 'A special character',
  common: 'Not a common password',
  email: 'Not part of your e-mail address',
};
const rules = Object.keys(labels) as PasswordRule[];
const strengths = [
  { label: 'Too weak', bar: 'bg-bad-solid' },
  { label: 'Weak', bar: 'bg-bad-solid' },
  { label: 'Almost there', bar: 'bg-warn' },
  { label: 'Good', bar: 'bg-good' },
  { label: 'Strong', bar: 'bg-good' },
] as const;

/** 0 to 4: below 3 as long as a rule is broken; 4 takes length as well, because length is what makes guessing long. */
function strengthOf(password: string, broken: number): number {
  if (password === '') return 0;
  if (broken > 0) return broken > 3 ? 0 : broken > 1 ? 1 : 2;
  return [...password].length >= 12 ? 4 : 3;
}

/** The rules that are broken; the rules themselves (with the list of common passwords) are loaded at the first character. */
function useBrokenRules(password: string, email: string): ReadonlySet<PasswordRule> {
  const [broken, setBroken] = useState<ReadonlySet<PasswordRule>>(() => new Set(rules));
  useEffect(() => {
    if (password === '') return;
    let isLate = false;
    Promise.all([import('../../../shared/password.ts'), import('../../../shared/common-passwords.ts')]).then(
      ([{ brokenPasswordRules }, { isCommonPassword }]) =>
        !isLate && setBroken(new Set(brokenPasswordRules(password, email, isCommonPassword))),
      // Without a connection nothing is met yet; the API checks in any case.
      () => undefined,
    );
    return () => {
      isLate = true;
    };
  }, [password, email]);
  return broken;
}

/** Shows, as one types, which rules are met and how strong the password is. The API checks the same rules. */
export function PasswordStrength({ id, password, email }: { id: string; password: string; email: string }) {
  const broken = useBrokenRules(password, email);
  const isEmpty = password === '';
  const strength = strengthOf(password, broken.size);
  const { label, bar } = strengths[strength] ?? strengths[0];
  return (
    <div id={id} className="flex flex-col gap-2.5 pt-0.5">
      <div className="flex items-center gap-3">
        <div aria-hidden className="grid flex-1 grid-cols-4 gap-1">
          {[1, 2, 3, 4].map((step) => (
            <span
              key={step}
              className={cn(
                'h-1 rounded-full transition-colors',
                !isEmpty && step <= Math.max(1, strength) ? bar : 'bg-pressed',
              )}
            />
          ))}
        </div>
        <p role="status" className="w-22 text-end text-sm text-muted">
          {isEmpty ? <span aria-hidden>Strength</span> : label}
        </p>
      </div>
      <ul className="grid gap-x-4 gap-y-1 text-sm sm:grid-cols-2">
        {rules.map((rule) => {
          const isMet = !isEmpty && !broken.has(rule);
          return (
            <li key={rule} className={cn('flex items-center gap-2', isMet ? 'text-good' : 'text-subtle')}>
              {isMet ? (
                <Check aria-hidden className="size-3.5 shrink-0" />
              ) : (
                <span aria-hidden className="mx-0.5 size-2.5 shrink-0 rounded-full border-[1.5px] border-current" />
              )}
              {labels[rule]}
              <span className="sr-only">{isMet ? ' (met)' : ' (not met yet)'}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
