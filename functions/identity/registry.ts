export { handler as mailCode } from './mail-code.ts';
