import { root } from '../../shared/contracts/system/root.ts';
import { http, links } from '../platform/http.ts';
import { routes } from './routes.ts';

export const handler = http(root, {
  access: {},
  errorImpact: 'Clients that find their way by links cannot begin.',
  recognize: true,
  run: async (context) => {
    const targets = Object.fromEntries(
      routes.filter(({ path }) => !path.includes('{')).map((route) => [route.id, [route] as const]),
    );
    return { name: 'Mewayz', version: 'v1', _links: links(context, { self: [root], ...targets }) };
  },
});
