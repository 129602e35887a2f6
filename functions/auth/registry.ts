export { handler as confirm } from './confirm.ts';
export { handler as login } from './login.ts';
export { handler as logout } from './logout.ts';
export { handler as me } from './me.ts';
export { handler as refresh } from './refresh.ts';
export { handler as register } from './register.ts';
export { handler as resendCode } from './resend-code.ts';
