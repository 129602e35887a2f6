import type { Metadata } from 'next';
import { ResetForm } from '../../../../components/auth/reset-form';

export const metadata: Metadata = {
  title: 'Set a new password',
  description: 'Set a new password with the code of the mail.',
};

export default function ResetPasswordPage() {
  return (
    <div className="w-full max-w-sm">
      <h1 className="mb-5 text-3xl font-semibold">Set a new password</h1>
      <ResetForm />
    </div>
  );
}
