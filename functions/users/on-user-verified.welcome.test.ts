import { userVerified } from '../../events/users/user-verified.v1.ts';
import { type Mailbox, startMailbox } from '../platform/testing/mailbox.ts';
import { envelopeOf, type Operations, startOperations } from '../platform/testing/operations.ts';
import { handler } from './on-user-verified.welcome.ts';

let platform: Operations;
let mailbox: Mailbox;
beforeAll(async () => {
  platform = await startOperations();
  mailbox = await startMailbox();
});
afterAll(async () => {
  await mailbox.stop();
  await platform.stop();
});

it('welcomes a new user once', async () => {
  const user = await platform.person('user');
  const event = envelopeOf(userVerified, { userId: user.id });
  await platform.deliver(handler, event, event);
  expect(mailbox.mails).toHaveLength(1);
  expect(mailbox.mails[0]).toMatchObject({
    to: [user.email],
    subject: 'Welcome to Mewayz',
    text: expect.stringContaining(user.email),
    html: expect.stringContaining('https://app.example.com'),
  });
});
