import { contract } from '../contract.ts';

export const openapi = contract({
  id: 'system.openapi',
  method: 'GET',
  path: '/openapi.json',
  summary: 'The OpenAPI 3.1 description of this API',
  public: 'The description is published; it holds no data.',
  partner: true,
  success: 200,
  raw: 'application/json',
  errors: [],
  example: {},
});
