import { createRouteTable } from './route-table.ts';

function table(...routes: string[]) {
  const created = createRouteTable<string>();
  for (const route of routes) {
    const [method = '', path = ''] = route.split(' ');
    created.add(method, path, route);
  }
  return created;
}

describe('route table', () => {
  test('a full match wins over a greedy one, even where the greedy one shares more fixed segments', () => {
    const routes = table('GET /a/{rest+}', 'GET /{x}/b');
    expect(routes.find('GET', '/a/b')?.route).toBe('GET /{x}/b');
    expect(routes.find('GET', '/a/c')?.route).toBe('GET /a/{rest+}');
  });

  test('a fixed segment that leads nowhere does not hide a parameter', () => {
    const routes = table('GET /users/me/avatar', 'GET /users/{id}/orders');
    expect(routes.find('GET', '/users/me/orders')).toEqual({
      route: 'GET /users/{id}/orders',
      parameters: { id: 'me' },
    });
  });

  test('a declared method wins over ANY', () => {
    const routes = table('ANY /a', 'GET /a');
    expect(routes.find('GET', '/a')?.route).toBe('GET /a');
    expect(routes.find('PUT', '/a')?.route).toBe('ANY /a');
  });

  test('HTTP APIs pass over a path without the method, REST APIs stop there', () => {
    const routes = table('GET /a', 'ANY /{rest+}');
    expect(routes.find('PUT', '/a')?.route).toBe('ANY /{rest+}');
    expect(routes.findByPath('PUT', '/a')).toBeUndefined();
  });

  test('parameters never match an empty segment', () => {
    const routes = table('GET /a/{id}', 'GET /b/{rest+}');
    expect(routes.find('GET', '/a/')).toBeUndefined();
    expect(routes.find('GET', '/b/')).toBeUndefined();
  });

  test('names of properties every object has are ordinary segments', () => {
    expect(table('GET /{id}').find('GET', '/constructor')?.parameters).toEqual({ id: 'constructor' });
  });

  test('the same route twice is an error', () => {
    expect(() => table('GET /a', 'GET /a')).toThrow('GET /a is declared twice');
  });
});
