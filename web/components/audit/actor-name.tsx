'use client';
/** Who did it, by name. Names are read once and kept: a page of the trail has few people in it. */
import { getUser } from '../../../shared/contracts/users/get-user.ts';
import { useOperation } from '../../lib/operations.ts';
import { useSession } from '../../lib/session.tsx';

export interface ActorOfEntry {
  id: string;
  type: string;
}

export function ActorName({ actor }: { actor: ActorOfEntry | undefined }) {
  const { id: own } = useSession();
  const isPerson = Boolean(actor?.id.startsWith('usr_')) && actor?.id !== own;
  const reading = useOperation(getUser, { params: { id: actor?.id ?? '' } }, { enabled: isPerson, staleTime: 300_000 });
  if (!actor) return <span className="text-subtle">Nobody in person</span>;
  if (actor.id === own) return 'You';
  if (actor.id === 'system') return 'The platform';
  const name = reading.data?.name ?? <span className="font-mono text-sm">{actor.id}</span>;
  return actor.type === 'api-key' ? <>{name} (API key)</> : name;
}
