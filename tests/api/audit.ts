/** The audit trail on the whole platform: what changed stands in it, and whoever tampers with it is found out. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DeleteObjectCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { daysOf, fromDeployment, fromFolder, verify } from '../../scripts/audit-proof.ts';
import { listEntries } from '../../shared/contracts/audit/list-entries.ts';
import { setPlan } from '../../shared/contracts/users/set-plan.ts';
import { dataOf } from '../support/api.ts';
import { eventually } from '../support/observe.ts';
import { newPerson, operator, type Person } from '../support/people.ts';
import { platformOfFile, type RunningPlatform, sdk } from '../support/platform.ts';

let platform: RunningPlatform;
let admin: Person;
beforeAll(async () => {
  platform = await platformOfFile();
  admin = await newPerson(platform, 'admin');
}, 60_000);
afterAll(() => platform?.stop());

const today = () => new Date().toISOString().slice(0, 10);
const readDay = (day = today()) => {
  operator(platform);
  return fromDeployment(platform.outputs)(day);
};

test('a change stands in the trail with who, when, by which request, and what was before and after', async () => {
  const person = await newPerson(platform, 'user');
  const reply = await admin.api.call(setPlan, { params: { id: person.id }, body: { plan: 'Pro' } });
  dataOf(reply);
  const entry = await eventually('the change is in the trail', async () =>
    (await readDay()).entries.find(({ item, events }) => item === person.id && events.includes('UserPlanChanged')),
  );
  expect(entry).toMatchObject({ entity: 'User', action: 'changed', actor: { id: admin.id, type: 'user' } });
  const { before, after } = JSON.parse(entry.change);
  expect([before.plan, after.plan]).toEqual(['Free', 'Pro']);
  expect(entry.request).toEqual(expect.any(String));
  expect(entry.from?.ip).toMatch(/^[\d.:a-f]+$/);

  const query = { entityId: person.id, actor: admin.id, event: 'UserPlanChanged' };
  const [shown] = dataOf(await admin.api.call(listEntries, { query }));
  expect(shown).toMatchObject({ entity: 'User', request: entry.request, from: entry.from, hash: entry.hash });
  expect([shown.before.plan, shown.after.plan]).toEqual(['Free', 'Pro']);
});

test('a whole day is proved unbroken, also offline, and what was changed or removed in it is named', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'audit-'));
  const day = today();
  const said: string[] = [];
  const prove = async () => {
    said.length = 0;
    return verify(daysOf(day, day), fromFolder(folder), { say: (line) => said.push(line), today: day });
  };
  try {
    const { entries } = await readDay();
    expect(entries.length).toBeGreaterThan(3);
    const write = (lines: readonly object[]) =>
      writeFileSync(join(folder, `${day}.jsonl`), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    write(entries);
    expect(await prove()).toBe(true);
    write(entries.map((entry) => (entry.n === 2 ? { ...entry, change: '{}' } : entry)));
    expect([await prove(), said[0]]).toEqual([false, expect.stringContaining('entry 2 was changed')]);
    write(entries.filter(({ n }) => n !== 3));
    expect([await prove(), said[0]]).toEqual([false, expect.stringContaining('entry 3 was removed')]);
    expect(readFileSync(join(folder, `${day}.jsonl`), 'utf8')).not.toContain('Passw0rd');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the ends of past days are locked away, once, where nobody can delete them', async () => {
  const anchor = () =>
    new LambdaClient(sdk(platform)).send(
      new InvokeCommand({ FunctionName: 'mewayz-dev-audit-anchor-days', Qualifier: 'live', Payload: '{}' }),
    );
  for (const _ of [1, 2]) expect((await anchor()).FunctionError).toBeUndefined();
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  const { anchor: end } = await readDay(yesterday);
  expect(end).toMatchObject({ day: yesterday, n: 0 });
  const s3 = new S3Client({ ...sdk(platform), forcePathStyle: true });
  const Bucket = Object.values(platform.outputs).find((stack) => stack.AuditBucketName)?.AuditBucketName;
  const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: `audit/${yesterday}` }));
  expect(Versions).toHaveLength(1);
  const { Key, VersionId } = Versions[0] ?? {};
  await expect(s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId }))).rejects.toThrow();
});
