import { contract } from '../contract.ts';

export const docs = contract({
  id: 'system.docs',
  method: 'GET',
  path: '/docs',
  summary: 'The interactive documentation',
  public: 'The documentation is published; trying an operation out needs a session of one’s own.',
  success: 200,
  raw: 'text/html; charset=utf-8',
  errors: [],
  example: {},
});
