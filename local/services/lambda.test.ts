import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../testing/eventually.ts';
import { createFakeCloud, type FakeCloud } from '../testing/fake-cloud.ts';
import type { Caller, Json, JsonObject, Service } from '../types.ts';
import { createLambda } from './lambda.ts';

const root = { kind: 'root' } as const;

/** Lambda alone, with functions of inline code. */
function lambdaWith(functions: Record<string, JsonObject>, stateDir = mkdtempSync(join(tmpdir(), 'lambda-'))) {
  const cloud = createFakeCloud({ stateDir });
  const service = createLambda(cloud, { retryDelays: [20, 20] });
  for (const [name, properties] of Object.entries(functions)) {
    void service.resources['AWS::Lambda::Function']?.({
      stack: 'S',
      logicalId: name,
      type: 'AWS::Lambda::Function',
      properties: {
        FunctionName: name,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: 'arn:aws:iam::000000000000:role/r',
        ...properties,
      },
    });
  }
  const invoke = (name: string, payload: Json = {}) => cloud.invoke(name, payload, { caller: root });
  return { cloud, service, invoke, stateDir };
}
const code = (text: string, more: JsonObject = {}): JsonObject => ({ Code: { ZipFile: text }, ...more });

describe('lambda', () => {
  const running: Service[] = [];
  const start = (...args: Parameters<typeof lambdaWith>) => {
    const lambda = lambdaWith(...args);
    running.push(lambda.service);
    return lambda;
  };
  afterEach(async () => {
    for (const service of running.splice(0)) await service.stop?.();
  });

  test('a function that runs too long is ended, even in an endless loop, and the next event is served', async () => {
    const { invoke } = start({
      slow: code('exports.handler = async (e) => { while (e.loop) {} return 1; };', { Timeout: 1 }),
    });
    const { payload, functionError } = await invoke('slow', { loop: true });
    expect(functionError).toBe('Unhandled');
    expect(payload).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Task timed out after 1.00 seconds$/),
    });
    expect((await invoke('slow')).payload).toBe(1);
  });

  test('callback style, thrown text, a missing handler and a missing module are answered as Lambda does', async () => {
    const { invoke } = start({
      callback: code(
        'exports.handler = (event, context, callback) => setTimeout(() => callback(null, { ok: event.n }), 5);',
      ),
      text: code('exports.handler = async () => { throw "plain"; };'),
      nothing: code('exports.other = 1;'),
      broken: code('require("left-pad"); exports.handler = async () => 1;'),
    });
    expect((await invoke('callback', { n: 3 })).payload).toEqual({ ok: 3 });
    expect((await invoke('text')).payload).toMatchObject({ errorType: 'string', errorMessage: 'plain' });
    expect((await invoke('nothing')).payload).toMatchObject({ errorType: 'Runtime.HandlerNotFound' });
    expect((await invoke('broken')).payload).toMatchObject({ errorType: 'Runtime.ImportModuleError' });
  });

  test('a module outside of the asset is not found, as in AWS', async () => {
    const { invoke } = start({
      sneaky: code(`exports.handler = async () => require(${JSON.stringify(require.resolve('zod'))});`),
    });
    expect((await invoke('sneaky')).payload).toMatchObject({ errorType: 'Runtime.ImportModuleError' });
  });

  test('an unhandled rejection and an exit end the worker, and the next event gets a new one', async () => {
    const { invoke } = start({
      f: code(
        'exports.handler = async (e) => { if (e.exit) process.exit(3); if (e.reject) { Promise.reject(new Error("lost")); await new Promise(() => {}); } return "fine"; };',
      ),
    });
    expect((await invoke('f', { exit: true })).payload).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: 'Runtime exited with error: exit status 3',
    });
    expect((await invoke('f', { reject: true })).payload).toMatchObject({ errorMessage: 'Error: lost' });
    expect((await invoke('f')).payload).toBe('fine');
  });

  test('more memory than declared ends the function, not the platform', async () => {
    const { invoke } = start({
      big: code('exports.handler = async () => { const all = []; for (;;) all.push(new Array(1e5).fill({})); };', {
        MemorySize: 64,
        Timeout: 20,
      }),
    });
    expect((await invoke('big')).payload).toMatchObject({ errorType: 'Runtime.OutOfMemory' });
  }, 30_000);

  test('one worker serves one event at a time; the pool grows to the reserved concurrency and no further', async () => {
    const body =
      'let now = 0; exports.handler = async () => { now++; const seen = now; await new Promise((r) => setTimeout(r, 60)); now--; return { seen, key: process.env.AWS_ACCESS_KEY_ID }; };';
    const { invoke, service } = start({ f: code(body, { ReservedConcurrentExecutions: 2 }) });
    const answers = await Promise.all(Array.from({ length: 6 }, () => invoke('f')));
    expect(answers.map(({ payload }) => (payload as { seen: number }).seen)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(await service.inspect?.('functions', new URLSearchParams())).toMatchObject([{ workers: 2, concurrency: 2 }]);
  });

  test('the environment holds what the template says and what Lambda adds, and nothing of this process', async () => {
    process.env.SECRET_OF_THE_MACHINE = 'x';
    const { invoke } = start({
      f: code('exports.handler = async () => process.env;', {
        Environment: { Variables: { A: '1' } },
        MemorySize: 256,
      }),
    });
    const { payload } = await invoke('f');
    expect(payload).toMatchObject({
      A: '1',
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: 'f',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      _HANDLER: 'index.handler',
    });
    expect(payload).not.toHaveProperty('SECRET_OF_THE_MACHINE');
  });

  test('console and stdout lines belong to their invocation, between START and REPORT', async () => {
    const { invoke, cloud } = start({
      f: code(
        'exports.handler = async () => { console.warn("careful", { a: 1 }); process.stdout.write("{\\"json\\":true}\\n"); };',
      ),
    });
    await invoke('f');
    const lines = (cloud as FakeCloud).calls.logs.map(({ message }) => message);
    expect(lines[0]).toMatch(/^START RequestId: .* Version: \$LATEST$/);
    expect(lines[1]).toMatch(/\tWARN\tcareful \{ a: 1 \}$/);
    expect(lines[2]).toBe('{"json":true}');
    expect(lines.at(-1)).toMatch(
      /^REPORT RequestId: .*\tDuration: .* ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: \d+ MB\tInit Duration: /,
    );
  });

  test('an asynchronous event is tried three times, then goes to the dead-letter queue', async () => {
    const dead = 'arn:aws:sqs:us-east-1:000000000000:dead';
    const { cloud } = start({
      f: code('exports.handler = async () => { throw new Error("no"); };', { DeadLetterConfig: { TargetArn: dead } }),
    });
    await cloud.invoke('f', { n: 1 }, { caller: root, type: 'event' });
    const { sendMessage } = (cloud as FakeCloud).calls;
    await eventually('the dead letter', () => sendMessage.length > 0);
    expect(sendMessage[0]?.slice(0, 2)).toEqual([dead, '{"n":1}']);
    expect((cloud as FakeCloud).calls.logs.filter(({ message }) => message.startsWith('START'))).toHaveLength(3);
  });

  test('an accepted asynchronous event survives a kill', async () => {
    const f = code(
      'exports.handler = async (e) => { console.log("got", e.n); if (e.hang) await new Promise(() => {}); };',
      { Timeout: 60 },
    );
    const first = lambdaWith({ f });
    await first.cloud.invoke('f', { n: 7, hang: true }, { caller: root, type: 'event' });
    const saw = ({ cloud }: { cloud: unknown }, line: string) =>
      (cloud as FakeCloud).calls.logs.some(({ message }) => message.endsWith(line));
    await eventually('the first try', () => saw(first, 'got 7'));
    await first.service.stop?.();
    const second = start({ f: code('exports.handler = async (e) => { console.log("again", e.n); };') }, first.stateDir);
    await second.service.start?.();
    await eventually('the second try', () => saw(second, 'again 7'));
  });

  test('capacity is booked on the invocation whose worker asked for it', async () => {
    const { invoke, cloud, service } = start({
      f: code('exports.handler = async () => new Promise((r) => setTimeout(r, 100));'),
    });
    const done = invoke('f');
    await eventually('the start', () => (cloud as FakeCloud).calls.logs.length > 0, { everyMs: 5 });
    const caller: Caller = { kind: 'role', roleArn: 'r', sessionName: 'f', policies: [], accessKeyId: 'AKIAFAKE' };
    cloud.recordCapacity(caller, { table: 't', operation: 'GetItem', readUnits: 0.5, writeUnits: 0 });
    await done;
    expect(await service.inspect?.('invocations', new URLSearchParams())).toMatchObject([
      { functionName: 'f', readUnits: 0.5, requests: 1 },
    ]);
  });
});

