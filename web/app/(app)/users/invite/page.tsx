import type { Metadata } from 'next';
import { InviteUser } from './invite-user.tsx';

export const metadata: Metadata = { title: 'Invite a user' };

export default function Page() {
  return <InviteUser />;
}
