import document from '../../openapi.json' with { type: 'json' };
import { openapi } from '../../shared/contracts/system/openapi.ts';
import { http, raw } from '../platform/http.ts';

export const handler = http(openapi, {
  access: {},
  errorImpact: 'Programs and the documentation page cannot read the description of the API.',
  run: async () =>
    raw(JSON.stringify(document), 'application/json', { headers: { 'cache-control': 'public, max-age=300' } }),
});
