export { handler as docs } from './docs.ts';
export { handler as getError } from './get-error.ts';
export { handler as health } from './health.ts';
export { handler as listErrors } from './list-errors.ts';
export { handler as openapi } from './openapi.ts';
export { handler as ready } from './ready.ts';
export { handler as root } from './root.ts';
export { handler as unknownRoute } from './unknown-route.ts';
