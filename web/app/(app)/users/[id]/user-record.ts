import type * as z from 'zod';
import type { userSchema } from '../../../../../shared/contracts/users/user.ts';

export type UserRecord = z.output<typeof userSchema>;
