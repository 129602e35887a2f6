import type { Metadata } from 'next';
import { ConfirmForm } from '../../../../components/auth/confirm-form';

export const metadata: Metadata = {
  title: 'Confirm your address',
  description: 'Enter the code that was sent to your e-mail address.',
};

export default function ConfirmPage() {
  return (
    <div className="w-full max-w-sm">
      <h1 className="mb-5 text-3xl font-semibold">Confirm your address</h1>
      <ConfirmForm />
    </div>
  );
}
