import { createFakeCloud } from '../testing/fake-cloud.ts';
import { serveService } from '../testing/serve-service.ts';
import type { JsonObject } from '../types.ts';
import { createSchemas } from './schemas.ts';

function openRegistry() {
  const cloud = createFakeCloud();
  const service = createSchemas(cloud);
  const declare = (logicalId: string, type: string, properties: JsonObject) =>
    service.resources[type]?.({ stack: 'Test', logicalId, type, properties });
  declare('Registry', 'AWS::EventSchemas::Registry', { RegistryName: 'shop' });
  return { cloud, service, declare };
}

test('A declared schema can be listed and read', async () => {
  const { cloud, service, declare } = openRegistry();
  const Content = '{"$schema":"http://json-schema.org/draft-04/schema#","type":"object"}';
  const properties = { RegistryName: 'shop', SchemaName: 'shop.orders@Placed', Type: 'JSONSchemaDraft4', Content };
  declare('Schema', 'AWS::EventSchemas::Schema', properties);
  const served = await serveService(cloud, service);
  const get = async (path: string) => (await fetch(`${served.url}/v1/registries${path}`)).json();
  expect(await get('')).toMatchObject({ Registries: [{ RegistryName: 'shop' }] });
  expect(await get('/name/shop/schemas')).toMatchObject({ Schemas: [{ SchemaName: 'shop.orders@Placed' }] });
  expect(await get('/name/shop/schemas/name/shop.orders%40Placed')).toMatchObject({ Content, SchemaVersion: '1' });
  expect(await get('/name/shop/schemas/name/none')).toMatchObject({ __type: 'NotFoundException' });
  await served.close();
});

test.each([
  ['JSONSchemaDraft4', '{'],
  ['JSONSchemaDraft4', '{"$schema":"https://json-schema.org/draft/2020-12/schema"}'],
  ['OpenApi3', '{"swagger":"2.0"}'],
  ['Avro', '{}'],
])('A schema of type %s with content %s stops the start with its name', (Type, Content) => {
  const { declare } = openRegistry();
  expect(() => declare('Broken', 'AWS::EventSchemas::Schema', { RegistryName: 'shop', Type, Content })).toThrow(
    /Broken/,
  );
});
