/** Fields that several operations of this area take. */
import * as z from 'zod';

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
