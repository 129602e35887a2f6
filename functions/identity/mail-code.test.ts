import type { Context, CustomMessageTriggerEvent } from 'aws-lambda';
import { handler } from './mail-code.ts';

const email = 'ann+shop@example.com';
const asked = (triggerSource: string, request: object = {}) =>
  ({
    version: '1',
    triggerSource,
    request: {
      userAttributes: { email },
      codeParameter: '{####}',
      usernameParameter: null,
      clientMetadata: { publicUrl: 'https://shop.example' },
      ...request,
    },
    response: { smsMessage: null, emailMessage: null, emailSubject: null },
  }) as unknown as CustomMessageTriggerEvent;
const answered = async (event: CustomMessageTriggerEvent) =>
  (await handler(event as never, { awsRequestId: 'r' } as Context as never)) as CustomMessageTriggerEvent;

test.each([
  ['SignUp', 'Confirm your e-mail address', '24 hours', '/confirm'],
  ['ResendCode', 'Confirm your e-mail address', '24 hours', '/confirm'],
  ['ForgotPassword', 'Set a new password', 'one hour', '/reset-password'],
])(
  'the mail about %s says for how long its code works, and leads to the page that takes it',
  async (about, subject, validFor, page) => {
    const { response } = await answered(asked(`CustomMessage_${about}`));
    expect(response.emailSubject).toBe(subject);
    expect(response.emailMessage).toContain(`for ${validFor}`);
    expect(response.emailMessage).toContain(`href="https://shop.example${page}?email=ann%2Bshop%40example.com"`);
    // The pool replaces it once, and refuses mails of more than 20,000 characters.
    expect(response.emailMessage?.split('{####}')).toHaveLength(2);
    expect(response.emailMessage?.length).toBeLessThan(20_000);
  },
);

test.each([
  ['what people can start at the pool by themselves', asked('CustomMessage_VerifyUserAttribute')],
  ['an operation that does not say where the pages are', asked('CustomMessage_SignUp', { clientMetadata: undefined })],
  ['somebody without an address', asked('CustomMessage_SignUp', { userAttributes: {} })],
  ['what it can not read', asked('CustomMessage_SignUp', { codeParameter: { toString: 1 } })],
])('the words for %s are those of the pool', async (_what, event) => {
  expect(await answered(event)).toBe(event);
});
