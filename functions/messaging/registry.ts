export { handler as onEmailSentMark } from './on-email-sent.mark.ts';
export { handler as publishEvents } from './publish-events.ts';
