export { handler as getUser } from './get-user.ts';
