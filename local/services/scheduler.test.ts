import { eventually } from '../testing/eventually.ts';
import { createFakeCloud, type FakeCloud } from '../testing/fake-cloud.ts';
import { type ServedService, serveService } from '../testing/serve-service.ts';
import type { JsonObject, Service } from '../types.ts';
import { createScheduler } from './scheduler.ts';

const role = 'arn:aws:iam::000000000000:role/scheduler';
const queue = 'arn:aws:sqs:us-east-1:000000000000:expiries';
let cloud: FakeCloud;
let service: Service;
let served: ServedService;

async function open(stateDir?: string): Promise<void> {
  cloud = createFakeCloud(stateDir === undefined ? {} : { stateDir });
  service = createScheduler(cloud);
  served = await serveService(cloud, service);
}

async function close(): Promise<void> {
  await served.close();
  await service.stop?.();
}

async function call(method: string, path: string, body?: JsonObject) {
  const response = await fetch(served.url + path, { method, body: body && JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as JsonObject };
}

const inSeconds = (seconds: number) => `at(${new Date(Date.now() + seconds * 1000).toISOString().slice(0, 19)})`;
const schedule = (expression: string, more: JsonObject = {}): JsonObject => ({
  ScheduleExpression: expression,
  FlexibleTimeWindow: { Mode: 'OFF' },
  Target: { Arn: queue, RoleArn: role, Input: '{"at":"<aws.scheduler.scheduled-time>"}' },
  ...more,
});

test('A one-time schedule runs once as its role, and is gone when it says so', async () => {
  await open();
  await service.start?.();
  const made = await call('POST', '/schedules/soon', schedule(inSeconds(3), { ActionAfterCompletion: 'DELETE' }));
  expect(made.body.ScheduleArn).toBe('arn:aws:scheduler:us-east-1:000000000000:schedule/default/soon');
  expect((await call('GET', '/schedules/soon?groupName=default')).body).toMatchObject({
    Name: 'soon',
    State: 'ENABLED',
  });
  expect((await call('POST', '/schedules/soon', schedule('rate(1 day)'))).status).toBe(409);
  await eventually('the call', () => cloud.calls.sendMessage.length === 1);
  const [arn, body, options] = cloud.calls.sendMessage[0] ?? [];
  expect([arn, Object.keys(JSON.parse(body ?? ''))]).toEqual([queue, ['at']]);
  expect(options?.caller).toMatchObject({ kind: 'role', roleArn: role });
  expect((await call('GET', '/schedules/soon')).status).toBe(404);
  await close();
});

test('A one-time schedule that fell due while the platform was down runs once after the next start', async () => {
  await open();
  await call('POST', '/schedules/missed', schedule(inSeconds(1.2)));
  await close();
  await new Promise((resolve) => setTimeout(resolve, 1300));
  await open(cloud.stateDir);
  await service.start?.();
  await eventually('the call', () => cloud.calls.sendMessage.length === 1);
  await close();
  await open(cloud.stateDir);
  await service.start?.();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(cloud.calls.sendMessage).toEqual([]);
  await close();
});

test('A schedule of a template puts its event on a bus; one that left the template is gone after a start', async () => {
  await open();
  const declare = service.resources['AWS::Scheduler::Schedule'];
  const bus = 'arn:aws:events:us-east-1:000000000000:event-bus/shop';
  const properties = schedule(inSeconds(1.2), {
    Name: 'tick',
    Target: {
      Arn: bus,
      RoleArn: role,
      Input: '{"n":1}',
      EventBridgeParameters: { DetailType: 'Tick', Source: 'clock' },
    },
  });
  await declare?.({ stack: 'Test', logicalId: 'Tick', type: 'AWS::Scheduler::Schedule', properties });
  await service.start?.();
  await eventually('the call', () => cloud.calls.putEvent.length === 1);
  expect(cloud.calls.putEvent[0]?.slice(0, 2)).toEqual([
    bus,
    { source: 'clock', 'detail-type': 'Tick', detail: { n: 1 } },
  ]);
  await close();
  await open(cloud.stateDir);
  await service.start?.();
  expect((await call('GET', '/schedules')).body).toEqual({ Schedules: [] });
  await close();
});

test('What can not run here is refused with its name', async () => {
  await open();
  const universal = { Arn: 'arn:aws:scheduler:::aws-sdk:dynamodb:putItem', RoleArn: role };
  expect((await call('POST', '/schedules/a', schedule('rate(1 day)', { Target: universal }))).body.message).toMatch(
    /aws-sdk:dynamodb/,
  );
  const broken = { Arn: 'arn:aws:lambda:us-east-1:000000000000:function:f', RoleArn: role, Input: '{' };
  expect((await call('POST', '/schedules/a', schedule('rate(1 day)', { Target: broken }))).body.message).toMatch(
    /JSON/,
  );
  expect((await call('POST', '/schedules/a', schedule('rate(1 fortnight)'))).body.__type).toBe('ValidationException');
  expect((await call('POST', '/schedules/a?x=1', schedule('rate(1 day)', { GroupName: 'none' }))).status).toBe(404);
  await close();
});
