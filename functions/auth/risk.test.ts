import { riskOfLogin } from './risk.ts';
import type { SecurityEvent } from './security-event.table.ts';
import { securityEvent } from './security-event.ts';

const now = new Date('2026-11-21T12:00:00Z');
const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0';
const event = (kind: SecurityEvent['kind'], minutesAgo: number, country = 'GB') =>
  securityEvent(kind, {
    userId: 'usr_1',
    id: 'sev_1',
    client: { ip: '203.0.113.7', userAgent, country },
    now: new Date(now.getTime() - minutesAgo * 60_000),
  });
const here = { device: 'Firefox on Linux', country: 'GB', first: false, now };
const failures = [1, 2, 3].map((minutes) => event('login-failed', minutes));

it.each<[string, readonly SecurityEvent[], Partial<typeof here>, object]>([
  ['the first sign-in of all', [], { first: true }, { risk: 'low', reasons: [] }],
  ['a known device and country', [event('login', 600)], {}, { risk: 'low', reasons: [] }],
  ['a new device', [event('login', 600)], { device: 'curl' }, { risk: 'medium', reasons: ['new-device'] }],
  ['a new country', [event('login', 600)], { country: 'FR' }, { risk: 'medium', reasons: ['new-country'] }],
  ['many failures', [event('login', 600), ...failures], {}, { risk: 'medium', reasons: ['many-failures'] }],
  [
    'failures of long ago',
    [event('login', 600), ...failures.map((one) => ({ ...one, at: '2026-11-21T11:00:00.000Z' }))],
    {},
    { risk: 'low', reasons: [] },
  ],
  [
    'two countries within an hour',
    [event('login', 30), event('login', 900, 'FR')],
    { country: 'FR' },
    { risk: 'high', reasons: ['impossible-travel'] },
  ],
  [
    'two things at once',
    [event('login', 600), ...failures],
    { device: 'curl' },
    { risk: 'high', reasons: ['new-device', 'many-failures'] },
  ],
  [
    'a history that somebody has flushed with failures',
    failures,
    {},
    { risk: 'high', reasons: ['new-device', 'new-country', 'many-failures'] },
  ],
])('rates %s', (_, recent, at, expected) => {
  expect(riskOfLogin(recent, { ...here, ...at })).toEqual(expected);
});
