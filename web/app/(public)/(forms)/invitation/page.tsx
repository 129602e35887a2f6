import type { Metadata } from 'next';
import { InvitationForm } from '../../../../components/auth/invitation-form';

export const metadata: Metadata = {
  title: 'Accept your invitation',
  description: 'Accept your invitation to Mewayz and choose a password.',
};

export default function InvitationPage() {
  return (
    <div className="w-full max-w-sm">
      <h1 className="mb-5 text-3xl font-semibold">Accept your invitation</h1>
      <InvitationForm />
    </div>
  );
}
