import { links } from './links.ts';

const read = { method: 'GET', path: '/orders/{id}', permission: 'orders:read', partner: true } as const;
const fulfil = { method: 'POST', path: '/orders/{id}/fulfil', permission: 'orders:fulfil' } as const;
const health = { method: 'GET', path: '/health', public: 'for tests' } as const;
const id = { id: 'ord 1' };
const targets = { self: [read, id], fulfil: [fulfil, id], health: [health], cancel: false } as const;
const user = { id: 'usr_1', role: 'user', plan: 'Free', via: 'session' } as const;

test('hold what the role permits and the state allows, with the base of the face', () => {
  expect(links({ actor: { ...user, role: 'enterprise' }, face: 'browser' }, targets)).toEqual({
    self: { href: '/api/v1/orders/ord%201', method: 'GET' },
    fulfil: { href: '/api/v1/orders/ord%201/fulfil', method: 'POST' },
    health: { href: '/api/v1/health', method: 'GET' },
  });
  expect(Object.keys(links({ actor: user, face: 'browser' }, targets))).toEqual(['self', 'health']);
});
test('on the partner face hold only what that face has, narrowed by the key’s scopes', () => {
  const actor = { ...user, role: 'admin', via: 'api-key', scopes: ['orders:read'] } as const;
  expect(links({ actor, face: 'partner' }, targets)).toEqual({ self: { href: '/v1/orders/ord%201', method: 'GET' } });
  expect(links({ actor: { ...actor, scopes: ['orders:fulfil'] }, face: 'partner' }, targets)).toEqual({});
});
test('without an actor hold what is public', () => {
  expect(Object.keys(links({ actor: undefined, face: 'browser' }, targets))).toEqual(['health']);
});
