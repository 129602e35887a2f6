/** Fields that several operations of this area take. */
import * as z from 'zod';
import { brokenPasswordRules, MAX_PASSWORD, type PasswordRule, passwordRules } from '../../password.ts';
import { userSchema } from '../users/user.ts';

/** An e-mail address; compared without case, kept as lower case. */
export const emailField = z
  .string()
  .trim()
  .max(254)
  .pipe(z.email('must be an e-mail address'))
  .transform((email) => email.toLowerCase())
  .meta({ example: 'ann@example.com' });

export const codeField = z
  .string()
  .trim()
  .regex(/^\d{6}$/, 'must be the six digits of the mail')
  .meta({ example: '123456' });

/** A code of an authenticator app. */
export const totpField = z
  .string()
  .trim()
  .regex(/^\d{6}$/, 'must be the six digits of the app')
  .meta({ example: '123456' });
export const backupCodeField = z
  .string()
  .trim()
  .regex(/^[0-9A-Za-z]{5}-?[0-9A-Za-z]{5}$/, 'must be a backup code: ten letters and digits')
  .meta({ example: '7K2QM-X40ZD' });
export const backupCodesSchema = z.object({
  backupCodes: z.array(z.string()).meta({ description: 'Each works once; they are never shown again' }),
});
export const rememberMeField = z
  .boolean()
  .prefault(false)
  .meta({ description: 'Keeps the session for 7 days instead of one' });

/** How tokens travel: in cookies that scripts can't read, or in the body for programs. */
export const deliveryField = z
  .enum(['cookie', 'body'])
  .prefault('cookie')
  .meta({ description: 'cookie: HttpOnly cookies, for browsers; body: in the reply, for programs' });

export const tokensSchema = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  tokenType: z.literal('Bearer'),
  expiresIn: z.number().int().meta({ description: 'Seconds until the access token ends' }),
});

/** What every way to sign in answers. */
export const signedInSchema = z.object({ user: userSchema, tokens: tokensSchema.optional() });

const broken = (rule: PasswordRule) => ({ code: 'custom' as const, message: passwordRules[rule], params: { rule } });

/** A password as it was once set: any length of text that could be one. */
export const passwordField = z.string().min(1).max(MAX_PASSWORD).meta({ example: 'Demo-Passw0rd!' });

/** A password that is being set; each rule that it breaks is a problem of its own. */
export const newPasswordField = z
  .string()
  .max(MAX_PASSWORD)
  // Cognito takes none; refused in words, since cutting them off would make another password.
  .refine((password) => password.trim() === password, 'must not begin or end with a space')
  .superRefine((password, context) => {
    for (const rule of brokenPasswordRules(password)) context.addIssue(broken(rule));
  })
  .meta({ description: Object.values(passwordRules).join('; '), example: 'Demo-Passw0rd!' });
export const confirmPasswordField = z.string().max(MAX_PASSWORD).meta({ example: 'Demo-Passw0rd!' });

/** What fields of a new password must be to each other and to the e-mail address. */
export function checkNewPassword(
  body: { password: string; confirmPassword: string; email?: string },
  context: z.core.$RefinementCtx,
): void {
  if (brokenPasswordRules(body.password, body.email).includes('email'))
    context.addIssue({ ...broken('email'), path: ['password'] });
  if (body.confirmPassword !== body.password)
    context.addIssue({ code: 'custom', path: ['confirmPassword'], message: 'must be the same as password' });
}
