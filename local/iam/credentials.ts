/**
 * Key pairs. A role's session has keys derived from the secret of this installation, so they stay the same across starts
 * (a presigned URL survives a restart) and nothing has to be stored. The session token says whose keys they are and is
 * sealed, so the endpoint can tell a real one without a table.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AwsError, type SessionCredentials } from '../types.ts';

/** The developer's own key pair: it may do all. */
export const rootCredentials = { accessKeyId: 'local', secretAccessKey: 'local' };

export interface Session {
  roleArn: string;
  sessionName: string;
  slot: number;
}

export class Credentials {
  readonly #seal: Buffer;
  readonly #issued = new Map<string, SessionCredentials>();
  readonly #sessions = new Map<string, { session: Session; secretAccessKey: string; accessKeyId: string }>();

  constructor(stateDir: string) {
    const file = join(stateDir, 'session-secret');
    mkdirSync(stateDir, { recursive: true });
    if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 });
    this.#seal = Buffer.from(readFileSync(file, 'utf8'), 'hex');
  }

  issue(roleArn: string, sessionName: string, slot = 0): SessionCredentials {
    const name = `${roleArn}|${sessionName}|${slot}`;
    let credentials = this.#issued.get(name);
    if (credentials === undefined) {
      const content = Buffer.from(JSON.stringify([roleArn, sessionName, slot])).toString('base64url');
      const sessionToken = `${content}.${this.#derive('token', content).toString('base64url')}`;
      credentials = { ...this.#keys(content), sessionToken };
      this.#issued.set(name, credentials);
    }
    return credentials;
  }

  /** The session of a token. Throws when the token is not one of ours or not the one of this key. */
  read(accessKeyId: string, sessionToken: string | undefined): { session: Session; secretAccessKey: string } {
    const known =
      sessionToken === undefined ? undefined : (this.#sessions.get(sessionToken) ?? this.#open(sessionToken));
    if (known === undefined || known.accessKeyId !== accessKeyId) {
      throw new AwsError('UnrecognizedClientException', 'The security token included in the request is invalid.', 403);
    }
    return known;
  }

  #open(token: string): { session: Session; secretAccessKey: string; accessKeyId: string } | undefined {
    const [content = '', seal = ''] = token.split('.');
    const expected = this.#derive('token', content);
    const given = Buffer.from(seal, 'base64url');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    const [roleArn, sessionName, slot] = JSON.parse(Buffer.from(content, 'base64url').toString()) as [
      string,
      string,
      number,
    ];
    const opened = { session: { roleArn, sessionName, slot }, ...this.#keys(content) };
    this.#sessions.set(token, opened);
    return opened;
  }

  #keys(content: string): { accessKeyId: string; secretAccessKey: string } {
    const id = this.#derive('id', content).toString('hex').slice(0, 16).toUpperCase();
    return {
      accessKeyId: `ASIA${id}`,
      secretAccessKey: this.#derive('secret', content).toString('base64').slice(0, 40),
    };
  }
  #derive(purpose: string, content: string): Buffer {
    return createHmac('sha256', this.#seal).update(`${purpose}:${content}`).digest();
  }
}
