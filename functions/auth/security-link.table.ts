/** How the links of security mails are kept: by the hash of what stands in them. */
import { hash } from 'node:crypto';
import { entity } from '../platform/entity.ts';

export interface SecurityLink {
  /** SHA-256, base64url, of the token. */
  digest: string;
  userId: string;
  /** Epoch second. */
  expires: number;
}

export const securityLinks = entity<SecurityLink>()({
  name: 'SecurityLink',
  partition: 'SECURITYLINK',
  describes: 'The link of a security mail by which a person takes the account back',
  keyShape: 'SECURITYLINK#<hash> / SECURITYLINK',
  key: ({ digest }: { digest: string }) => ({ pk: `SECURITYLINK#${digest}`, sk: 'SECURITYLINK' }),
  keyOf: ({ digest }) => ({ digest }),
  patterns: {},
  expires: 'expires',
});

export const digestOf = (token: string) => hash('sha256', token, 'base64url');
