/** Operations that set a password refuse common ones, in the same reply as every other rule that is broken. */
import type * as z from 'zod';
import { isCommonPassword } from '../../shared/common-passwords.ts';
import type { Contract } from '../../shared/contracts/contract.ts';
import { passwordRules } from '../../shared/password.ts';

/** The contract, whose `body.password` must not be common. Contracts are for pages too: the long list is not part of them. */
export function refusingCommonPasswords<C extends Contract & { body: z.ZodObject<{ password: z.ZodString }> }>(
  contract: C,
): C {
  const password = contract.body.shape.password.superRefine((value, context) => {
    if (isCommonPassword(value))
      context.addIssue({ code: 'custom', message: passwordRules.common, params: { rule: 'common' } });
  });
  return { ...contract, body: contract.body.safeExtend({ password }) };
}
