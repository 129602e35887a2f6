export { handler as onBusinessEventCount } from './on-business-event.count.ts';
export { handler as overview } from './overview.ts';
export { handler as series } from './series.ts';
