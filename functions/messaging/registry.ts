export { handler as publishEvents } from './publish-events.ts';
