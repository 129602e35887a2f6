/**
 * The console at `/_local/`: one page, one script, one style sheet, and JSON below `/_local/api/`. `/_local/mail.json` is
 * the mailbox for programs. Requests below `/_local/<service>/` go to that service.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Core } from '../cloud.ts';
import type { ConsoleHandler } from '../endpoint.ts';
import type { AcceptedResource } from '../services/accepted.ts';
import type { AwsResponse, Json, Service } from '../types.ts';

/** Nothing but our own files; mails are shown in a frame without scripts. */
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: https: http:; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'";

const files: Readonly<Record<string, { name: string; type: string }>> = {
  '/_local/': { name: 'index.html', type: 'text/html; charset=utf-8' },
  '/_local/console.js': { name: 'console.js', type: 'text/javascript; charset=utf-8' },
  '/_local/console.css': { name: 'console.css', type: 'text/css; charset=utf-8' },
};

export function createConsole(
  core: Core,
  services: readonly Service[],
  accepted: readonly AcceptedResource[],
): ConsoleHandler {
  return async (request) => {
    const { path, method, query } = request;
    if (path === '/_local') return { status: 302, headers: { location: '/_local/' } };
    const file = files[path];
    if (file !== undefined) return page(file);
    if (path === '/_local/api/platform') {
      const names = services.flatMap((service) => service.names);
      return json({ endpoint: core.cloud.endpoint, addresses: core.addresses as unknown as Json, services: names });
    }
    if (path === '/_local/api/accepted') return json(accepted as unknown as Json);
    if (path === '/_local/mail.json' && (method === 'GET' || method === 'DELETE')) {
      // A GET changes nothing: any web page could make the browser send one.
      if (method === 'GET') query.delete('delete');
      return inspect(core.service('ses'), 'mail.json', query);
    }
    const [, name = '', rest = ''] = /^\/_local\/api\/([^/]+)(?:\/(.*))?$/.exec(path) ?? [];
    if (name !== '' && method === 'GET') {
      query.delete('delete');
      return inspect(core.service(name), rest, query);
    }
    const owner = core.service(/^\/_local\/([^/]+)\//.exec(path)?.[1] ?? '');
    return owner?.unsigned?.(request);
  };
}

async function inspect(
  service: Service | undefined,
  path: string,
  query: URLSearchParams,
): Promise<AwsResponse | undefined> {
  const value = await service?.inspect?.(path, query);
  return value === undefined ? undefined : json(value);
}

function page({ name, type }: { name: string; type: string }): AwsResponse {
  return {
    status: 200,
    headers: { 'content-type': type, 'content-security-policy': contentSecurityPolicy, 'cache-control': 'no-store' },
    body: readFileSync(join(import.meta.dirname, name)),
  };
}
function json(value: Json): AwsResponse {
  return {
    status: 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify(value),
  };
}
