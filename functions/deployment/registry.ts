export { handler as originSecret } from './origin-secret.ts';
export { handler as userPoolKeys } from './user-pool-keys.ts';
