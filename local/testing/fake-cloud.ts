/**
 * A Cloud for testing one service alone: permits everything, records what the service asks of others. A test replaces
 * single members through `overrides`, for example `authorize` to refuse or `sendMessage` to fail.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Address,
  AwsError,
  type Caller,
  type Cloud,
  type ConsumedCapacity,
  type Json,
  type Mail,
} from '../types.ts';

export interface FakeCloud extends Cloud {
  readonly calls: {
    invoke: { functionArn: string; payload: Json; caller: Caller; type?: string }[];
    sendMessage: Parameters<Cloud['sendMessage']>[];
    putEvent: Parameters<Cloud['putEvent']>[];
    publish: Parameters<Cloud['publish']>[];
    mail: Mail[];
    logs: { group: string; stream: string; message: string }[];
    messages: { level: string; message: string }[];
    policies: Parameters<Cloud['attachResourcePolicy']>[];
    notified: string[];
    capacity: ConsumedCapacity[];
    addresses: Address[];
  };
}

/** `stateDir` defaults to a fresh temporary folder; give the same one twice to test a restart. */
export function createFakeCloud(overrides: Partial<Cloud> = {}): FakeCloud {
  const calls: FakeCloud['calls'] = {
    invoke: [],
    sendMessage: [],
    putEvent: [],
    publish: [],
    mail: [],
    logs: [],
    messages: [],
    policies: [],
    notified: [],
    capacity: [],
    addresses: [],
  };
  const listeners = new Map<string, Set<() => void>>();
  const absent = (what: string) => () => {
    throw new AwsError('ServiceUnavailable', `The fake cloud has no ${what}.`, 503);
  };
  const cloud: FakeCloud = {
    region: 'us-east-1',
    accountId: '000000000000',
    stateDir: overrides.stateDir ?? mkdtempSync(join(tmpdir(), 'local-platform-')),
    endpoint: 'http://localhost:4566',
    ports: { web: 0, partner: 0 },
    calls,
    log: (level, message) => {
      calls.messages.push({ level, message });
    },
    authorize: () => undefined,
    assumeRole: (roleArn, sessionName) => ({ kind: 'role', roleArn, sessionName, policies: [] }),
    credentials: () => ({ accessKeyId: 'AKIAFAKE', secretAccessKey: 'fake' }),
    verifyPostPolicy: () => ({ kind: 'root' }),
    attachResourcePolicy: (...args) => {
      calls.policies.push(args);
    },
    call: absent('call'),
    notify: (arn) => {
      calls.notified.push(arn);
      for (const wake of listeners.get(arn) ?? []) wake();
    },
    onNotify: (arn, wake) => {
      const wakes = listeners.get(arn) ?? new Set();
      listeners.set(arn, wakes.add(wake));
      return () => {
        wakes.delete(wake);
      };
    },
    recordCapacity: (_caller, capacity) => {
      calls.capacity.push(capacity);
    },
    announce: (address) => {
      calls.addresses.push(address);
    },
    findAsset: () => undefined,
    invoke: async (functionArn, payload, { caller, type }) => {
      calls.invoke.push({ functionArn, payload, caller, type });
      return { payload, durationMs: 1, requestId: 'fake-request' };
    },
    sendMessage: async (...args) => {
      calls.sendMessage.push(args);
    },
    putEvent: async (...args) => {
      calls.putEvent.push(args);
    },
    publish: async (...args) => {
      calls.publish.push(args);
    },
    deliverMail: async (mail) => {
      calls.mail.push(mail);
    },
    readObject: absent('readObject'),
    writeObject: absent('writeObject'),
    deleteObject: absent('deleteObject'),
    listObjects: absent('listObjects'),
    readParameter: () => undefined,
    writeLog: (group, stream, message) => {
      calls.logs.push({ group, stream, message });
    },
    callApi: absent('callApi'),
    provide: (name, implementation) => {
      (cloud as Cloud)[name] = implementation;
    },
    ...overrides,
  };
  return cloud;
}
