/**
 * The adapter of the user pool's CustomMessage trigger, by which the words of its mails are ours. The pool waits for 5 seconds and fails what it
 * was doing when the function fails: then its own words go out instead, and whoever waits for a code gets one.
 * Event: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-message.html
 */
import type { Context, CustomMessageTriggerEvent } from 'aws-lambda';
import type { Access, DeclaredHandler, TriggerDeclaration } from './declaration.ts';
import { asError, logger } from './observe.ts';

export interface MessageRequest {
  /** What the pool mails about: `SignUp`, `ResendCode`, `ForgotPassword` … */
  readonly about: string;
  /** Address of the person; undefined when the pool has none. */
  readonly email: string | undefined;
  /** Stands for the code: the pool puts the code in its place in the HTML, and refuses a mail without it. */
  readonly code: string;
  /** What the operation that caused the mail gave along. */
  readonly metadata: Readonly<Record<string, string>>;
}
interface MessageSettings {
  readonly id: string;
  readonly access: Access;
  readonly errorImpact: string;
  readonly memoryMb?: number;
  /** Undefined leaves the words to the pool. */
  message(request: MessageRequest): { subject: string; html: string } | undefined;
}

export function customMessage(settings: MessageSettings): DeclaredHandler<TriggerDeclaration> {
  const { message, ...declared } = settings;
  const handle = async (event: CustomMessageTriggerEvent, lambda: Context): Promise<CustomMessageTriggerEvent> => {
    const { codeParameter, userAttributes, clientMetadata } = event.request;
    try {
      const mail = message({
        about: event.triggerSource.replace('CustomMessage_', ''),
        email: userAttributes.email,
        code: codeParameter,
        metadata: clientMetadata ?? {},
      });
      if (!mail) return event;
      return { ...event, response: { ...event.response, emailSubject: mail.subject, emailMessage: mail.html } };
    } catch (error) {
      const log = logger(settings.id);
      log.resetKeys();
      log.error('the words of a mail failed', {
        requestId: lambda.awsRequestId,
        error: asError(error),
      });
      return event;
    }
  };
  return Object.assign(handle, { declaration: { kind: 'trigger', trigger: 'CustomMessage', ...declared } as const });
}
