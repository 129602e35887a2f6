/**
 * Runs before any code of the pages. zod would try whether it may compile schemas by `new Function`, which the content security policy refuses
 * and reports; it reads this setting when the first schema is made. Set without importing zod, which public pages load only on demand.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
