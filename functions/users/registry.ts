export { handler as getUser } from './get-user.ts';
export { handler as listUsers } from './list-users.ts';
export { handler as onUserChangedIndex } from './on-user-changed.index.ts';
export { handler as onUserVerifiedWelcome } from './on-user-verified.welcome.ts';
