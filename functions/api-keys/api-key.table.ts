/** Keys of the partner API. Their values are kept by API Gateway alone; here stands whose they are and what they may. */
import type { Permission } from '../../shared/permissions.ts';
import { entity } from '../platform/entity.ts';

export interface ApiKey {
  /** Id that API Gateway gave the key: it names the key on each request. */
  gatewayKeyId: string;
  /** `key_` and a ULID: the id that people see. */
  id: string;
  userId: string;
  name: string;
  /** Narrows what the user's role permits. */
  scopes: readonly Permission[];
  status: 'active' | 'revoked';
  /** ISO; undefined: it does not end. */
  expiresAt?: string;
  createdAt: string;
  createdBy: string;
  updatedAt: string;
  updatedBy: string;
  version: number;
}

export const apiKeys = entity<ApiKey>()({
  name: 'ApiKey',
  partition: 'APIKEY',
  describes: 'A key of the partner API',
  keyShape: 'APIKEY#<gateway key id> / APIKEY',
  key: ({ gatewayKeyId }: { gatewayKeyId: string }) => ({ pk: `APIKEY#${gatewayKeyId}`, sk: 'APIKEY' }),
  keyOf: ({ gatewayKeyId }) => ({ gatewayKeyId }),
  indexes: ({ userId, id }) => ({ g1: { pk: `APIKEY#${userId}`, sk: id } }),
  patterns: {
    byUser: {
      index: 'g1',
      reads: 'Keys of a user in the order they were made',
      range: ({ userId }: { userId: string }) => ({ pk: `APIKEY#${userId}` }),
    },
  },
});