describe('a function URL', () => {
  test('calls its function with payload format 2.0, when a permission opens it', async () => {
    const { cloud, service } = lambdaWith({
      f: code(
        'exports.handler = async (e) => ({ statusCode: 201, headers: { "x-seen": e.rawPath }, body: e.requestContext.http.method + e.body });',
      ),
    });
    const declare = (type: string, properties: JsonObject) =>
      service.resources[type]?.({ stack: 'S', logicalId: 'Url', type, properties });
    const created = await declare('AWS::Lambda::Url', { TargetFunctionArn: 'f', AuthType: 'NONE' });
    await declare('AWS::Lambda::Permission', {
      FunctionName: 'f',
      Action: 'lambda:InvokeFunctionUrl',
      Principal: '*',
      FunctionUrlAuthType: 'NONE',
    });
    expect((cloud as FakeCloud).calls.policies[0]?.[1].Statement[0]?.Condition).toEqual({
      StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' },
    });
    const path = `${new URL(String(created?.attributes?.FunctionUrl)).pathname}deep/er`;
    const answer = await service.unsigned?.({
      service: '',
      region: 'us-east-1',
      method: 'POST',
      path,
      query: new URLSearchParams(),
      headers: {},
      body: Buffer.from('!'),
      caller: { kind: 'anonymous' },
      requestId: 'r',
    });
    expect(answer).toMatchObject({ status: 201, headers: { 'x-seen': '/deep/er' }, body: 'POST!' });
    await service.stop?.();
  });
});
