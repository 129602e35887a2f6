import * as z from 'zod';
import { contract } from '../contract.ts';
import { linksSchema } from '../list.ts';

export const root = contract({
  id: 'system.root',
  method: 'GET',
  path: '/',
  summary: 'The root of the API: links to everything that the caller may do',
  public: 'It is where every client begins; without a session it shows what is public.',
  partner: true,
  success: 200,
  output: z.object({ name: z.string(), version: z.string(), _links: linksSchema }),
  errors: [],
  example: {
    output: {
      name: 'Mewayz',
      version: 'v1',
      _links: {
        self: { href: '/api/v1/', method: 'GET' },
        'auth.login': { href: '/api/v1/auth/login', method: 'POST' },
      },
    },
  },
});
