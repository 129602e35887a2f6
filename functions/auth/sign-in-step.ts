/**
 * What stands between the two steps of a sign-in, as the client carries it: who signs in, how the session shall be, and the user pool's own
 * session, without which the rest is worth nothing.
 */
export interface SignInStep {
  userId: string;
  rememberMe: boolean;
  delivery: 'cookie' | 'body';
  session: string;
}

export function writeStep({ userId, rememberMe, delivery, session }: SignInStep): string {
  return `${userId}.${rememberMe ? 'r' : 's'}${delivery === 'body' ? 'b' : 'c'}.${session}`;
}

export function readStep(text: string): SignInStep | undefined {
  const [, userId, lasts, way, session] = /^(usr_[0-9A-Z]{26})\.([rs])([bc])\.(.+)$/.exec(text) ?? [];
  if (!userId || !session) return undefined;
  return { userId, rememberMe: lasts === 'r', delivery: way === 'b' ? 'body' : 'cookie', session };
}
